"""The curated spellings of answers, from spellings.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from modes.sms.phrases import Phrases
from surveys.text import LANGUAGES, Frozen, Language

FILE = Path(__file__).with_name("spellings.toml")


class _Meaning(Frozen):
    en: tuple[str, ...] = ()
    cy: tuple[str, ...] = ()
    alone: Mapping[Language, tuple[str, ...]] = {}
    borrows: tuple[str, ...] = ()

    def spelt_in(self, language: Language) -> tuple[str, ...]:
        return self.cy if language == "cy" else self.en

    def alone_in(self, language: Language) -> tuple[str, ...]:
        return self.alone.get(language, ())


class _Beside(Frozen):
    around: tuple[str, ...]
    between: tuple[str, ...]
    units: frozenset[str]
    reasons: Mapping[Language, frozenset[str]]
    goes_on: Mapping[Language, frozenset[str]]


class _Consent(Frozen):
    called: Mapping[Language, tuple[str, ...]]
    willing: Mapping[Language, tuple[str, ...]]
    unwilling: tuple[str, ...]


class _File(Frozen):
    meanings: Mapping[str, _Meaning]
    consent: _Consent
    beside: _Beside


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a category can mean: `own` tells which categories do, `spelt` and `alone` how it can be said."""

    own: Mapping[Language, Phrases]
    spelt: Mapping[Language, Phrases]
    alone: Mapping[Language, Phrases]
    """What also begins other sentences."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What can stand beside an answer."""

    around: Phrases
    around_or_between: Phrases
    units: frozenset[str]
    reasons: Mapping[Language, frozenset[str]]
    reasons_and_more: Mapping[Language, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Willingness:
    """How people take or turn down an invitation, beside yes and no."""

    called: Mapping[Language, Phrases]
    """What a language is called: to name it is to choose it."""
    willing: Mapping[Language, Phrases]
    unwilling: Phrases


@cache
def meanings() -> Mapping[str, Meaning]:
    """Every meaning, by name.

    Raises:
        KeyError: one borrows from a meaning that is not there.
    """
    return {name: _meaning(name) for name in _file().meanings}


def _meaning(name: str) -> Meaning:
    raw = _file().meanings[name]
    said = (raw, *(_file().meanings[lender] for lender in raw.borrows))
    own, spelt, alone = dict[Language, Phrases](), dict[Language, Phrases](), dict[Language, Phrases]()
    for language in LANGUAGES:
        own[language] = Phrases([*raw.spelt_in(language), *raw.alone_in(language)])
        spelt[language] = Phrases(pattern for each in said for pattern in each.spelt_in(language))
        alone[language] = Phrases(pattern for each in said for pattern in each.alone_in(language))
    return Meaning(own, spelt, alone)


@cache
def beside() -> Beside:
    """What can stand beside an answer."""
    raw = _file().beside
    more = {language: raw.reasons[language] | raw.goes_on[language] for language in LANGUAGES}
    return Beside(Phrases(raw.around), Phrases([*raw.around, *raw.between]), raw.units, raw.reasons, more)


@cache
def willingness() -> Willingness:
    """How people take or turn down an invitation."""
    raw = _file().consent
    called, willing = (
        {language: Phrases(each[language]) for language in LANGUAGES} for each in (raw.called, raw.willing)
    )
    return Willingness(called, willing, Phrases(raw.unwilling))


@cache
def _file() -> _File:
    return _File.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
