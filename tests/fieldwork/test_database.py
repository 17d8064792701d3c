"""The database keeps all of a transaction or nothing, waits its turn, and is never mistaken for another."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fieldwork.database import Database
from fieldwork.faults import Busy, WrongDatabase
from fieldwork.inspections import all_of, create
from fieldwork.models.inspections import Inspection
from tests.databases import FILE
from tests.fieldwork.samples import an_inspection

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
        create(session, an_inspection())
        _ = 1 / 0
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
        kept = {name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert kept == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.req("R1")
@on_postgresql
def test_what_is_committed_on_postgresql_is_on_the_disk_whatever_the_server_prefers(database: Database) -> None:
    with database.transaction() as session:
        assert session.scalar(text("SHOW synchronous_commit")) == "on"
        preferred = session.scalar(text("SELECT reset_val FROM pg_settings WHERE name = 'synchronous_commit'"))
    assert preferred == "on"


@pytest.mark.req("R1")
@on_sqlite
@pytest.mark.parametrize("pragma", ["journal_mode=DELETE", "synchronous=NORMAL", "foreign_keys=OFF", "secure_delete=OFF"])
def test_a_database_that_would_not_keep_its_word_is_refused(
    database_url: str, pragma: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldwork.engine.PRAGMAS", (pragma,))
    with closing_database(database_url) as database, pytest.raises(WrongDatabase, match="cannot have"):
        database.check()


@pytest.mark.req("R1")
@on_postgresql
def test_a_server_that_does_not_wait_for_the_disk_is_refused(database_url: str) -> None:
    with closing_database(database_url) as database, database.engine.connect() as connection:
        connection.execute(text("SET synchronous_commit = off"))
        connection.commit()
        connection.detach()
    with closing_database(database_url) as database:
        database.check()


class closing_database:  # noqa: N801 - used like a function
    """A database let go of at the end."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)

    def __enter__(self) -> Database:
        return self.database

    def __exit__(self, *_: object) -> None:
        self.database.engine.dispose()


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
def test_writers_of_one_process_wait_no_longer_than_writers_of_two(impatient: Database) -> None:
    with impatient.transaction():
        started = monotonic()
        with pytest.raises(Busy), impatient.transaction():
            raise AssertionError("two writers at once")
        assert monotonic() - started < 1
    make(impatient)


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


@pytest.mark.req("R8")
@on_sqlite
def test_a_full_disk_is_told_and_leaves_nothing_half_way(database: Database) -> None:
    make(database)
    with pytest.raises(Busy), database.transaction() as session:
        session.execute(text("PRAGMA max_page_count = 1"))
        for number in range(200):
            create(session, an_inspection(f"area-{number}"))
    assert slugs(database) == ["leeds-2011"]


def test_a_fault_of_ours_is_not_mistaken_for_one_of_the_moment(database: Database) -> None:
    with pytest.raises(DBAPIError), database.transaction() as session:
        session.execute(text("SELECT * FROM no_such_table"))


@pytest.mark.req("R9")
def test_a_sound_database_passes(database: Database) -> None:
    database.check()


def refused(url: str) -> str:
    """Why the database is refused; and that nothing was made of it."""
    with closing_database(url) as database, pytest.raises(WrongDatabase) as refusal:
        database.check()
    return str(refusal.value)


@pytest.mark.req("R9")
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "there is no such file"),
        (b"", "is empty"),
        (b"This is a letter, not a database." * 100, "not a sound database"),
        (b"SQLite format 3\0" + b"\0" * 4080, "not a sound database"),
    ],
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "wrong.sqlite3"
    if content is not None:
        path.write_bytes(content)
    message = refused(f"sqlite:///{path}")
    assert told in message
    assert message.startswith(str(path))
    assert (path.read_bytes() if path.exists() else None) == content


@pytest.mark.req("R9")
def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    assert "is not a file" in refused(f"sqlite:///{tmp_path}")


@pytest.mark.req("R9")
@on_sqlite
def test_a_damaged_file_is_refused(database_url: str, tmp_path: Path) -> None:
    path = tmp_path / FILE
    pages = bytearray(path.read_bytes())
    pages[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
    path.write_bytes(pages)
    assert "damaged" in (message := refused(database_url)) or "sound" in message


@pytest.mark.req("R9")
@on_sqlite
def test_a_file_cut_short_is_refused(database_url: str, tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes()[: 4096 * 6 + 100])
    assert "damaged" in (message := refused(database_url)) or "sound" in message


@pytest.mark.req("R9")
def test_somebody_elses_database_is_refused_and_never_changed(empty_database_url: str) -> None:
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite:///")).touch()
    with closing_database(empty_database_url) as database, database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE shopping (id INTEGER)"))
    assert "not ours" in refused(empty_database_url)
    with closing_database(empty_database_url) as database, pytest.raises(WrongDatabase, match="not ours"):
        database.upgrade()


@pytest.mark.req("R9")
@pytest.mark.parametrize(("version", "told"), [("0000", "this programme needs"), ("9999", "we know")])
def test_a_database_of_another_version_is_refused(database: Database, version: str, told: str) -> None:
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    with pytest.raises(WrongDatabase, match=told):
        database.check()


@pytest.mark.req("R9")
def test_a_server_database_without_tables_is_refused(empty_database_url: str) -> None:
    message = refused(empty_database_url)
    assert "no tables yet" in message or "no such file" in message


@pytest.mark.req("R9")
def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    message = refused("postgresql://someone:very-secret@127.0.0.1:1/perspective")
    assert "cannot be used" in message
    assert "very-secret" not in message


@pytest.mark.parametrize("url", ["", "perspective.sqlite3", "mysql://host/perspective", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_would_keep_nothing_is_refused(url: str) -> None:
    with pytest.raises(WrongDatabase, match="DATABASE_URL"):
        Database(url)


@on_sqlite
def test_a_file_nobody_may_write_is_told(database_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as blocking:
        blocking.execute("PRAGMA journal_mode=DELETE")
        blocking.execute("BEGIN EXCLUSIVE")
        with closing_database(database_url) as database:
            assert database.url.database
