"""What a machine proposes to take out of a comment. A person decides: more may have to go, and some of it may stay."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from surveys.redaction.dates import by_day
from surveys.redaction.likely import likely
from surveys.redaction.listed import ListedName, by_list
from surveys.redaction.marks import INSTEAD, Mark, apart
from surveys.redaction.patterns import by_form, plain

_GONE = "\0"  # what no rule sees
_LONG_ENOUGH = 4  # rounds: what is left after one may be seen in another light


def proposed(text: str, names: Sequence[ListedName] = ()) -> tuple[Mark, ...]:
    """What to take out, in its order and apart; nothing within the house's own square brackets.

    >>> [text[mark.start:mark.end] for text in ["Ring Sam on 07700 900123"] for mark in proposed(text)]
    ['Sam', '07700 900123']
    """
    left = _house_words(tuple(each.instead for each in names if each.instead)).sub(_gone, plain(text))
    found: tuple[Mark, ...] = ()
    for _ in range(_LONG_ENOUGH):
        more = apart(_trimmed(mark, left) for mark in _found(left, names))
        if not more:
            break
        found = apart((*found, *more))
        for mark in more:
            left = left[: mark.start] + _GONE * (mark.end - mark.start) + left[mark.end :]
    return found


def _found(text: str, names: Sequence[ListedName]) -> Iterator[Mark]:
    return chain(by_form(text), by_day(text), by_list(text, names), likely(text))


def _trimmed(mark: Mark, text: str) -> Mark:
    """The mark without the spaces at its ends: they stay."""
    words = text[mark.start : mark.end]
    start = mark.start + len(words) - len(words.lstrip())
    return replace(mark, start=start, end=start + len(words.strip()))


def _gone(match: re.Match[str]) -> str:
    return _GONE * len(match[0])


@cache
def _house_words(own: tuple[str, ...]) -> re.Pattern[str]:
    """What the house puts in place of what it takes out, as it stands in a text that was redacted before."""
    words = [*own, *(words for text in INSTEAD.values() for words in (text.en, text.cy))]
    return re.compile(r"\[(?:" + "|".join(map(re.escape, sorted(set(words)))) + r")\]", re.IGNORECASE)
