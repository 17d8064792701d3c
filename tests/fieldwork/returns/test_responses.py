"""Responses come back as they were kept, and one wave's are read without a look at any other's."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldwork import inspections, waves
from fieldwork.models.responses import StoredAnswer, StoredVerbatim
from fieldwork.returns import responses
from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.interview import Response
from surveys.text import LANGUAGES
from tests.fieldwork.samples import EVERY_KIND, Office, an_inspection, small_questionnaire
from tests.fieldwork.statements import counted

SILENCES = st.sampled_from(Silence).map(NoAnswer)
SEVERAL = st.sets(st.sampled_from(["school", "home", "health"]), min_size=1).map(
    lambda codes: Chosen(tuple(code for code in ("school", "home", "health") if code in codes))
)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=50)
ANSWERS: st.SearchStrategy[dict[str, Answer]] = st.fixed_dictionaries(
    {},
    optional={
        "helped": st.sampled_from(["yes", "no", "not_sure"]).map(lambda code: Chosen((code,))) | SILENCES,
        "with_what": SEVERAL | SILENCES,
        "rating": st.integers(-1_000, 1_000).map(Number) | SILENCES,
        "comment": st.builds(Verbatim, WORDS, st.booleans()) | SILENCES,
    },
)
RESPONSES = st.builds(
    Response,
    ANSWERS,
    st.sampled_from(["web", "kiosk", "sms", "paper"]),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["2010-01", "2026-11"]),
)


def in_any_order(found: list[Response]) -> list[str]:
    return sorted(repr((sorted(each.answers.items()), each.mode, each.language, each.month)) for each in found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(made=st.lists(RESPONSES, max_size=6))
def test_responses_come_back_as_they_were_kept(office: Office, made: list[Response]) -> None:
    with office.database.transaction() as session:
        session.execute(text("DELETE FROM answers"))
        session.execute(text("DELETE FROM verbatims"))
        session.execute(text("DELETE FROM responses"))
        responses.store(session, office.wave.id, made)
    assert in_any_order(office.responses()) == in_any_order(made)


def test_categories_come_back_in_the_order_of_the_questionnaire(office: Office) -> None:
    keep(office, {"with_what": Chosen(("school", "home", "health"))})
    assert office.responses()[0].answers["with_what"] == Chosen(("school", "home", "health"))


def test_one_response_can_be_added_alone(office: Office) -> None:
    with office.database.transaction() as session:
        response_id = responses.add(session, office.wave, Response(EVERY_KIND, "paper", "cy", "2012-02"))
        assert responses.stored(session, response_id)
    assert office.responses() == [Response(EVERY_KIND, "paper", "cy", "2012-02")]


def test_responses_of_another_wave_are_not_among_them(office: Office) -> None:
    with office.database.transaction() as session:
        other = waves.open_wave(
            session, inspections.create(session, an_inspection("essex-2012")), small_questionnaire()
        )
        responses.store(session, other.id, [Response(EVERY_KIND, "web", "en", "2012-02")] * 3)
    assert (office.responses(), office.count()) == ([], 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", ["answers", "verbatims"])
def test_a_wave_is_read_by_its_index_however_much_else_there_is(office: Office, table: str) -> None:
    with office.database.reading() as session, counted(office.database.engine) as seen:
        keep_nothing = responses.responses(session, office.wave)
    assert keep_nothing == []
    keep(office, EVERY_KIND)
    with office.database.reading() as session:
        with counted(office.database.engine) as seen:
            responses.responses(session, office.wave)
        wanted = next(statement for statement in seen if f"FROM {table}" in statement)
        plan = " ".join(
            str(row) for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {wanted}", ("", "", ""))
        )
    assert len(seen) == 3
    assert "USING" in plan
    assert "ix_responses_wave_id" in plan
    assert "SCAN" not in plan


def keep(office: Office, answers: dict[str, Answer]) -> None:
    with office.database.transaction() as session:
        responses.store(session, office.wave.id, [Response(answers, "web", "en", "2026-11")])


@pytest.mark.parametrize(
    "row",
    [
        {"code": "", "number": None, "silence": None},
        {"code": "yes", "number": 3, "silence": None},
        {"code": "yes", "number": None, "silence": "skipped"},
        {"code": "", "number": 3, "silence": "skipped"},
        {"code": "", "number": None, "silence": "because"},
    ],
)
def test_the_database_refuses_an_answer_that_says_nothing_two_things_or_something_unknown(
    office: Office, row: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), office.database.transaction() as session:
        session.execute(insert(StoredAnswer), [{**of_a_response(office, session), "question_id": "helped", **row}])


def test_the_database_refuses_a_second_answer_in_the_same_words(office: Office) -> None:
    row = {"question_id": "comment", "text": "again", "may_quote": False}
    with pytest.raises(IntegrityError), office.database.transaction() as session:
        session.execute(insert(StoredVerbatim), [{**of_a_response(office, session), **row}] * 2)


def of_a_response(office: Office, session: Session) -> dict[str, UUID]:
    return {"response_id": responses.add(session, office.wave, Response({}, "web", "en", "2026-11"))}


@pytest.mark.parametrize("response", [{"mode": "pigeon"}, {"language": "fr"}, {"month": "2026-11-21"}])
def test_the_database_refuses_a_response_that_says_more_than_it_may(office: Office, response: dict[str, str]) -> None:
    usual = {"mode": "web", "language": "en", "month": "2026-11"}
    with pytest.raises(IntegrityError), office.database.transaction() as session:
        responses.add(session, office.wave, Response(answers={}, **{**usual, **response}))  # type: ignore[arg-type]
