"""Nothing that the office can open, and no column that is kept, shows whether a code was used."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from fieldwork import waves
from fieldwork.entry import cases, sheets, visits
from fieldwork.entry.sheets import Slip
from fieldwork.models.base import Base
from fieldwork.models.interviews import Case
from fieldwork.models.people import StaffMember
from staff.doors import Door
from tests.modes.web.respondent import Respondent
from tests.staff.desks import ROLES, OfficeRoom

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PEOPLE = (*ROLES, "administrator")


def planted(office: OfficeRoom) -> tuple[list[Slip], list[str]]:
    """A letter that was used, one begun and one untouched; and all by which they could be known."""
    pepper = office.app.extensions["pepper"]
    with office.database.transaction() as session:
        wave = waves.find_wave(session, f"{office.slug}/{office.wave}")
        slips = sheets.make(session, wave, "Q4R", 3, pepper, letters=True)
        ids = [str(each) for each in session.scalars(select(Case.id))]
        visits.begin(session, cases.case_of(session, slips[1].code, pepper) or Case(), datetime.now(UTC))
    marks = [cases.mark_of(secret, pepper) for slip in slips for secret in (slip.code, slip.link or "")]
    plain = [
        part for slip in slips for part in (slip.code, slip.code.replace("-", ""), slip.link or "", slip.reference)
    ]
    return slips, [*plain, *marks, *ids, *(each.replace("-", "") for each in ids)]


def use(office: OfficeRoom, slip: Slip) -> None:
    somebody = Respondent(office.app)
    somebody.enter(slip.code)
    somebody.answer_everything()
    somebody.press()
    assert somebody.page.address == "/sent"


def addresses(office: OfficeRoom) -> list[str]:
    """Every page of the office that can be opened by GET, for this inspection and its wave."""
    doors: dict[str, Door] = office.office.extensions["doors"]
    with office.database.reading() as session:
        member = session.scalars(select(StaffMember.id)).first()
    filled = {
        "<slug>": office.slug,
        "<wave>": office.wave,
        "<questionnaire>": office.wave,
        "<uuid:staff_id>": str(member),
    }
    found = []
    for door in doors.values():
        address = door.address
        for place, value in filled.items():
            address = address.replace(place, value)
        if "GET" in door.methods and "<" not in address:
            found.append(address)
    return found


@pytest.mark.req("A10")
@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_of_the_office_names_a_code_used_or_not(office: OfficeRoom, person: str) -> None:
    slips, known_by = planted(office)
    use(office, slips[0])
    desk = office.desk(person)
    opened = 0
    for address in addresses(office):
        reply = desk.get(address)
        opened += reply.status_code == 200
        shown = reply.get_data().decode("utf-8", errors="replace")
        assert [each for each in known_by if each in shown] == [], address
    assert opened >= 3


@pytest.mark.req("A10")
def test_no_column_says_that_a_code_was_used(office: OfficeRoom) -> None:
    tables = Base.metadata.tables
    assert set(tables["cases"].columns.keys()) == {"id", "wave_id", "fingerprint", "link_fingerprint", "sheet", "slip"}
    assert set(tables["code_sheets"].columns.keys()) == {"wave_id", "name", "slips", "replaces"}
    leading = {
        table.name for table in tables.values() for key in table.foreign_keys if key.column.table.name == "cases"
    }
    assert leading == {"drafts"}, "only what is not sent yet leads to a code, and is cut at Send"


@pytest.mark.req("A10")
def test_after_send_nothing_is_left_of_the_code(office: OfficeRoom) -> None:
    slips, _ = planted(office)
    use(office, slips[0])
    with office.database.reading() as session:
        assert sorted(each.slip or 0 for each in session.scalars(select(Case))) == [2, 3]
