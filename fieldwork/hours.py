"""When one may text: UK hours, Sundays, the bank holidays of the person's nation. Nothing here reads a clock."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from fieldwork.models.inspections import Nation

LONDON = ZoneInfo("Europe/London")
OPENS = time(9)
CLOSES = time(20)  # for texts that answer nothing
LAST_REPLY = time(21, 30)  # for a reply to somebody who has just written
SUNDAY = 6
SUBDIVISIONS = {"england": "ENG", "wales": "WLS"}

SHORTEST_VALIDITY, LONGEST_VALIDITY = 60, 36_000  # seconds, as the provider takes them
MOST_A_MINUTE = 6  # texts that answer nothing: what one duty officer can follow when people write back
EVERY = timedelta(seconds=60 / MOST_A_MINUTE)


def may_start(nation: Nation, moment: datetime) -> bool:
    """True if a text that answers nothing may leave now. The last minute is left free: a text takes its time."""
    local = moment.astimezone(LONDON)
    return _is_open(nation, local.date()) and OPENS <= local.time() < _a_minute_before(CLOSES)


def next_opening(nation: Nation, moment: datetime) -> datetime:
    """This moment, if a text that answers nothing may leave now; else nine o'clock of the next day on which it may."""
    if may_start(nation, moment):
        return moment
    return _next_nine(moment, nation)


def may_reply(moment: datetime) -> bool:
    """True if a reply to somebody who has just written may leave now."""
    return OPENS <= moment.astimezone(LONDON).time() < _a_minute_before(LAST_REPLY)


def next_reply(moment: datetime) -> datetime:
    """This moment, if a reply may leave now; else the next nine o'clock, Sundays and holidays included."""
    return moment if may_reply(moment) else _next_nine(moment)


def validity(moment: datetime, *, reply: bool, at_least: int = SHORTEST_VALIDITY) -> int:
    """The seconds for which the network may try to deliver a text handed over now: until it is too late in the day."""
    local = moment.astimezone(LONDON)
    latest = datetime.combine(local.date(), LAST_REPLY if reply else CLOSES, LONDON)
    left = int((latest.astimezone(UTC) - moment).total_seconds())
    return min(max(left, at_least), LONGEST_VALIDITY)


def spread(nation: Nation, moment: datetime, count: int) -> list[datetime]:
    """A moment for each of so many texts: evenly over what is left of the day, never more than six in a minute.

    What does not fit into one day goes on with the next on which one may text.
    """
    moments: list[datetime] = []
    start = moment
    while len(moments) < count:
        start = next_opening(nation, start)
        closing = _closing(start)
        room = -((start - closing) // EVERY)  # rounded up
        here = min(count - len(moments), room)
        step = max((closing - start) / here, EVERY)
        moments += [start + step * place for place in range(here)]
        start = closing
    return moments


def _closing(moment: datetime) -> datetime:
    """The end of the open hours of that day: the first moment at which nothing may leave."""
    local = moment.astimezone(LONDON)
    return datetime.combine(local.date(), _a_minute_before(CLOSES), LONDON).astimezone(UTC)


def _next_nine(moment: datetime, nation: Nation | None = None) -> datetime:
    """The next nine o'clock; for a nation, the next on which one may text there."""
    local = moment.astimezone(LONDON)
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while nation and not _is_open(nation, day):
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, LONDON).astimezone(UTC)


def _is_open(nation: Nation, day: date) -> bool:
    return day.weekday() != SUNDAY and day not in bank_holidays(nation, day.year)


@cache
def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """The bank holidays of that year."""
    from holidays import country_holidays  # noqa: PLC0415 - respondents' pages do without it

    return frozenset(country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=year))


def _a_minute_before(limit: time) -> time:
    return (datetime.combine(date.min, limit) - timedelta(minutes=1)).time()
