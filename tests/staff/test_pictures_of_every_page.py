"""Every page of the office in a real browser: it opens, keeps nobody out, and does not scroll sideways.

With `--pictures FOLDER` each is kept as a picture: the album in docs/office-pages.md shows them.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect

from app import create_app
from staff.jobs.kinds import KINDS
from tests.application import settings_for_texts
from tests.browser import PHONE, barriers
from tests.staff.album.coming_back import COMMENTS, CONCERNS, FIELDWORK, PAPER
from tests.staff.album.coming_in import ACCOUNT, AUDIT, PEOPLE, SIGNING_IN
from tests.staff.album.inspection import MONDAY, furnish
from tests.staff.album.section import ERRORS, JOBS, PERSPECTIVE
from tests.staff.album.setting_up import CONTACTS, INSPECTIONS, WAVES, WAYS_IN
from tests.staff.album.shown import FOLDER, Part, Shown, as_page
from tests.staff.album.world import DESK, PATIENCE, World
from tests.staff.desks import OfficeRoom

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PARTS = (
    *(SIGNING_IN, ACCOUNT, PEOPLE, INSPECTIONS, WAVES, CONTACTS, WAYS_IN),
    *(FIELDWORK, PAPER, CONCERNS, COMMENTS, PERSPECTIVE, JOBS, AUDIT, ERRORS),
)
NO_PAGES = {
    "contacts.template": "a file: the empty sheet for numbers",
    "ways_in.poster_pdf": "a file: the poster",
    "paper.look_at_pdf": "a file: the booklet",
    "paper.template": "a file: the empty sheet for responses",
    "comments.next_one": "leads to the comment that is to be read next",
    "jobs.back_to_job": "leads back to the job",
    "jobs.back_to_job_of_office": "leads back to the job",
    "jobs.job_of_office": "no kind of job is an administrator’s yet: see the test below",
    "security.tf_select": "leads to signing in: there is one second factor to choose from",
    "security.two_factor_rescue": "draws the page of security.two_factor_token_validation",
}
"""The doors that are opened by GET and have no page of their own, each with what it has."""

DOCS = Path(__file__).parents[2] / "docs"
ALBUM = DOCS / "office-pages.md"
TELEPHONE = ViewportSize(width=PHONE["width"], height=PHONE["height"])
PRINTED = "https://perspective.example.org"
HIGHEST = 1600  # pixels of a page that a picture shows


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path | None:
    folder = request.config.getoption("pictures")
    return Path(folder).resolve() if folder else None


@pytest.fixture
def world(
    database_url: str, serve: Callable[..., str], new_page: Callable[..., Page], tmp_path: Path
) -> Iterator[World]:
    """The made-up inspection, on a Monday morning."""
    made: list[Flask] = []

    def make_app(address: str) -> Flask:
        made.append(create_app(settings_for_texts(database_url).model_copy(update={"public_url": address})))
        return made[0]

    with time_machine.travel(MONDAY):
        address = serve(make_app)
        show_address(made[0])
        room = OfficeRoom(made[0])
        furnish(room)
        yield World(room, address, new_page, tmp_path)
    made[0].extensions["database"].engine.dispose()


def show_address(app: Flask) -> None:
    """Let what is printed name an address that is nobody's, and not the one of this test."""
    for each in (app, app.extensions["office"]):
        each.extensions["settings"] = each.extensions["settings"].model_copy(update={"public_url": PRINTED})


@on_sqlite
@pytest.mark.browser
@pytest.mark.req("C1")
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.title)
def test_nobody_is_kept_out_of_any_page(part: Part, world: World, pictures: Path | None) -> None:
    for thing in part.needs:
        world.thing(thing)
    wrong = [fault for shown in part.shown for fault in looked_at(opened(world, shown), shown, pictures)]
    assert wrong == []


def opened(world: World, shown: Shown) -> Page:
    """The page, once what it shows is there."""
    page = world.page(shown.person)
    page.set_viewport_size(DESK)
    page.goto(world.place(shown.door, shown.asked) + shown.query)
    if shown.after:
        shown.after(page, world)
    heading = page.get_by_role("heading", level=1)
    if shown.heading:
        expect(heading).to_contain_text(shown.heading, timeout=PATIENCE)
    else:
        expect(heading).to_have_text(shown.title, timeout=PATIENCE)
    if shown.words:
        expect(page.get_by_text(shown.words).first).to_be_visible(timeout=PATIENCE)
    return page


def looked_at(page: Page, shown: Shown, pictures: Path | None) -> list[str]:
    """What keeps somebody out of the page, on a desk and on a telephone; and its pictures, if somebody wants them."""
    wrong = []
    for size, name, is_kept in ((DESK, shown.name, True), (TELEPHONE, shown.name_on_phone, shown.phone)):
        page.set_viewport_size(size)
        if page.evaluate("document.scrollingElement.scrollWidth > document.documentElement.clientWidth"):
            wrong.append(f"{name}: scrolls sideways")
        if pictures and is_kept:
            keep_picture(page, pictures / f"{name}.png", size["width"])
        found = barriers(page)
        wrong += [f"{name}: {barrier}" for barrier in found if size == DESK or not is_of_cut_cell(barrier)]
    return wrong


def is_of_cut_cell(barrier: str) -> bool:
    """True of a cell that is cut off where its table scrolls on its own: axe has told its contrast at the desk."""
    return re.match(r"color-contrast: [^<]*<t[dh] ", barrier) is not None


def keep_picture(page: Page, file: Path, width: int) -> None:
    """Keep the whole page, or the top of one that is long."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    height = min(HIGHEST, page.evaluate("Math.ceil(document.body.getBoundingClientRect().bottom)"))
    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})


@on_sqlite
def test_every_page_that_the_office_has_is_walked(app: Flask) -> None:
    """A new door that is opened by GET stands in the album, or above with what it has in place of a page."""
    rules = app.extensions["office"].url_map.iter_rules()
    doors = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())}
    walked = {shown.door for part in PARTS for shown in part.shown if not shown.state}
    assert walked | {*NO_PAGES} == doors
    assert walked & {*NO_PAGES} == set()


def test_an_administrator_has_no_job_whose_page_could_be_shown() -> None:
    assert all(kind.permission for kind in KINDS.values())


def test_the_album_shows_them_all(pictures: Path | None) -> None:
    """With `--pictures docs/images/office` the album is written anew."""
    if pictures == DOCS / FOLDER:
        ALBUM.write_text(as_page(PARTS), encoding="utf-8")
    assert ALBUM.read_text(encoding="utf-8") == as_page(PARTS)
    names = [shown.name for part in PARTS for shown in part.shown]
    assert len(names) == len({*names})
    assert [name for name in names if not (DOCS / FOLDER / f"{name}.png").exists()] == []
