"""The database: transactions that keep all or nothing, and reading that changes nothing."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session

from fieldwork import soundness, tidying
from fieldwork.engine import WAIT, engine_for, is_passing, read_url
from fieldwork.faults import Busy

__all__ = ["Database", "Session"]  # doors are handed a Session, and need no more of SQLAlchemy than its name


FAULTS = (DBAPIError, NoConnectionFree, sqlite3.OperationalError)


class _OnOneConnection(Session):
    """A session on one connection. It is not looked for anew at each statement, which took as long as the statement."""

    def __init__(self, connection: Connection) -> None:
        """Begin now, so that a lock is waited for here."""
        super().__init__(connection, expire_on_commit=False)
        self._only = super().connection()

    def connection(self, *given: Any, **named: Any) -> Connection:
        """The one connection; a savepoint, or a new beginning after a rollback, is the library's own matter."""
        is_plain = self._only.in_transaction() and not self.in_nested_transaction()
        return self._only if is_plain else super().connection(*given, **named)


class Database:
    """One database, for as long as the process lives."""

    def __init__(self, url: str) -> None:
        """Make ready to connect; nothing is opened or made yet.

        Raises:
            WrongDatabase: the URL is not one of a database we know.
        """
        self.url = read_url(url)
        self.engine = engine_for(self.url)
        self._one_writer = threading.Lock()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is kept whole when the block ends, and not at all when it raises.

        Raises:
            Busy: the database could not take it in time.
        """
        with _faults_of_the_moment(), self._turn() as wait, self._session(reading=False, wait=wait) as session:
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and cannot change it.

        Raises:
            Busy: the database could not be read in time.
        """
        with _faults_of_the_moment(), self._session(reading=True, wait=WAIT) as session:
            yield session

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """As `reading`, without a session around it: every page begins with one, and a session costs half of it.

        Raises:
            Busy: the database could not be read in time.
        """
        with _faults_of_the_moment(), self._connected(reading=True, wait=WAIT) as connection:
            connection.begin()
            yield connection

    def upgrade(self) -> None:
        """Bring the tables up to date. The one place that makes a database where there is none.

        Raises:
            WrongDatabase: what is there is not ours, or cannot be changed.
        """
        from fieldwork import upgrading  # noqa: PLC0415 - whoever serves respondents does without Alembic

        upgrading.upgrade(self.url, self.engine)

    def check(self) -> None:
        """Return in silence if the database is ours, whole, up to date and durable.

        Raises:
            WrongDatabase: it is not; the message says what to do.
        """
        soundness.check(self.url, self.engine)

    def tidy(self) -> None:
        """Leave no trace, beside the tables, of what was deleted or of the order in which responses came.

        Raises:
            Busy: others are at work; to be tried again later.
        """
        with self.transaction() as session:
            tidying.write_sent_visits_anew(session)
            tidying.write_ended_conversations_anew(session)
            tidying.write_keyed_responses_anew(session)
        with _faults_of_the_moment():
            tidying.tidy(self.engine)

    @contextmanager
    def _turn(self) -> Iterator[float]:
        """One writer at a time in this process, in turn; the seconds of waiting that are left.

        SQLite lets writers race for its lock while they sleep, which starves some of them.
        """
        if self.engine.dialect.name != "sqlite":
            yield WAIT
            return
        started = monotonic()
        if not self._one_writer.acquire(timeout=WAIT):
            raise Busy("another writer did not finish in time")
        try:
            yield max(0.0, WAIT - (monotonic() - started))
        finally:
            self._one_writer.release()

    @contextmanager
    def _session(self, *, reading: bool, wait: float) -> Iterator[Session]:
        with self._connected(reading=reading, wait=wait) as connection, _OnOneConnection(connection) as session:
            yield session

    @contextmanager
    def _connected(self, *, reading: bool, wait: float) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            connection.info.update(reading=reading, wait=wait)
            if reading and self.engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection


@contextmanager
def _faults_of_the_moment() -> Iterator[None]:
    try:
        yield
    except FAULTS as error:
        if not any(isinstance(each, FAULTS) and is_passing(each) for each in _that_led_to(error)):
            raise
        raise Busy("the database could not take this now") from error


def _that_led_to(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and those it came of: a full disk ends the whole transaction, and then its savepoint is not there."""
    while error is not None:
        yield error
        error = error.__context__
