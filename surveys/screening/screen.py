"""Does a message hold words after which a person should look first? Both languages' lists are applied to every message.

It raises a person's attention and changes nothing else: not how an answer is read, and not whether a person reads it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from surveys.screening.lists import TOPICS, word_list
from surveys.screening.matching import Matcher
from surveys.screening.words import words_and_ends

LISTS = tuple(Path(__file__).parent / f"{language}.toml" for language in ("en", "cy"))


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found: the versions of the lists that were applied, and the topics in the lists' order."""

    version: str
    topics: tuple[str, ...]


def screened(text: str) -> Hit | None:
    """The topics that the text touches; none where no listed phrase is in it."""
    version, matcher = _made_ready()
    found = matcher.topics_in(words_and_ends(text))
    return Hit(version, tuple(topic for topic in TOPICS if topic in found)) if found else None


@cache
def _made_ready() -> tuple[str, Matcher]:
    """The lists as shipped; about half a second, once in a process."""
    lists = {path.stem: word_list(path) for path in LISTS}
    return ", ".join(f"{language} {words.version}" for language, words in lists.items()), Matcher(list(lists.values()))
