"""Responses that agree with printed counts: each question's counts are dealt out among those the routing asks it of.

Who is given which answer is decided by a fixed shuffle, so the same record always gives the same responses. Nothing is
made up beyond the counts: no comment is invented, and the month and mode stand for the wave as a whole.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import assert_never

from pydantic import BaseModel, ConfigDict

from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence
from surveys.interview import Mode, Response
from surveys.questionnaire import MultipleChoice, OpenEnded, Question, Questionnaire, Scale, SingleChoice
from surveys.routing import route

SILENT = "silent"
Counts = Mapping[str, int]
Answers = dict[str, Answer]


class RecordedWave(BaseModel):
    """What a report printed of one wave, as counts: question id -> category code (or number, or `silent`) -> people."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    questionnaire: str
    respondents: int
    modes: tuple[Mode, ...]
    month: str
    stays_open: bool = False
    counts: Mapping[str, Counts]


class CountsDoNotFit(ValueError):
    """The counts of a question are not those of the people it is asked of."""


def reconstructed(wave: RecordedWave, questionnaire: Questionnaire) -> list[Response]:
    """One response for each respondent of the wave; together they have exactly the counts of the record.

    Raises:
        CountsDoNotFit: the counts of a question do not add up to the people the routing asks it of.
    """
    everyone: list[Answers] = [{} for _ in range(wave.respondents)]
    for question in questionnaire.questions:
        asked = [answers for answers in everyone if question in route(questionnaire, answers)]
        # The order of dealing only decides which answers meet in one response; it protects nobody.
        Random(f"{wave.questionnaire} {question.id}").shuffle(asked)  # noqa: S311
        _deal(question, wave.counts.get(question.id, {SILENT: len(asked)}), asked)
    return [
        Response(answers=answers, mode=wave.modes[place % len(wave.modes)], language="en", month=wave.month)
        for place, answers in enumerate(everyone)
    ]


def _deal(question: Question, counts: Counts, asked: Sequence[Answers]) -> None:
    silent = counts.get(SILENT, 0)
    said = {code: people for code, people in counts.items() if code != SILENT}
    talking, quiet = asked[silent:], asked[:silent]
    for answers in quiet:
        answers[question.id] = NoAnswer(Silence.SKIPPED)
    match question:
        case SingleChoice():
            _deal_one_each(question, {Chosen((code,)): people for code, people in said.items()}, talking)
        case Scale():
            _deal_one_each(question, {Number(int(value)): people for value, people in said.items()}, talking)
        case MultipleChoice():
            _deal_several(question, said, talking)
        case OpenEnded():
            _deal_one_each(question, {}, talking)
        case _:
            assert_never(question)


def _deal_one_each(question: Question, said: Mapping[Answer, int], talking: Sequence[Answers]) -> None:
    dealt = [answer for answer, people in said.items() for _ in range(people)]
    if len(dealt) != len(talking):
        raise CountsDoNotFit(
            f"{question.id}: the counts are of {len(dealt)} people, and {len(talking)} are asked and answer"
        )
    for answers, answer in zip(talking, dealt, strict=True):
        answers[question.id] = answer


def _deal_several(question: MultipleChoice, said: Counts, talking: Sequence[Answers]) -> None:
    """Exclusive ones go to people of their own; each other one goes round the rest from where the last stopped."""
    order = [category.code for category in question.categories]
    alone = [each.code for each in question.categories if each.exclusive for _ in range(said.get(each.code, 0))]
    ticked: list[list[str]] = [[] for _ in talking[len(alone) :]]
    place = 0
    for code in sorted(set(said) - set(alone), key=order.index):
        if said[code] > len(ticked):
            raise CountsDoNotFit(f"{question.id}: {said[code]} chose {code}, and only {len(ticked)} can")
        for _ in range(said[code]):
            ticked[place % len(ticked)].append(code)
            place += 1
    if not all(ticked):
        raise CountsDoNotFit(f"{question.id}: {ticked.count([])} of those who answer choose nothing")
    for answers, codes in zip(talking, [*([code] for code in alone), *ticked], strict=True):
        answers[question.id] = Chosen(tuple(sorted(codes, key=order.index)))
