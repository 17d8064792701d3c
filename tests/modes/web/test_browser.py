"""The pages in a real browser, on a phone: without script, by keyboard alone, very small, with nothing left behind."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from surveys.answers import Chosen, Number, Verbatim
from surveys.text import LANGUAGES
from tests.browser import barriers, follow
from tests.modes.web.samples import NUMBER, Field, every_kind, open_field

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NewPage = Callable[..., Page]
LONG = "Hir iawn. " * 40 + "gairhirheblehynnyimewndim" * 8
WELSH = {
    "helped": Chosen(("yes",)),
    "with_what": Chosen(("school", "home")),
    "mark": Number(8),
    "rating": Number(70),
    "comment": Verbatim("Roedden nhw'n gwrando. ŵ 😀", may_quote=True),
}


@pytest.fixture
def address(app: Flask, serve: Callable[[Callable[[str], WSGIApplication]], str]) -> str:
    return serve(lambda _: app)


def press(page: Page, button: str = "continue") -> None:
    follow(page.locator(f"button[value={button}]"))


def fits(page: Page) -> bool:
    """True where nothing of the page lies to the side of the screen."""
    return bool(page.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"))


def enter(page: Page, address: str, field: Field) -> None:
    page.goto(address + field.open_link)
    press(page)
    press(page)


def to(page: Page, address: str, question: str) -> None:
    page.goto(f"{address}/question/{NUMBER[question]}")


@pytest.mark.req("R19")
@pytest.mark.req("C3")
@pytest.mark.parametrize("width", [390, 320])
def test_a_whole_interview_in_welsh_without_script(width: int, field: Field, address: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": width, "height": 640}, locale="cy-GB")
    seen = []

    def look() -> None:
        seen.append(page.text_content("h1"))
        assert page.get_attribute("html", "lang") == "cy"
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, seen[-1]

    page.goto(address)
    look()
    page.fill("#code", field.code())
    steps: tuple[tuple[str, ...], ...] = ((), (), (), ("Ydw",), ("Ysgol", "Cartref"), ("8",))
    for labels in steps:
        for label in labels:
            page.get_by_label(label, exact=True).check()
        press(page)
        look()
    for typed in ("70", "Roedden nhw'n gwrando. ŵ 😀"):
        page.fill("#answer", typed)
        if page.locator("#may_quote").count():
            page.check("#may_quote")
        press(page)
        look()
    press(page, "submit")
    look()
    assert seen[-2:] == ["Gwirio dy atebion", "Diolch"]
    (response,) = field.responses()
    assert response.answers == WELSH
    assert response.language == "cy"


@pytest.mark.req("C2")
def test_a_whole_interview_by_keyboard_alone(field: Field, address: str, page: Page) -> None:
    page.goto(address + field.open_link)
    for _ in range(30):
        if "/sent" in page.url:
            break
        answer_by_keyboard(page)
    assert page.text_content("h1") == "Thank you"
    answers = field.responses()[0].answers
    assert (answers["helped"], answers["rating"]) == (Chosen(("yes",)), Number(7))
    assert answers["comment"].says_something


def answer_by_keyboard(page: Page) -> None:
    """Go through the page by Tab, answer what is there, and press the first button that sends it."""
    before, done = page.url, False
    for _ in range(40):
        page.keyboard.press("Tab")
        at = focused(page)
        assert at["seen"], f"the focus is hidden at {at}"
        if at["kind"] == "radio" or (at["kind"] == "checkbox" and not done):
            page.keyboard.press("Space")
            done = True
        elif at["kind"] in {"text", "textarea"}:
            page.keyboard.type("7")
        elif at["kind"] == "submit":
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: url != before)
            return
    raise AssertionError(f"no button can be reached on {page.url}")


def focused(page: Page) -> dict[str, Any]:
    """What has the focus, and whether one can see that it has."""
    found: dict[str, Any] = page.evaluate("""() => {
      const at = document.activeElement, box = at.getBoundingClientRect()
      const marks = [at, ...at.parentElement.querySelectorAll('label')].flatMap((one) =>
        [getComputedStyle(one), getComputedStyle(one, '::before')])
      const marked = marks.some((style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none')
      const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight
      return {kind: at.type || at.tagName, name: at.textContent.trim() || at.value, seen: marked && inside}
    }""")
    return found


def states(page: Page, address: str, field: Field) -> Iterator[str]:
    """Every kind of page in every state, one after the other."""
    page.goto(address)
    yield "start"
    page.fill("#code", "wrong")
    press(page)
    yield "start, wrong code"
    page.goto(address + field.open_link)
    yield "open link"
    press(page)
    yield "safe"
    press(page)
    for question in NUMBER:
        to(page, address, question)
        yield f"{question}, fresh"
        if question == "helped":
            page.check("input[value=yes]")
            press(page)
    to(page, address, "with_what")
    page.check("input[value=home]")
    page.evaluate("document.querySelector('input[value=none]').checked = true")
    press(page)
    yield "with_what, error"
    to(page, address, "rating")
    page.fill("#answer", "lots")
    press(page)
    yield "rating, error"
    to(page, address, "comment")
    page.fill("#answer", LONG)
    press(page)
    yield "comment, error"
    page.fill("#answer", LONG[-290:])
    press(page)
    yield "check, long text"
    yield from states_beside(page, address)


def states_beside(page: Page, address: str) -> Iterator[str]:
    """Every kind of page that is not a question, and the end."""
    for way in ("/talk", "/privacy", "/accessibility", "/nowhere"):
        page.goto(address + way)
        yield way
    page.goto(f"{address}/talk")
    press(page, "submit")
    yield "talk, error"
    page.fill("#reach", "my aunt")
    press(page, "submit")
    yield "talk, sent"
    page.goto(f"{address}/check")
    press(page, "submit")
    yield "sent"
    page.goto(f"{address}/check")
    yield "already sent"
    page.goto(f"{address}/l/unknown")
    press(page)
    yield "link refused"
    page.context.clear_cookies()
    page.goto(f"{address}/check")
    yield "no visit"


@pytest.mark.req("C1")
@pytest.mark.req("C3")
@pytest.mark.parametrize("audience", ["children", "victims"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stops_anybody_in_any_state(
    language: str, audience: Any, app: Flask, address: str, new_page: NewPage
) -> None:
    field = open_field(app, every_kind(audience), nation="wales")
    page = new_page(viewport={"width": 320, "height": 640}, locale=f"{language}-GB")
    found: dict[str, list[str]] = {}
    for state in states(page, address, field):
        found[state] = barriers(page) + ([] if fits(page) else ["wider than the screen"])
        assert page.get_attribute("html", "lang") == language
    assert len(found) > 20
    assert {state: faults for state, faults in found.items() if faults} == {}


@pytest.mark.req("C3")
def test_more_space_between_letters_and_lines_loses_nothing(field: Field, address: str, new_page: NewPage) -> None:
    page = new_page(viewport={"width": 320, "height": 640}, bypass_csp=True)
    enter(page, address, field)
    for question in NUMBER:
        to(page, address, question)
        page.add_style_tag(
            content="* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
        )
        assert fits(page), question


@pytest.mark.req("C4")
@pytest.mark.parametrize("audience", ["children", "victims"])
def test_what_one_taps_is_large_enough(audience: Any, app: Flask, address: str, page: Page) -> None:
    field = open_field(app, every_kind(audience), nation="wales")
    too_small = {}
    for state in states(page, address, field):
        boxes = page.evaluate("""() => [...document.querySelectorAll('a, button, input:not([type=hidden]), textarea')]
          .filter((one) => !one.closest('.govuk-error-summary, p:not(:has(> .tap))') && !one.hidden)
          .filter((one) => !one.classList.contains('govuk-skip-link'))
          .map((one) => [one.textContent.trim() || one.id, one.getBoundingClientRect()])
          .filter(([, box]) => box.width > 0 && box.height < 44).map(([name, box]) => `${name} ${box.height}`)""")
        if boxes:
            too_small[state] = boxes
    assert too_small == {}


@pytest.mark.req("C6")
def test_with_script_the_focus_goes_to_what_is_wrong_and_its_link_to_the_field(
    field: Field, address: str, page: Page
) -> None:
    enter(page, address, field)
    to(page, address, "rating")
    page.fill("#answer", "lots")
    press(page)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.click(".govuk-error-summary a")
    expect(page.locator("#answer")).to_be_focused()


def test_with_script_another_language_takes_along_what_is_typed(field: Field, address: str, page: Page) -> None:
    enter(page, address, field)
    to(page, address, "comment")
    page.fill("textarea", "Half a sentence")
    follow(page.get_by_text("Cymraeg"))
    assert page.get_attribute("html", "lang") == "cy"
    assert page.input_value("textarea") == "Half a sentence"
    follow(page.get_by_text("English"))
    assert page.get_attribute("html", "lang") == "en"
    assert page.input_value("textarea") == "Half a sentence"


@pytest.mark.req("P11")
def test_no_request_leaves_for_another_site(app: Flask, address: str, page: Page) -> None:
    field = open_field(app, every_kind(), nation="wales")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for _ in states(page, address, field):
        pass
    assert len(asked) > 30
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(address).netloc}


def test_the_first_page_is_three_requests(field: Field, address: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + field.open_link, wait_until="networkidle")
    assert len([url for url in asked if not url.startswith("data:")]) == 3


def test_pictures_are_drawn(field: Field, address: str, page: Page) -> None:
    enter(page, address, field)
    to(page, address, "helped")
    page.wait_for_load_state("networkidle")
    widths = page.evaluate("[...document.querySelectorAll('label svg use')].map((one) => one.getBBox().width)")
    assert len(widths) == 2
    assert min(widths) > 5


@pytest.mark.req("S6")
@pytest.mark.parametrize("script", [True, False])
def test_back_after_send_shows_no_answer(script: bool, field: Field, address: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=script)
    enter(page, address, field)
    press(page)
    page.check("input[value=no]")
    press(page)
    to(page, address, "comment")
    page.fill("#answer", "Kanarienvogel")
    press(page)
    press(page, "submit")
    assert page.text_content("h1") == "Thank you"
    for _ in range(8):
        page.go_back()
        assert "Kanarienvogel" not in page.content()
        assert page.locator("input:checked").count() == 0
        if "/question" in page.url or "/check" in page.url:
            assert page.text_content("h1") == "You have sent your answers"


@pytest.mark.req("S7")
def test_nothing_is_left_in_the_browser_but_one_cookie_of_the_session(field: Field, address: str, page: Page) -> None:
    enter(page, address, field)
    to(page, address, "comment")
    page.fill("#answer", "Kanarienvogel")
    press(page)
    left = page.evaluate("""async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length,
      (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length,
      document.cookie]""")
    assert left == [0, 0, 0, 0, 0, ""]
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["expires"], cookie["sameSite"]) == (True, -1, "Lax")


def a_victim(page: Page, address: str, app: Flask) -> None:
    """A victim has written something and looks at it."""
    enter(page, address, open_field(app, every_kind("victims")))
    to(page, address, "comment")
    page.fill("#answer", "Kanarienvogel")
    press(page)
    assert "Kanarienvogel" in page.content()


def left(page: Page, address: str) -> None:
    """The visit is gone from this browser, wherever its history leads."""
    assert page.context.cookies() == []
    page = page.context.new_page()
    for way in ("/check", "/question/6"):
        page.goto(address + way)
        assert "Kanarienvogel" not in page.content()
        assert page.text_content("h1") == "Start here"


@pytest.mark.req("S9")
def test_exit_without_script_leads_away_and_ends_the_visit(app: Flask, address: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    a_victim(page, address, app)
    with page.expect_request("https://www.bbc.co.uk/weather"):
        page.click(".govuk-exit-this-page__button", no_wait_after=True)
    left(page, address)


@pytest.mark.req("S9")
@pytest.mark.parametrize("way", ["button", "keys"])
def test_exit_with_script_is_blank_at_once(way: str, app: Flask, address: str, page: Page) -> None:
    waited: list[float] = []

    def blank(milliseconds: float) -> None:
        waited.append(milliseconds)

    page.expose_function("blank", blank)
    a_victim(page, address, app)
    page.evaluate("""() => {
      let began = 0
      for (const event of ['click', 'keyup']) addEventListener(event, () => { began = performance.now() }, true)
      new MutationObserver(() => blank(performance.now() - began)).observe(document.body, {attributeFilter: ['class']})
    }""")
    with page.expect_request("https://www.bbc.co.uk/weather"):
        if way == "button":
            page.click(".govuk-exit-this-page__button", no_wait_after=True)
        else:
            for _ in range(3):
                page.keyboard.press("Shift")
    left(page, address)
    assert len(waited) == 1
    assert waited[0] <= 300
