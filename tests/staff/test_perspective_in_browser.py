"""The page of a perspective in a real browser: numbers open without a script, and nobody is kept out."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from app import create_app
from fieldwork import inspections, responses, waves
from fieldwork.database import Database
from fieldwork.inspections import NewInspection
from staff.links import perspective_path
from surveys.loading import definition
from tests.application import settings_for
from tests.browser import barriers
from tests.reports.made_up import CHILDREN_AND_YOUNG_PEOPLE, drawn

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
SMALL = {"width": 320, "height": 640}


@pytest.fixture
def link(database_url: str, serve: Callable[..., str]) -> Iterator[str]:
    """The address of a perspective of children and of victims."""
    made: list[Flask] = []

    def make_app(address: str) -> Flask:
        made.append(create_app(settings_for(database_url, address)))
        return made[0]

    address = serve(make_app)
    database: Database = made[0].extensions["database"]
    with database.transaction() as session:
        essex = NewInspection(slug="essex-2012", name="Essex", programme="cci", names=CHILDREN_AND_YOUNG_PEOPLE)
        inspection = inspections.create(session, essex)
        for questionnaire in map(definition, ("children-2012", "victims-2009")):
            wave = waves.open_wave(session, inspection, questionnaire)
            responses.store(session, wave.id, drawn(questionnaire, 60, 1))
    yield address + perspective_path(str(made[0].secret_key), "essex-2012")
    database.engine.dispose()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_number_opens_its_evidence_without_a_script(link: str, language: str, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False, viewport=SMALL)
    page.goto(f"{link}?language={language}")
    number = page.locator(".app-number").first
    opened = page.locator(f"#{number.get_attribute('popovertarget')}")
    assert not opened.is_visible()
    number.focus()
    page.keyboard.press("Enter")
    assert opened.is_visible()
    page.keyboard.press("Escape")
    assert not opened.is_visible()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_nobody_is_kept_out(link: str, language: str, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=SMALL)
    page.goto(f"{link}?language={language}")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    page.locator(".app-number").first.click()
    # Over other words axe cannot tell the contrast of these; below, where the same stand in the page, it can.
    assert [each for each in barriers(page) if not each.startswith("color-contrast")] == []
    page.keyboard.press("Escape")
    page.locator("summary").first.click()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
