"""What is to be taken out of a comment: marked places, and the words that stand there instead."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from surveys.text import Language, Text

Kind = Literal["mail", "link", "handle", "postcode", "phone", "date", "number", "gang", "school", "place", "person"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Where two marks overlap, they become one of the kind that comes first here."""

INSTEAD: Mapping[Kind, Text] = {
    "mail": Text(en="an e-mail address", cy="cyfeiriad e-bost"),
    "link": Text(en="a web address", cy="cyfeiriad gwe"),
    "handle": Text(en="a name on social media", cy="enw ar gyfryngau cymdeithasol"),
    "postcode": Text(en="a postcode", cy="cod post"),
    "phone": Text(en="a telephone number", cy="rhif ffôn"),
    "date": Text(en="a date", cy="dyddiad"),
    "number": Text(en="a number", cy="rhif"),
    "gang": Text(en="a group", cy="grŵp"),
    "school": Text(en="a school", cy="ysgol"),
    "place": Text(en="a place", cy="lle"),
    "person": Text(en="a person", cy="person"),
}
_BEGINS_A_SENTENCE = re.compile(r"(?:^|[.!?\n])\s*$")


@dataclass(frozen=True, slots=True)
class Mark:
    """The letters from `start` up to `end`, counted as Python counts; `instead` where a person chose the words."""

    start: int
    end: int
    kind: Kind
    instead: str | None = None


def apart(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks in their order, those that overlap made one that covers all that any of them covered."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end, KINDS.index(each.kind))):
        if found and mark.start < found[-1].end:
            found[-1] = _both(found[-1], mark)
        elif mark.start < mark.end:
            found.append(mark)
    return tuple(found)


def _both(first: Mark, second: Mark) -> Mark:
    named = next((each for each in (first, second) if each.instead), None)
    kind = named.kind if named else min(first.kind, second.kind, key=KINDS.index)
    return Mark(first.start, max(first.end, second.end), kind, named.instead if named else None)


def redacted(text: str, marks: Iterable[Mark], language: Language = "en") -> str:
    """The text with the house's words in square brackets in place of whatever is marked.

    >>> redacted("Sam helped me. Sam is great.", [Mark(0, 3, "person", "the victim worker"), Mark(15, 18, "person")])
    '[The victim worker] helped me. [A person] is great.'

    Raises:
        ValueError: a mark lies outside the text.
    """
    written, at = "", 0
    for mark in apart(marks):
        if mark.start < 0 or mark.end > len(text):
            raise ValueError(f"there is no place from {mark.start} to {mark.end} in {len(text)} letters")
        written += text[at : mark.start]
        written += f"[{_as_begun(mark.instead or INSTEAD[mark.kind].in_language(language), written)}]"
        at = mark.end
    return written + text[at:]


def _as_begun(words: str, before: str) -> str:
    return words[:1].upper() + words[1:] if _BEGINS_A_SENTENCE.search(before) else words
