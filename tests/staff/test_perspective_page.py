"""The page of a perspective, behind its signed link."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldwork import inspections, responses, waves
from fieldwork.database import Database
from fieldwork.inspections import NewInspection
from staff.links import perspective_path
from surveys.loading import definition
from tests.reports.made_up import CHILDREN_AND_YOUNG_PEOPLE, drawn
from tests.test_architecture import loaded_after

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ESSEX = NewInspection(slug="essex-2012", name="Essex", programme="cci", names=CHILDREN_AND_YOUNG_PEOPLE)


@pytest.fixture
def link(app: Flask) -> str:
    """The link to an inspection that twenty-two children answered in."""
    database: Database = app.extensions["database"]
    questionnaire = definition("children-2012")
    with database.transaction() as session:
        wave = waves.open_wave(session, inspections.create(session, ESSEX), questionnaire)
        responses.store(session, wave.id, drawn(questionnaire, 22, 1))
    return perspective_path(str(app.secret_key), "essex-2012")


def test_the_page_tells_the_section_in_either_language(link: str, client: FlaskClient) -> None:
    english, welsh = client.get(link), client.get(f"{link}?language=cy")
    assert "Twenty-two children and young people completed a questionnaire" in english.text
    assert '<html lang="cy"' in welsh.text
    assert "Cwblhaodd dau ddeg dau o blant a phobl ifanc" in welsh.text
    assert "popovertarget" in english.text


def test_a_link_to_an_inspection_that_is_gone_leads_nowhere(client: FlaskClient, app: Flask) -> None:
    assert client.get(perspective_path(str(app.secret_key), "essex-2012")).status_code == 404


def test_a_language_we_do_not_have_is_english(link: str, client: FlaskClient) -> None:
    assert '<html lang="en"' in client.get(f"{link}?language=fr").text


def test_nothing_on_the_page_comes_from_elsewhere(link: str, client: FlaskClient) -> None:
    page = client.get(link)
    assert "no-store" in page.headers["Cache-Control"]
    assert "http" not in page.text


def test_the_page_and_the_commands_load_no_pandas_themselves(app: Flask) -> None:
    loaded = loaded_after("import staff.perspective, staff.commands.perspective")
    assert not loaded & {"pandas", "numpy"}
