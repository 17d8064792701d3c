"""The inspection's own list of names: found in a comment however they are written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from surveys.redaction.marks import Kind, Mark

SHORTEST_PART = 3  # of a person's name that is looked for by itself


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name as the lead inspector wrote it down, and what stands in its place: "the victim worker"."""

    name: str
    kind: Kind
    instead: str | None = None


_ALIKE = {
    "a": "aâäàá",
    "e": "eêëèé",
    "i": "iîïìí",
    "o": "oôöòó0",
    "u": "uûüùú",
    "w": "wŵẅẁẃ",
    "y": "yŷÿỳý",
    "'": "'",
}
_BASE = {letter: base for base, letters in _ALIKE.items() for letter in letters if not letter.isdigit()}


def by_list(text: str, names: Iterable[ListedName]) -> Iterator[Mark]:
    """Every place where a name of the list stands as a word of its own; of a person's, each part too."""
    for listed in names:
        for pattern in _patterns(listed):
            for match in pattern.finditer(text):
                yield Mark(match.start(), match.end(), listed.kind, listed.instead)


def _patterns(listed: ListedName) -> Iterator[re.Pattern[str]]:
    words = re.findall(r"[\w'&-]+", listed.name)
    if not words:
        return
    yield _whole(words)
    if listed.kind == "person" and len(words) > 1:
        for word in words:
            if len(word) >= SHORTEST_PART and word.casefold() not in _TITLES:
                yield _whole([word])


_TITLES = {"mrs", "miss", "the"}


def _whole(words: list[str]) -> re.Pattern[str]:
    spaced = r"[\s.'-]{0,3}".join("".join(map(_letter, word)) for word in words)
    return re.compile(rf"(?<![^\W_]){spaced}(?![^\W_])", re.IGNORECASE)


def _letter(letter: str) -> str:
    folded = letter.casefold()
    alike = _ALIKE.get(_BASE.get(folded, folded))
    return (
        f"[{alike}]+" if alike and folded != "'" else f"{re.escape(letter)}+" if letter.isalpha() else re.escape(letter)
    )
