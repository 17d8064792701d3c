"""The section, its snapshots and its files in a real browser: with and without a script, and nobody is kept out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

import pytest
from docx import Document
from flask import Flask
from playwright.sync_api import Page, expect

from reports.export.web_page import as_web_page
from tests.browser import barriers, follow
from tests.reports.export.sections import DRAFT, QUOTED, made
from tests.staff.desks import OfficeRoom, open_room
from tests.staff.jobs.worked import worked
from tests.staff.perspective.reported import answered, frozen, more, place

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
NewPage = Callable[..., Page]
SIZES = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})
SMALL = {"width": 320, "height": 640}
FIRST_REPORT = 90_000  # milliseconds; on a busy machine the process of reports takes long to start


@pytest.fixture
def address(app: Flask, serve: Callable[[Callable[[str], WSGIApplication]], str]) -> str:
    return serve(lambda _: app)


@pytest.fixture
def room(app: Flask) -> OfficeRoom:
    found = open_room(app)
    answered(found)
    return found


@pytest.fixture
def look(room: OfficeRoom, address: str, new_page: NewPage) -> Callable[..., Page]:
    """Opens an address of the inspection for somebody: `look("inspector", "perspective")`."""

    def opened(person: str, *parts: str, query: str = "", **options: Any) -> Page:
        page = new_page(**options)
        page.set_default_timeout(FIRST_REPORT)
        room.sign_in_browser(page.context, person, address)
        page.goto(f"{address}/office{place(room, *parts)}{query}")
        return page

    return opened


def is_open_to_all(page: Page) -> bool:
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    return True


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_number_opens_its_evidence_without_a_script(look: Callable[..., Page], language: str) -> None:
    page = look("inspector", "perspective", query=f"?language={language}", java_script_enabled=False, viewport=SMALL)
    number = page.locator(".app-number").first
    opened = page.locator(f"#{number.get_attribute('popovertarget')}")
    expect(opened).to_be_hidden()
    number.focus()
    page.keyboard.press("Enter")
    expect(opened).to_be_visible()
    page.keyboard.press("Escape")
    expect(opened).to_be_hidden()


@pytest.mark.parametrize("size", SIZES, ids=["wide", "phone"])
def test_nobody_is_kept_out_of_any_page(look: Callable[..., Page], room: OfficeRoom, size: dict[str, int]) -> None:
    frozen(room)
    for person, parts, query in (
        ("inspector", ("perspective",), ""),
        ("inspector", ("perspective",), "?language=cy"),
        ("inspector", ("children-2012", "topline"), ""),
        ("inspector", ("children-2012", "codebook"), ""),
        ("inspector", ("snapshots",), ""),
        ("inspector", ("snapshots", "1"), ""),
        ("inspector", ("snapshots", "1", "export"), ""),
        ("inspector", ("jobs",), ""),
        ("approver", ("snapshots", "1", "release"), ""),
    ):
        assert is_open_to_all(look(person, *parts, query=query, viewport=size)), parts
    page = look("inspector", "perspective", viewport=size)
    page.locator("summary").first.click()
    assert is_open_to_all(page)


@pytest.mark.parametrize("has_script", [True, False])
def test_a_file_is_asked_for_watched_and_downloaded(
    look: Callable[..., Page], room: OfficeRoom, tmp_path: Path, *, has_script: bool
) -> None:
    frozen(room)
    page = look("inspector", "snapshots", "1", "export", java_script_enabled=has_script)
    page.get_by_label("A Word document").check()
    page.get_by_label("English").check()
    follow(page.get_by_role("button", name="Make the file"))
    page.wait_for_selector("progress")
    if has_script:
        assert is_open_to_all(page)
    more(room)
    worked(room)
    button = page.get_by_role("button", name="Download the file")
    button.wait_for(timeout=30_000)  # the page finds out by itself
    if has_script:
        assert is_open_to_all(page)
    with page.expect_download() as downloading:
        button.click()
    file = tmp_path / "section.docx"
    downloading.value.save_as(file)
    assert downloading.value.suggested_filename == f"{room.slug}-draft-1-en.docx"
    assert "Twenty-two children" in " ".join(each.text for each in Document(str(file)).paragraphs)


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("size", SIZES, ids=["wide", "phone"])
def test_the_web_page_to_take_away_keeps_nobody_out_and_runs_nothing(
    new_page: NewPage, tmp_path: Path, language: str, size: dict[str, int], database_url: str
) -> None:
    file = tmp_path / "section.html"
    file.write_bytes(as_web_page(made(quotations=QUOTED), DRAFT, "cy" if language == "cy" else "en"))
    page = new_page(viewport=size)
    page.goto(file.as_uri())
    assert is_open_to_all(page)
    page.locator("li a").first.click()
    expect(page.locator("tr:target")).to_have_count(1)
