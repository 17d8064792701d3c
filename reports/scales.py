"""The numbers given on a scale, summed up exactly: mean, median, spread, and how many gave so much or more."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor, sqrt
from statistics import median

from reports.findings import Point
from surveys.questionnaire import Scale

TENTHS = 10


class Spread:
    """How many gave each number. Means and the like are of one number at least."""

    def __init__(self, people: Mapping[int, int]) -> None:
        """Keep who gave what, lowest first."""
        self._people = {value: people[value] for value in sorted(people) if people[value]}

    @property
    def size(self) -> int:
        """How many gave a number."""
        return sum(self._people.values())

    @property
    def lowest(self) -> int:
        """The lowest number given."""
        return min(self._people)

    @property
    def highest(self) -> int:
        """The highest number given."""
        return max(self._people)

    @property
    def mean(self) -> Fraction:
        """The mean, exactly."""
        return Fraction(sum(value * people for value, people in self._people.items()), self.size)

    @property
    def median(self) -> float:
        """The middle number, or half-way between the two in the middle."""
        return float(median(self._each()))

    @property
    def deviation(self) -> float:
        """The standard deviation of these people (not an estimate for others)."""
        mean = self.mean
        return sqrt(sum(people * (value - mean) ** 2 for value, people in self._people.items()) / self.size)

    def at_least(self, threshold: int) -> int:
        """How many gave this or more."""
        return sum(people for value, people in self._people.items() if value >= threshold)

    def at_most(self, threshold: int) -> int:
        """How many gave this or less."""
        return sum(people for value, people in self._people.items() if value <= threshold)

    def _each(self) -> Iterator[int]:
        for value, people in self._people.items():
            yield from [value] * people


def rounded(mean: Fraction, scale: Scale) -> Point:
    """The mean in whole numbers, half up; finer where that would claim that everyone gave an end of the scale.

    A mean of 9.96 out of 10 is "over 9.9": neither 10 nor 10.0 is true.
    """
    whole = _half_up(mean)
    if whole not in {scale.minimum, scale.maximum} or mean == whole:
        return Point(whole, scale.maximum)
    tenths = _half_up(mean * TENTHS)
    if tenths == scale.maximum * TENTHS:
        return Point((tenths - 1) / TENTHS, scale.maximum, beyond=1)
    if tenths == scale.minimum * TENTHS:
        return Point((tenths + 1) / TENTHS, scale.maximum, beyond=-1)
    return Point(tenths / TENTHS, scale.maximum)


def _half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))
