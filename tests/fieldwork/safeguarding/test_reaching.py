"""Somebody in danger can be reached; a number is shown to nobody who does not say who they are and why."""

from uuid import UUID

import pytest
from sqlalchemy import select

from fieldwork.faults import NotFound, Refused
from fieldwork.models.concerns import Reaching
from fieldwork.moments import minute_of
from fieldwork.office.audit import Who, entries
from fieldwork.safeguarding.reaching import reach
from tests.fieldwork.safeguarding.test_text_concerns import close_one, raise_one
from tests.fieldwork.samples import NOW, Office
from tests.fieldwork.texted import BEFORE, drama, people, take_in


@pytest.fixture
def concern(office: Office) -> UUID:
    take_in(office, people(1))
    return raise_one(office)


def shown(office: Office, concern_id: UUID, asked_by: str = "A. Lead", reason: str = "May be in danger.") -> str:
    with office.database.transaction() as session:
        return reach(session, BEFORE, concern_id, Who(None, asked_by), reason, NOW)


def kept(office: Office) -> list[tuple[str, str, int]]:
    with office.database.reading() as session:
        return [(each.asked_by, each.reason, each.minute) for each in session.scalars(select(Reaching))]


@pytest.mark.req("K5")
def test_the_whole_number_is_shown_with_a_record_of_it(office: Office, concern: UUID) -> None:
    assert shown(office, concern) == drama(1)
    assert kept(office) == [("A. Lead", "May be in danger.", minute_of(NOW))]
    with office.database.reading() as session:
        (entry,) = entries(session)
    assert (entry.act, entry.who, entry.about) == ("unmasked_number", "A. Lead", f"concern {concern}")
    assert "danger" not in entry.why


@pytest.mark.parametrize(("asked_by", "reason"), [("", "Why."), ("Who", ""), (" \n", "Why."), ("Who", "\u200b")])
def test_nobody_is_shown_it_without_a_name_and_a_reason(
    office: Office, concern: UUID, asked_by: str, reason: str
) -> None:
    with pytest.raises(Refused, match="a name and a reason"):
        shown(office, concern, asked_by, reason)
    assert kept(office) == []


def test_once_a_concern_is_closed_nobody_is_shown_it_any_more(office: Office, concern: UUID) -> None:
    close_one(office, concern)
    with pytest.raises(NotFound):
        shown(office, concern)
    assert kept(office) == []
