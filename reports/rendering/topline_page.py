"""A topline as a page template needs it: every figure beside its base, in words."""

from dataclasses import dataclass

from reports.rendering.tables import answered_in_words, base_in_words, share_in_words
from reports.topline import Entry, Topline


@dataclass(frozen=True)
class CountedAnswer:
    """One answer, by code and label, with its count and its share of the base."""

    code: str
    label: str
    count: str
    share: str


@dataclass(frozen=True)
class CountedQuestion:
    """One question, its base, and its answers."""

    question: str
    wording: str
    base: str
    answers: tuple[CountedAnswer, ...]
    silences: tuple[tuple[str, str], ...]
    spread: str


@dataclass(frozen=True)
class ToplinePage:
    """Every question of a wave."""

    title: str
    answered: str
    questions: tuple[CountedQuestion, ...]


def topline_page(topline: Topline) -> ToplinePage:
    """The topline as its template needs it."""
    questions = tuple(_question(entry, topline) for entry in topline.entries)
    return ToplinePage(topline.title, answered_in_words(topline), questions)


def _question(entry: Entry, topline: Topline) -> CountedQuestion:
    return CountedQuestion(
        question=entry.question,
        wording=entry.wording,
        base=base_in_words(entry, topline),
        answers=tuple(
            CountedAnswer(line.code, line.label, f"{line.count:,}", share_in_words(line, topline))
            for line in entry.lines
        ),
        silences=tuple((words, f"{people:,}") for words, people in entry.silences),
        spread=entry.spread,
    )
