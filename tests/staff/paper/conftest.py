"""The office, where booklets are keyed."""

import pytest

from tests.staff.desks import OfficeRoom
from tests.staff.paper.keying import PaperRoom


@pytest.fixture
def paper(office: OfficeRoom) -> PaperRoom:
    return PaperRoom(office)
