"""What one respondent said to one question. Silence is an answer too, with its reason."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Silence(StrEnum):
    """Why an answer is empty: one closed set for every mode and every export."""

    NOT_ASKED = "not_asked"
    NOT_REACHED = "not_reached"
    SKIPPED = "skipped"
    PREFERS_NOT_TO_SAY = "prefers_not_to_say"
    NOT_UNDERSTOOD = "not_understood"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The codes of the categories chosen, in the order of the questionnaire."""

    codes: tuple[str, ...]
    says_something: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Number:
    """A point on a scale."""

    value: int
    says_something: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Verbatim:
    """The respondent's own words, and whether they said that we may print them."""

    text: str
    may_quote: bool = False
    says_something: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing was said, for this reason."""

    reason: Silence
    says_something: ClassVar[bool] = False


Answer = Chosen | Number | Verbatim | NoAnswer
