"""The databases that tests are given."""

import pytest
from sqlalchemy import create_engine, inspect

from fieldwork.database import Database


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


def test_a_database_has_all_its_tables(database: Database) -> None:
    database.check()


def test_each_kind_is_tried(empty_database_url: str, request: pytest.FixtureRequest) -> None:
    assert empty_database_url.startswith(request.node.callspec.params["empty_database_url"])
