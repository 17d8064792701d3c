"""When one may text: swept over years, through both nights on which the clocks change."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork import hours
from fieldwork.models.inspections import Nation

LONDON = ZoneInfo("Europe/London")
NATIONS: tuple[Nation, Nation] = ("england", "wales")
HOLIDAYS = ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 26), (12, 28))
YEAR = datetime(2026, 1, 1, tzinfo=UTC)

moments = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
nations = st.sampled_from(NATIONS)


def at(day: int, month: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment by the clocks of London."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=LONDON).astimezone(UTC)


@pytest.mark.req("M10")
@pytest.mark.req("R18")
@pytest.mark.parametrize("nation", NATIONS)
def test_through_a_whole_year_texts_leave_by_day_on_working_days_and_saturdays(nation: Nation) -> None:
    open_minutes: Counter[date] = Counter()
    moment = YEAR
    while moment < YEAR + timedelta(days=365):
        local = moment.astimezone(LONDON)
        if hours.may_start(nation, moment):
            open_minutes[local.date()] += 1
            assert time(9) <= local.time() < time(19, 59)
        moment += timedelta(minutes=1)
    closed = {date(2026, 1, 1) + timedelta(days=day) for day in range(365)} - set(open_minutes)
    assert closed == {day for day in closed if day.weekday() == hours.SUNDAY} | {date(2026, *day) for day in HOLIDAYS}
    assert set(open_minutes.values()) == {659}  # no hour is lost or gained when the clocks change


@pytest.mark.req("M10")
@pytest.mark.parametrize(
    ("moment", "may"),
    [
        (at(23, 11, 8, 59, 59), False),
        (at(23, 11, 9), True),
        (at(23, 11, 19, 58, 59), True),
        (at(23, 11, 19, 59), False),
        (at(29, 11, 12), False),
        (at(25, 12, 12), False),
        (at(26, 12, 12), False),
        (at(28, 12, 12), False),
        (at(29, 12, 12), True),
        (at(29, 6, 8, 59), False),  # 07:59 in universal time
        (at(29, 6, 9), True),
    ],
)
def test_the_edges_of_a_day_and_the_holidays(moment: datetime, may: bool) -> None:
    assert hours.may_start("england", moment) is may


@pytest.mark.req("M10")
@pytest.mark.parametrize(
    ("moment", "may"), [((8, 59), False), ((9, 0), True), ((21, 28), True), ((21, 29), False), ((3, 0), False)]
)
def test_replies_go_until_half_past_nine_on_any_day(moment: tuple[int, int], may: bool) -> None:
    assert hours.may_reply(at(29, 11, *moment)) is may


@pytest.mark.req("M10")
@pytest.mark.req("R18")
@given(nations, moments)
def test_the_next_opening_is_open_and_nothing_was_open_before_it(nation: Nation, moment: datetime) -> None:
    opening = hours.next_opening(nation, moment)
    assert hours.may_start(nation, opening)
    assert opening >= moment
    before = opening - timedelta(minutes=1)
    assert before < moment or not hours.may_start(nation, before)
    assert (opening == moment) is hours.may_start(nation, moment)
    assert hours.may_reply(hours.next_reply(moment))
    assert timedelta(0) <= hours.next_reply(moment) - moment < timedelta(hours=13)


@given(moments, st.booleans())
def test_no_text_is_still_tried_when_the_evening_has_come(moment: datetime, reply: bool) -> None:
    seconds = hours.validity(moment, reply=reply)
    assert 60 <= seconds <= 36_000
    may = hours.may_reply(moment) if reply else hours.may_start("england", moment)
    if may:
        arrives = (moment + timedelta(seconds=seconds)).astimezone(LONDON)
        assert arrives.time() <= (time(21, 30) if reply else time(20))
        assert arrives.date() == moment.astimezone(LONDON).date()


@pytest.mark.req("M10")
@given(nations, moments, st.integers(1, 9000))
def test_invitations_are_spread_and_never_more_than_six_in_a_minute(
    nation: Nation, moment: datetime, count: int
) -> None:
    spread = hours.spread(nation, moment, count)
    assert len(spread) == count
    assert all(hours.may_start(nation, each) for each in spread)
    assert spread[0] == hours.next_opening(nation, moment)
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(spread)]
    assert all(gap >= 9.999 for gap in gaps)


def test_a_few_are_spread_over_the_day_and_many_over_several() -> None:
    ten = at(23, 11, 10)
    few = hours.spread("england", ten, 24)
    assert few[0] == ten
    assert timedelta(minutes=24) < few[1] - few[0] < timedelta(minutes=26)
    assert few[-1].astimezone(LONDON).date() == ten.date()
    many = hours.spread("england", at(28, 11, 19), 5000)
    days = Counter(each.astimezone(LONDON).date() for each in many)
    assert list(days) == [date(2026, 11, 28), date(2026, 11, 30), date(2026, 12, 1)]  # not on Sunday
    assert days[date(2026, 11, 28)] == 354


@pytest.mark.req("R18")
def test_a_clock_that_jumps_an_hour_or_a_day_opens_no_night() -> None:
    for jump in (timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1)):
        for hour in range(24):
            jumped = at(24, 11, hour) + jump
            assert hours.may_start("england", jumped) is (9 <= jumped.astimezone(LONDON).hour < 20)
