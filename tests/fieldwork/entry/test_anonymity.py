"""After Send nothing kept says whose the answers are, or when they came."""

from itertools import pairwise
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import inspect, text

from fieldwork.models.base import Base
from surveys.answers import Number
from tests.fieldwork.samples import Office, later

OF_COMMENTS = {"comments", "codings", "redactions"}
RESPONSE_TABLES = {"responses", "answers", "verbatims", "text_readings"} | OF_COMMENTS
OF_RESPONDENTS = {
    *("cases", "visits", "drafts", "draft_answers", "brakes", "talk_requests", "serial_marks"),
    *("contacts", "conversations", "inbound_texts", "outbound_texts", "concerns", "suppressed_numbers"),
    *("matters", "comment_concerns", "concern_notices", "concern_steps"),
}
COLUMNS_OF_A_RESPONSE = {"id", "wave_id", "mode", "language", "month"}


@pytest.mark.req("P1")
def test_no_table_joins_a_response_to_a_case_a_visit_a_draft_or_a_network() -> None:
    for table in Base.metadata.sorted_tables:
        led_to = {key.column.table.name for key in table.foreign_keys}
        if table.name in RESPONSE_TABLES:
            assert led_to <= {"waves", "responses"} | ({"comments", "themes"} if table.name in OF_COMMENTS else set())
        else:
            assert not led_to & RESPONSE_TABLES, f"{table.name} leads to a response"


@pytest.mark.req("P2")
def test_a_response_keeps_its_wave_mode_language_and_month_and_nothing_else() -> None:
    tables = Base.metadata.tables
    assert set(tables["responses"].columns.keys()) == COLUMNS_OF_A_RESPONSE
    assert set(tables["answers"].columns.keys()) == {"response_id", "question_id", "code", "number", "silence"}
    assert set(tables["verbatims"].columns.keys()) == {"response_id", "question_id", "text", "may_quote"}
    reading = {"read_as", "corrected_as", "corrected_by", "corrected_day"}
    assert set(tables["text_readings"].columns.keys()) == {"id", "response_id", "question_id", "text", *reading}


@pytest.mark.req("P2")
def test_the_tables_are_in_the_database_as_the_models_say(office: Office) -> None:
    with office.database.reading() as session:
        there = inspect(session.connection())
        for name, table in Base.metadata.tables.items():
            assert {column["name"] for column in there.get_columns(name)} == set(table.columns.keys())


@pytest.mark.req("P2")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_row_of_a_respondent_or_a_response_has_a_number_that_counts_up(office: Office) -> None:
    with office.database.reading() as session:
        for table in sorted(RESPONSE_TABLES | OF_RESPONDENTS):
            made = session.scalar(text("SELECT sql FROM sqlite_master WHERE name = :table"), {"table": table})
            assert made
            assert made.rstrip().endswith("WITHOUT ROWID")


@pytest.mark.req("P1")
def test_a_response_has_a_fresh_random_key(office: Office) -> None:
    token = office.enter(office.code())
    visit = office.at(token)
    response_id = office.send(token)
    assert response_id.version == 4
    assert response_id not in {visit.id, visit.draft_id, visit.wave_id}


@pytest.mark.req("P1")
@pytest.mark.req("P2")
def test_the_order_in_which_responses_lie_says_nothing_of_the_order_in_which_they_came(office: Office) -> None:
    sent = 200
    for minute in range(sent):
        token = office.enter(now=later(minute))
        office.keep(token, "rating", Number(minute % 100), later(minute))
        office.send(token, now=later(minute))
    lying = [answer.value for each in office.responses() if isinstance(answer := each.answers["rating"], Number)]
    rises = sum(one < next_one for one, next_one in pairwise(lying))
    by_chance = rises_by_chance([minute % 100 for minute in range(sent)])
    assert min(by_chance) <= rises <= max(by_chance)


def rises_by_chance(values: list[int]) -> list[int]:
    chance = Random(7)  # noqa: S311 - the same chance each time
    counts = []
    for _ in range(2_000):
        chance.shuffle(values)
        counts.append(sum(one < next_one for one, next_one in pairwise(values)))
    return counts


@pytest.mark.req("P1")
def test_after_send_the_database_pairs_no_code_with_a_response(office: Office) -> None:
    """Whoever holds all tables and every code sheet finds the same row of a visit for all who sent."""
    send_many(office)
    with office.database.reading() as session:
        sent = session.execute(text("SELECT * FROM visits")).mappings().all()
        cases = session.scalar(text("SELECT count(*) FROM cases"))
    same_for_all = {tuple(value for name, value in row.items() if name not in {"id", "token_hash"}) for row in sent}
    assert (len(sent), len(same_for_all), cases) == (20, 1, 0)


@pytest.mark.req("P1")
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_keeps_no_transaction_number_that_pairs_a_visit_with_a_response(office: Office) -> None:
    send_many(office)
    assert transactions(office, "visits") == transactions(office, "responses"), "they are paired before"
    office.database.tidy()
    assert len(transactions(office, "visits")) == 1
    assert not transactions(office, "visits") & transactions(office, "responses")


@pytest.mark.req("P2")
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("table", "key"), [("responses", "id"), ("answers", "response_id"), ("visits", "token_hash")])
def test_postgresql_does_not_keep_rows_in_the_order_they_came(office: Office, table: str, key: str) -> None:
    send_many(office)
    office.database.tidy()
    with office.database.reading() as session:
        lying = session.scalars(text(f"SELECT {key} FROM {table} ORDER BY ctid")).all()  # noqa: S608 - names above
    assert lying == sorted(lying)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_tables_too_large_to_be_put_in_order_are_left_as_they_are(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldwork.tidying.LARGEST", 0)
    send_many(office)
    before = transactions(office, "responses")
    office.database.tidy()
    assert transactions(office, "responses") == before
    assert office.count() == 20


def send_many(office: Office) -> None:
    for number in range(20):
        token = office.enter(office.code())
        office.keep(token, "rating", Number(number))
        office.send(token)


def transactions(office: Office, table: str) -> set[str]:
    with office.database.reading() as session:
        return {str(each) for each in session.scalars(text(f"SELECT xmin FROM {table}"))}  # noqa: S608 - names above


@pytest.mark.req("P1")
def test_keys_of_responses_are_spread_over_all_there_are(office: Office) -> None:
    keys = [office.send(office.enter()) for _ in range(64)]
    assert all(isinstance(key, UUID) for key in keys)
    assert len({key.bytes[0] for key in keys}) > 30
