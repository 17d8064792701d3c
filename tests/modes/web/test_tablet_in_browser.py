"""The shared tablet in a real browser: a hundred people one after the other, and what the next one can find."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from wsgiref.types import WSGIApplication

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright, Route, ViewportSize, expect

from surveys.answers import Chosen
from tests import chromium
from tests.browser import FLAGS, barriers, follow
from tests.modes.web.samples import NUMBER, Field, every_kind, open_field
from tests.modes.web.tablet import link_to_a_tablet

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NewPage = Callable[..., Page]
PEOPLE = 100
TABLET: ViewportSize = {"width": 1024, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def address(app: Flask, serve: Callable[[Callable[[str], WSGIApplication]], str]) -> str:
    return serve(lambda _: app)


def press(page: Page, words: str) -> None:
    follow(page.get_by_role("button", name=words, exact=True))


def make(page: Page, address: str, field: Field) -> None:
    page.goto(address + link_to_a_tablet(field))
    press(page, "Yes, share this tablet")
    assert page.text_content("h1") == "About this survey"


def begin(page: Page) -> None:
    press(page, "Start")
    press(page, "Continue")
    press(page, "Continue")
    assert page.url.endswith(f"/{NUMBER['helped']}")


def write(page: Page, words: str, address: str) -> None:
    page.goto(f"{address}/question/{NUMBER['comment']}")
    page.fill("textarea", words)
    press(page, "Continue")
    assert words in page.content()


def leave_at_once(page: Page) -> None:
    """As a page's own button does it. Should the tablet empty itself in the same moment, the start comes either way."""
    with page.expect_navigation():
        page.evaluate("location.assign('/exit')")


# --- A hundred in a row ---


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def lasting(profile: Path, playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser that keeps what it keeps on the disk, as a tablet does."""
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=chromium.installed(), args=FLAGS, viewport=TABLET, locale="en-GB"
    )
    yield context
    context.close()


def canary(number: int) -> str:
    """Words that no file can hold by accident."""
    return f"Kanarienvogel{number:03d}heulwen"


KANARIE = re.compile(r"Kanarienvogel\d{3}heulwen|K\0a\0n\0a\0r\0i\0e\0n")


def traces(folder: Path) -> dict[str, str]:
    """The files that hold words of anybody, each with the first of them."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            read = path.read_bytes().decode("latin-1")
            if seen := KANARIE.search(read):
                found[str(path.relative_to(folder))] = seen[0]
    return found


LEFT = """async () => {
  const kept = [localStorage.length, sessionStorage.length, (await caches.keys()).length,
    (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length, document.cookie]
  const fields = [...document.querySelectorAll('input, textarea')].map((one) => one.value)
  return JSON.stringify([kept, fields, name, history.state, document.referrer, document.title])
}"""


def nothing_is_left(page: Page) -> None:
    """The start, as nobody's: no words of anybody in the page or behind it, nothing chosen, nothing kept."""
    assert page.text_content("h1") == "About this survey"
    left = page.evaluate(LEFT)
    assert left.startswith('[[0,0,0,0,0,""]'), left
    assert not KANARIE.search(left + page.content())
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["expires"]) == (True, -1)


def interview(page: Page, number: int, address: str) -> None:
    """One person: most send, some throw away, leave at once, are gone in the middle, or ask for somebody."""
    words = canary(number)
    press(page, "Start")
    press(page, "Continue")
    write(page, words, address)
    match number % 10:
        case 7:
            follow(page.get_by_role("link", name="Stop"))
            press(page, "Throw my answers away")
        case 8:
            page.goto(f"{address}/question/{NUMBER['comment']}")
            page.fill("textarea", words + " again, and not sent")
            leave_at_once(page)
        case 9:
            page.goto(f"{address}/question/{NUMBER['helped']}")
            page.check("input[value=no]")
            press(page, "Continue")
            follow(page.get_by_role("link", name="I want to talk to someone"))
            page.fill("#name", words)
            page.fill("#words", words)
            press(page, "Ask to talk")
            page.goto(f"{address}/stop")
            press(page, "Send my answers")
            press(page, "Next person")
        case _:
            press(page, "Send")
            assert page.text_content("h1") == "Thank you"
            press(page, "Next person")


@pytest.mark.req("S8")
def test_a_hundred_people_in_a_row_leave_nothing_for_the_next_one(
    lasting: BrowserContext, profile: Path, field: Field, address: str
) -> None:
    page = lasting.new_page()
    make(page, address, field)
    first = re.sub(r'value="[^"]+"', "", page.content())
    for number in range(PEOPLE):
        interview(page, number, address)
        nothing_is_left(page)
        assert re.sub(r'value="[^"]+"', "", page.content()) == first
    for _ in range(30):
        page.go_back()
        assert page.text_content("h1") == "About this survey" or page.url.endswith("/talk"), page.url
        assert not KANARIE.search(page.content() + page.evaluate(LEFT))
        assert page.locator("input:checked").count() == 0
    history = [each["url"] for each in lasting.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]]
    assert len(history) > 30
    assert not KANARIE.search(" ".join(history))
    lasting.close()
    files = [path for path in profile.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert traces(profile) == {}
    sent = [response for response in field.responses() if response.answers["comment"].says_something]
    assert len(sent) == PEOPLE * 8 // 10


PLANTED = {
    "storage": "words => localStorage.setItem('draft', words)",
    "database": """words => new Promise((done) => {
      const opening = indexedDB.open('drafts')
      opening.onupgradeneeded = () => opening.result.createObjectStore('drafts').put(words, 'draft')
      opening.onsuccess = () => { opening.result.close(); done() }
    })""",
    "history": "words => history.replaceState({words}, '', '?' + words)",
    "cache": "words => caches.open('pages').then((cache) => cache.put('/draft', new Response(words)))",
}


@pytest.mark.req("S8")
@pytest.mark.parametrize("where", PLANTED)
def test_the_search_finds_a_trace_that_was_planted(
    where: str, lasting: BrowserContext, profile: Path, field: Field, address: str
) -> None:
    page = lasting.new_page()
    make(page, address, field)
    page.evaluate(PLANTED[where], canary(500))
    page.wait_for_timeout(200)
    seen = page.evaluate("JSON.stringify([Object.entries(localStorage), history.state])") + page.url
    lasting.close()
    assert KANARIE.search(seen) or traces(profile)
    if where in {"database", "cache"}:
        assert traces(profile)


# --- Away, and still there ---


@pytest.fixture
def inside(page: Page, field: Field, address: str) -> Page:
    """Somebody is at the question in words, on a tablet whose clock the test keeps."""
    page.clock.install()
    make(page, address, field)
    begin(page)
    page.add_init_script(SAYS_WHAT_IT_HAS_READ)
    with page.expect_console_message(is_read):
        page.goto(f"{address}/question/{NUMBER['comment']}")
    return page


SAYS_WHAT_IT_HAS_READ = """const read = Response.prototype.json
Response.prototype.json = async function () {
  const answer = await read.call(this)
  console.debug('The page has read an answer')
  return answer
}"""


def is_read(said: ConsoleMessage) -> bool:
    return said.text == "The page has read an answer"


def after(page: Page, seconds: int) -> None:
    page.clock.run_for(seconds * 1000)


def until_it_asks(page: Page) -> None:
    """The server is told that somebody was there; then nobody touches the page for four minutes."""
    tell(page)
    after(page, 245)
    assert asks(page)


def tell(page: Page) -> None:
    """Somebody touches the page, and half a minute later the server is told; the page has read what it answers."""
    page.keyboard.press("Shift")
    with page.expect_console_message(is_read):
        after(page, 31)


def asks(page: Page) -> bool:
    return page.get_by_role("alertdialog", name="Are you still there?").is_visible()


@pytest.mark.req("S3")
def test_a_minute_before_it_is_cleared_the_page_asks(inside: Page) -> None:
    inside.fill("textarea", "Half a sen")
    tell(inside)
    after(inside, 230)
    assert not asks(inside)
    after(inside, 12)
    assert asks(inside)
    assert inside.evaluate("document.activeElement.textContent") == "Yes, go on"
    assert inside.input_value("textarea") == "Half a sen"


@pytest.mark.req("S3")
@pytest.mark.parametrize("key", ["Enter", "Space", "Escape"])
def test_one_key_goes_on_and_nothing_typed_is_lost(key: str, inside: Page) -> None:
    inside.fill("textarea", "Half a sen")
    for _ in range(3):
        until_it_asks(inside)
        with inside.expect_response("**/here") as told:
            inside.keyboard.press(key)
        assert told.value.status == 200
        inside.locator("dialog[open]").wait_for(state="detached")
    assert inside.input_value("textarea") == "Half a sen"
    inside.get_by_role("textbox").press("End")
    inside.keyboard.type("tence.")
    press(inside, "Continue")
    assert "Half a sentence." in inside.content()


@pytest.mark.req("S3")
@pytest.mark.req("S2")
def test_when_nobody_answers_the_page_is_emptied_and_the_start_shown(inside: Page, field: Field) -> None:
    inside.fill("textarea", "Kanarienvogel001heulwen")
    tell(inside)
    with inside.expect_navigation():
        after(inside, 301)
    nothing_is_left(inside)
    inside.go_back()
    assert inside.text_content("h1") == "About this survey"
    assert not KANARIE.search(inside.content())
    assert field.responses() == []


@pytest.mark.req("S2")
def test_the_page_is_emptied_even_if_the_server_cannot_be_reached(inside: Page) -> None:
    inside.fill("textarea", "Kanarienvogel001heulwen")
    inside.evaluate("HTMLFormElement.prototype.submit = () => {}")
    after(inside, 360)
    assert not KANARIE.search(inside.content())
    assert inside.locator("textarea").count() == 0


@pytest.mark.req("S3")
def test_the_next_person_can_say_that_they_are(inside: Page) -> None:
    inside.fill("textarea", "Kanarienvogel001heulwen")
    until_it_asks(inside)
    press(inside, "No, I am someone else")
    nothing_is_left(inside)


def test_the_question_covers_what_was_answered(inside: Page) -> None:
    inside.fill("textarea", "Kanarienvogel001heulwen")
    until_it_asks(inside)
    box = inside.locator("dialog[open]").bounding_box()
    assert box
    assert box["x"] <= 0
    assert box["y"] <= 0
    assert box["width"] >= inside.viewport_size["width"]  # type: ignore[index]  # it was given
    assert box["height"] >= inside.viewport_size["height"]  # type: ignore[index]  # as above


@pytest.mark.req("S3")
def test_before_the_hour_is_over_the_page_says_so(inside: Page) -> None:
    inside.route("**/here", lambda route: route.fulfill(json={"minutes": 3}))
    inside.fill("textarea", "Half a sen")
    tell(inside)
    nearly = inside.get_by_role("alertdialog", name="Your time is nearly up")
    assert not nearly.is_visible()
    after(inside, 70)
    assert nearly.is_visible()
    inside.keyboard.press("Enter")
    expect(nearly).to_be_hidden()
    assert inside.input_value("textarea") == "Half a sen"
    after(inside, 10)
    assert not nearly.is_visible()


@pytest.mark.req("S8")
def test_the_end_gives_way_after_a_minute_without_a_touch(inside: Page) -> None:
    press(inside, "Continue")
    press(inside, "Send")
    assert inside.text_content("h1") == "Thank you"
    after(inside, 50)
    inside.keyboard.press("Shift")
    after(inside, 50)
    assert inside.text_content("h1") == "Thank you"
    with inside.expect_navigation():
        after(inside, 12)
    nothing_is_left(inside)


@pytest.mark.req("S2")
def test_a_start_that_nobody_has_touched_stays(inside: Page, address: str) -> None:
    inside.goto(f"{address}/exit")
    after(inside, 3600)
    nothing_is_left(inside)


@pytest.mark.req("S8")
def test_a_start_in_the_language_that_somebody_chose_goes_back_to_its_own(inside: Page, address: str) -> None:
    inside.goto(f"{address}/exit")
    follow(inside.get_by_text("Cymraeg"))
    assert inside.get_attribute("html", "lang") == "cy"
    with inside.expect_navigation():
        after(inside, 62)
    nothing_is_left(inside)


# --- Without script, and for everybody ---


@pytest.mark.req("R19")
@pytest.mark.req("S2")
def test_a_whole_interview_on_a_tablet_without_script(field: Field, address: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False, viewport=TABLET)
    make(page, address, field)
    begin(page)
    page.get_by_label("No", exact=True).check()
    press(page, "Continue")
    write(page, "Without script.", address)
    press(page, "Send")
    assert page.text_content("h1") == "Thank you"
    press(page, "Next person")
    assert page.text_content("h1") == "About this survey"
    (response,) = field.responses()
    assert response.answers["helped"] == Chosen(("no",))
    assert response.mode == "kiosk"


@pytest.mark.req("S2")
def test_without_script_a_browser_shows_the_start_by_itself(field: Field, address: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False, viewport=TABLET)
    make(page, address, field)
    begin(page)
    write(page, "Kanarienvogel001heulwen", address)
    page.goto(f"{address}/check")
    assert KANARIE.search(page.content())
    page.route("**/check", hurry)
    page.reload(wait_until="commit")
    page.wait_for_url(f"{address}/")
    assert page.text_content("h1") == "About this survey"
    assert not KANARIE.search(page.content())


def hurry(route: Route) -> None:
    """Let the page go away after a second where it says that it does so after six minutes."""
    reply = route.fetch()
    html = reply.text()
    assert 'content="360; url=/exit"' in html
    route.fulfill(response=reply, body=html.replace("360; url", "1; url"))


def states(page: Page, address: str) -> Iterator[str]:
    """Every page of a tablet that differs from those on one's own device."""
    yield "start"
    page.goto(f"{address}/talk")
    yield "talk"
    page.goto(f"{address}/privacy")
    yield "privacy"
    page.goto(f"{address}/exit")
    follow(page.locator("form[action='/begin'] button"))
    yield "safe"
    page.goto(f"{address}/stop")
    yield "stop, nothing said"
    page.goto(f"{address}/safe")
    follow(page.locator("form[action='/safe'] button"))
    page.goto(f"{address}/question/{NUMBER['helped']}")
    yield "question"
    page.evaluate("document.querySelector('[data-away]').showModal()")
    yield "are you still there"
    page.evaluate("document.querySelector('[data-away]').close(); document.querySelector('[data-nearly]').showModal()")
    yield "time is nearly up"
    page.evaluate("document.querySelector('[data-nearly]').close()")
    page.check("input[value=no]")
    follow(page.locator("main form button[value=continue]"))
    page.goto(f"{address}/stop")
    yield "stop"
    page.goto(f"{address}/check")
    yield "check"
    follow(page.locator("form[action='/send'] button"))
    yield "sent"
    page.goto(f"{address}/nowhere")
    page.context.clear_cookies()
    page.goto(f"{address}/tablet/unknown")
    yield "link"
    follow(page.locator("main form button"))
    yield "link refused"


@pytest.mark.req("C1")
@pytest.mark.req("C3")
@pytest.mark.req("C4")
@pytest.mark.parametrize("audience", ["children", "victims"])
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_nothing_stops_anybody_at_a_tablet(  # noqa: PLR0913, PLR0917 - sizes, languages, audiences
    size: ViewportSize, language: str, audience: str, app: Flask, address: str, new_page: NewPage
) -> None:
    field = open_field(app, every_kind(audience), nation="wales")  # type: ignore[arg-type]  # one of ours
    page = new_page(viewport=size, locale=f"{language}-GB")
    page.goto(address + link_to_a_tablet(field))
    follow(page.locator("main form button"))
    found: dict[str, list[str]] = {}
    for state in states(page, address):
        fits = page.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth")
        found[state] = barriers(page) + too_small(page) + ([] if fits else ["wider than the screen"])
        assert page.get_attribute("html", "lang") == language
    assert len(found) == 13
    assert {state: faults for state, faults in found.items() if faults} == {}


def too_small(page: Page) -> list[str]:
    found: list[str] = page.evaluate("""() => [...document.querySelectorAll('a, button, input:not([type=hidden])')]
      .filter((one) => !one.closest('p:not(:has(> .tap))') && !one.classList.contains('govuk-skip-link'))
      .map((one) => [one.textContent.trim() || one.id, one.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0 && box.height < 44).map(([name, box]) => `${name} ${box.height}`)""")
    return found
