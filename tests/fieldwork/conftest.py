"""A field office on a fresh database."""

import pytest

from fieldwork.database import Database
from tests.fieldwork.samples import Office, open_office


@pytest.fixture
def office(database: Database) -> Office:
    """An open wave of a small questionnaire, and what a page can do with it."""
    return open_office(database)
