"""What we text: the lines of texts.toml, and questions with what to reply. All of it comes out plain, as it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, assert_never

from modes.sms.texts import Age, ByAge, Entry, Line, texts
from surveys.gsm import count_parts, plain
from surveys.interview import Interview
from surveys.questionnaire import (
    Information,
    MultipleChoice,
    OpenEnded,
    Page,
    Question,
    Questionnaire,
    Scale,
    SingleChoice,
)
from surveys.text import LANGUAGES, Language, Names

Nation = Literal["england", "wales"]
MOST_PARTS: dict[Language, int] = {"en": 1, "cy": 2}


def language_for(nation: Nation, chosen: Language | None) -> Language | None:
    """The language to text in; none stands for both, in Wales before the person has chosen."""
    return chosen or ("en" if nation == "england" else None)


def invitation(nation: Nation, chosen: Language | None, age: Age = "adult") -> str:
    """The first text that a person gets."""
    return line("invitation", language_for(nation, chosen), age)


def line(kind: Line, language: Language | None, age: Age = "adult", **details: str) -> str:
    """One of our own texts, each `{detail}` filled in; in both languages, one below the other, where none is given.

    Raises:
        KeyError: a detail is missing.
    """
    found = texts().lines[kind]
    entry = getattr(found, age) if isinstance(found, ByAge) else found
    languages = LANGUAGES if language is None else (language,)
    words = (entry.said(each, to_a_child=age == "child").format(**details) for each in languages)
    return plain("\n".join(words))


def can_be_texted(questionnaire: Questionnaire) -> bool:
    """True where every question has a wording for a text."""
    return all(question.sms_wording is not None for question in questionnaire.questions)


def prompt(
    questionnaire: Questionnaire, interview: Interview, question: Question, names: Names, language: Language
) -> str:
    """The question as it is asked: `2 of 7: ...` and what to reply. Pages to read that come just before it stand first.

    Raises:
        ValueError: the question is not on the route of this interview.
    """
    route = [each.id for each in interview.route]
    before = interview.pages[: [page.id for page in interview.pages].index(question.id)]
    to_read = tuple(takewhile(lambda page: isinstance(page, Information), reversed(before)))
    place = Place(route.index(question.id) + 1, len(route), to_read[::-1])
    return Voice(questionnaire, names, language).asks(question, place)


def again(questionnaire: Questionnaire, question: Question, names: Names, language: Language) -> str:
    """What to reply, after a reply that was no answer."""
    return Voice(questionnaire, names, language).asks_again(question)


def last_time(questionnaire: Questionnaire, question: Question, names: Names, language: Language) -> str:
    """The same, and that the question can be skipped."""
    return Voice(questionnaire, names, language).asks_again(question, or_skip=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question stands on a route, and what is to be read just before it."""

    number: int
    total: int
    to_read: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """What a questionnaire says by text in one language, with one inspection's names."""

    questionnaire: Questionnaire
    names: Names
    language: Language

    def asks(self, question: Question, place: Place) -> str:
        """The question there, with a hint how to skip where that costs no further part."""
        asking = texts().asking
        heading = self._said(asking.heading, number=place.number, total=place.total)
        read = [self.names.piped(page.sms_wording, self.language) for page in place.to_read if page.sms_wording]
        words = self.names.piped(question.sms_wording or question.wording, self.language)
        text = _lines([*read, f"{heading} {words}", *self._how(question), *self._options(question)])
        if place.number == 1:
            return self._with_hint(text, self._said(asking.first))
        return self._with_hint(text, self._said(asking.skip)) if isinstance(question, OpenEnded) else text

    def asks_again(self, question: Question, *, or_skip: bool = False) -> str:
        """What to reply, without the question: it stands above on the phone."""
        asking = texts().asking
        ends = {"minimum": question.minimum, "maximum": question.maximum} if isinstance(question, Scale) else {}
        skip = [self._said(asking.skip)] if or_skip else []
        return _lines([self._said(asking.again[question.type], **ends), *self._options(question), *skip])

    def _with_hint(self, text: str, hint: str) -> str:
        hinted = f"{text}\n{hint}"
        fits = count_parts(hinted).parts == count_parts(text).parts <= MOST_PARTS[self.language]
        return hinted if fits else text

    def _said(self, entry: Entry, **details: int) -> str:
        to_a_child = self.questionnaire.audience == "children"
        return entry.said(self.language, to_a_child=to_a_child).format(**details)

    def _how(self, question: Question) -> list[str]:
        match question:
            case MultipleChoice():
                return [self._said(texts().asking.several)]
            case Scale():
                return [self._said(texts().asking.scale, minimum=question.minimum, maximum=question.maximum)]
            case SingleChoice() | OpenEnded():
                return []
            case _:
                assert_never(question)

    def _options(self, question: Question) -> list[str]:
        match question:
            case SingleChoice() | MultipleChoice():
                shown = (self.names.piped(each.sms_label or each.label, self.language) for each in question.categories)
                return [f"{number} {label}" for number, label in enumerate(shown, start=1)]
            case Scale():
                ends = ((question.minimum, question.low_label), (question.maximum, question.high_label))
                return [f"{end} = {self.names.piped(label, self.language)}" for end, label in ends]
            case OpenEnded():
                return []
            case _:
                assert_never(question)


def _lines(lines: Iterable[str]) -> str:
    return plain("\n".join(lines))
