"""`flask perspective`, `flask topline` and `flask codebook`, as somebody types them."""

import json

import pytest
from flask import Flask

from fieldwork import waves
from fieldwork.database import Database
from fieldwork.returns import responses
from reports.rendering.form import PerspectiveJson
from surveys.answers import Chosen
from surveys.interview import Response
from surveys.loading import definition
from tests.reports.made_up import drawn
from tests.staff.commands.conftest import Terminal


def answer(app: Flask, wave: str, *given: Response) -> None:
    """Put these responses into the wave."""
    database: Database = app.extensions["database"]
    with database.transaction() as session:
        responses.store(session, waves.find_wave(session, wave).id, given)


@pytest.fixture
def answered(app: Flask, leeds: str) -> str:
    """Leeds, with twenty-two responses."""
    answer(app, leeds, *drawn(definition("children-2012"), 22, 1))
    return leeds


def test_the_perspective_in_four_layouts_and_two_languages(terminal: Terminal, answered: str) -> None:
    opening = "Twenty-two children and young people completed a questionnaire for the inspection."
    assert opening in terminal.says("perspective", "leeds-2011")
    assert f"\n{opening}\n" in terminal.says("perspective", "leeds-2011", "--format", "markdown")
    assert f'<p class="govuk-body">{opening}</p>' in terminal.says("perspective", "leeds-2011", "--format", "html")
    read = PerspectiveJson.model_validate_json(terminal.says("perspective", "leeds-2011", "--format", "json"))
    assert (read.inspection, read.audiences[0].respondents, read.audiences[0].opening) == ("leeds-2011", 22, opening)
    assert "Cwblhaodd dau ddeg dau o " in terminal.says("perspective", "leeds-2011", "--language", "cy")


def test_one_more_response_changes_the_perspective_by_exactly_that(
    app: Flask, terminal: Terminal, answered: str
) -> None:
    def counted() -> tuple[int, int, int]:
        audience = json.loads(terminal.says("perspective", "leeds-2011", "--format", "json"))["audiences"][0]
        finding = audience["bullets"][0]["findings"][0]
        return audience["respondents"], finding["numerator"], finding["base"]

    before = counted()
    answer(app, answered, Response({"knows_why": Chosen(("yes",))}, "web", "cy", "2026-11"))
    assert counted() == (before[0] + 1, before[1] + 1, before[2] + 1)


def test_an_inspection_without_a_wave_says_so(terminal: Terminal) -> None:
    terminal.says(
        "inspections", "create", "herts-2013", "--name", "Hertfordshire", "--programme", "sqs", "--service", "YOS"
    )
    assert "There was no survey of service users" in terminal.says("perspective", "herts-2013")


def test_a_wave_that_nobody_answered_says_so(terminal: Terminal, leeds: str) -> None:
    assert "No child or young person completed a questionnaire" in terminal.says("perspective", "leeds-2011")
    assert "asked 0, base 0" in terminal.says("topline", leeds)


def test_the_topline_in_its_layouts(terminal: Terminal, answered: str) -> None:
    assert "knows_why: Do you know why you have to come to the YOS?" in terminal.says("topline", answered)
    assert terminal.says("topline", answered, "--format", "csv").startswith("question,wording,base_label,")
    assert json.loads(terminal.says("topline", answered, "--format", "json"))["respondents"] == 22
    assert "| Ydw | " in terminal.says("topline", answered, "--format", "markdown", "--language", "cy")


def test_the_codebook_needs_no_responses(terminal: Terminal, leeds: str) -> None:
    assert "| `yes` | Yes | Ydw |" in terminal.says("codebook", leeds)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["perspective", "leeds-2012"], "leeds-2012: there is no such inspection. Did you mean leeds-2011?"),
        (["topline", "leeds-2011/children-2011"], "Did you mean leeds-2011/children-2012?"),
        (["codebook", "leeds"], "leeds: there is no such wave."),
        (["perspective", "leeds-2011", "--language", "fr"], "'fr' is not one of 'en', 'cy'"),
    ],
)
def test_a_name_that_is_not_there_is_told(terminal: Terminal, leeds: str, words: list[str], told: str) -> None:
    assert told in terminal.refuses(*words)
