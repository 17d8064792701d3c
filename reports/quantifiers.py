"""How a share becomes a phrase: one closed table, tested by whole numbers. The first row that is true is said."""

from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from reports.numerals import in_words
from surveys.text import Language, Text

MOST_EXCEPTIONS = 3


class Quantifier(Enum):
    """The phrases that can stand for a share. What is under a quarter has no phrase: only its count is said."""

    ALL = Text(en="all", cy="pob un")
    NONE = Text(en="none", cy="yr un")
    ALL_EXCEPT = Text(en="all except {exceptions}", cy="pob un ond {exceptions}")
    ALMOST_ALL = Text(en="almost all", cy="bron pob un")
    GREAT_MAJORITY = Text(en="the great majority", cy="y mwyafrif helaeth")
    OVER_THREE_QUARTERS = Text(en="over three-quarters", cy="dros dri chwarter")
    THREE_QUARTERS = Text(en="three-quarters", cy="tri chwarter")
    ALMOST_THREE_QUARTERS = Text(en="almost three-quarters", cy="bron i dri chwarter")
    OVER_TWO_THIRDS = Text(en="over two-thirds", cy="dros ddwy ran o dair")
    TWO_THIRDS = Text(en="two-thirds", cy="dwy ran o dair")
    ALMOST_TWO_THIRDS = Text(en="almost two-thirds", cy="bron i ddwy ran o dair")
    OVER_HALF = Text(en="over half", cy="dros hanner")
    HALF = Text(en="half", cy="hanner")
    JUST_UNDER_HALF = Text(en="just under half", cy="ychydig llai na hanner")
    MORE_THAN_ONE_THIRD = Text(en="more than one-third", cy="mwy na thraean")
    ONE_THIRD = Text(en="one-third", cy="traean")
    MORE_THAN_ONE_QUARTER = Text(en="more than one-quarter", cy="mwy na chwarter")
    ONE_QUARTER = Text(en="one-quarter", cy="chwarter")
    COUNT = Text(en="{count}", cy="{count}")


class Row(NamedTuple):
    """Said where the share is more than the edge, or just as much where the row is from it (`>=`)."""

    side: Literal[">", ">="]
    edge: Fraction
    phrase: Quantifier


TABLE = (
    Row(">=", Fraction(93, 100), Quantifier.ALMOST_ALL),
    Row(">=", Fraction(85, 100), Quantifier.GREAT_MAJORITY),
    Row(">", Fraction(3, 4), Quantifier.OVER_THREE_QUARTERS),
    Row(">=", Fraction(3, 4), Quantifier.THREE_QUARTERS),
    Row(">=", Fraction(70, 100), Quantifier.ALMOST_THREE_QUARTERS),
    Row(">", Fraction(2, 3), Quantifier.OVER_TWO_THIRDS),
    Row(">=", Fraction(2, 3), Quantifier.TWO_THIRDS),
    Row(">=", Fraction(62, 100), Quantifier.ALMOST_TWO_THIRDS),
    Row(">", Fraction(1, 2), Quantifier.OVER_HALF),
    Row(">=", Fraction(1, 2), Quantifier.HALF),
    Row(">", Fraction(45, 100), Quantifier.JUST_UNDER_HALF),
    Row(">", Fraction(1, 3), Quantifier.MORE_THAN_ONE_THIRD),
    Row(">=", Fraction(1, 3), Quantifier.ONE_THIRD),
    Row(">", Fraction(1, 4), Quantifier.MORE_THAN_ONE_QUARTER),
    Row(">=", Fraction(1, 4), Quantifier.ONE_QUARTER),
)


@lru_cache(maxsize=4096)
def quantifier(numerator: int, base: int) -> Quantifier:
    """The phrase that is true of so many out of so many.

    >>> quantifier(23, 92), quantifier(24, 92)
    (<Quantifier.ONE_QUARTER: ...>, <Quantifier.MORE_THAN_ONE_QUARTER: ...>)
    """
    if numerator == base:
        return Quantifier.ALL
    if numerator == 0:
        return Quantifier.NONE
    if base - numerator <= MOST_EXCEPTIONS and 100 * numerator >= 85 * base:
        return Quantifier.ALL_EXCEPT
    return next((row.phrase for row in TABLE if _reaches(numerator, base, row)), Quantifier.COUNT)


def _reaches(numerator: int, base: int, row: Row) -> bool:
    """True where numerator / base is on that side of the edge: cross-multiplied, so nothing is rounded."""
    share, edge = numerator * row.edge.denominator, row.edge.numerator * base
    return share > edge or (row.side == ">=" and share == edge)


def phrase(numerator: int, base: int, language: Language) -> str:
    """The phrase in words, the number of exceptions filled in; empty where only the count can be said.

    >>> phrase(90, 92, "en"), phrase(74, 92, "cy"), phrase(7, 92, "en")
    ('all except two', 'dros dri chwarter', '')
    """
    found = quantifier(numerator, base)
    if found is Quantifier.COUNT:
        return ""
    words: Text = found.value
    return words.in_language(language).replace("{exceptions}", in_words(base - numerator, language))
