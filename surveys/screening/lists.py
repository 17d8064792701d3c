"""Read a list of words into phrases by topic. What is wrong with it is told all at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from surveys.loading import document
from surveys.problems import BrokenDefinition, Problem, did_you_mean, listed
from surveys.screening.phrases import BadPhrase, Step, Vocabulary, steps_of
from surveys.screening.words import words_of

TOPICS = (
    "danger_now",
    "self_harm",
    "abuse",
    "violence",
    "threats",
    "exploitation",
    "fear",
    "no_food_or_home",
    "asking_for_help",
)
_KEYS = {"version": str, "skipped": str, "same": dict, "sets": dict, "topics": dict, "harmless": list}
_KINDS = {str: "a text in quotation marks", dict: "a table", list: "a list in square brackets"}


@dataclass(frozen=True, slots=True)
class WordList:
    """One language's list at its version; harmless phrases are passed over before topics are looked for."""

    version: str
    vocabulary: Vocabulary
    topics: Mapping[str, tuple[tuple[Step, ...], ...]]
    harmless: tuple[tuple[Step, ...], ...]


def word_list(path: Path) -> WordList:
    """The list in the file.

    Raises:
        BrokenDefinition: it cannot be read, or its form or a phrase is wrong; every problem is named.
    """
    raw = document(path)
    if misshapen := list(_misshapen(raw, path.name)):
        raise BrokenDefinition(misshapen)
    same: dict[str, str] = {word: reading for reading, words in raw["same"].items() for word in words_of(words)}
    skipped = frozenset(words_of(raw["skipped"]))
    without_sets = Vocabulary(skipped, same, {})
    sets = {name: frozenset(without_sets.plain(words_of(words))) for name, words in raw["sets"].items()}
    reader = _Reader(path.name, Vocabulary(skipped, same, sets))
    topics = {topic: reader.phrases(f"topics.{topic}", phrases) for topic, phrases in raw["topics"].items()}
    harmless = reader.phrases("harmless", raw["harmless"])
    if reader.problems:
        raise BrokenDefinition(reader.problems)
    return WordList(raw["version"], reader.vocabulary, topics, harmless)


class _Reader:
    """Reads phrases and collects what is wrong with them."""

    def __init__(self, file: str, vocabulary: Vocabulary) -> None:
        self.file = file
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []

    def phrases(self, place: str, written: list[str]) -> tuple[tuple[Step, ...], ...]:
        found: dict[tuple[Step, ...], str] = {}
        for phrase in written:
            try:
                steps = steps_of(phrase, self.vocabulary)
            except BadPhrase as bad:
                self.problems.append(Problem(self.file, f'{place}, "{phrase}"', bad.fault, bad.remedy))
                continue
            if steps in found:
                fault = f'it says the same as "{found[steps]}"'
                self.problems.append(Problem(self.file, f'{place}, "{phrase}"', fault, "Take one of them out."))
            found[steps] = phrase
        return tuple(found)


def _misshapen(raw: dict[str, Any], file: str) -> Iterator[Problem]:
    """Keys that are missing, unknown or hold something else than they should."""
    for key in sorted(raw.keys() - _KEYS.keys()):
        remedy = did_you_mean(key, _KEYS, "Take it out.")
        yield Problem(file, key, f'"{key}" is not a key that is known here', remedy)
    for key, kind in _KEYS.items():
        if key not in raw:
            yield Problem(file, "file", f'"{key}" is missing', f"Add {key}: {_KINDS[kind]}.")
        elif not isinstance(raw[key], kind):
            yield Problem(file, key, f"it is not {_KINDS[kind]}", f"It says {str(raw[key])[:80]!r}.")
        else:
            yield from _misfilled(key, raw[key], file)


def _misfilled(key: str, value: Any, file: str) -> Iterator[Problem]:
    match key:
        case "version" if not _is_date(value):
            yield Problem(file, key, f'"{value}" is not a date', 'Write the day of the change: "2026-11-21".')
        case "same":
            yield from _without_words(key, value, file)
            yield from _read_as_two(value, file)
        case "sets":
            yield from _without_words(key, value, file)
        case "topics":
            yield from _mistaken_topics(value, file)
        case "harmless":
            yield from _not_texts(key, value, file)


def _without_words(key: str, table: dict[str, Any], file: str) -> Iterator[Problem]:
    for name, words in table.items():
        if not (isinstance(words, str) and words_of(words)):
            yield Problem(file, f"{key}.{name}", "it holds no words", 'Write words with spaces between: "a b".')


def _read_as_two(same: dict[str, Any], file: str) -> Iterator[Problem]:
    read_as: dict[str, str] = {}
    for reading, words in same.items():
        for word in words_of(str(words)):
            if read_as.setdefault(word, reading) != reading:
                fault = f'"{word}" is read as "{read_as[word]}" already'
                yield Problem(file, f"same.{reading}", fault, "Take it out of one of them.")


def _mistaken_topics(topics: dict[str, Any], file: str) -> Iterator[Problem]:
    for topic in sorted(topics.keys() - set(TOPICS)):
        remedy = did_you_mean(topic, TOPICS, f"It is one of {listed(TOPICS)}.")
        yield Problem(file, f"topics.{topic}", f'"{topic}" is not a topic', remedy)
    for topic in TOPICS:
        if not isinstance(topics.get(topic), list) or not topics[topic]:
            yield Problem(file, f"topics.{topic}", "it holds no phrases", f'Add {topic} = ["...", "..."].')
        else:
            yield from _not_texts(f"topics.{topic}", topics[topic], file)


def _not_texts(place: str, phrases: list[Any], file: str) -> Iterator[Problem]:
    for number, phrase in enumerate(phrases, 1):
        if not isinstance(phrase, str):
            yield Problem(file, f"{place}, phrase {number}", "it is not a text", "Put it in quotation marks.")


def _is_date(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
