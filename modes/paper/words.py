"""What a booklet says itself, in both languages: all of it stands in words.toml, where a translator finds it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from surveys.questionnaire import Audience
from surveys.text import Language
from surveys.words import CatalogueWords, Entry, read_catalogue

FILE = Path(__file__).with_name("words.toml")


@cache
def catalogue() -> Mapping[str, Entry]:
    """Key -> words: `booklet.page`."""
    return read_catalogue(FILE)


class Words(CatalogueWords):
    """The words of a booklet for one reader: `words("booklet.page", number=1, last=8)`."""

    def __init__(self, language: Language, audience: Audience | None = None) -> None:
        """Remember the language, and who reads if that is known."""
        super().__init__(catalogue(), language, audience)
