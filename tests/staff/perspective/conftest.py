"""The office, with an inspection whose children and victims have answered."""

import pytest

from tests.staff.desks import OfficeRoom
from tests.staff.perspective.reported import answered


@pytest.fixture
def room(office: OfficeRoom) -> OfficeRoom:
    """The office, with answers to report on in its inspection."""
    answered(office)
    return office
