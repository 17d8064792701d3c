"""Wrong codes are counted by the hour, and somebody is told when there are too many."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldwork.database import Database
from fieldwork.entry import wrong_codes
from fieldwork.models.brakes import CodeAlarm, WrongCodes
from tests.fieldwork.samples import NOW, later


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


def count(session: Session, number: int, minutes: float = 0) -> None:
    for _ in range(number):
        wrong_codes.count(session, later(minutes))


def alarms(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(CodeAlarm)) or 0


@pytest.mark.req("A13")
def test_a_hundred_wrong_codes_in_an_hour_are_borne_and_one_more_raises_an_alarm(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    count(session, 100)
    assert (alarms(session), wrong_codes.too_many(session, NOW)) == (0, 0)
    count(session, 1)
    assert (alarms(session), wrong_codes.too_many(session, NOW)) == (1, 101)
    assert [record.levelno for record in caplog.records] == [logging.CRITICAL]


@pytest.mark.req("A13")
@pytest.mark.parametrize("apart", [1, 7, 29, 59])
def test_an_hour_is_any_hour_and_not_that_of_the_clock(session: Session, apart: int) -> None:
    count(session, 60)
    count(session, 41, apart)
    assert alarms(session) == 1


@pytest.mark.req("A13")
def test_what_comes_slowly_raises_none(session: Session) -> None:
    for hour in range(5):
        count(session, 90, hour * 66)
    assert alarms(session) == 0


@pytest.mark.req("A13")
def test_an_attack_that_goes_on_raises_an_alarm_each_hour_and_no_more(session: Session) -> None:
    for minute in range(0, 180, 2):
        count(session, 20, minute)
    assert alarms(session) == 3


@pytest.mark.req("A13")
def test_an_alarm_is_due_until_somebody_says_that_they_were_told(session: Session) -> None:
    count(session, 105)
    (due,) = wrong_codes.due_alarms(session, NOW)
    assert due.count == 105
    assert wrong_codes.due_alarms(session, NOW + timedelta(seconds=30)) == []
    (again,) = wrong_codes.due_alarms(session, NOW + timedelta(seconds=wrong_codes.LEASE))
    assert again.id == due.id
    wrong_codes.mark_told(session, due.id, NOW)
    assert wrong_codes.due_alarms(session, later(10)) == []


def test_counts_and_alarms_older_than_a_day_are_forgotten(session: Session) -> None:
    count(session, 101)
    for due in wrong_codes.due_alarms(session, NOW):
        wrong_codes.mark_told(session, due.id, NOW)
    count(session, 1, 25 * 60)
    assert (alarms(session), len(session.scalars(select(WrongCodes)).all())) == (0, 1)


@pytest.mark.req("A13")
def test_of_a_wrong_code_nothing_is_kept_but_that_there_was_one() -> None:
    assert {column.name for column in WrongCodes.__table__.columns} == {"five_minutes", "count"}
    kept = {column.name for column in CodeAlarm.__table__.columns}
    assert kept == {"id", "raised_minute", "told_minute", "lease_second"}
