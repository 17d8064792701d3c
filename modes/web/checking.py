"""The check page: what was said to each question, in the words of the questionnaire."""

from dataclasses import dataclass
from typing import assert_never

from fieldwork.entry.visits import VisitNow
from modes.web.places import Places
from modes.web.words import Words
from surveys.answers import Answer, Chosen, NoAnswer, Number, Verbatim
from surveys.interview import Interview
from surveys.questionnaire import MultipleChoice, Question, SingleChoice
from surveys.text import Language, Names


@dataclass(frozen=True, slots=True)
class Row:
    """One question with what was said to it, and the address where it can be changed."""

    ordinal: int
    wording: str
    said: tuple[str, ...]
    note: str
    address: str


def rows_of(visit: VisitNow, language: Language) -> list[Row]:
    """A row for each question on the route. Answers of an earlier visit are only said to be there."""
    interview = Interview(visit.questionnaire, visit.answers)
    numbers = {page.id: number for number, page in Places(interview).on_route.items()}
    words = Words(language, visit.audience)
    return [
        _row(visit, question, ordinal, f"/question/{numbers[question.id]}?change=yes", words)
        for ordinal, question in enumerate(interview.route, start=1)
    ]


def _row(visit: VisitNow, question: Question, ordinal: int, address: str, words: Words) -> Row:
    wording = visit.names.piped(question.wording, words.language)
    answer = visit.answers.get(question.id)
    said: tuple[str, ...] = ()
    note = ""
    if answer is None or not answer.says_something:
        note = words("check.not_answered")
    elif question.id not in visit.shown:
        note = words("check.answered")
    else:
        said = _in_words(question, answer, visit.names, words.language)
        note = _what_we_may(answer, words)
    return Row(ordinal, wording, said, note, address)


def _in_words(question: Question, answer: Answer, names: Names, language: Language) -> tuple[str, ...]:
    match answer:
        case Chosen():
            categories = question.categories if isinstance(question, SingleChoice | MultipleChoice) else ()
            return tuple(names.piped(each.label, language) for each in categories if each.code in answer.codes)
        case Number():
            return (str(answer.value),)
        case Verbatim():
            return (answer.text,)
        case NoAnswer():
            return ()
        case _:
            assert_never(answer)


def _what_we_may(answer: Answer, words: Words) -> str:
    if not isinstance(answer, Verbatim):
        return ""
    return words("check.may_quote") if answer.may_quote else words("check.may_not_quote")
