"""Ways in and fieldwork at a glance in a real browser: nobody is kept out, pages renew themselves, paper is paper."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page

from app import create_app
from fieldwork import waves
from fieldwork.progress import tally
from tests.application import settings_for
from tests.browser import barriers, follow
from tests.staff.desks import OfficeRoom, open_room
from tests.staff.fieldwork.test_glance import answer
from tests.staff.ways_in.printed import place

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
TEN = datetime(2026, 11, 21, 10, tzinfo=UTC)
PAGE = re.compile(rb"/Type ?/Page\b")
HALF_A_MINUTE = 31_000


@pytest.fixture
def served(database_url: str, serve: Callable[..., str]) -> Iterator[tuple[OfficeRoom, str]]:
    """The office with everybody in it, and its address."""
    made: list[Flask] = []

    def make_app(address: str) -> Flask:
        made.append(create_app(settings_for(database_url, address)))
        return made[0]

    address = serve(make_app)
    office = open_room(made[0])
    answer(office, 13)
    answer(office, 4, "kiosk", "cy")
    count(office, 0)
    yield office, address
    office.database.engine.dispose()


def count(office: OfficeRoom, hour: int) -> None:
    with office.database.transaction() as session:
        wave = waves.find_wave(session, f"{office.slug}/{office.wave}")
        wave.invited, wave.target = 40, 30
        tally.look(session, TEN + timedelta(hours=hour))


@pytest.fixture
def opened(served: tuple[OfficeRoom, str], new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens an address of the office for somebody who has signed in."""
    office, address = served

    def go(where: str, **options: object) -> Page:
        page = new_page(**options)
        office.sign_in_browser(page.context, "lead", address)
        page.goto(f"{address}/office{where}")
        return page

    return go


def make(page: Page, kind: str, number: int) -> None:
    page.get_by_label("How many codes").fill(str(number))
    page.get_by_label(kind).check()
    follow(page.get_by_role("button", name="Make and show them"))


@pytest.mark.req("C1")
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "390"])
@pytest.mark.parametrize(
    "room", ["fieldwork", "fieldwork/target", "ways-in", "ways-in/codes", "ways-in/lost", "ways-in/poster"]
)
def test_no_page_keeps_anybody_out(
    served: tuple[OfficeRoom, str], opened: Callable[..., Page], room: str, viewport: dict[str, int]
) -> None:
    page = opened(place(served[0], room), viewport=viewport)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.req("C1")
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "390"])
def test_nor_does_what_is_printed_nor_an_error_nor_all_waves_together(
    served: tuple[OfficeRoom, str], opened: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = opened(f"/inspections/{served[0].slug}/fieldwork", viewport=viewport)
    assert barriers(page) == []
    for kind in ("Slips to cut", "Letters, one"):
        page = opened(place(served[0], "ways-in/codes"), viewport=viewport)
        make(page, kind, 3)
        assert page.locator(".paper-code").count() == 3
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page = opened(place(served[0], "ways-in/lost"), viewport=viewport)
    follow(page.get_by_role("button", name="Go on"))
    assert page.locator(".govuk-error-summary").is_visible()
    assert barriers(page) == []


@pytest.mark.parametrize(("kind", "number", "pages"), [("Letters, one", 3, 3), ("Slips to cut", 9, 2)])
def test_a_letter_is_printed_on_a_page_of_its_own_and_eight_slips_on_one(
    served: tuple[OfficeRoom, str], opened: Callable[..., Page], kind: str, number: int, pages: int
) -> None:
    page = opened(place(served[0], "ways-in/codes"), viewport=WIDE)
    make(page, kind, number)
    assert page.get_by_role("button", name="Print").is_visible()
    page.emulate_media(media="print")
    assert not page.get_by_text("Print this now").is_visible()
    assert len(PAGE.findall(page.pdf(prefer_css_page_size=True))) == pages


def test_codes_are_made_without_a_script(served: tuple[OfficeRoom, str], opened: Callable[..., Page]) -> None:
    page = opened(place(served[0], "ways-in/codes"), java_script_enabled=False)
    make(page, "Slips to cut", 2)
    assert page.locator(".paper-code").count() == 2


def test_the_page_renews_its_figures_and_focus_stays_where_it_was(
    served: tuple[OfficeRoom, str], opened: Callable[..., Page]
) -> None:
    office, _ = served
    page = opened("/", viewport=WIDE)
    page.clock.install()
    page.goto(f"{served[1]}/office{place(office, 'fieldwork')}")
    figures = page.locator("#answered")
    assert "17" in figures.inner_text()
    table = figures.locator(".app-table-scroll")
    table.focus()
    answer(office, 6)
    count(office, 1)
    page.clock.run_for(HALF_A_MINUTE)
    page.locator("#answered", has_text="23").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Answered and invited"
    assert page.locator("#answered").get_attribute("aria-live") == "off"
    assert page.locator("#tasks").get_attribute("aria-live") == "polite"


def test_who_pauses_it_is_left_in_peace(served: tuple[OfficeRoom, str], opened: Callable[..., Page]) -> None:
    office, address = served
    page = opened("/", viewport=WIDE)
    page.clock.install()
    page.goto(f"{address}/office{place(office, 'fieldwork')}")
    pause = page.get_by_role("button", name="Pause renewing")
    pause.click()
    assert pause.get_attribute("aria-pressed") == "true"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(3 * HALF_A_MINUTE)
    assert asked == []
    pause.click()
    with page.expect_request(lambda request: "again=yes" in request.url):
        page.clock.run_for(HALF_A_MINUTE)


def test_who_was_signed_out_meanwhile_leaves_no_figures_on_the_screen(
    served: tuple[OfficeRoom, str], opened: Callable[..., Page]
) -> None:
    office, address = served
    page = opened("/", viewport=WIDE)
    page.clock.install()
    page.goto(f"{address}/office{place(office, 'fieldwork')}")
    page.context.clear_cookies()
    page.clock.run_for(HALF_A_MINUTE)
    page.wait_for_url("**/sign-in**")
    assert page.locator("#answered").count() == 0
