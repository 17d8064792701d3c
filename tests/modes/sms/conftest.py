"""A wave whose people are texted, on a fresh database."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from surveys.loading import definition
from tests.modes.sms.texting import Exchange, open_exchange


@pytest.fixture
def exchange(database_url: str) -> Iterator[Exchange]:
    """The application with one wave that asks victims-text."""
    with closing(open_exchange(database_url, definition("victims-text"))) as exchange:
        yield exchange
