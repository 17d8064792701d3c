"""The answers so far: the last one given to a question counts, and nothing given is lost."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from fieldwork.entry import answer_json, drafts, visits
from fieldwork.faults import AlreadySent, Closed
from fieldwork.models.interviews import DraftAnswer, Visit
from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.interview import UnknownQuestion
from surveys.reading import tidy
from tests.fieldwork.samples import EVERY_KIND, NO, NOW, YES, Office, later
from tests.fieldwork.statements import counted

ANSWERS: st.SearchStrategy[Answer] = st.one_of(
    st.lists(st.sampled_from(["yes", "no", "not_sure", "none"]), min_size=1, unique=True).map(
        lambda c: Chosen(tuple(c))
    ),
    st.integers(-(10**9), 10**9).map(Number),
    st.builds(Verbatim, st.text().map(tidy), st.booleans()),
    st.sampled_from(Silence).map(NoAnswer),
)


@given(ANSWERS)
def test_an_answer_is_read_back_as_it_was_written(answer: Answer) -> None:
    assert answer_json.read(answer_json.written(answer)) == answer


@pytest.mark.parametrize("json_text", ["{}", "[]", '{"code": "yes"}', "null"])
def test_what_is_no_answer_is_not_read_as_one(json_text: str) -> None:
    with pytest.raises(ValueError, match="not an answer"):
        answer_json.read(json_text)


def test_every_kind_of_answer_is_kept(office: Office) -> None:
    token = office.enter()
    for question_id, answer in EVERY_KIND.items():
        office.keep(token, question_id, answer)
    office.keep(token, "rating", NoAnswer(Silence.SKIPPED))
    assert office.answered_by(token) == {**EVERY_KIND, "rating": NoAnswer(Silence.SKIPPED)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(answer=ANSWERS)
def test_whatever_the_answer_is_both_databases_keep_it(office: Office, answer: Answer) -> None:
    token = office.enter()
    office.keep(token, "comment", answer)
    assert office.answered_by(token) == {"comment": answer}


@pytest.mark.req("R4")
@pytest.mark.parametrize("times", [2, 5, 50])
def test_the_same_page_posted_again_and_again_is_one_row(office: Office, times: int) -> None:
    token = office.enter()
    for _ in range(times):
        office.keep(token, "helped", YES)
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(DraftAnswer)) == 1


@pytest.mark.req("R5")
def test_going_back_and_posting_again_replaces_the_answer(office: Office) -> None:
    token = office.enter()
    office.keep(token, "helped", YES)
    office.keep(token, "helped", NO)
    assert office.answered_by(token) == {"helped": NO}


def test_a_question_that_is_not_asked_here_keeps_nothing(office: Office) -> None:
    token = office.enter()
    for question_id in ("no_such_question", "hello", ""):
        with pytest.raises(UnknownQuestion):
            office.keep(token, question_id, YES)
    assert office.answered_by(token) == {}


def test_nothing_is_kept_once_the_answers_are_sent(office: Office) -> None:
    code = office.code()
    one, other = office.enter(code), office.enter(code)
    office.send(one)
    for token in (one, other):
        with pytest.raises(AlreadySent):
            office.keep(token, "helped", YES)


def test_nothing_is_kept_once_the_wave_is_closed(office: Office) -> None:
    token = office.enter()
    office.close()
    with pytest.raises(Closed):
        office.keep(token, "helped", YES)


def test_a_page_that_was_open_while_the_answers_were_sent_elsewhere_is_told_so(office: Office) -> None:
    code = office.code()
    one, other = office.enter(code), office.enter(code)
    seen_before = office.at(other)
    office.send(one)
    with pytest.raises(AlreadySent), office.database.transaction() as session:
        drafts.keep(session, seen_before, "helped", YES, NOW)


def test_a_page_that_was_open_while_the_wave_closed_is_told_so(office: Office) -> None:
    seen_before = office.at(office.enter())
    office.close()
    with pytest.raises(Closed), office.database.transaction() as session:
        drafts.keep(session, seen_before, "helped", YES, NOW)


@pytest.mark.parametrize("minutes_since_the_last_page", [0, 7])
def test_an_answered_page_and_the_page_after_it_are_four_statements_at_most(
    office: Office, minutes_since_the_last_page: int
) -> None:
    token = office.enter(office.code())
    for question_id, answer in EVERY_KIND.items():
        office.keep(token, question_id, answer)
    now = later(minutes_since_the_last_page)
    with counted(office.database.engine) as seen:
        with office.database.transaction() as session:
            visit = visits.visit_of(session.connection(), token, now)
            assert visit
            drafts.keep(session, visit, "helped", NO, now)
        with office.database.reading() as session:
            assert visits.visit_of(session.connection(), token, now)
    assert len(seen) == (3 if minutes_since_the_last_page == 0 else 4)


@pytest.mark.req("P2")
def test_times_are_kept_to_the_minute_while_the_interview_lasts(office: Office) -> None:
    token = office.enter(now=NOW)
    office.keep(token, "helped", YES, NOW + timedelta(seconds=200))
    with office.database.reading() as session:
        kept = session.execute(select(Visit.begun_minute, Visit.last_page_minute)).one()
    assert [minute * 60 - int(NOW.timestamp()) // 60 * 60 for minute in kept] == [0, 240]
