"""How much the helper finds of what identifies somebody: `python -m tests.surveys.redaction.measure` prints it.

The table stands in docs/comments.md; a test holds the page to what is measured here.
"""

import re
import sys
import tomllib
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path

from surveys.redaction.proposing import proposed
from tests.surveys.screening.measure import ordinary

HERE = Path(__file__).parent
HALVES = ("tuned", "held_out")
SETS = (*HALVES, "afterwards")
KNOWN_BY_FORM = ("phone", "mail", "postcode", "date", "handle")
NAMES = ("name", "place", "school", "gang")
_MARKED = re.compile(r"<(\w+)\|([^>]*)>")
Span = tuple[int, int, str]


def read(written: str) -> tuple[str, tuple[Span, ...]]:
    """The text, and where what identifies somebody stands in it: from, up to, of what kind.

    >>> read("ring <phone|01632 960123>!")
    ('ring 01632 960123!', ((5, 17, 'phone'),))
    """
    text, spans, at = "", [], 0
    for match in _MARKED.finditer(written):
        text += written[at : match.start()]
        spans.append((len(text), len(text) + len(match[2]), match[1]))
        text, at = text + match[2], match.end()
    return text + written[at:], tuple(spans)


@cache
def labelled(name: str) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """The texts of one set, each with what is marked in it."""
    return tuple(map(read, tomllib.loads((HERE / "labelled.toml").read_text(encoding="utf-8"))[name]))


def covered(text: str) -> set[int]:
    """The places of all letters that the helper would take out."""
    return set(chain.from_iterable(range(mark.start, mark.end) for mark in proposed(text)))


@cache
def found(name: str) -> dict[str, tuple[int, int]]:
    """By kind: how many of a set are found, to the last letter and digit, and how many there are."""
    there, hit = Counter[str](), Counter[str]()
    for text, spans in labelled(name):
        gone = covered(text)
        for start, end, kind in spans:
            there[kind] += 1
            hit[kind] += all(place in gone for place in range(start, end) if text[place].isalnum())
    return {kind: (hit[kind], there[kind]) for kind in (*KNOWN_BY_FORM, *NAMES)}


def share(name: str, kind: str) -> float:
    """The share of one kind that is found in one set."""
    hit, there = found(name)[kind]
    return hit / there


def marked_for_nothing() -> tuple[int, int]:
    """Of ordinary answers, in how many the helper marks something, and how many there are."""
    answers = [text for half in (0, 1) for texts in ordinary(half).values() for text in texts]
    return sum(bool(proposed(text)) for text in answers), len(answers)


def table() -> str:
    """Every number that the page gives, as a table."""
    lines = ["| found | tuned on | held out | afterwards, odd on purpose |", "|---|---|---|---|"]
    lines += [
        f"| {kind} | {' | '.join(_cell(*found(name)[kind]) for name in SETS)} |" for kind in (*KNOWN_BY_FORM, *NAMES)
    ]
    some, all_ = marked_for_nothing()
    return "\n".join([*lines, "", f"Something was marked in {some} of {all_:,} ordinary answers ({some / all_:.1%})."])


def _cell(hit: int, there: int) -> str:
    return f"{100 * hit / there:.1f} % of {there}"


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
