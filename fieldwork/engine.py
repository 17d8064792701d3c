"""The engine behind a database URL, set up so that what is committed is on the disk."""

import sqlite3
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Engine, PoolProxiedConnection, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from fieldwork.faults import WrongDatabase

WAIT = 5.0
PAUSE, LONGEST_PAUSE = 0.0001, 0.001  # seconds between two tries for the write lock
OF_THE_WAIT = 1 / 8  # a pause grows with what was waited already
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
EXAMPLES = "sqlite:////srv/perspective/perspective.sqlite3 or postgresql://user:password@host/perspective"

# Locked, full, out of reach: what passes, or what somebody has to put right outside. SQLite's primary codes, and
# PostgreSQL's classes: connection lost, transaction rolled back, resources gone, taken down; a lock not had in time.
SQLITE_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
}
POSTGRESQL_PASSING = ("08", "40", "53", "57", "55P03")


def read_url(url: str) -> URL:
    """The URL in its parts.

    Raises:
        WrongDatabase: it is no URL, or of a database we do not know.
    """
    try:
        parts = make_url(url)
    except ArgumentError:
        raise WrongDatabase("DATABASE_URL", "is not the address of a database.", f"Write {EXAMPLES}.") from None
    if parts.get_backend_name() not in {"sqlite", "postgresql"}:
        fault = f"asks for {parts.get_backend_name()}, which we do not know."
        raise WrongDatabase("DATABASE_URL", fault, f"Write {EXAMPLES}.")
    if parts.get_backend_name() == "sqlite" and parts.database in {None, "", ":memory:"}:
        raise WrongDatabase("DATABASE_URL", "names no file, so nothing would be kept.", f"Write {EXAMPLES}.")
    return parts


def place_of(url: URL) -> str:
    """How a message names the database: the file, or the address without its password."""
    if url.get_backend_name() == "sqlite":
        return str(path_of(url))
    return url.set(query={}).render_as_string(hide_password=True)


def path_of(url: URL) -> Path:
    """The file of an SQLite database."""
    return Path(str(url.database)).absolute()


def engine_for(url: URL) -> Engine:
    """An engine that never makes a database by itself, and on which a commit is a promise."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    settings = {"options": f"-c synchronous_commit=on -c lock_timeout={int(WAIT * 1000)}", "connect_timeout": int(WAIT)}
    return create_engine(url, pool_size=5, max_overflow=15, pool_timeout=WAIT, connect_args=settings)


def _sqlite(url: URL) -> Engine:
    address = f"file:{quote(str(path_of(url)))}?mode=rw"

    def connect() -> _TwoWays:
        connection = _connected(address, _TwoWays)
        connection.reader = _connected(address, sqlite3.Connection)
        connection.reader.execute("PRAGMA query_only=ON")
        return connection

    engine = create_engine(url, creator=connect, pool_size=20, max_overflow=0, pool_timeout=WAIT)
    # A listener to "begin" would do as well, and make every statement look for listeners: a twentieth of all our time.
    engine.dialect.do_begin = _begin  # type: ignore[method-assign, assignment]  # of this engine's own dialect
    return engine


Kind = TypeVar("Kind", bound=sqlite3.Connection)


def _connected(address: str, kind: type[Kind]) -> Kind:
    settings: dict[str, Any] = {"timeout": WAIT, "isolation_level": None, "check_same_thread": False}
    connection: Kind = sqlite3.connect(address, uri=True, factory=kind, **settings)
    give_up = monotonic() + WAIT
    for pragma in PRAGMAS:  # SQLite does not wait while somebody else makes a new file ready to be written ahead
        _insist(connection, f"PRAGMA {pragma}", give_up)
    return connection


class _TwoWays(sqlite3.Connection):
    """A connection for writing, and beside it one that cannot write.

    One connection switched by `query_only` would do, but at every switch it forgets the statements it has prepared.
    """

    reader: sqlite3.Connection
    reading = False

    def cursor(self, *given: Any, **named: Any) -> Any:
        """A cursor of the one that is wanted in this transaction."""
        return self.reader.cursor(*given, **named) if self.reading else super().cursor(*given, **named)

    def rollback(self) -> None:
        """Take nothing of this transaction, whichever way it went."""
        self.reader.rollback() if self.reading else super().rollback()

    def close(self) -> None:
        """Close both."""
        self.reader.close()
        super().close()


def _begin(connection: PoolProxiedConnection) -> None:
    """Take the write lock at once: a transaction that reads first and writes later fails without waiting."""
    wait = connection.info.get("wait", WAIT)
    driver: Any = connection.dbapi_connection
    driver.reading = connection.info.get("reading", False)
    cursor = driver.cursor()
    if not driver.reading:
        _take_write_lock(cursor, monotonic() + wait)
    cursor.execute(f"PRAGMA busy_timeout={int(wait * 1000)}")
    if driver.reading:
        cursor.execute("BEGIN")


def _take_write_lock(cursor: sqlite3.Cursor, give_up: float) -> None:
    """Try again and again. SQLite by itself sleeps for up to a tenth of a second, and another process comes first.

    Whoever has the lock needs it for a millisecond or two; sleeping as long between tries took a quarter of the rate.
    Where it takes longer, tries without end took the processor from whoever has the lock.
    """
    cursor.execute("PRAGMA busy_timeout=0")
    _insist(cursor, "BEGIN IMMEDIATE", give_up)


def _insist(on: sqlite3.Connection | sqlite3.Cursor, statement: str, give_up: float) -> None:
    began = monotonic()
    while True:
        try:
            on.execute(statement)
        except sqlite3.OperationalError as error:
            now = monotonic()
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or now >= give_up:
                raise
            sleep(min(max(PAUSE, (now - began) * OF_THE_WAIT), LONGEST_PAUSE))
        else:
            return


def is_passing(error: DBAPIError | NoConnectionFree | sqlite3.OperationalError) -> bool:
    """True for a fault of the moment (a lock, a full disk, a lost connection), not of our making."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in SQLITE_PASSING
    if isinstance(error, NoConnectionFree):
        return True
    state = getattr(cause, "sqlstate", None)
    return state is None or state.startswith(POSTGRESQL_PASSING)
