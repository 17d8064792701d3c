"""Responses go out as they could come in, and no spreadsheet runs what a respondent wrote."""

import csv
import io
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from fieldwork.returns import responses
from fieldwork.returns.response_export import exported
from fieldwork.returns.response_file import ResponseFile
from fieldwork.returns.response_sheet import guarded, unguarded
from surveys.answers import Answer, NoAnswer, Silence, Verbatim
from surveys.interview import Interview, Response
from surveys.reading import tidy
from tests.fieldwork.returns.test_responses import ANSWERS
from tests.fieldwork.samples import EVERY_KIND, NOW, PEPPER, Office, small_questionnaire

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "=cmd|' /C calc'!A0",
    "'=1",
    "''=1",
]


def rows(office: Office) -> list[list[str]]:
    with office.database.reading() as session:
        return list(exported(session, office.wave))


def as_file(table: list[list[str]]) -> io.BytesIO:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(table)
    return io.BytesIO(written.getvalue().encode())


def keep(office: Office, *made: Response) -> None:
    with office.database.transaction() as session:
        responses.store(session, office.wave.id, made)


def test_a_response_is_a_row_under_the_header_of_the_template(office: Office) -> None:
    keep(office, Response(EVERY_KIND, "web", "cy", "2026-11"))
    assert rows(office) == [
        ["serial", "mode", "language", "helped", "with_what", "rating", "comment", "comment_may_quote"],
        ["", "web", "cy", "yes", "school;home", "70", "They listened. Diolch ŵ \N{GRINNING FACE}", "yes"],
    ]


def test_a_silence_is_an_empty_cell_and_words_not_to_be_printed_say_so(office: Office) -> None:
    answers: dict[str, Answer] = {"helped": NoAnswer(Silence.SKIPPED), "comment": Verbatim("Thanks", may_quote=False)}
    keep(office, Response(answers, "web", "en", "2026-11"))
    assert rows(office)[1] == ["", "web", "en", "", "", "", "Thanks", ""]


def test_a_wave_without_responses_is_a_header(office: Office) -> None:
    assert len(rows(office)) == 1


@pytest.mark.req("P2")
def test_rows_go_out_in_the_order_of_their_random_keys(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldwork.returns.response_export.AT_ONCE", 7)
    keep(office, *[Response({"comment": Verbatim(f"{number}")}, "web", "en", "2026-11") for number in range(40)])
    gone_out = [row[6] for row in rows(office)[1:]]
    with office.database.reading() as session:
        by_key = session.scalars(text("SELECT text FROM verbatims ORDER BY response_id")).all()
    assert gone_out == list(by_key)
    assert sorted(gone_out, key=int) == [str(number) for number in range(40)]
    assert any(int(one) > int(next_one) for one, next_one in pairwise(gone_out))


@pytest.mark.req("X1")
@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_begins_like_a_formula_and_the_words_come_back(office: Office, words: str) -> None:
    keep(office, Response({"comment": Verbatim(words)}, "web", "en", "2026-11"))
    cell = rows(office)[1][6]
    assert cell.startswith("'")
    assert unguarded(cell) == words


@pytest.mark.req("X1")
@given(st.text())
def test_guarding_loses_nothing(words: str) -> None:
    assert unguarded(guarded(words)) == words
    assert not guarded(words).startswith(tuple("=+-@\t\r\n＝＋－＠"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(made=st.lists(ANSWERS, min_size=1, max_size=5))
def test_what_goes_out_can_come_in_and_go_out_again(office: Office, made: list[dict[str, Answer]]) -> None:
    with office.database.transaction() as session:
        for table in ("answers", "verbatims", "responses", "imported_files"):
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - our own names
        finished = [Interview(small_questionnaire(), fitting(answers)).finished() for answers in made]
        responses.store(session, office.wave.id, [Response(each, "web", "en", "2026-11") for each in finished])
    first = rows(office)
    file = ResponseFile(as_file(first), small_questionnaire())
    assert list(file.problems()) == []
    with office.database.transaction() as session:
        for table in ("answers", "verbatims", "responses"):
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - our own names
        file.add_to(session, office.wave, PEPPER, NOW)
    assert sorted(rows(office)) == sorted(first)


def fitting(answers: dict[str, Answer]) -> dict[str, Answer]:
    """Answers that the questionnaire takes: numbers in range, words that stay as they are when read."""
    kept = {id_: answer for id_, answer in answers.items() if id_ not in {"rating", "comment"}}
    comment = answers.get("comment")
    if isinstance(comment, Verbatim) and (words := tidy(comment.text)):
        kept["comment"] = Verbatim(words, comment.may_quote)
    return kept
