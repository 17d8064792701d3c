"""Quotations, each under the question that it answers, after the bullets. They count, group and order nobody."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.questionnaire import Questionnaire
from surveys.redaction.quotation import Quotation
from surveys.text import Text

HEADING = Text(en="In their own words", cy="Yn eu geiriau eu hunain")


@dataclass(frozen=True)
class Quoted:
    """What was written in answer to one question."""

    question_id: str
    question: Text
    quotations: tuple[Quotation, ...]


def quoted(questionnaire: Questionnaire, quotations: Iterable[Quotation]) -> tuple[Quoted, ...]:
    """The quotations by question, in the questionnaire's order, and within one in the order of their letters.

    Raises:
        KeyError: one answers a question that the questionnaire does not ask.
    """
    by_question: dict[str, list[Quotation]] = {question.id: [] for question in questionnaire.questions}
    for each in quotations:
        by_question[each.question_id].append(each)
    return tuple(
        Quoted(
            question_id, these[0].question, tuple(sorted(these, key=lambda each: (each.words.casefold(), each.words)))
        )
        for question_id, these in by_question.items()
        if these
    )
