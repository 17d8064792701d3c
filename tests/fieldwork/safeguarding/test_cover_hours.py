"""The clock that runs only while somebody is there: weekends, bank holidays, summer time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.models.inspections import Nation
from fieldwork.moments import minute_of, moment_of
from fieldwork.safeguarding.cover_hours import WORKING_WEEK, CoverHours, working_day_after

LONDON = ZoneInfo("Europe/London")
USUAL = CoverHours("england")
ALWAYS = CoverHours("england", frozenset(range(7)), 0, 1440)
MINUTES = st.integers(minute_of(datetime(2026, 1, 1, tzinfo=UTC)), minute_of(datetime(2028, 12, 31, tzinfo=UTC)))


def at(written: str) -> int:
    """The minute that London's clocks call so: `2026-11-23 09:00`."""
    return minute_of(datetime.fromisoformat(written).replace(tzinfo=LONDON))


def said(minute: int) -> str:
    return f"{moment_of(minute).astimezone(LONDON):%Y-%m-%d %H:%M}"


@pytest.mark.req("T4")
@pytest.mark.parametrize(
    ("raised", "after", "reached"),
    [
        ("2026-11-23 10:00", 30, "2026-11-23 10:30"),  # a Monday
        ("2026-11-23 08:59", 30, "2026-11-23 09:30"),
        ("2026-11-23 16:30", 30, "2026-11-23 17:00"),
        ("2026-11-23 16:45", 30, "2026-11-24 09:15"),
        ("2026-11-23 17:00", 60, "2026-11-24 10:00"),
        ("2026-11-20 16:59", 60, "2026-11-23 09:59"),  # over a weekend
        ("2026-11-21 12:00", 60, "2026-11-23 10:00"),
        ("2026-12-24 16:30", 60, "2026-12-29 09:30"),  # Christmas Day, a weekend, and the Monday for Boxing Day
        ("2027-03-25 16:30", 60, "2027-03-30 09:30"),  # Easter, and the clocks go forward
        ("2026-10-23 16:30", 60, "2026-10-26 09:30"),  # the clocks go back
    ],
)
def test_the_clock_runs_in_hours_of_cover_alone(raised: str, after: int, reached: str) -> None:
    assert said(USUAL.after(at(raised), after)) == reached
    assert USUAL.elapsed(at(raised), at(reached)) == after
    assert USUAL.elapsed(at(raised), at(reached) - 1) == after - 1


def test_who_covers_weekends_is_there_on_them_and_never_on_a_bank_holiday() -> None:
    hours = CoverHours("wales", frozenset(range(7)), 8 * 60, 20 * 60)
    assert hours.covers(at("2026-11-22 19:59"))
    assert not hours.covers(at("2026-11-22 20:00"))
    assert not hours.covers(at("2026-12-25 12:00"))


@given(MINUTES, st.integers(0, 3_000))
def test_what_is_reached_after_so_many_minutes_has_so_many_minutes_before_it(since: int, minutes: int) -> None:
    for hours in (USUAL, ALWAYS):
        reached = hours.after(since, minutes)
        assert hours.elapsed(since, reached) == minutes
        assert reached >= since + minutes


@given(MINUTES, st.integers(0, 20_000), st.integers(0, 20_000))
def test_two_stretches_are_as_long_as_both_together(since: int, one: int, other: int) -> None:
    whole = USUAL.elapsed(since, since + one + other)
    assert whole == USUAL.elapsed(since, since + one) + USUAL.elapsed(since + one, since + one + other)


def test_nobody_waits_for_ever_for_hours_that_never_come() -> None:
    with pytest.raises(ValueError, match="nobody"):
        CoverHours("england", frozenset()).after(at("2026-11-23 10:00"), 1)


@pytest.mark.req("T10")
@pytest.mark.parametrize(
    ("nation", "referred", "due"),
    [
        ("england", "2026-11-23 10:15", "2026-11-24 10:15"),
        ("england", "2026-11-23 22:15", "2026-11-24 22:15"),
        ("england", "2026-11-27 10:15", "2026-11-30 10:15"),
        ("england", "2026-11-28 10:15", "2026-12-01 00:00"),  # on a Saturday: by the end of Monday
        ("wales", "2026-12-24 10:15", "2026-12-29 10:15"),
        ("england", "2027-03-26 10:15", "2027-03-31 00:00"),  # on Good Friday: Tuesday is the first working day
    ],
)
def test_one_working_day_later_is_the_same_time_on_the_next_working_day(
    nation: Nation, referred: str, due: str
) -> None:
    assert said(working_day_after(nation, at(referred))) == due


@given(MINUTES)
def test_a_working_day_later_is_never_less_than_one_working_day(since: int) -> None:
    working = CoverHours("england", WORKING_WEEK, 0, 1440)
    later = working_day_after("england", since)
    assert 23 * 60 <= working.elapsed(since, later) <= 25 * 60
