"""Phones on the screen: in the hand of somebody without a script, and in a real Chromium."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from telephone.faults import Fault
from telephone.phones import KINDS, Phone
from telephone.running import RunningTelephone
from telephone.server import create_app
from tests.browser import PHONE as SMALL
from tests.browser import barriers, follow
from tests.telephone.conftest import client_of
from tests.telephone.service import Service
from tests.telephone.test_provider import OTHER, PHONE, send

ADDRESS = "/phone/07700900123"
WELSH = "2 o 7: Oedd hi'n hawdd siarad â'ch gweithiwr?\n1 Oedd, bob tro\n2 Weithiau\n4 Dwi ddim yn siŵr"


@pytest.fixture
def screen(telephone: RunningTelephone) -> FlaskClient:
    """A browser without a script."""
    return create_app(telephone.exchange, seconds_for_an_answer=0.1).test_client()


def read(screen: FlaskClient, address: str = ADDRESS) -> str:
    """The page's words, one space between them."""
    words = re.sub(r"<[^>]+>", " ", screen.get(address).text)
    return re.sub(r"\s+", " ", words)


def write(screen: FlaskClient, words: str = "1", **more: object) -> int:
    return screen.post(f"{ADDRESS}/text", data={"words": words} | more).status_code


# --- What is shown ---


def test_every_phone_with_a_text_is_listed_the_latest_first(telephone: RunningTelephone, screen: FlaskClient) -> None:
    assert "No phone has a text yet" in read(screen, "/")
    client = client_of(telephone)
    send(client, telephone, "to the first")
    send(client, telephone, "to the other", to=OTHER)
    telephone.text(PHONE, "answered")
    telephone.wait_quiet()
    page = read(screen, "/")
    assert page.index("07700 900123") < page.index("07700 900124")
    assert "You: answered" in page
    assert "to the other" in page


def test_a_text_is_shown_with_its_parts_alphabet_state_and_time(
    telephone: RunningTelephone, screen: FlaskClient
) -> None:
    send(client_of(telephone), telephone, WELSH)
    telephone.wait_quiet()
    page = read(screen)
    assert "Oedd hi&#39;n hawdd siarad â&#39;ch gweithiwr?" in page
    assert re.search(r"\d\d:\d\d · 2 parts, UCS-2 because of â ŵ · delivered", page)


def test_a_service_that_says_no_is_shown(telephone: RunningTelephone, screen: FlaskClient, service: Service) -> None:
    service.answers = [403] * 6
    telephone.text(PHONE, "1")
    telephone.wait_quiet()
    assert "The service answered 403 after 6 tries" in read(screen)
    assert "The service answered 403" in read(screen, "/")


def test_a_service_that_takes_it_is_shown_too(
    telephone: RunningTelephone, screen: FlaskClient, service: Service
) -> None:
    telephone.text(PHONE, "1")
    telephone.wait_quiet()
    assert "1 part, GSM-7 · taken by the service" in read(screen)
    service.answers = [500]
    telephone.text(OTHER, "1", copies=1)
    telephone.wait_quiet()
    telephone.text("07700 900125", "1", copies=3)
    telephone.wait_quiet()
    assert "taken by the service at try 2" in read(screen, "/phone/07700900124")
    assert "taken by the service, 3 times" in read(screen, "/phone/07700900125")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("landline", "read aloud to whoever answered"),
        ("off", "Not delivered: Unreachable destination handset (30003)"),
        ("unknown", "Not delivered: Unknown destination handset (30005)"),
        ("no_texts", "Not delivered: Landline or unreachable carrier (30006)"),
        ("filtered", "Not sent: Message filtered (30007)"),
        ("no_receipts", "sent, no receipt yet"),
        ("mobile", "delivered"),
    ],
)
def test_a_phone_can_be_of_any_kind(kind: str, words: str, telephone: RunningTelephone, screen: FlaskClient) -> None:
    screen.post(f"{ADDRESS}/kind", data={"kind": "landline"})
    assert screen.post(f"{ADDRESS}/kind", data={"kind": kind}).status_code == 303
    assert Phone(telephone.exchange, PHONE).kind == kind
    send(client_of(telephone), telephone)
    telephone.wait_quiet()
    assert words in read(screen)


def test_every_kind_is_tried() -> None:
    assert set(KINDS) == {"mobile", "landline", "off", "unknown", "no_texts", "filtered", "no_receipts"}


def test_a_phone_that_stopped_says_so(telephone: RunningTelephone, screen: FlaskClient) -> None:
    write(screen, "STOP")
    telephone.wait_quiet()
    page = read(screen)
    assert "Wrote STOP" in page
    assert "sent by the provider itself" in page
    assert "opted out on 07700 900123" in read(screen, "/")
    assert screen.post("/clear").status_code == 303
    assert "Wrote STOP" not in read(screen)


def test_what_somebody_writes_is_no_markup(telephone: RunningTelephone, screen: FlaskClient) -> None:
    telephone.text(PHONE, "<script>alert(1)</script>")
    telephone.wait_quiet()
    for address in ("/", ADDRESS, f"{ADDRESS}/thread"):
        assert "<script>alert" not in screen.get(address).text


def test_words_that_were_blanked_stay_on_the_phone(telephone: RunningTelephone, screen: FlaskClient) -> None:
    made = send(client_of(telephone), telephone, "for ever")
    telephone.wait_quiet()
    assert made.update(body="").body == ""
    page = read(screen)
    assert "for ever" in page
    assert "1 part, GSM-7 · delivered · blanked at the provider" in page


# --- Answering ---


def test_what_is_typed_is_sent(telephone: RunningTelephone, screen: FlaskClient, service: Service) -> None:
    assert write(screen, "1\r\nand more") == 303
    telephone.wait_quiet()
    assert [post.form["Body"] for post in service.texts] == ["1\nand more"]


def test_a_quick_answer_leaves_what_is_typed_alone(
    telephone: RunningTelephone, screen: FlaskClient, service: Service
) -> None:
    write(screen, "half a sentence", quick="IE")
    telephone.wait_quiet()
    assert [post.form["Body"] for post in service.texts] == ["IE"]


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        ({"how": "twice"}, ["1", "1"]),
        ({"how": "base64"}, ["MQ=="]),
        ({"late": "0.2"}, ["1"]),
    ],
    ids=str,
)
def test_a_text_is_sent_as_ticked(
    ticked: dict[str, str], expected: list[str], telephone: RunningTelephone, screen: FlaskClient, service: Service
) -> None:
    assert write(screen, **ticked) == 303
    telephone.wait_quiet()
    assert [post.form["Body"] for post in service.texts] == expected


def test_a_picture_needs_no_words(telephone: RunningTelephone, screen: FlaskClient, service: Service) -> None:
    assert write(screen, "", how="picture") == 303
    telephone.wait_quiet()
    assert service.texts[0].form["NumMedia"] == "1"
    assert "with a picture" in read(screen)


def test_a_text_that_waits_can_be_overtaken_or_delivered(
    telephone: RunningTelephone, screen: FlaskClient, service: Service
) -> None:
    write(screen, "first", how="held")
    assert "waits for your next text" in read(screen)
    write(screen, "second")
    telephone.wait_quiet()
    write(screen, "third", how="held")
    assert "Deliver what waits" in read(screen)
    screen.post(f"{ADDRESS}/release")
    telephone.wait_quiet()
    assert [post.form["Body"] for post in service.texts] == ["second", "first", "third"]
    assert "Deliver what waits" not in read(screen)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"words": ""}, "Write a text, or press one of the quick answers"),
        ({"words": "kept", "late": "soon"}, "Write how many seconds late it comes"),
        ({"words": "kept", "late": "1e9"}, "Write how many seconds late it comes"),
    ],
)
def test_a_slip_is_named_and_nothing_typed_is_lost(typed: dict[str, str], fault: str, screen: FlaskClient) -> None:
    reply = screen.post(f"{ADDRESS}/text", data=typed | {"how": "twice"})
    assert reply.status_code == 400
    assert fault in reply.text
    assert typed["words"] in reply.text
    assert re.search(r'value="twice"\s+checked', reply.text)


def test_any_phone_can_be_taken(screen: FlaskClient) -> None:
    assert screen.get("/phone?number=%2B44 7700 900777").location == "/phone/07700900777"
    assert screen.get("/phone?number=07700 900777").location == "/phone/07700900777"
    reply = screen.get("/phone?number=twelve")
    assert reply.status_code == 400
    assert "is no telephone number" in reply.text
    assert screen.get("/phone/twelve").status_code == 404


def test_a_kind_there_is_none_of_is_refused(screen: FlaskClient) -> None:
    assert screen.post(f"{ADDRESS}/kind", data={"kind": "pigeon"}).status_code == 400


def test_a_page_waits_a_moment_for_the_answer(telephone: RunningTelephone, service: Service) -> None:
    client = client_of(telephone)
    screen = create_app(telephone.exchange, seconds_for_an_answer=10).test_client()

    def answer() -> None:
        telephone.wait_for(lambda _: bool(service.texts))
        send(client, telephone, "3 of 7: next?")

    telephone.exchange.errands.do(answer)
    write(screen)
    assert "3 of 7: next?" in read(screen)


def test_the_thread_alone_comes_when_something_changed(telephone: RunningTelephone, screen: FlaskClient) -> None:
    telephone.text(PHONE, "1")
    telephone.wait_quiet()
    reply = screen.get(f"{ADDRESS}/thread?since=0")
    assert reply.headers["X-Since"] == str(telephone.exchange.store.changes(PHONE))
    assert reply.text.lstrip().startswith("<li")


# --- In a browser ---


@pytest.fixture
def conversation(telephone: RunningTelephone, service: Service) -> str:
    """A phone with all sorts of texts; its address."""
    client = client_of(telephone)
    send(client, telephone, WELSH)
    telephone.wait_quiet()
    service.answers = [403] * 6
    telephone.text(PHONE, "2 dim yn siŵr pam")
    telephone.wait_quiet()
    telephone.faults.add(Fault.UNREACHABLE, PHONE, times=1)
    send(client, telephone, "A long word: " + "Llanfair" * 30)
    telephone.wait_quiet()
    telephone.text(PHONE, "later", held=True)
    telephone.text("07700 900125", "STOP")
    telephone.wait_quiet()
    return telephone.url


@pytest.mark.parametrize(
    ("path", "viewport"),
    [
        ("/", SMALL),
        (ADDRESS, SMALL),
        ("/phone/07700900125", SMALL),
        ("/phone?number=x", SMALL),
        (ADDRESS, {"width": 320, "height": 640}),
        (ADDRESS, {"width": 1280, "height": 800}),
    ],
    ids=str,
)
def test_nobody_is_kept_out(
    path: str, viewport: dict[str, int], conversation: str, new_page: Callable[..., Page]
) -> None:
    page = new_page(viewport=viewport)
    page.goto(conversation + path)
    for summary in page.locator("summary").all():
        summary.click()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_latest_text_is_in_sight_without_a_script(conversation: str, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(conversation + ADDRESS)
    expect(page.get_by_text("later", exact=False).first).to_be_in_viewport()
    expect(page.get_by_role("link", name="Look for new texts")).to_be_visible()
    page.get_by_role("textbox", name="Answer").fill("Ydw, siŵr")
    follow(page.get_by_role("button", name="Send"))
    expect(page.get_by_text("Ydw, siŵr")).to_be_in_viewport()


def test_a_new_text_appears_by_itself_and_typed_words_stay(
    telephone: RunningTelephone, conversation: str, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    page.goto(conversation + ADDRESS)
    page.get_by_role("textbox", name="Answer").fill("half a sent")
    send(client_of(telephone), telephone, "A new question, siŵr")
    expect(page.get_by_text("A new question, siŵr")).to_be_in_viewport()
    expect(page.get_by_role("textbox", name="Answer")).to_have_value("half a sent")
    expect(page.get_by_role("link", name="Look for new texts")).to_be_hidden()


def test_a_quick_answer_is_one_press(
    telephone: RunningTelephone, service: Service, conversation: str, page: Page
) -> None:
    page.goto(conversation + ADDRESS)
    follow(page.get_by_role("button", name="YES"))
    telephone.wait_quiet()
    assert "YES" in [post.form["Body"] for post in service.texts]


def test_the_script_is_built() -> None:
    manifest = (Path(__file__).parents[2] / "static/manifest.json").read_text(encoding="utf-8")
    assert "telephone.js" in manifest
