"""The clock that runs only while somebody is there to look. Moments are whole minutes since 1970, as they are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fieldwork.hours import LONDON, bank_holidays
from fieldwork.models.inspections import Nation
from fieldwork.moments import minute_of, moment_of

WORKING_WEEK = frozenset(range(5))
NINE, FIVE, MIDNIGHT = 9 * 60, 17 * 60, 24 * 60
LONGEST = 400  # days without cover that are looked through: more than any row of holidays


@dataclass(frozen=True, slots=True)
class CoverHours:
    """When somebody is there, by London's clocks: never on a bank holiday of the nation."""

    nation: Nation
    days: frozenset[int] = WORKING_WEEK
    """Of the week; Monday is 0."""
    opens: int = NINE
    closes: int = FIVE

    def covers(self, minute: int) -> bool:
        """True if somebody is there in that minute."""
        return self.elapsed(minute, minute + 1) == 1

    def elapsed(self, since: int, until: int) -> int:
        """The minutes between the two in which somebody was there."""
        total = 0
        for begins, ends in self._periods(since):
            if begins >= until:
                break
            total += max(0, min(ends, until) - max(begins, since))
        return total

    def after(self, since: int, minutes: int) -> int:
        """The minute at whose beginning somebody has been there for so many minutes."""
        left = minutes
        for begins, ends in self._periods(since):
            start = max(begins, since)
            if start + left <= ends:
                return start + left
            left -= max(0, ends - start)
        raise ValueError("nobody is ever there")

    def _periods(self, since: int) -> Iterator[tuple[int, int]]:
        """The times at which somebody is there, from the day of that minute on."""
        day = moment_of(since).astimezone(LONDON).date()
        for _ in range(LONGEST):
            if day.weekday() in self.days and day not in bank_holidays(self.nation, day.year):
                yield _at(day, self.opens), _at(day, self.closes)
            day += timedelta(days=1)


def working_day_after(nation: Nation, since: int) -> int:
    """One working day later: the same time on the next working day.

    What happens on a weekend or bank holiday counts from the first minute of the working day after it.
    """
    working = CoverHours(nation, WORKING_WEEK, 0, MIDNIGHT)
    local = moment_of(since).astimezone(LONDON)
    time_of_day = local.hour * 60 + local.minute if working.covers(since) else 0
    first = since if working.covers(since) else working.after(since, 0)
    day = moment_of(first).astimezone(LONDON).date() + timedelta(days=1)
    following = moment_of(working.after(_at(day, 0), 0)).astimezone(LONDON).date()
    return _at(following, time_of_day)


def _at(day: date, minute: int) -> int:
    """That minute of the day by London's clocks."""
    if minute == MIDNIGHT:
        return _at(day + timedelta(days=1), 0)
    return minute_of(datetime.combine(day, time(minute // 60, minute % 60), LONDON))
