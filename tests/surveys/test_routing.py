"""Routing filters: it neither jumps nor deletes."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.answers import Answer
from surveys.conditions import holds
from surveys.interview import Interview
from surveys.questionnaire import Questionnaire
from surveys.routing import next_question, route
from tests.surveys.strategies import answered, answers_to, questionnaires

Answered = tuple[Questionnaire, dict[str, Answer]]


@given(answered())
def test_a_route_is_the_questionnaire_with_some_questions_left_out(case: Answered) -> None:
    questionnaire, answers = case
    asked = route(questionnaire, answers)
    assert list(asked) == [question for question in questionnaire.questions if question in asked]


@given(answered())
def test_everyone_is_asked_what_has_no_condition(case: Answered) -> None:
    questionnaire, answers = case
    asked = route(questionnaire, answers)
    assert all(question in asked for question in questionnaire.questions if question.ask_if is None)


@given(answered())
def test_an_answer_off_the_route_steers_nobody(case: Answered) -> None:
    questionnaire, answers = case
    asked = {question.id for question in route(questionnaire, answers)}
    on_route = {question_id: answer for question_id, answer in answers.items() if question_id in asked}
    assert route(questionnaire, on_route) == route(questionnaire, answers)


@given(answered())
def test_a_question_is_asked_exactly_where_its_condition_holds_for_the_answers_on_the_route(case: Answered) -> None:
    questionnaire, answers = case
    asked = {question.id for question in route(questionnaire, answers)}
    for place, question in enumerate(questionnaire.questions):
        earlier = {each.id for each in questionnaire.questions[:place]} & asked
        seen = {question_id: answers[question_id] for question_id in earlier if question_id in answers}
        assert (question.id in asked) == (question.ask_if is None or holds(question.ask_if, seen))


@given(st.data(), questionnaires())
def test_every_interview_comes_to_an_end(data: st.DataObject, questionnaire: Questionnaire) -> None:
    interview = Interview(questionnaire)
    for _ in questionnaire.questions:
        question = interview.next_question
        if question is None:
            break
        interview = interview.keep(question.id, data.draw(answers_to(question)))
    assert next_question(questionnaire, interview.answers) is None
    assert set(interview.answers) == {question.id for question in interview.route}
