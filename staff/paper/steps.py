"""A booklet as whoever keys it sees it: a step a question, with the keys that are printed beside the boxes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from fieldwork.waves import Asked
from modes.paper import keying, only_if
from modes.paper.keys import key_of
from modes.paper.words import Words
from surveys.answers import Answer, Verbatim
from surveys.questionnaire import MultipleChoice, OpenEnded, Question, Scale, SingleChoice
from surveys.routing import route
from surveys.text import Language


@dataclass(frozen=True, slots=True)
class Option:
    """One box of the booklet: its key, the value that is sent, its words, and whether it stands alone."""

    key: str
    value: str
    label: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One question, and what has been keyed of it."""

    id: str
    number: int
    kind: str
    wording: str
    instruction: str
    ask_if: str
    """The condition as JSON, for the script that skips what is not asked; empty where all are asked."""
    is_asked: bool
    field: str
    options: tuple[Option, ...] = ()
    least: int = 0
    most: int = 0
    """The ends of a scale; of words, how many letters there may be."""
    quote_field: str = ""
    consent: str = ""
    values: tuple[str, ...] = ()
    may_quote: bool = False
    fault: str = ""


Typed = Mapping[str, Sequence[str]]


def steps(asked: Asked, language: Language, answers: Mapping[str, Answer]) -> list[Step]:
    """Every question in the order of the booklet, with the answers keyed so far."""
    questions = asked.questionnaire.questions
    words = Words(language, asked.questionnaire.audience)
    numbers = {question.id: number for number, question in enumerate(questions, start=1)}
    numbered = only_if.Asked(numbers, asked.questionnaire.by_id, asked.names)
    said = {question_id: answer for question_id, answer in answers.items() if answer.says_something}
    on_route = {question.id for question in route(asked.questionnaire, said)}
    return [
        _step(
            question,
            asked,
            language,
            number=numbers[question.id],
            instruction=only_if.only_if(question.ask_if, numbered, words) if question.ask_if else "",
            is_asked=question.id in on_route,
            answer=answers.get(question.id),
        )
        for question in questions
    ]


def _step(  # noqa: PLR0913 - each is one thing shown of it
    question: Question,
    asked: Asked,
    language: Language,
    *,
    number: int,
    instruction: str,
    is_asked: bool,
    answer: Answer | None,
) -> Step:
    details: dict[str, object] = {}
    match question:
        case SingleChoice() | MultipleChoice():
            several = isinstance(question, MultipleChoice)
            details["options"] = tuple(
                Option(key_of(place), each.code, asked.names.piped(each.label, language), several and each.exclusive)
                for place, each in enumerate(question.categories)
            )
        case Scale():
            details |= {"least": question.minimum, "most": question.maximum}
        case OpenEnded():
            consent = asked.names.piped(question.consent, language)
            details |= {"most": question.max_length, "quote_field": keying.quote_field_of(question), "consent": consent}
            details["may_quote"] = isinstance(answer, Verbatim) and answer.may_quote
        case _:
            assert_never(question)
    condition = question.ask_if.model_dump(mode="json", by_alias=True) if question.ask_if else None
    return Step(
        id=question.id,
        number=number,
        kind=question.type,
        wording=asked.names.piped(question.wording, language),
        instruction=instruction,
        ask_if=json.dumps(condition) if condition else "",
        is_asked=is_asked,
        field=keying.field_of(question),
        values=keying.values_of(answer),
        **details,  # type: ignore[arg-type]  # each is one of the fields above
    )
