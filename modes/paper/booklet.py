"""A booklet as it is printed: the questionnaire of a wave in words, question by question, before anything is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from modes.paper.keys import key_of
from modes.paper.only_if import Asked, only_if
from modes.paper.words import Words
from surveys.questionnaire import (
    Choice,
    Information,
    MultipleChoice,
    OpenEnded,
    Page,
    Questionnaire,
    Scale,
    SingleChoice,
)
from surveys.text import Language, Names, Text

FEWEST_LINES, MOST_LINES = 3, 10
LETTERS_TO_A_LINE = 120  # of the longest answer; nobody writes that much by hand
LIKE_A_PEN = {"tick", "cross"}  # beside an empty box they would look like somebody's answer


@dataclass(frozen=True, slots=True)
class Helpline:
    """People to talk to: who, and lines on how to reach them."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, and below it paragraphs and lists: what the web says before the first question, said on paper."""

    heading: str
    text: str
    danger: str = ""
    helplines: tuple[Helpline, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the questions: in front of them, and behind."""

    before: tuple[Passage, ...]
    after: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick; `key` is what whoever keys the booklet presses for it."""

    key: str
    label: str
    picture: str | None = None
    after_or: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One question, or something to read (which has no number)."""

    number: int | None
    wording: str
    instruction: str = ""
    hint: str = ""
    how: str = ""
    picture: str | None = None
    ticks: tuple[Tick, ...] = ()
    number_box: int = 0
    """How many digits there is room for."""
    lines: int = 0
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one heading."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """All that is printed, in order, but for the serial."""

    language: Language
    title: str
    place: str
    service: str
    around: Around
    parts: tuple[Part, ...]
    words: Mapping[str, str]


def booklet(questionnaire: Questionnaire, names: Names, place: str, around: Around, language: Language) -> Booklet:
    """The booklet of this questionnaire. Every question is in it, under a number of its own."""
    words = Words(language, questionnaire.audience)
    numbers = {question.id: number for number, question in enumerate(questionnaire.questions, start=1)}
    asked = Asked(numbers, questionnaire.by_id, names)
    parts = tuple(
        Part(names.piped(section.title, language), tuple(_item(page, asked, words) for page in section.pages))
        for section in questionnaire.sections
    )
    said = {key: words(f"booklet.{key}") for key in ("serial", "no_serial", "page")} | {"or": words("ask.or")}
    service = names.service.in_language(language)
    return Booklet(language, words("booklet.title"), place, service, around, parts, said)


def own_passages(words: Words, *, talk_address: str = "") -> dict[str, str]:
    """What a booklet says of itself, for whoever puts the passages in order: how, answers, talk, end."""
    talk = words("booklet.talk")
    if talk_address:
        talk += "\n\n" + words("booklet.talk_online", address=talk_address)
    return {
        "how_heading": words("booklet.how_heading"),
        "how": words("booklet.how"),
        "answers": words("booklet.answers"),
        "talk": talk,
        "end_heading": words("end.title"),
        "end": words("end.body"),
    }


def _item(page: Page, asked: Asked, words: Words) -> Item:
    def say(text: Text | None) -> str:
        return asked.names.piped(text, words.language) if text else ""

    item = Item(
        asked.numbers.get(page.id),
        say(page.wording),
        only_if(page.ask_if, asked, words) if page.ask_if else "",
        say(page.hint),
        picture=page.picture,
    )
    match page:
        case SingleChoice():
            return replace(item, how=words("ask.one"), ticks=_ticks(page, asked.names, words.language))
        case MultipleChoice():
            return replace(item, how=words("ask.any"), ticks=_ticks(page, asked.names, words.language))
        case Scale():
            ends = {"minimum": page.minimum, "maximum": page.maximum}
            means = words("ask.scale", **ends, low=say(page.low_label), high=say(page.high_label))
            digits = max(len(str(page.minimum)), len(str(page.maximum)))
            return replace(item, how=f"{means} {words('ask.number', **ends)}", number_box=digits)
        case OpenEnded():
            return replace(item, how=words("ask.words"), lines=_lines(page), consent=say(page.consent))
        case Information():
            return item
        case _:
            assert_never(page)


def _ticks(question: Choice, names: Names, language: Language) -> tuple[Tick, ...]:
    alone = [isinstance(question, MultipleChoice) and each.exclusive for each in question.categories]
    pictures = _pictures(question)
    return tuple(
        Tick(
            key_of(place),
            names.piped(category.label, language),
            pictures[place],
            after_or=alone[place] and (place == 0 or not alone[place - 1]),
        )
        for place, category in enumerate(question.categories)
    )


def _pictures(question: Choice) -> list[str | None]:
    """The picture beside each box; none at all where fewer than half would have one."""
    drawn: list[str | None] = [None if each.picture in LIKE_A_PEN else each.picture for each in question.categories]
    telling = [each for each in drawn if each not in {None, "question_mark"}]
    return drawn if 2 * len(telling) >= len(drawn) else [None for _ in drawn]


def _lines(question: OpenEnded) -> int:
    return max(FEWEST_LINES, min(MOST_LINES, question.max_length // LETTERS_TO_A_LINE))
