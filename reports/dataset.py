"""Responses as a tall table: a row for each respondent and question, or for each category where several were chosen.

Who was asked is decided by the same `route()` that asked, so a question not asked is not a question not answered.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import assert_never

import pandas as pd

from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.conditions import Comparison, comparisons, holds
from surveys.interview import Response
from surveys.questionnaire import Page, Questionnaire
from surveys.routing import route

WORDS = "words"  # what stands for an answer in the respondent's own words: those are read, not counted
Answers = Mapping[str, Answer]
Answered = tuple[Questionnaire, Sequence[Response]]


def tall(questionnaire: Questionnaire, responses: Sequence[Response], *shorter: Answered) -> pd.DataFrame:
    """The answers as one table, in the order of the responses and of the questions.

    `respondent` is a place in the sequence of responses and tells nothing else of them. `said` is a category, a number,
    WORDS, or a silence in brackets, which no category can have. Those who answered a shorter questionnaire come after;
    what it leaves out they were not asked.
    """
    respondents: list[int] = []
    questions: list[str] = []
    said: list[str] = []
    asked = [question.id for question in questionnaire.questions]
    for theirs, answered in ((questionnaire, responses), *shorter):
        not_asked_of = _not_asked_of(theirs)
        left_out = set(asked) - theirs.by_id.keys()
        for respondent, response in enumerate(answered, start=respondents[-1] + 1 if respondents else 0):
            not_asked = not_asked_of(response.answers) | left_out
            for question_id in asked:
                sayings = _NOT_ASKED if question_id in not_asked else _sayings(response.answers.get(question_id))
                said += sayings
                questions += [question_id] * len(sayings)
                respondents += [respondent] * len(sayings)
    return pd.DataFrame({"respondent": respondents, "question": questions, "said": said})


def silent(reason: Silence) -> str:
    """How a silence stands in the column `said`."""
    return f"({reason})"


_NOT_ASKED, _NOTHING_KEPT = (silent(Silence.NOT_ASKED),), (silent(Silence.NOT_REACHED),)
_SILENT = {reason: (silent(reason),) for reason in Silence} | {Silence.NOT_ASKED: _NOTHING_KEPT}  # the route did ask


def _sayings(answer: Answer | None) -> tuple[str, ...]:
    match answer:
        case Chosen():
            return answer.codes or _NOTHING_KEPT
        case NoAnswer():
            return _SILENT[answer.reason]
        case Number():
            return (str(answer.value),)
        case Verbatim():
            return (WORDS,)
        case None:
            return _NOTHING_KEPT
        case _:
            assert_never(answer)


def _not_asked_of(questionnaire: Questionnaire) -> Callable[[Answers], frozenset[str]]:
    """The questions that were not asked of someone who gave these answers.

    `route()` decides. It is asked once for each way in which the comparisons that a question depends on can turn out.
    """
    every = tuple(dict.fromkeys(each for page in questionnaire.pages for each in _comparisons(page)))
    depends_on = {
        question.id: [every.index(each) for each in _deciding(question, questionnaire)]
        for question in questionnaire.questions
        if question.ask_if is not None
    }
    known: dict[tuple[str, tuple[bool, ...]], bool] = {}

    def not_asked_of(answers: Answers) -> frozenset[str]:
        truths = [holds(each, answers) for each in every]
        left_out = []
        for question_id, places in depends_on.items():
            way = (question_id, tuple([truths[place] for place in places]))
            if way not in known:
                known[way] = all(question.id != question_id for question in route(questionnaire, answers))
            if known[way]:
                left_out.append(question_id)
        return frozenset(left_out)

    return not_asked_of


def _deciding(page: Page, questionnaire: Questionnaire) -> Iterator[Comparison]:
    """The comparisons that decide whether the page is asked: its own, and those of the questions they look at."""
    for comparison in _comparisons(page):
        yield comparison
        yield from _deciding(questionnaire.by_id[comparison.question], questionnaire)


def _comparisons(page: Page) -> Iterator[Comparison]:
    return comparisons(page.ask_if) if page.ask_if is not None else iter(())
