"""Snapshots: what leaves the office was frozen first, and one person alone releases nothing."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from fieldwork import inspections
from fieldwork.database import Database
from fieldwork.faults import NotFound, Refused
from fieldwork.models.audit import AuditEntry
from fieldwork.models.snapshots import Snapshot
from fieldwork.office.audit import TERMINAL, Who
from fieldwork.progress import snapshots
from tests.fieldwork.samples import an_inspection

DAY = date(2026, 11, 21)
NEXT_DAY = date(2026, 11, 22)
MAKER, OTHER = Who(uuid4(), "Lee Inspector"), Who(uuid4(), "Ann Approver")
CONTENT = '{"form": 1}'


@pytest.fixture
def inspection(database: Database) -> UUID:
    with database.transaction() as session:
        return inspections.create(session, an_inspection()).id


def taken(database: Database, inspection: UUID, who: Who = MAKER) -> int:
    with database.transaction() as session:
        return snapshots.take(session, inspection, CONTENT, who, DAY).number


def released(
    database: Database, inspection: UUID, number: int, who: Who, seen: str = snapshots.mark_of(CONTENT)
) -> None:
    with database.transaction() as session:
        snapshots.release(session, snapshots.find(session, inspection, number), who, NEXT_DAY, seen)


def acts(database: Database) -> list[tuple[str, str, str]]:
    with database.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number))
        return [(each.act, each.who, each.about) for each in entries]


def test_snapshots_are_numbered_in_their_inspection(database: Database, inspection: UUID) -> None:
    with database.transaction() as session:
        elsewhere = inspections.create(session, an_inspection("york-2011")).id
    assert [taken(database, inspection), taken(database, inspection), taken(database, elsewhere)] == [1, 2, 1]
    with database.reading() as session:
        assert [each.number for each in snapshots.of_inspection(session, inspection)] == [2, 1]
        assert snapshots.content_of(snapshots.find(session, inspection, 1)) == CONTENT
        with pytest.raises(NotFound):
            snapshots.find(session, elsewhere, 2)


@pytest.mark.req("X4")
def test_one_person_alone_releases_nothing(database: Database, inspection: UUID) -> None:
    number = taken(database, inspection)
    for one in (MAKER, TERMINAL):
        with pytest.raises(Refused, match="was frozen by you"):
            released(database, inspection, number, one)
    released(database, inspection, number, OTHER)
    with database.reading() as session:
        found = snapshots.find(session, inspection, number)
        assert (found.released_by, found.released_by_name, found.released_day) == (OTHER.id, OTHER.name, NEXT_DAY)
    assert acts(database) == [
        ("took_snapshot", "Lee Inspector", "snapshot 1"),
        ("released_snapshot", "Ann Approver", f"snapshot 1, {snapshots.mark_of(CONTENT)[:12]}"),
    ]
    with pytest.raises(Refused, match="was released by Ann Approver"):
        released(database, inspection, number, Who(uuid4(), "A third"))


@pytest.mark.req("X4")
def test_the_database_refuses_one_person_too(database: Database, inspection: UUID) -> None:
    taken(database, inspection)
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.execute(update(Snapshot).values(released_by=MAKER.id, released_day=DAY))


@pytest.mark.req("X4")
def test_what_is_released_is_what_was_seen_and_what_was_frozen(database: Database, inspection: UUID) -> None:
    number = taken(database, inspection)
    with pytest.raises(Refused, match="is not what you were shown"):
        released(database, inspection, number, OTHER, "0" * 64)
    with database.transaction() as session:
        session.execute(update(Snapshot).values(content='{"form": 2}'))
    with pytest.raises(Refused, match="is not what was frozen"):
        released(database, inspection, number, OTHER)
    with database.reading() as session, pytest.raises(Refused, match="is not what was frozen"):
        snapshots.content_of(snapshots.find(session, inspection, number))
