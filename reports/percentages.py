"""Whole percentages, rounded half up from whole numbers, and never 100 or 0 where that is not true."""

from typing import Literal, NamedTuple

from surveys.text import Language, Text

Programme = Literal["cci", "sqs", "2018", "today"]
ALL = 100
_SIGN = Text(en="{value}%", cy="{value}%")
_WORDS = Text(en="{value} per cent", cy="{value} y cant")
_IN_PRINT: dict[Programme, Text] = {"cci": _SIGN, "sqs": _SIGN, "2018": _WORDS, "today": _WORDS}
_MORE_THAN = Text(en="more than {share}", cy="mwy na {share}")
_LESS_THAN = Text(en="less than {share}", cy="llai nag {share}")


class Percentage(NamedTuple):
    """A whole percentage and, where rounding would claim all or none, on which side of it the truth lies."""

    value: int
    beyond: Literal[-1, 0, 1] = 0


def percentage(numerator: int, base: int) -> Percentage:
    """The share in whole per cent.

    >>> percentage(1, 8), percentage(999, 1000), percentage(1, 1000)
    (Percentage(value=13, beyond=0), Percentage(value=99, beyond=1), Percentage(value=1, beyond=-1))
    """
    rounded = (2 * ALL * numerator + base) // (2 * base)
    if rounded == ALL and numerator < base:
        return Percentage(ALL - 1, 1)
    if rounded == 0 and numerator > 0:
        return Percentage(1, -1)
    return Percentage(rounded)


def in_print(share: Percentage, programme: Programme, language: Language) -> str:
    """The percentage as the programme prints it.

    >>> in_print(percentage(4, 5), "cci", "en"), in_print(percentage(999, 1000), "today", "cy")
    ('80%', 'mwy na 99 y cant')
    """
    printed = _IN_PRINT[programme].in_language(language).replace("{value}", str(share.value))
    if not share.beyond:
        return printed
    side = _MORE_THAN if share.beyond > 0 else _LESS_THAN
    return side.in_language(language).replace("{share}", printed)
