"""Lists of people that wait for a second person."""

from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from fieldwork.faults import NotFound, Refused
from fieldwork.keeping import retention
from fieldwork.models.contacts import ContactUpload
from fieldwork.numbers import contact_uploads
from fieldwork.numbers.contact_uploads import Spending, Waiting
from fieldwork.numbers.contacts import Imported
from fieldwork.sealing import Tampered
from tests.fieldwork.samples import NOW, Office, later
from tests.fieldwork.texted import BEFORE, close, count, drama, open_another, people, read, row, sheet

ONE, OTHER = uuid4(), uuid4()
TERMS = Spending(6000, partial_counts=True)


def upload(office: Office, content: bytes, by: UUID = ONE, now: datetime = NOW) -> UUID:
    with office.database.transaction() as session:
        return contact_uploads.keep(session, office.wave, read(content), TERMS, by, BEFORE, now)


def waiting(office: Office, now: datetime = NOW) -> Waiting | None:
    with office.database.reading() as session:
        return contact_uploads.waiting(session, office.wave.id, BEFORE, now)


def confirm(office: Office, upload_id: UUID, by: UUID = OTHER, now: datetime = NOW) -> tuple[Imported, Spending]:
    with office.database.transaction() as session:
        return contact_uploads.take_in(session, office.wave, upload_id, by, BEFORE, now)


@pytest.mark.req("U8")
def test_until_a_second_person_confirms_nobody_on_the_list_is_a_contact(office: Office) -> None:
    upload_id = upload(office, people(1, 2))
    assert count(office.database, "contacts") == count(office.database, "conversations") == 0
    assert confirm(office, upload_id) == (Imported(2, 0, 0, 0), TERMS)
    assert count(office.database, "contacts") == 2
    assert count(office.database, "contact_uploads") == 0


@pytest.mark.req("U8")
def test_nobody_confirms_what_they_uploaded(office: Office) -> None:
    upload_id = upload(office, people(1, 2))
    with pytest.raises(Refused, match="you uploaded this list yourself"):
        confirm(office, upload_id, by=ONE)
    assert count(office.database, "contacts") == 0
    assert waiting(office), "and the list still waits"


def test_the_second_person_sees_the_rows_as_they_were_uploaded(office: Office) -> None:
    content = sheet(row(1, language="cy", age="adult", confirmed="2026-10-01"), row(2, language=""))
    upload_id = upload(office, content)
    found = waiting(office)
    assert found
    assert found == Waiting(upload_id, read(content).rows, read(content).sha256, TERMS, ONE, later(-42 / 60))


@pytest.mark.req("U6")
@pytest.mark.req("K1")
def test_a_list_that_waits_is_sealed(office: Office, tmp_path: Path) -> None:
    upload(office, people(777))
    with office.database.reading() as session:
        kept = session.scalars(select(ContactUpload)).one()
    assert "900777" not in kept.rows
    assert not any(b"900777" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.req("K6")
def test_a_list_moved_to_another_wave_opens_for_nobody(office: Office) -> None:
    elsewhere = open_another(office)
    upload(office, people(1))
    with office.database.transaction() as session:
        session.execute(text("UPDATE contact_uploads SET wave_id = :wave"), {"wave": _written(office, elsewhere.id)})
    with office.database.reading() as session, pytest.raises(Tampered):
        contact_uploads.waiting(session, elsewhere.id, BEFORE, NOW)


def _written(office: Office, key: UUID) -> object:
    return key.hex if office.database.engine.dialect.name == "sqlite" else key


def test_one_list_of_a_wave_waits_at_a_time(office: Office) -> None:
    upload(office, people(1))
    with pytest.raises(Refused, match="another list of people waits"):
        upload(office, people(2), by=OTHER)
    found = waiting(office)
    assert found
    assert [each.number for each in found.rows] == [drama(1)]


def test_what_is_confirmed_is_what_was_looked_at(office: Office) -> None:
    seen = upload(office, people(1))
    with office.database.transaction() as session:
        assert contact_uploads.discard(session, office.wave.id, seen)
        assert not contact_uploads.discard(session, office.wave.id, seen)
    upload(office, people(1, 2, 3))
    with pytest.raises(NotFound, match="does not wait any more"):
        confirm(office, seen)
    assert count(office.database, "contacts") == 0


def test_confirming_twice_takes_in_once(office: Office) -> None:
    upload_id = upload(office, people(1, 2))
    confirm(office, upload_id)
    with pytest.raises(NotFound):
        confirm(office, upload_id)
    assert count(office.database, "contacts") == 2


def test_a_file_with_a_fault_is_not_kept(office: Office) -> None:
    with pytest.raises(Refused, match="the file has 1 problem\\."):
        upload(office, people(1, agreed="no"))
    assert count(office.database, "contact_uploads") == 0


def test_a_closed_wave_takes_no_list(office: Office) -> None:
    close(office)
    with office.database.reading() as session:
        closed = session.merge(office.wave, load=False)
        session.refresh(closed)
        with pytest.raises(Refused, match="closed on"):
            contact_uploads.keep(session, closed, read(people(1)), TERMS, ONE, BEFORE, NOW)


# --- Going again ---

HOURS = 60


def test_a_list_that_nobody_confirms_is_gone_after_three_days(office: Office) -> None:
    upload_id = upload(office, people(1))
    at_the_end = later(72 * HOURS)
    with office.database.transaction() as session:
        retention.forget_unsent(session, at_the_end)
    assert waiting(office, at_the_end)
    too_late = later(72 * HOURS + 1)
    assert waiting(office, too_late) is None, "it is not shown even before it is deleted"
    with pytest.raises(NotFound):
        confirm(office, upload_id, now=too_late)
    with office.database.transaction() as session:
        retention.forget_unsent(session, too_late)
    assert count(office.database, "contact_uploads") == 0


def test_a_list_is_gone_when_its_wave_closes(office: Office) -> None:
    upload(office, people(1))
    close(office)
    assert count(office.database, "contact_uploads") == 0
