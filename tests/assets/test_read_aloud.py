"""The button that reads a page to somebody, in a browser whose voices are made up here."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from playwright.sync_api import Page, expect

STATIC = Path(__file__).parents[2] / "static"

PAGE = """<!doctype html><html lang="{language}"><title>A question</title>
<link rel="stylesheet" href="/styles.css"><link rel="icon" href="data:,"><body>
<h1 data-read-aloud>How   safe
do you feel?</h1><p>Not this.</p><p data-read-aloud data-spoken="The Y O T">The YOT</p>
<button class="govuk-button" type="button" data-module="read-aloud" data-stop="Stop reading" hidden>
Read this to me</button>
<script src="/script.js"></script></body></html>"""

A_DEVICE = """
const given = {voices};
window.said = [];
window.utterances = [];
class Speech extends EventTarget {{
  speaking = false;
  getVoices() {{ return given; }}
  speak(utterance) {{ this.speaking = true; said.push([utterance.text, utterance.lang]); utterances.push(utterance); }}
  cancel() {{ this.speaking = false; }}
  finish() {{ this.speaking = false; utterances.at(-1).onend(); }}
}}
Object.defineProperty(window, 'speechSynthesis', {{ value: {speech} }});
window.SpeechSynthesisUtterance = class {{ constructor(text) {{ this.text = text; }} }};
"""

ENGLISH = {"lang": "en-GB", "localService": True}
WELSH = {"lang": "cy_GB", "localService": True}
ELSEWHERE = {"lang": "en-GB", "localService": False}


def site(_address: str, language: str) -> WSGIApplication:
    built = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    kinds = {"script.js": "text/javascript", "styles.css": "text/css"}

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if (asked := environ["PATH_INFO"].lstrip("/")) in kinds:
            start_response("200 OK", [("Content-Type", kinds[asked])])
            return [(STATIC / built[asked]).read_bytes()]
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [PAGE.format(language=language).encode()]

    return answer


@pytest.fixture
def opened(page: Page, serve: Callable[[Callable[[str], WSGIApplication]], str]) -> Callable[..., Page]:
    """Opens the page in a language, on a device with these voices, or on one that cannot speak."""

    def open_it(language: str, voices: list[dict[str, object]] | None) -> Page:
        speech = "undefined" if voices is None else "new Speech()"
        page.add_init_script(A_DEVICE.format(voices=json.dumps(voices), speech=speech))
        page.goto(serve(lambda address: site(address, language)))
        return page

    return open_it


@pytest.mark.parametrize(("language", "voices"), [("en", [ENGLISH]), ("cy", [ENGLISH, WELSH])])
def test_a_page_offers_to_be_read_where_the_device_speaks_its_language(
    opened: Callable[..., Page], language: str, voices: list[dict[str, object]]
) -> None:
    expect(opened(language, voices).get_by_role("button", name="Read this to me")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "voices"),
    [
        pytest.param("cy", [ENGLISH], id="welsh is not read by an english voice"),
        pytest.param("en", [ELSEWHERE], id="nothing is sent away to be read"),
        pytest.param("en", [], id="no voice"),
        pytest.param("en", None, id="a device that cannot speak"),
    ],
)
def test_a_page_does_not_offer_what_the_device_cannot_do(
    opened: Callable[..., Page], language: str, voices: list[dict[str, object]] | None
) -> None:
    expect(opened(language, voices).locator("[data-module=read-aloud]")).to_be_hidden()


def test_what_is_marked_is_read_as_it_is_spoken(opened: Callable[..., Page]) -> None:
    page = opened("en", [ENGLISH])
    page.get_by_role("button").click()
    assert page.evaluate("said") == [["How safe do you feel?", "en-GB"], ["The Y O T", "en-GB"]]


def test_the_same_button_stops_the_reading(opened: Callable[..., Page]) -> None:
    page = opened("en", [ENGLISH])
    page.get_by_role("button", name="Read this to me").click()
    page.get_by_role("button", name="Stop reading").click()
    assert page.evaluate("speechSynthesis.speaking") is False
    expect(page.get_by_role("button")).to_have_text("Read this to me")


def test_the_button_offers_again_when_all_is_read(opened: Callable[..., Page]) -> None:
    page = opened("en", [ENGLISH])
    page.get_by_role("button").click()
    page.evaluate("speechSynthesis.finish()")
    expect(page.get_by_role("button")).to_have_text("Read this to me")
