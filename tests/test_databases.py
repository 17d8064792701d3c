"""The databases that tests are given."""

import pytest
from sqlalchemy import create_engine, delete, inspect, select

from fieldwork.database import Database
from fieldwork.entry.brake import LANES
from fieldwork.inspections import create
from fieldwork.models.brakes import Brake
from fieldwork.models.inspections import Inspection
from tests.fieldwork.samples import an_inspection


def tables(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


@pytest.mark.parametrize("again", [1, 2])
def test_an_empty_database_is_empty_each_time(empty_database_url: str, again: int) -> None:
    assert tables(empty_database_url) == []
    engine = create_engine(empty_database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE left_by_{again} (id INTEGER)")
    engine.dispose()


@pytest.mark.parametrize("again", [1, 2])
def test_a_database_has_all_its_tables_and_nothing_in_them_each_time(database: Database, again: int) -> None:
    database.check()
    with database.transaction() as session:
        assert session.scalars(select(Inspection)).all() == []
        assert len(session.scalars(select(Brake)).all()) == len(LANES)
        create(session, an_inspection())
        session.execute(delete(Brake))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("again", [1, 2])
def test_a_database_whose_tables_were_changed_is_not_used_again(database: Database, again: int) -> None:
    database.check()
    with database.engine.begin() as connection:
        assert "more" not in {column["name"] for column in inspect(connection).get_columns("drafts")}
        connection.exec_driver_sql("ALTER TABLE drafts ADD COLUMN more INTEGER")


def test_each_kind_is_tried(empty_database_url: str, request: pytest.FixtureRequest) -> None:
    assert empty_database_url.startswith(request.node.callspec.params["empty_database_url"])
