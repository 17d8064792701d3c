"""While the provider is down few texts are tried; when it is back they go one by one, and no burst follows."""

from datetime import UTC, datetime, timedelta

import pytest

from modes.sms.breaker import ALARM_AFTER, CALM, FAILURES, LONGEST_PAUSE, Breaker

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def after(**how_long: float) -> datetime:
    return NOON + timedelta(**how_long)


def down(breaker: Breaker, now: datetime = NOON) -> None:
    for _ in range(FAILURES):
        assert breaker.may_start(now)
        breaker.failed(now)
        breaker.ended()


def test_a_few_failures_change_nothing() -> None:
    breaker = Breaker()
    for _ in range(20):
        for _ in range(FAILURES - 1):
            assert breaker.may_start(NOON)
            breaker.failed(NOON)
            breaker.ended()
        breaker.worked(NOON)
    assert breaker.may_start(NOON)


@pytest.mark.req("M19")
def test_after_five_in_a_row_it_rests_longer_and_longer() -> None:
    breaker = Breaker()
    down(breaker)
    tries, now = [], NOON
    while now < after(hours=1):
        if breaker.may_start(now):
            tries.append(now)
            breaker.failed(now)
            breaker.ended()
        now += timedelta(seconds=1)
    pauses = [(later - earlier).total_seconds() for earlier, later in zip([NOON, *tries], tries, strict=False)]
    assert pauses[:6] == [10, 20, 40, 80, 160, 300]
    assert set(pauses[6:]) == {LONGEST_PAUSE.total_seconds()}


@pytest.mark.req("M19")
def test_one_text_at_a_time_tries_whether_it_is_back() -> None:
    breaker = Breaker()
    down(breaker)
    later = after(minutes=1)
    assert breaker.may_start(later)
    assert not breaker.may_start(later)
    breaker.ended()  # it could not be tried after all
    assert breaker.may_start(later)


@pytest.mark.req("M19")
def test_when_it_is_back_texts_are_a_second_apart_for_a_while() -> None:
    breaker = Breaker()
    down(breaker)
    now = after(minutes=1)
    assert breaker.may_start(now)
    breaker.worked(now)
    breaker.ended()
    starts = 0
    for tenth in range(600):
        if breaker.may_start(now + timedelta(seconds=tenth / 10)):
            starts += 1
            breaker.ended()
    assert 50 <= starts <= 60
    later = now + CALM
    assert all(breaker.may_start(later) for _ in range(10))


@pytest.mark.req("M19")
def test_the_alarm_comes_after_a_quarter_of_an_hour_and_then_every_hour() -> None:
    breaker = Breaker()
    down(breaker)
    alarms = []
    for minute in range(6 * 60):
        if breaker.may_start(after(minutes=minute)):
            breaker.failed(after(minutes=minute))
            breaker.ended()
        if breaker.alarm(after(minutes=minute)) is not None:
            alarms.append(minute)
    assert alarms == [15, 75, 135, 195, 255, 315]
    breaker.worked(after(hours=6))
    assert breaker.alarm(after(hours=7)) is None


def test_no_alarm_while_single_texts_fail_far_apart() -> None:
    breaker = Breaker()
    breaker.failed(NOON)
    assert breaker.alarm(NOON + 2 * ALARM_AFTER) is None
