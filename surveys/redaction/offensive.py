"""Which words of a comment are hidden until the reader asks to see them."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WORD = re.compile(r"[^\W_][\w'*-]*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a comment, and whether it is hidden at first."""

    text: str
    hidden: bool = False


def stretches(text: str) -> tuple[Stretch, ...]:
    """The text in stretches; put together they are the text.

    >>> [each.text for each in stretches("that shit worker") if each.hidden]
    ['shit']
    """
    return tuple(_stretches(text))


def _stretches(text: str) -> Iterator[Stretch]:
    at = 0
    for match in _WORD.finditer(text):
        if _list().fullmatch(match[0]):
            if at < match.start():
                yield Stretch(text[at : match.start()])
            yield Stretch(match[0], hidden=True)
            at = match.end()
    if at < len(text):
        yield Stretch(text[at:])


@cache
def _list() -> re.Pattern[str]:
    lists = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    words = sorted({word for words in lists.values() for word in words.split()})
    return re.compile("|".join(map(_form, words)), re.IGNORECASE)


def _form(word: str) -> str:
    begins = word.endswith("*")
    return re.escape(word.removesuffix("*")) + (r"[\w'-]*" if begins else "")
