"""Be interviewed in a terminal: the same questionnaire, routing and reading of answers as every other mode."""

from collections.abc import Callable
from typing import assert_never

from surveys.answers import Answer
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
from surveys.reading import InvalidAnswer, read_answer
from surveys.text import Language, Names, Text

EMPTY_SKIPS = Text(
    en="(Press Enter with nothing to skip, type < to go back.)",
    cy="(Pwyswch Enter heb deipio dim i neidio dros gwestiwn, teipiwch < i fynd yn ôl.)",
)
SEVERAL = Text(en="(More than one? Put a space between them.)", cy="(Mwy nag un? Rhowch fwlch rhyngddyn nhw.)")
FROM_TO = Text(en="From {minimum} ({low}) to {maximum} ({high})", cy="O {minimum} ({low}) i {maximum} ({high})")
BACK = "<"

Ask = Callable[[], str]
Say = Callable[[str], None]


def play(questionnaire: Questionnaire, names: Names, language: Language, ask: Ask, say: Say) -> Interview:
    """The finished interview of whoever answers `ask`. `ask` gives a line typed; `say` shows a line.

    Raises:
        EOFError: passed on from `ask` when nobody is there any more.
    """
    interview, place = Interview(questionnaire), 0
    say(f"{names.piped(questionnaire.title, language)}\n{EMPTY_SKIPS.in_language(language)}")
    while place < len(interview.pages):
        page = interview.pages[place]
        for line in shown(page, names, language):
            say(line)
        typed = ask().strip()
        if typed == BACK:
            place = max(0, place - 1)
            continue
        try:
            interview = _after(interview, page, typed)
        except InvalidAnswer as fault:
            say(fault.message(language))
        else:
            place += 1
    return interview


def _after(interview: Interview, page: Page, typed: str) -> Interview:
    if isinstance(page, Information):
        return interview
    return interview.keep(page.id, _read(page, typed))


def _read(question: Question, typed: str) -> Answer:
    """Categories are picked by the number shown, or by their code."""
    match question:
        case SingleChoice():
            return read_answer(question, [_code(question, typed)])
        case MultipleChoice():
            return read_answer(question, [_code(question, one) for one in typed.replace(",", " ").split()])
        case Scale() | OpenEnded():
            return read_answer(question, [typed])
        case _:
            assert_never(question)


def _code(question: SingleChoice | MultipleChoice, typed: str) -> str:
    if typed.isdecimal() and 1 <= int(typed) <= len(question.categories):
        return question.categories[int(typed) - 1].code
    return typed


def shown(page: Page, names: Names, language: Language) -> list[str]:
    """The page as lines: wording, hint, then its numbered categories or its ends."""
    lines = [f"\n{names.piped(page.wording, language)}"]
    lines += [names.piped(page.hint, language)] if page.hint else []
    match page:
        case SingleChoice() | MultipleChoice():
            lines += [
                f"  {number} {names.piped(category.label, language)}"
                for number, category in enumerate(page.categories, start=1)
            ]
            lines += [SEVERAL.in_language(language)] if isinstance(page, MultipleChoice) else []
        case Scale():
            low, high = (names.piped(end, language) for end in (page.low_label, page.high_label))
            ends = {"minimum": page.minimum, "low": low, "maximum": page.maximum, "high": high}
            lines.append(FROM_TO.in_language(language).format(**ends))
        case OpenEnded() | Information():
            pass
        case _:
            assert_never(page)
    return lines
