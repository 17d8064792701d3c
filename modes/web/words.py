"""What the pages say themselves, in both languages: all of it stands in words.toml, where a translator finds it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from surveys.questionnaire import Audience
from surveys.text import Language
from surveys.words import CatalogueWords, Entry, read_catalogue

FILE = Path(__file__).with_name("words.toml")


@cache
def catalogue() -> Mapping[str, Entry]:
    """Key -> words: `site.back`, or `start.who.children` where the words differ by reader."""
    return read_catalogue(FILE)


class Words(CatalogueWords):
    """The words of the pages for one reader: `words("site.back")`."""

    def __init__(self, language: Language, audience: Audience | None = None) -> None:
        """Remember the language, and who reads if that is known."""
        super().__init__(catalogue(), language, audience)
