"""Who is told when: two people at once, the second again after half an hour, the duty manager after an hour."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete

from fieldwork.models.concerns import Notice
from fieldwork.safeguarding import concern_steps, notices
from fieldwork.safeguarding.notices import DueNotice
from tests.fieldwork.concerned import (
    ANN,
    COVER,
    acknowledge,
    listed,
    name_people,
    practise,
    raise_comment,
    step,
    want_to_talk,
)
from tests.fieldwork.samples import Office

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FALLBACK = ("one@example.org", "two@example.org")


def told(office: Office, now: datetime, *, send: bool = True) -> list[tuple[str, str]]:
    """Who is told by now, and why; and it goes."""
    return [(each.rung, each.to) for each in due(office, now, send=send)]


def due(office: Office, now: datetime, *, send: bool = True) -> list[DueNotice]:
    with office.database.transaction() as session:
        notices.write_due(session, now)
        found = notices.due_notices(session, now, FALLBACK, ("mail", "text"))
        if send:
            notices.mark_sent(session, [each.id for each in found], now)
    return sorted(found, key=lambda each: (each.raised, each.rung, each.person, each.way))


def at(minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


@pytest.mark.req("T3", "T4")
def test_two_people_at_once_the_second_at_thirty_the_duty_manager_at_sixty_minutes(office: Office) -> None:
    name_people(office)
    want_to_talk(office, MONDAY)
    assert told(office, at(0)) == [("at_once", "ann@example.org"), ("at_once", "ben@example.org")]
    assert told(office, at(29)) == []
    assert told(office, at(30)) == [("half_hour", "ben@example.org")]
    assert told(office, at(59)) == []
    assert told(office, at(60)) == [("hour", "dee@example.org")]
    assert told(office, at(60 * 24 * 30)) == []


@pytest.mark.req("T4")
@pytest.mark.parametrize(
    ("raised", "half_hour"),
    [
        ("2026-11-20T16:45", "2026-11-23T09:15"),  # a Friday
        ("2026-11-21T03:00", "2026-11-23T09:30"),
        ("2026-12-24T16:45", "2026-12-29T09:15"),  # Christmas, and the Monday that stands for Boxing Day
    ],
)
def test_outside_cover_people_are_told_at_once_and_the_clock_waits(office: Office, raised: str, half_hour: str) -> None:
    name_people(office)
    raised_at, then = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (raised, half_hour))
    want_to_talk(office, raised_at)
    assert len(told(office, raised_at)) == 2
    assert told(office, then - timedelta(minutes=1)) == []
    assert told(office, then) == [("half_hour", "ben@example.org")]


@pytest.mark.req("T4")
def test_the_hours_are_those_of_the_inspection(office: Office) -> None:
    name_people(office, replace(COVER, days="67", opens_minute=22 * 60, closes_minute=24 * 60))
    saturday = datetime(2026, 11, 28, 22, 0, tzinfo=UTC)
    want_to_talk(office, MONDAY)
    assert len(told(office, MONDAY)) == 2
    assert told(office, saturday + timedelta(minutes=29)) == []
    assert told(office, saturday + timedelta(minutes=30)) == [("half_hour", "ben@example.org")]


@pytest.mark.req("T4")
def test_once_somebody_has_acknowledged_it_nobody_else_is_told(office: Office) -> None:
    name_people(office)
    key = want_to_talk(office, MONDAY)
    told(office, at(0))
    assert told(office, at(30), send=False) == [("half_hour", "ben@example.org")]
    acknowledge(office, key, now=at(31))
    assert told(office, at(90)) == []


@pytest.mark.req("T10")
def test_a_referral_without_an_answer_is_told_of_once_the_working_day_is_over(office: Office) -> None:
    name_people(office)
    key = want_to_talk(office, MONDAY)
    step(office, concern_steps.refer, key, ANN, MONDAY, to_whom="Ms Okoro", why="May be hurt.")
    assert told(office, at(24 * 60 - 1)) == []
    assert told(office, at(24 * 60)) == [("no_answer", "ann@example.org"), ("no_answer", "ben@example.org")]
    assert told(office, at(48 * 60)) == []


def test_an_answer_that_came_in_time_is_missed_by_nobody(office: Office) -> None:
    key = want_to_talk(office, MONDAY)
    step(office, concern_steps.refer, key, ANN, MONDAY, to_whom="Ms Okoro", why="May be hurt.")
    step(office, concern_steps.answered, key, ANN, at(30), outcome="They go there.")
    assert told(office, at(48 * 60)) == []


def test_an_inspection_that_has_named_nobody_has_the_two_of_the_installation(office: Office) -> None:
    want_to_talk(office, MONDAY, from_nowhere=True)
    want_to_talk(office, MONDAY)
    assert {to for _, to in told(office, at(0))} == set(FALLBACK)
    assert {to for _, to in told(office, at(60))} == {FALLBACK[1]}, "and without a duty manager the second again"


def test_who_gave_a_number_is_told_by_text_too(office: Office) -> None:
    name_people(office, replace(COVER, first_phone="07700 900801", duty_phone="07700 900802"))
    want_to_talk(office, MONDAY)
    ways = [(each.person, each.way, each.to) for each in due(office, at(0))]
    assert ways == [
        ("first", "mail", "ann@example.org"),
        ("first", "text", "+447700900801"),
        ("second", "mail", "ben@example.org"),
    ]
    assert [each.way for each in due(office, at(60)) if each.person == "duty"] == ["mail", "text"]


def test_a_practice_is_told_of_like_any_other_and_marked(office: Office) -> None:
    name_people(office)
    practise(office, MONDAY)
    assert [(each.to, each.is_practice) for each in due(office, at(0))] == [
        ("ann@example.org", True),
        ("ben@example.org", True),
    ]
    assert told(office, at(30)) == [("half_hour", "ben@example.org")]


@pytest.mark.req("T4")
def test_practice_is_in_no_list_and_no_number(office: Office) -> None:
    name_people(office)
    practise(office, MONDAY)
    raise_comment(office, MONDAY)
    assert [each.kind for each in listed(office, MONDAY)] == ["comment"]
    with office.database.reading() as session:
        assert notices.waiting_for(session, FALLBACK) == {"ann@example.org": 1, "ben@example.org": 1}


@pytest.mark.req("T3")
def test_what_was_never_told_of_is_told_now_whatever_happened_when_it_was_raised(office: Office) -> None:
    want_to_talk(office, MONDAY)
    with office.database.transaction() as session:
        session.execute(delete(Notice))
    assert len(told(office, at(1))) == 2


@pytest.mark.req("T4")
def test_what_is_late_comes_first_and_says_how_long_it_waited(office: Office) -> None:
    waiting: list[UUID] = [want_to_talk(office, at(0)), raise_comment(office, at(59)), want_to_talk(office, at(20))]
    acknowledge(office, waiting[0], now=at(10))
    in_time = listed(office, at(79))
    assert [(each.id, each.is_late, each.waited) for each in in_time] == [
        (waiting[2], False, 59),
        (waiting[1], False, 20),
        (waiting[0], False, 10),
    ]
    (first, *_) = listed(office, at(80))
    assert (first.id, first.is_late, first.waited) == (waiting[2], True, 60)
