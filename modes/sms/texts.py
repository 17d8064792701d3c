"""What our texts say themselves, in both languages: all of it stands in texts.toml, where a translator finds it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from surveys.text import Frozen, Language, Text

FILE = Path(__file__).with_name("texts.toml")
Age = Literal["adult", "child"]
QuestionType = Literal["single_choice", "multiple_choice", "scale", "open_ended"]
Line = Literal[
    "opt_out",  # set at Twilio, as is the next
    "help",
    "invitation",
    "reminder",
    "last_reminder",
    "yes_or_no",  # what came back to the invitation was neither
    "declined",
    "not_me",
    "start_again",
    "web_link",
    "no_pictures",
    "distress",
    "thanks",
    "after_the_end",
    "closed",
]


class Entry(Text):
    """Words in both languages; `ti` is the Welsh for a child, where that differs from the Welsh for adults."""

    ti: str | None = None

    def said(self, language: Language, *, to_a_child: bool) -> str:
        """The words in that language, as they are said to this reader."""
        return (to_a_child and language == "cy" and self.ti) or self.in_language(language)


class ByAge(Frozen):
    """Words that differ in what they say, not only in how they address the reader."""

    adult: Entry
    child: Entry


class Keywords(Frozen):
    """The words that Twilio is told to answer itself, by the language of its answer."""

    stop: dict[Language, tuple[str, ...]]
    help: dict[Language, tuple[str, ...]]
    start: dict[Language, tuple[str, ...]]


class Asking(Frozen):
    """What stands around a question."""

    heading: Entry
    several: Entry
    scale: Entry
    skip: Entry
    first: Entry
    again: dict[QuestionType, Entry]


class Texts(Frozen):
    """The whole file."""

    welsh: Literal["awaiting_translator", "signed_by_translator"]
    keywords: Keywords
    lines: dict[Line, Entry | ByAge]
    asking: Asking


@cache
def texts() -> Texts:
    """The file as it is."""
    return Texts.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
