"""The database keeps all of a transaction or nothing, waits its turn, and is never mistaken for another."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from time import monotonic, sleep

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from fieldwork.database import Database
from fieldwork.engine import LONGEST_PAUSE, PAUSE
from fieldwork.faults import Busy
from fieldwork.inspections import all_of, create
from fieldwork.models.inspections import Inspection
from tests.fieldwork.samples import an_inspection, closing_database

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def slugs(database: Database) -> list[str]:
    with database.reading() as session:
        return [each.slug for each in all_of(session)]


def make(database: Database, slug: str = "leeds-2011") -> None:
    with database.transaction() as session:
        create(session, an_inspection(slug))


def test_what_a_transaction_did_is_there_afterwards(database: Database) -> None:
    make(database)
    assert slugs(database) == ["leeds-2011"]


def test_a_transaction_that_raises_did_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        create(session, an_inspection()).cases_inspected = 1 // 0
    assert slugs(database) == []
    make(database)


@pytest.mark.req("A8")
def test_reading_cannot_change_anything(database: Database) -> None:
    make(database)
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), database.reading() as session:
        session.execute(text("DELETE FROM inspections"))
    with database.reading() as session:
        session.add(Inspection(slug="never"))
    assert slugs(database) == ["leeds-2011"]


def test_reading_sees_one_state_of_things(database: Database) -> None:
    with database.reading() as session:
        assert all_of(session) == []
        make(database)
        assert all_of(session) == []


@pytest.mark.req("R1")
@on_sqlite
def test_what_is_committed_on_sqlite_is_on_the_disk(database: Database) -> None:
    with database.transaction() as session:
        kept = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert kept == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.req("R1")
@on_postgresql
def test_what_is_committed_on_postgresql_is_on_the_disk_whatever_the_server_prefers(database: Database) -> None:
    with database.transaction() as session:
        assert session.scalar(text("SHOW synchronous_commit")) == "on"
        preferred = session.scalar(text("SELECT reset_val FROM pg_settings WHERE name = 'synchronous_commit'"))
    assert preferred == "on"


@pytest.fixture
def impatient(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The same database, for somebody who waits half a second."""
    for module in ("engine", "database"):
        monkeypatch.setattr(f"fieldwork.{module}.WAIT", 0.5)
    with closing_database(database_url) as database:
        yield database


@pytest.mark.req("R7")
@pytest.mark.parametrize(("held", "kept"), [(0.2, True), (1.2, False)])
def test_a_locked_database_is_waited_for_and_then_it_is_busy(
    database: Database, impatient: Database, held: float, kept: bool
) -> None:
    make(database)
    is_held = threading.Event()

    def hold() -> None:
        with database.transaction() as session:
            session.execute(text("UPDATE inspections SET name = 'held'"))
            is_held.set()
            sleep(held)

    holder = threading.Thread(target=hold)
    holder.start()
    assert is_held.wait(5)
    started = monotonic()
    try:
        with impatient.transaction() as session:
            session.execute(text("UPDATE inspections SET name = 'changed'"))
        changed = True
    except Busy:
        changed = False
    waited = monotonic() - started
    holder.join()
    assert changed == kept
    assert waited < 1
    with database.reading() as session:
        assert all_of(session)[0].name == ("changed" if kept else "held")


@pytest.mark.req("R7")
@on_sqlite
def test_who_waits_for_another_process_tries_again_every_moment(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(database)
    pauses: list[float] = []
    with closing(sqlite3.connect(str(make_url(database_url).database), isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            if len(pauses) == 50:
                another.execute("ROLLBACK")

        monkeypatch.setattr("fieldwork.engine.sleep", pause)
        monkeypatch.setattr("fieldwork.engine.monotonic", lambda: sum(pauses))
        with database.transaction() as session:
            assert session.scalar(text("PRAGMA busy_timeout")) > 0, "what follows must wait too"
    assert pauses[:8] == [PAUSE] * 8
    for tries, seconds in enumerate(pauses[8:-1], 8):
        assert seconds <= max(PAUSE, sum(pauses[:tries]) / 7), "nobody waits much longer than they had to"
    assert pauses[-1] == LONGEST_PAUSE
    assert PAUSE <= 0.0005, "whoever has the lock needs it for a millisecond"


@pytest.mark.req("R7")
@on_sqlite
def test_writers_of_one_process_wait_no_longer_than_writers_of_two(impatient: Database) -> None:
    with impatient.transaction():
        started = monotonic()
        with pytest.raises(Busy), impatient.transaction():
            raise AssertionError("two writers at once")
        assert monotonic() - started < 1
    make(impatient)


@pytest.mark.req("R7")
def test_more_readers_than_there_are_connections_are_told_it_is_busy(impatient: Database) -> None:
    with ExitStack() as all_at_once:
        for _ in range(20):
            all_at_once.enter_context(impatient.reading())
        with pytest.raises(Busy):
            all_at_once.enter_context(impatient.reading())
    assert slugs(impatient) == []


@pytest.mark.req("R7")
def test_reading_goes_on_while_somebody_writes(database: Database) -> None:
    with database.transaction() as session:
        create(session, an_inspection())
        session.flush()
        assert slugs(database) == []
    assert slugs(database) == ["leeds-2011"]


def test_no_update_is_lost_however_many_write_at_once(database: Database) -> None:
    make(database)

    def count_up() -> None:
        for _ in range(10):
            with database.transaction() as session:
                found = session.get_one(Inspection, key, with_for_update=True)
                found.cases_inspected = (found.cases_inspected or 0) + 1

    with database.reading() as session:
        key = all_of(session)[0].id
    threads = [threading.Thread(target=count_up) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert all_of(session)[0].cases_inspected == 60


def make_many(session: Session) -> None:
    """More than fits on a disk as large as the database is now."""
    session.execute(text("PRAGMA max_page_count = 1"))
    for number in range(200):
        create(session, an_inspection(f"area-{number}"))


@pytest.mark.req("R8")
@on_sqlite
def test_a_full_disk_is_told_and_leaves_nothing_half_way(database: Database) -> None:
    make(database)
    with pytest.raises(Busy), database.transaction() as session:
        make_many(session)
    assert slugs(database) == ["leeds-2011"]


def test_a_fault_of_ours_is_not_mistaken_for_one_of_the_moment(database: Database) -> None:
    with pytest.raises(DBAPIError), database.transaction() as session:
        session.execute(text("SELECT * FROM no_such_table"))
