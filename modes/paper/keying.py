"""What is keyed of a booklet, read as answers: a code for each category, `-` for no answer, `*` for unreadable."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.questionnaire import OpenEnded, Question, Questionnaire
from surveys.reading import InvalidAnswer, read_answer
from surveys.routing import route

NOTHING = "-"
UNREADABLE = "*"
SILENCES = {NOTHING: Silence.SKIPPED, UNREADABLE: Silence.NOT_UNDERSTOOD}
MAY_QUOTE = "yes"

Values = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Keyed:
    """The answers keyed so far, and what is wrong with whatever else was keyed, by question."""

    answers: dict[str, Answer]
    faults: dict[str, str]


def field_of(question: Question) -> str:
    """The field of the form that the question is keyed in."""
    return f"answer-{question.id}"


def quote_field_of(question: OpenEnded) -> str:
    """The field that says whether the words may be printed."""
    return f"quote-{question.id}"


def fields(questionnaire: Questionnaire) -> set[str]:
    """Every field of the form."""
    quotes = {quote_field_of(each) for each in questionnaire.questions if isinstance(each, OpenEnded)}
    return {field_of(question) for question in questionnaire.questions} | quotes


def read(questionnaire: Questionnaire, values: Values) -> Keyed:
    """What the form holds. A question of which nothing was keyed is in neither."""
    keyed = Keyed({}, {})
    for question in questionnaire.questions:
        typed = [value for value in values(field_of(question)) if value.strip()]
        if not typed:
            continue
        try:
            keyed.answers[question.id] = _read(question, typed, values)
        except InvalidAnswer as invalid:
            keyed.faults[question.id] = invalid.message("en")
        except _TwoThings:
            keyed.faults[question.id] = "You keyed an answer, and that there is none. Key one or the other."
    return keyed


class _TwoThings(ValueError):
    """An answer and a silence at once."""


def _read(question: Question, typed: Sequence[str], values: Values) -> Answer:
    silences = {each.strip() for each in typed} & set(SILENCES)
    if silences and len(typed) > 1:
        raise _TwoThings
    if silences:
        return NoAnswer(SILENCES[silences.pop()])
    may_quote = isinstance(question, OpenEnded) and MAY_QUOTE in values(quote_field_of(question))
    return read_answer(question, typed, may_quote=may_quote)


def left_to_key(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> list[Question]:
    """The questions of the route of which nothing was keyed, not even that there is no answer."""
    said = {question_id: answer for question_id, answer in answers.items() if answer.says_something}
    return [question for question in route(questionnaire, said) if question.id not in answers]


def values_of(answer: Answer | None) -> tuple[str, ...]:
    """The answer as the form would send it."""
    match answer:
        case None:
            return ()
        case Chosen():
            return answer.codes
        case Number():
            return (str(answer.value),)
        case Verbatim():
            return (answer.text,)
        case NoAnswer():
            return (UNREADABLE if answer.reason is Silence.NOT_UNDERSTOOD else NOTHING,)
        case _:
            assert_never(answer)
