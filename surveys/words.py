"""What a mode says itself, in both languages and for each reader: read from one file, where a translator finds it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from surveys.questionnaire import Audience
from surveys.text import Language, Text

ADULTS: frozenset[Audience] = frozenset({"parents", "victims"})
Reader = Literal["children", "adults", "everyone"]


class Entry(Text):
    """Words in both languages; `ti` is the Welsh for a child, where that differs from the Welsh for adults."""

    ti: str | None = None


def read_catalogue(file: Path) -> Mapping[str, Entry]:
    """Key -> words: `site.back`, or `start.who.children` where the words differ by reader."""
    return dict(_texts("", tomllib.loads(file.read_text(encoding="utf-8"))))


def _texts(place: str, table: Mapping[str, Any]) -> list[tuple[str, Entry]]:
    if "en" in table:
        return [(place, Entry.model_validate(table))]
    below = [(f"{place}.{key}" if place else key, value) for key, value in table.items() if isinstance(value, dict)]
    return [entry for deeper, value in below for entry in _texts(deeper, value)]


class CatalogueWords:
    """The words of one catalogue for one reader: `words("site.back")`."""

    def __init__(self, catalogue: Mapping[str, Entry], language: Language, audience: Audience | None = None) -> None:
        """Remember the language, and who reads if that is known."""
        self.language, self.audience = language, audience
        self._catalogue, self._readers = catalogue, _readers(audience)

    def __call__(self, key: str, **details: str | int) -> str:
        """The words with this key, for this reader, with each `{detail}` filled in.

        Raises:
            KeyError: the catalogue has no such key.
        """
        entry = self._entry(key)
        to_a_child = entry.ti if self.language == "cy" and self.audience == "children" else None
        words = to_a_child or entry.in_language(self.language)
        for name, detail in details.items():
            words = words.replace("{" + name + "}", str(detail))
        return words

    def _entry(self, key: str) -> Entry:
        known = self._catalogue
        if key in known:
            return known[key]
        return known[next((f"{key}.{reader}" for reader in self._readers if f"{key}.{reader}" in known), key)]


def _readers(audience: Audience | None) -> tuple[Reader, ...]:
    if audience == "children":
        return ("children", "everyone")
    return ("adults", "everyone", "children") if audience in ADULTS else ("everyone",)
