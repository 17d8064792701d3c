"""The topline: every question in order, every category with its count, its base and its percentage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.dataset import WORDS
from reports.evidence import silences, spread
from reports.frequencies import Frequencies, Frequency
from reports.people import people
from reports.percentages import percentage
from reports.runs import with_capital
from surveys.interview import Response
from surveys.questionnaire import MultipleChoice, OpenEnded, Questionnaire, Scale, SingleChoice
from surveys.text import Language, Names, Text

_WROTE = Text(en="wrote something", cy="ysgrifennodd rywbeth")


@dataclass(frozen=True)
class Line:
    """One category, or one number of a scale. Percentages are of the base; there is none where it is nobody.

    `beyond` is 1 or -1 where the share is more than 99% without being all, or less than 1% without being none.
    """

    code: str
    label: str
    count: int
    percent: int | None
    beyond: int = 0
    in_base: bool = True


@dataclass(frozen=True)
class Entry:
    """One question: who was asked, who answered, what they said, and why others said nothing."""

    question: str
    type: str
    wording: str
    base_label: str
    asked: int
    base: int
    left_out: int
    lines: tuple[Line, ...]
    silences: tuple[tuple[str, int], ...]
    spread: str


@dataclass(frozen=True)
class Topline:
    """Every question of a wave."""

    questionnaire: str
    version: int
    title: str
    language: Language
    respondents: int
    entries: tuple[Entry, ...]


def topline(
    questionnaire: Questionnaire, names: Names, responses: Sequence[Response], language: Language = "en"
) -> Topline:
    """The topline of the responses, in that language."""
    everyone = with_capital(people(questionnaire.audience, names).many.in_language(language))
    frequencies = Frequencies(questionnaire, responses)
    return Topline(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        title=names.piped(questionnaire.title, language),
        language=language,
        respondents=len(responses),
        entries=tuple(_entry(each, names, everyone, language) for each in frequencies.values()),
    )


def _entry(frequency: Frequency, names: Names, everyone: str, language: Language) -> Entry:
    question = frequency.question
    label = names.piped(question.base_label, language) if question.base_label else everyone
    return Entry(
        question=question.id,
        type=question.type,
        wording=names.piped(question.wording, language),
        base_label=with_capital(label),
        asked=frequency.asked,
        base=frequency.base,
        left_out=frequency.left_out,
        lines=tuple(_lines(frequency, names, language)),
        silences=tuple(silences(frequency, language)),
        spread=spread(frequency, language),
    )


def _lines(frequency: Frequency, names: Names, language: Language) -> Iterator[Line]:
    match frequency.question:
        case SingleChoice() | MultipleChoice() as question:
            for category in question.categories:
                count, label = frequency.counts[category.code], names.piped(category.label, language)
                base = frequency.base if category.in_base else 0
                yield Line(category.code, label, count, *_share(count, base), category.in_base)
        case Scale():
            for value in sorted(frequency.counts, key=int):
                count = frequency.counts[value]
                yield Line(value, value, count, *_share(count, frequency.base))
        case OpenEnded():
            count = frequency.counts.get(WORDS, 0)
            yield Line(WORDS, _WROTE.in_language(language), count, *_share(count, frequency.asked))


def _share(count: int, base: int) -> tuple[int | None, int]:
    return percentage(count, base) if base else (None, 0)
