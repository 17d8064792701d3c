"""The words of these pages: how it stands with people, and what is wrong with a file."""

from collections.abc import Iterable

from fieldwork.table_file import Problem
from surveys.text import Language

SPOKEN: dict[Language | None, str] = {"en": "English", "cy": "Welsh", None: "language not chosen"}
AT_A_TERMINAL = {
    "Save it as UTF-8, or say --encoding cp1252 if Windows made it.": (
        "Save it as CSV UTF-8, or choose “Windows” below and send it again."
    ),
    "Leave out --encoding, or save the file as UTF-8.": "Choose UTF-8 below, or save the file as UTF-8.",
    "Start from what `flask contacts template` prints.": "Start from the empty sheet.",
}  # what the same reader says to somebody who has a terminal, and what it says here


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Each problem as a sentence: line, column, what is wrong, what is allowed. Those of the whole file come first."""
    return [_said_here(str(problem)) for problem in sorted(problems, key=lambda each: bool(each.column))]


def _said_here(words: str) -> str:
    for there, here in AT_A_TERMINAL.items():
        words = words.replace(there, here)
    return words[:1].upper() + words[1:]


def phrase(people: int) -> str:
    """What is typed to confirm that so many people are texted: `text 24 people`."""
    return f"text {people} {'person' if people == 1 else 'people'}"


def plural(count: int, one: str, several: str = "") -> str:
    """The count with its noun."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"
