"""Answers as rows of tall tables, and rows as answers."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, assert_never
from uuid import UUID

from fieldwork.returns.wave_rows import WaveRows
from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.interview import Response
from surveys.questionnaire import MultipleChoice, Questionnaire

Row = dict[str, Any]


class Rows(NamedTuple):
    """The rows that keep some responses' answers."""

    answers: list[Row]
    verbatims: list[Row]

    def put(self, response_id: UUID, answers: Mapping[str, Answer]) -> None:
        """Add the rows of one response."""
        for question_id, answer in answers.items():
            row: Row = {"response_id": response_id, "question_id": question_id}
            match answer:
                case Chosen():
                    self.answers.extend({**row, "code": code, "number": None, "silence": None} for code in answer.codes)
                case Number():
                    self.answers.append({**row, "code": "", "number": answer.value, "silence": None})
                case NoAnswer():
                    self.answers.append({**row, "code": "", "number": None, "silence": answer.reason.value})
                case Verbatim():
                    self.verbatims.append({**row, "text": answer.text, "may_quote": answer.may_quote})
                case _:
                    assert_never(answer)


def responses_of(questionnaire: Questionnaire, rows: WaveRows) -> list[Response]:
    """The responses that these rows keep."""
    answers: dict[str, dict[str, Answer]] = {head[0]: {} for head in rows.heads}
    _put_answers(answers, rows.answers, category_places(questionnaire))
    for key, question_id, text, may_quote in rows.verbatims:
        answers[key][question_id] = Verbatim(text, bool(may_quote))
    return [Response(answers[key], mode, language, month) for key, mode, language, month in rows.heads]


Places = dict[str, dict[str, int]]


def category_places(questionnaire: Questionnaire) -> Places:
    """The place of each category in the questions that take several."""
    return {
        question.id: {category.code: place for place, category in enumerate(question.categories)}
        for question in questionnaire.questions
        if isinstance(question, MultipleChoice)
    }


def _put_answers(answers: dict[str, dict[str, Answer]], rows: Iterable[tuple[Any, ...]], places: Places) -> None:
    known: dict[tuple[Any, ...], Answer] = {}  # equal answers are one object: making them is what would cost
    several: dict[tuple[str, str], list[str]] = {}
    for key, question_id, code, number, silence in rows:
        if code and question_id in places:
            several.setdefault((key, question_id), []).append(code)
            continue
        said = (code, number, silence)
        answers[key][question_id] = known.get(said) or known.setdefault(said, _answer(*said))
    for (key, question_id), codes in several.items():
        codes.sort(key=places[question_id].__getitem__)
        chosen = tuple(codes)
        answers[key][question_id] = known.get(chosen) or known.setdefault(chosen, Chosen(chosen))


def _answer(code: str, number: int | None, silence: str | None) -> Answer:
    if code:
        return Chosen((code,))
    return NoAnswer(Silence(silence)) if silence else Number(number or 0)
