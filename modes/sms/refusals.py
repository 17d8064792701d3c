"""Does a text ask for no more texts, or say that it reached somebody else? The phrases are in refusals.toml."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from modes.sms.folding import Word, folded, to_the_end, words_of
from modes.sms.phrases import Phrases, begins_with, holds, made_of
from surveys.reading import tidy

FILE = Path(__file__).with_name("refusals.toml")
LONGEST_SPELT = 12  # "S.T.O.P.", "u n s u b s c r i b e"
MARKS = " \t\n.,:;!?-"


@dataclass(frozen=True, slots=True)
class Refusal:
    """That it does, and what else the text says, for a person to read."""

    words_beside: str | None


@dataclass(frozen=True, slots=True)
class _Ways:
    """The lists of one table of the file. `whole` and `whole_or_weak` are what a whole text can be made of."""

    plain: Phrases
    whole: Phrases
    whole_or_weak: Phrases
    opening: Phrases
    to_read: Phrases
    anywhere: Phrases


@dataclass(frozen=True, slots=True)
class _Lists:
    around: Phrases
    noise: frozenset[str]
    first_word: frozenset[str]
    of_others: frozenset[str]
    of_texts: frozenset[str]
    stop: _Ways
    not_me: _Ways


def asks_to_stop(text: str, *, open_ended: bool) -> Refusal | None:
    """The wish for no more texts, if the text says it. To an open-ended question, what can be an answer is one."""
    words = words_of(text)
    found = _said(words, text, _lists().stop, open_ended=open_ended)
    if found is None and words and words[0].text in _lists().first_word:
        return Refusal(tidy(text[words[0].end :].lstrip(MARKS)) or None)
    return found


def is_not_for_them(text: str, *, open_ended: bool) -> Refusal | None:
    """The word that ours reached somebody else, if the text says so. To an open-ended question, as above."""
    return _said(words_of(text), text, _lists().not_me, open_ended=open_ended)


def seems_to_stop(text: str, *, worries: bool) -> bool:
    """True where the wish for no more texts stands among other words: of a text that is no answer to a choice.

    With `worries`, that it holds words after which a person must look, the wish counts only if it names our texts.
    """
    words, lists = to_the_end(text), _lists()
    for place in range(len(words)):
        if place and words[place - 1] in lists.of_others:
            continue
        for end in lists.stop.anywhere.ends(words, place):
            if not worries or not lists.of_texts.isdisjoint(words[place:end]):
                return True
    return False


def seems_not_for_them(text: str) -> bool:
    """True where the word that ours reached somebody else stands among others."""
    return holds(to_the_end(text), _lists().not_me.anywhere)


def _said(words: tuple[Word, ...], text: str, ways: _Ways, *, open_ended: bool) -> Refusal | None:
    around, whole = _lists().around, _without_noise(words)
    if made_of(_as_one_word(whole), ways.whole if open_ended else ways.whole_or_weak, around):
        return Refusal(None)
    if any(made_of(_without_noise(part), ways.plain, around) for part in _parts(words, commas=not open_ended)):
        return Refusal(tidy(text))
    if not open_ended and (made_of(whole, ways.to_read, around) or begins_with(whole, ways.opening, around)):
        return Refusal(tidy(text))
    return None


def _as_one_word(words: Sequence[str]) -> Sequence[str]:
    """The words; where each is a letter, as in "S.T.O.P.", the one word that they spell."""
    spelt = len(words) <= LONGEST_SPELT and all(len(word) == 1 for word in words)
    return ["".join(words)] if spelt else words


def _without_noise(words: Sequence[Word]) -> list[str]:
    said = [word.text for word in words]
    return [word for word in said if word not in _lists().noise] or said


def _parts(words: tuple[Word, ...], *, commas: bool) -> Iterator[tuple[Word, ...]]:
    """The sentences of a text, or what stands between its commas too."""
    start = 0
    for place, word in enumerate(words, start=1):
        if word.ends_sentence or (commas and word.marks) or place == len(words):
            yield words[start:place]
            start = place


@cache
def _lists() -> _Lists:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    first_word = frozenset(raw["stop"]["first_word"])
    of_others, of_texts = (
        frozenset(word for each in raw[name] for word in folded(each)) for name in ("of_others", "of_texts")
    )
    lists = Phrases(raw["around"]), frozenset(raw["noise"]), first_word, of_others, of_texts
    return _Lists(*lists, _ways(raw["stop"]), _ways(raw["not_me"]))


def _ways(raw: dict[str, Any]) -> _Ways:
    return _Ways(
        plain=Phrases(raw["plain"]),
        whole=Phrases([*raw["keyword"], *raw["plain"]]),
        whole_or_weak=Phrases([*raw["keyword"], *raw["plain"], *raw["weak"]]),
        opening=Phrases(raw["opening"]),
        to_read=Phrases(raw.get("to_read", ())),
        anywhere=Phrases(raw["anywhere"]),
    )
