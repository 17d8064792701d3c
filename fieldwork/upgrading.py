"""Bringing the tables up to date, with Alembic."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import DatabaseError

from fieldwork import soundness
from fieldwork.engine import path_of, place_of
from fieldwork.faults import WrongDatabase

MIGRATIONS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7240011)")


def upgrade(url: URL, engine: Engine) -> None:
    """Run the migrations that are missing, all in one transaction.

    Raises:
        WrongDatabase: what is there is not ours, or cannot be changed.
    """
    place = place_of(url)
    if url.get_backend_name() == "sqlite":
        _make_file(path_of(url))
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(ONE_AT_A_TIME)
            soundness.refuse_a_foreign_one(connection, place)
            _migrate(connection)
    except (DatabaseError, sqlite3.Error) as error:
        raise soundness.unreachable(place, error) from error


def configuration() -> Config:
    """Alembic's settings; there is no file of them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _migrate(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _make_file(path: Path) -> None:
    """An empty file for a new database, which nobody else on the machine can read."""
    try:
        path.touch(mode=0o600, exist_ok=True)
    except FileNotFoundError:
        raise WrongDatabase(str(path), "its folder is not there.", f"Make it: mkdir -p {path.parent}") from None
    except OSError as error:
        remedy = "Give this user the right to write there, or name another file in DATABASE_URL."
        raise WrongDatabase(str(path), f"cannot be made ({error.strerror}).", remedy) from None
