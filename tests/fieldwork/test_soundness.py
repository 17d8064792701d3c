"""A database is served only if it is ours, whole, up to date, and keeps its word."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from fieldwork.database import Database
from fieldwork.faults import WrongDatabase
from tests.databases import FILE
from tests.fieldwork.samples import closing_database

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.mark.req("R1")
@on_sqlite
@pytest.mark.parametrize(
    "pragma", ["journal_mode=DELETE", "synchronous=NORMAL", "foreign_keys=OFF", "secure_delete=OFF"]
)
def test_a_database_that_would_not_keep_its_word_is_refused(
    database_url: str, pragma: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldwork.engine.PRAGMAS", (pragma,))
    with closing_database(database_url) as database, pytest.raises(WrongDatabase, match="cannot have"):
        database.check()


@pytest.mark.req("R1")
@on_postgresql
def test_a_server_that_does_not_wait_for_the_disk_is_refused(database: Database) -> None:
    def prefer_speed(connection: Any, _: object) -> None:
        connection.execute("SET synchronous_commit = off")
        connection.commit()

    event.listen(database.engine, "connect", prefer_speed)
    with pytest.raises(WrongDatabase, match="does not wait for the disk"):
        database.check()


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


@pytest.mark.parametrize(
    "url", ["", "perspective.sqlite3", "mysql://host/perspective", "sqlite://", "sqlite:///:memory:"]
)
def test_an_address_that_would_keep_nothing_is_refused(url: str) -> None:
    with pytest.raises(WrongDatabase, match="DATABASE_URL"):
        Database(url)
