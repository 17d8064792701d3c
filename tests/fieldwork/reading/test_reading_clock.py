"""How long comments wait to be read is known, though none of them says when it came."""

from datetime import UTC, datetime

import pytest

from fieldwork.reading import reading_clock
from fieldwork.reading.reading_clock import Ageing, alarm
from tests.fieldwork.commenting import Desk
from tests.fieldwork.samples import Office

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """That time in November 2026; the 23rd is a Monday, and London keeps universal time."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def look(desk: Desk, now: datetime) -> Ageing | None:
    with desk.office.database.transaction() as session:
        return next(iter(reading_clock.look(session, now)), None)


def aged(desk: Desk, now: datetime) -> Ageing:
    (found,) = aging(desk, now)
    return found


def aging(desk: Desk, now: datetime) -> list[Ageing]:
    with desk.office.database.reading() as session:
        return reading_clock.ageing(session, [desk.wave_id], now)


@pytest.mark.req("T6")
def test_a_comment_is_late_after_eight_working_hours(desk: Desk) -> None:
    assert look(desk, MONDAY) is None
    desk.receive("Good.")
    assert not aged(desk, at(24, 9, 30)).is_late
    assert aged(desk, at(24, 9, 31)).is_late
    assert alarm([aged(desk, at(24, 9, 31))]) == (
        "1 comment has not been read within one working day: leeds-2011/small."
    )


@pytest.mark.req("T6")
def test_nights_and_weekends_do_not_count(desk: Desk) -> None:
    assert look(desk, at(20, 16)) is None
    desk.receive("Good.")
    assert aged(desk, at(23, 9)).waited == 60, "an hour on Friday; Saturday and Sunday do not count"
    assert not aged(desk, at(23, 16)).is_late
    assert aged(desk, at(23, 16, 1)).is_late


@pytest.mark.req("T6")
def test_when_all_was_read_the_clock_begins_anew(desk: Desk) -> None:
    desk.receive("One.")
    desk.read(desk.listed()[0].key)
    assert look(desk, at(24, 12)) is None
    desk.receive("Two.")
    assert aged(desk, at(24, 14)).waited == 120


@pytest.mark.req("T6")
def test_no_comment_can_have_waited_for_longer_than_is_said(desk: Desk) -> None:
    """One is read and another comes: the clock goes on from when all was last read, too early rather than too late."""
    assert look(desk, MONDAY) is None
    desk.receive("One.")
    desk.receive("Two.")
    desk.read(desk.listed()[0].key)
    assert aged(desk, at(23, 11, 30)).waited == 120


def test_nobody_has_looked_yet_so_the_clock_runs_from_the_day_the_wave_opened(desk: Desk) -> None:
    desk.receive("One.")
    opened = desk.office.wave.opened
    assert aged(desk, datetime(opened.year + 1, opened.month, opened.day, 9, tzinfo=UTC)).is_late


def test_what_is_read_does_not_age(desk: Desk) -> None:
    desk.receive("One.")
    desk.read(desk.listed()[0].key)
    assert aging(desk, at(30, 12)) == []


def test_days_are_working_days_of_eight_hours(desk: Desk) -> None:
    assert look(desk, at(23, 9)) is None
    desk.receive("One.")
    assert [aged(desk, at(day, 17)).days for day in (23, 24, 27)] == [1, 2, 5]


def test_several_are_told_in_one_line_and_nothing_where_nothing_is_late(desk: Desk) -> None:
    assert look(desk, MONDAY) is None
    desk.receive("One.", "Two.")
    late = aged(desk, at(27, 12))
    assert alarm([late]) == "2 comments have not been read within one working day: leeds-2011/small."
    assert alarm([aged(desk, at(23, 12))]) is None
    assert alarm([]) is None


@pytest.mark.req("P2")
def test_the_moment_that_is_kept_is_that_of_a_look_and_never_of_a_response(desk: Desk) -> None:
    assert look(desk, MONDAY) is None
    desk.receive("One.")
    assert look(desk, at(23, 11)) is not None, "something is unread: nothing is kept"
    assert aged(desk, at(23, 12)).since == MONDAY
