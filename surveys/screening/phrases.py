"""A phrase of a word list: `{him} .. hits|hurts me?`, read into steps that a message can be held against."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.problems import did_you_mean
from surveys.screening.words import words_of

GAP = ".."
WORDS_IN_A_GAP = 4
_SET = re.compile(r"\{(\w+)\}")


class BadPhrase(ValueError):
    """A phrase that cannot be read; says the fault and the remedy."""

    def __init__(self, fault: str, remedy: str) -> None:
        """Keep both."""
        self.fault = fault
        self.remedy = remedy
        super().__init__(f"{fault}. {remedy}")


@dataclass(frozen=True, slots=True)
class Step:
    """Any one of these words, which may be missing, after at most so many others."""

    words: frozenset[str]
    optional: bool = False
    after_gap: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a list says before its phrases: which words are left out or read as another, and the named sets."""

    skipped: frozenset[str]
    same: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]

    def plain(self, words: list[str]) -> list[str]:
        """The words as they are compared."""
        return [self.same.get(word, word) for word in words if word not in self.skipped]


def steps_of(phrase: str, vocabulary: Vocabulary) -> tuple[Step, ...]:
    """The steps of the phrase; words that are left out everywhere are left out of it.

    Raises:
        BadPhrase: it names a set that is not there, has a gap at an end, or nothing that must be in a message.
    """
    steps: list[Step] = []
    after_gap = False
    for token in phrase.split():
        if token == GAP and steps:
            after_gap = True
        elif token == GAP:
            raise BadPhrase("it begins with a gap", "Begin with a word that is not left out.")
        elif words := _words_of(token.removesuffix("?"), vocabulary):
            steps.append(Step(words, optional=token.endswith("?"), after_gap=after_gap))
            after_gap = False
    if after_gap:
        raise BadPhrase("it ends with a gap", "End with a word that is not left out.")
    if all(step.optional for step in steps):
        raise BadPhrase("it has no word that must be there", "Take a ? away, or add a word that is not left out.")
    return tuple(steps)


def _words_of(token: str, vocabulary: Vocabulary) -> frozenset[str]:
    found: set[str] = set()
    for part in token.split("|"):
        if name := _SET.fullmatch(part):
            found |= _set(name[1], vocabulary)
        else:
            found.update(vocabulary.plain([_word(part)]))
    return frozenset(found)


def _set(name: str, vocabulary: Vocabulary) -> frozenset[str]:
    if name not in vocabulary.sets:
        remedy = did_you_mean(name, vocabulary.sets, "Add it under [sets].")
        raise BadPhrase(f"there is no set {{{name}}}", remedy)
    return vocabulary.sets[name]


def _word(written: str) -> str:
    words = words_of(written)
    if len(words) != 1:
        raise BadPhrase(
            f'"{written}" is not one word', "Write letters and digits; between words stands a space or a |."
        )
    return words[0]
