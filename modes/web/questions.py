"""One page of the questionnaire, as it is shown: what each type of question needs, and what is filled in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from fieldwork.entry.visits import VisitNow
from modes.web import browser
from modes.web.drawn_once import drawn_once, token_of_browser
from modes.web.pages import draw
from modes.web.places import Place
from modes.web.words import Words
from surveys.answers import Answer, Chosen, NoAnswer, Number, Verbatim
from surveys.questionnaire import (
    Category,
    Choice,
    Information,
    MultipleChoice,
    OpenEnded,
    Page,
    Scale,
    SingleChoice,
)
from surveys.text import Language, Names, Text

MOST_RADIOS = 11  # a longer scale is offered in ten steps, or typed where it has none


@dataclass(frozen=True, slots=True)
class Given:
    """What is filled in when the page opens."""

    values: tuple[str, ...] = ()
    may_quote: bool = False
    error: str | None = None
    answered_before: bool = False

    @property
    def is_fresh(self) -> bool:
        """True where nothing on the page comes from this respondent."""
        return not self.values and self.error is None


@dataclass(frozen=True, slots=True)
class Said:
    """Words as they are written, and as they are read aloud where that differs."""

    written: str
    spoken: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One radio button or box to tick."""

    value: str
    said: Said
    picture: str | None = None
    stands_alone: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What the template of one type of question draws."""

    template: str
    heading: Said
    hint: str = ""
    picture: str | None = None
    options: tuple[Option, ...] = ()
    limits: dict[str, str | int] = field(default_factory=dict)

    @property
    def has_pictures(self) -> bool:
        """True where a choice has a picture beside it."""
        return any(option.picture for option in self.options)


def given_before(visit: VisitNow, page: Page) -> Given:
    """What the page shows of an earlier answer: in the visit that gave it, all; in a later one, that there is one."""
    answer = visit.answers.get(page.id)
    if answer is None or page.id in visit.shown:
        return filled_in(answer)
    return Given(answered_before=answer.says_something)


def filled_in(answer: Answer | None) -> Given:
    """The answer as the form would send it."""
    match answer:
        case None | NoAnswer():
            return Given()
        case Chosen():
            return Given(answer.codes)
        case Number():
            return Given((str(answer.value),))
        case Verbatim():
            return Given((answer.text,), answer.may_quote)
        case _:
            assert_never(answer)


def draw_question(visit: VisitNow, page: Page, place: Place, given: Given) -> str:
    """The page of this question as HTML.

    A fresh page is the same for everybody in a wave, but for the CSRF token, and is drawn once. A page that shows what
    somebody said is drawn anew and never kept.
    """
    if not given.is_fresh:
        return _draw(visit, page, place, given, token_of_browser())
    key = (visit.wave_id, browser.is_shared(), place, given, browser.language(), browser.wants_easy_words())
    return drawn_once(key, lambda token: _draw(visit, page, place, given, token))


def _draw(visit: VisitNow, page: Page, place: Place, given: Given, token: str) -> str:
    language, easy = browser.language(), browser.wants_easy_words()
    return draw(
        "question",
        visit,
        shown=shown(page, visit.names, Words(language, visit.audience), easy=easy, filled_in=given.values),
        page=page,
        place=place,
        given=given,
        csrf_token=lambda: token,
        easy=easy,
    )


def shown(page: Page, names: Names, words: Words, *, easy: bool, filled_in: Sequence[str] = ()) -> Shown:
    """What to draw, by the type of question; a new type is missing here first."""

    def say(text: Text | None) -> str:
        return names.piped(text, words.language) if text else ""

    language = words.language
    heading = _heading(page, names, language, easy=easy)
    match page:
        case SingleChoice():
            hint = say(page.hint)
            return Shown("single_choice", heading, hint, page.picture, _options(page, names, language))
        case MultipleChoice():
            hint = say(page.hint) or words("question.pick_any")
            return Shown("multiple_choice", heading, hint, page.picture, _options(page, names, language))
        case Scale():
            return _scale(page, heading, say, words, filled_in)
        case OpenEnded():
            limits: dict[str, str | int] = {"length": page.max_length, "consent": say(page.consent)}
            return Shown("open_ended", heading, say(page.hint), page.picture, limits=limits)
        case Information():
            return Shown("information", heading, say(page.hint), page.picture)
        case _:
            assert_never(page)


def _heading(page: Page, names: Names, language: Language, *, easy: bool) -> Said:
    if easy and page.easy_read:
        return Said(names.piped(page.easy_read, language))
    return Said(names.piped(page.wording, language), names.piped(page.spoken, language) if page.spoken else None)


def _options(question: Choice, names: Names, language: Language) -> tuple[Option, ...]:
    return tuple(_option(category, names, language) for category in question.categories)


def _option(category: Category, names: Names, language: Language) -> Option:
    spoken = names.piped(category.spoken, language) if category.spoken else None
    said = Said(names.piped(category.label, language), spoken)
    return Option(category.code, said, category.picture, category.exclusive)


def _scale(
    question: Scale, heading: Said, say: Callable[[Text | None], str], words: Words, filled_in: Sequence[str]
) -> Shown:
    low, high, hint = say(question.low_label), say(question.high_label), say(question.hint)
    numbers = _points(question, filled_in)
    if len(numbers) > MOST_RADIOS + len(filled_in):
        ends = words("question.scale", minimum=question.minimum, maximum=question.maximum, low=low, high=high)
        return Shown("scale_typed", heading, f"{hint} {ends}".strip(), question.picture)
    labels = {question.minimum: low, question.maximum: high}
    options = tuple(Option(str(number), Said(_end(number, labels.get(number), words))) for number in numbers)
    return Shown("scale", heading, hint, question.picture, options)


def _points(question: Scale, filled_in: Sequence[str]) -> list[int]:
    """The numbers offered: each of a short scale, the tenth parts of a long one, and any other that was given."""
    length = question.maximum - question.minimum
    step = length // (MOST_RADIOS - 1) if length % (MOST_RADIOS - 1) == 0 else 1
    offered = set(range(question.minimum, question.maximum + 1, step))
    given = {int(each) for each in filled_in if each.isdecimal()}
    return sorted(offered | {number for number in given if question.minimum <= number <= question.maximum})


def _end(number: int, label: str | None, words: Words) -> str:
    return words("question.scale_end", number=number, label=label) if label else str(number)
