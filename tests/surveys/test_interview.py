"""An interview never changes; finished, it has a silence for everything that was asked and not said."""

import pytest
from hypothesis import given

from surveys.answers import Answer, Chosen, NoAnswer, Silence
from surveys.interview import Interview, UnknownQuestion
from surveys.questionnaire import Questionnaire
from tests.surveys.strategies import answered

Case = tuple[Questionnaire, dict[str, Answer]]


def interview_of(case: Case) -> Interview:
    return Interview(*case)


@given(answered())
def test_keeping_an_answer_leaves_the_interview_before_it_as_it_was(
    case: Case,
) -> None:
    before = interview_of(case)
    question = case[0].questions[0]
    after = before.keep(question.id, NoAnswer(Silence.SKIPPED))
    assert before.answers == case[1]
    assert after.answers == {**case[1], question.id: NoAnswer(Silence.SKIPPED)}


@given(answered())
def test_an_answer_to_an_unknown_question_is_refused(case: Case) -> None:
    with pytest.raises(UnknownQuestion):
        interview_of(case).keep("nowhere", Chosen(("yes",)))


@given(answered())
def test_a_finished_interview_keeps_all_that_was_said_and_names_every_silence(
    case: Case,
) -> None:
    interview = interview_of(case)
    finished = interview.finished()
    assert {key: finished[key] for key in interview.answers} == interview.answers
    silent = [question.id for question in interview.route if question.id not in interview.answers]
    assert set(finished) == {*interview.answers, *silent}
    assert all(isinstance(finished[key], NoAnswer) for key in silent)


@given(answered())
def test_after_the_last_question_reached_a_silence_is_not_a_skip(case: Case) -> None:
    interview = interview_of(case)
    asked = [question.id for question in interview.route]
    reached = max((asked.index(key) for key in interview.answers if key in asked), default=-1)
    after = [interview.finished()[key] for key in asked[reached + 1 :]]
    assert after == [NoAnswer(Silence.NOT_REACHED)] * len(after)
