"""The audit: only added to, and whatever is changed behind its back is found."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Connection, MetaData, Table, delete, text, update
from sqlalchemy.exc import DBAPIError

from fieldwork.database import Database
from fieldwork.office import audit
from fieldwork.office.audit import Head, Who
from fieldwork.retention_table import kept

ANN = Who(uuid4(), "Ann Lead")
NOW = datetime.now(UTC)


def fill(database: Database, count: int, *, now: datetime = NOW) -> None:
    with database.transaction() as session:
        for number in range(count):
            audit.record(session, "read_audit", ANN, about=f"page {number}", why="because", now=now)


def faults(database: Database, *heads: Head) -> list[str]:
    with database.reading() as session:
        return list(audit.faults(session, heads))


def head(database: Database) -> Head:
    with database.reading() as session:
        return audit.head(session)


def behind_its_back(database: Database, act: Callable[[Connection], object]) -> None:
    """Do to the tables what only somebody who owns the database could do."""
    with database.transaction() as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            for trigger in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars():
                connection.execute(text(f"DROP TRIGGER {trigger}"))
        act(connection)


@pytest.mark.req("AU1")
def test_an_act_and_its_entry_are_kept_together_or_not_at_all(database: Database) -> None:
    def fail_after_recording() -> None:
        with database.transaction() as session:
            audit.record(session, "read_audit", ANN)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_recording()
    assert head(database) == Head(0, audit.NOTHING_BEFORE)


@pytest.mark.req("AU2")
def test_entries_follow_one_another_and_are_whole(database: Database) -> None:
    fill(database, 25)
    assert head(database).number == 25
    assert faults(database) == []
    assert faults(database, head(database)) == []


@pytest.mark.req("AU2")
def test_many_at_once_make_one_chain(database: Database) -> None:
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda _: fill(database, 1), range(40)))
    assert head(database).number == 40
    assert faults(database) == []


@pytest.mark.req("AU2")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_thousand_ways_to_tamper_are_all_found(database: Database) -> None:
    """Each is done to a fresh copy of the chain within a transaction that is taken back."""
    fill(database, 30)
    kept = head(database)
    chance = random.Random(7)  # noqa: S311 - the same ways each time
    behind_its_back(database, lambda _: None)  # takes the triggers away, as the owner of a file can
    for number in range(1000):
        with database.transaction() as session:
            tamper(session.connection(), chance, number)
            session.expire_all()
            found = list(audit.faults(session, [kept]))
            session.rollback()
        assert found, f"way {number} was not found"
    assert faults(database, kept) == []


def tamper(connection: Connection, chance: random.Random, way: int) -> None:
    number = chance.randint(1, 30)
    entries = Table("audit_entries", MetaData(), autoload_with=connection)
    this = update(entries).where(entries.c.number == number)
    match way % 5:
        case 0:  # a word is changed
            column = entries.c[chance.choice(["who", "about", "why", "act"])]
            connection.execute(this.values({column: column + "x"}))
        case 1:  # an entry is taken out
            connection.execute(delete(entries).where(entries.c.number == number))
        case 2:  # the end is cut off
            connection.execute(delete(entries).where(entries.c.number >= number))
        case 3:  # two change places
            other = number % 30 + 1
            for old, new in ((number, -1), (other, number), (-1, other)):
                connection.execute(update(entries).where(entries.c.number == old).values(number=new))
        case _:  # an entry is changed, and its mark with it
            connection.execute(this.values(second=entries.c.second - 60, mark=f"{chance.getrandbits(256):064x}"))


@pytest.mark.req("AU2")
def test_a_chain_written_anew_as_a_whole_is_found_by_a_head_that_was_kept_elsewhere(database: Database) -> None:
    fill(database, 5)
    kept = head(database)
    behind_its_back(database, lambda connection: connection.execute(text("DELETE FROM audit_entries")))
    fill(database, 7, now=NOW - timedelta(hours=1))
    assert faults(database) == [], "on its own it looks whole"
    assert faults(database, kept) == ["entry 5: not the one whose mark was kept elsewhere"]


@pytest.mark.req("AU4")
@pytest.mark.parametrize("act", ["UPDATE audit_entries SET why = 'other'", "DELETE FROM audit_entries"])
def test_the_application_can_only_add(act: str, database: Database) -> None:
    fill(database, 3)
    with pytest.raises(DBAPIError, match="only added to"), database.engine.begin() as connection:
        connection.execute(text(act))
    assert faults(database, head(database)) == []


@pytest.mark.req("AU4")
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_nor_can_it_empty_the_table_at_once(database: Database) -> None:
    fill(database, 3)
    with pytest.raises(DBAPIError, match="only added to"), database.engine.begin() as connection:
        connection.execute(text("TRUNCATE audit_entries"))


@pytest.mark.req("AU5")
def test_what_is_two_years_old_may_go_and_the_rest_is_still_whole(database: Database) -> None:
    fill(database, 3, now=NOW - kept("audit").period - timedelta(days=1))
    fill(database, 4)
    with database.transaction() as session:
        assert audit.forget(session, NOW - kept("audit").period) == 3
    assert faults(database, head(database)) == []
    assert head(database).number == 8
