"""Migrations make what the models describe, on both databases, from nothing and back."""

import importlib
import pkgutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from fieldwork import models, soundness, upgrading
from fieldwork.database import Database
from fieldwork.entry.brake import LANES
from fieldwork.faults import WrongDatabase
from fieldwork.models.base import Base
from fieldwork.models.brakes import Brake

for each in pkgutil.iter_modules(models.__path__):  # all of them are known to the tables described
    importlib.import_module(f"fieldwork.models.{each.name}")


def test_the_tables_made_are_the_tables_described(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_the_rules_made_are_the_rules_described(database: Database) -> None:
    with database.engine.connect() as connection:
        there = inspect(connection)
        for table in Base.metadata.sorted_tables:
            made = {rule["name"] for rule in there.get_check_constraints(table.name)}
            made |= {rule["name"] for rule in there.get_unique_constraints(table.name)}
            made |= {rule["name"] for rule in there.get_foreign_keys(table.name)}
            made.add(there.get_pk_constraint(table.name)["name"])
            assert made == {rule.name for rule in table.constraints}


def test_the_newest_version_known_without_alembic_is_the_newest_there_is() -> None:
    assert ScriptDirectory.from_config(upgrading.configuration()).get_heads() == [soundness.NEWEST]


def test_to_upgrade_again_changes_nothing(database: Database) -> None:
    database.upgrade()
    database.check()


def test_the_lanes_of_the_brake_are_there_from_the_start(database: Database) -> None:
    with database.reading() as session:
        assert {each.name for each in session.query(Brake)} == set(LANES)


def test_six_that_upgrade_at_once_make_the_tables_once(empty_database_url: str) -> None:
    databases = [Database(empty_database_url) for _ in range(6)]
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(Database.upgrade, databases))
    for database in databases:
        database.check()
        database.engine.dispose()


def test_an_upgrade_that_fails_half_way_leaves_nothing(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: object) -> None:
        connection.execute(text("CREATE TABLE half_way (id INTEGER)"))  # type: ignore[attr-defined]
        raise KeyboardInterrupt

    database = Database(empty_database_url)
    monkeypatch.setattr(upgrading, "_migrate", fail)
    with pytest.raises(KeyboardInterrupt):
        database.upgrade()
    with database.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    monkeypatch.undo()
    database.upgrade()
    database.check()
    database.engine.dispose()


def test_the_migrations_can_be_taken_back(database: Database) -> None:
    with database.engine.begin() as connection:
        config = upgrading.configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}


def test_a_new_database_is_made_where_nobody_else_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "fresh.sqlite3"
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    database.check()
    database.engine.dispose()
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("place", "told"),
    [("no/such/folder/x.sqlite3", "mkdir -p"), (".", "cannot be used"), ("letter/x.sqlite3", "cannot be made")],
)
def test_where_no_database_can_be_made_it_says_so(tmp_path: Path, place: str, told: str) -> None:
    (tmp_path / "letter").write_text("A file in the place of a folder.", encoding="utf-8")
    database = Database(f"sqlite:///{tmp_path / place}")
    with pytest.raises(WrongDatabase, match=told):
        database.upgrade()


def test_who_serves_respondents_does_without_alembic() -> None:
    loaded = "fieldwork.database, fieldwork.returns.responses, fieldwork.waves"
    asked = f"import sys, {loaded}; print('alembic' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout.strip() == "False"
