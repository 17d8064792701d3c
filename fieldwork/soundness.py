"""Is the database ours, whole, up to date, and does it keep what it is told? Asked before anybody is served."""

import sqlite3

from sqlalchemy import URL, Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from fieldwork.engine import path_of, place_of
from fieldwork.faults import WrongDatabase

NEWEST = "0003"  # the revision of the last migration; known here so that nobody who serves needs Alembic
UPGRADE = "Run `flask database upgrade`."
OTHER_ONE = "Name the right database in DATABASE_URL."
RESTORE = "Put back the last good copy."

SQLITE_MUST_BE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
QUICK_CHECK_UP_TO = 200 * 1024 * 1024  # bytes; reading every page of more than that would hold up the start


def check(url: URL, engine: Engine) -> None:
    """Return in silence if all is well.

    Raises:
        WrongDatabase: what is wrong, and what to do.
    """
    place = place_of(url)
    if url.get_backend_name() == "sqlite":
        _file_is_there(url)
    try:
        with engine.connect() as connection:
            connection.info["reading"] = True
            _is_up_to_date(connection, place)
            _is_durable(connection, place)
            if url.get_backend_name() == "sqlite":
                _is_whole(connection, url)
    except (DatabaseError, sqlite3.Error) as error:
        raise unreachable(place, error) from error


def _file_is_there(url: URL) -> None:
    path = path_of(url)
    if not path.exists():
        raise WrongDatabase(
            str(path), "there is no such file.", f"{OTHER_ONE} For a new one: `flask database upgrade`."
        )
    if not path.is_file():
        raise WrongDatabase(str(path), "is not a file.", OTHER_ONE)
    if path.stat().st_size == 0:
        raise WrongDatabase(str(path), "is empty.", f"{OTHER_ONE} To fill it: `flask database upgrade`.")


def refuse_a_foreign_one(connection: Connection, place: str) -> None:
    """Return in silence for a database without tables, or with ours.

    Raises:
        WrongDatabase: the tables are somebody else's, or of a later version of ours.
    """
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return
    if "alembic_version" not in tables or not {"waves", "responses"} <= tables:
        raise WrongDatabase(place, "holds tables that are not ours.", OTHER_ONE)
    if (found := _revision(connection)) is None or found > NEWEST:
        raise WrongDatabase(
            place, f"is at version {found}, and we know {NEWEST}.", "Run the newer programme, or:" + OTHER_ONE
        )


def _is_up_to_date(connection: Connection, place: str) -> None:
    refuse_a_foreign_one(connection, place)
    if not inspect(connection).has_table("alembic_version"):
        raise WrongDatabase(place, "has no tables yet.", f"{OTHER_ONE} To make them: `flask database upgrade`.")
    if (found := _revision(connection)) != NEWEST:
        raise WrongDatabase(place, f"is at version {found}, and this programme needs {NEWEST}.", UPGRADE)


def _revision(connection: Connection) -> str | None:
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _is_durable(connection: Connection, place: str) -> None:
    if connection.dialect.name == "postgresql":
        if connection.scalar(text("SHOW synchronous_commit")) not in {"on", "remote_apply"}:
            raise WrongDatabase(place, "does not wait for the disk.", "Set synchronous_commit = on.")
        return
    for pragma, wanted in SQLITE_MUST_BE.items():
        found = connection.scalar(text(f"PRAGMA {pragma}"))
        if found != wanted:
            remedy = "Put the file on a disk of this machine: a shared folder cannot do it."
            raise WrongDatabase(place, f"cannot have {pragma} = {wanted} (it is {found}).", remedy)


def _is_whole(connection: Connection, url: URL) -> None:
    if path_of(url).stat().st_size > QUICK_CHECK_UP_TO:
        return
    found = connection.scalar(text("PRAGMA quick_check(1)"))
    if found != "ok":
        raise WrongDatabase(place_of(url), f"is damaged ({found}).", RESTORE)


def unreachable(place: str, error: DatabaseError | sqlite3.Error) -> WrongDatabase:
    """What to say of a database that cannot even be asked."""
    cause = error.orig if isinstance(error, DatabaseError) else error
    words = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    if not isinstance(cause, sqlite3.Error):
        return WrongDatabase(place, f"cannot be used ({words}).", "Is it running, and are the name and password right?")
    if isinstance(cause, sqlite3.OperationalError):
        return WrongDatabase(
            place, f"cannot be used ({words}).", "Look at its rights, its disk, and who else has it open."
        )
    return WrongDatabase(place, f"is not a sound database ({words}).", f"{RESTORE} {OTHER_ONE}")
