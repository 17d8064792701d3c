"""When something goes wrong: nothing is called kept or sent that is not, and every page says what to do."""

import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from fieldwork.database import Database
from modes.web import interview
from surveys.answers import Chosen
from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import NUMBER, Field

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ROOT = Path(__file__).parents[3]
HELPED = f"/question/{NUMBER['helped']}"
KEPT_BEFORE = "We have kept the answers from the pages before this one."


@pytest.fixture
def inside(field: Field, someone: Respondent) -> Respondent:
    """Somebody at the first question."""
    someone.enter_by(field.open_link)
    someone.press()
    return someone


def without_token(person: Respondent, **values: str) -> list[tuple[str, str]]:
    return [each for each in person.fields(**values) if each[0] != "csrf_token"]


# --- A database that somebody else holds ---


@contextmanager
def held(database: Database) -> Iterator[None]:
    """Another process is in the middle of a write."""
    connection = sqlite3.connect(str(database.url.database), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("ROLLBACK")
    connection.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a tenth of a second where the service waits five."""
    monkeypatch.setattr("fieldwork.database.WAIT", 0.1)


@pytest.mark.req("R7")
def test_an_answer_that_cannot_be_kept_now_is_said_not_to_be(impatient: None, field: Field, inside: Respondent) -> None:
    sent = inside.fields(answer="yes")
    with held(field.database):
        reply = inside.send(sent)
    assert reply.status_code == 503
    assert int(reply.headers["Retry-After"]) > 0
    assert "We have not kept the answer on this page" in reply.text
    assert KEPT_BEFORE in reply.text
    assert inside.open(HELPED).filled == []
    assert inside.send(sent).status_code == 303
    assert inside.open(HELPED).filled == ["yes"]


@pytest.mark.req("R7")
def test_answers_that_cannot_be_sent_now_are_not_said_to_be(impatient: None, field: Field, inside: Respondent) -> None:
    inside.open("/check")
    sending = inside.fields("submit")
    with held(field.database):
        reply = inside.send(sending)
    assert reply.status_code == 503
    assert "We could not make sure that your answers were sent" in reply.text
    assert field.responses() == []
    assert inside.press("submit").heading == "Thank you"
    assert len(field.responses()) == 1


@pytest.mark.req("R7")
def test_words_of_somebody_who_wants_to_talk_are_not_said_to_be_there(
    impatient: None, field: Field, inside: Respondent
) -> None:
    inside.open("/talk")
    with held(field.database):
        page = inside.press("submit", words="Please call.")
    assert page.status == 503
    assert "We do not have what you wrote yet" in page.words


def test_a_short_wait_is_waited_for(field: Field, inside: Respondent) -> None:
    begun = Event()

    def hold() -> None:
        with held(field.database):
            begun.set()
            Event().wait(0.3)

    holder = Thread(target=hold)
    holder.start()
    begun.wait()
    assert inside.send(inside.fields(answer="yes")).status_code == 303
    holder.join()


# --- A database that lies ---


class LyingDatabase:
    """Says of every write that it is kept, and keeps nothing."""

    def __init__(self, honest: Database) -> None:
        self.honest = honest

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with self.honest.transaction() as session:
            yield session
            session.rollback()

    def reading(self) -> Any:
        return self.honest.reading()

    def glance(self) -> Any:
        return self.honest.glance()


@pytest.mark.req("R10")
def test_nobody_is_thanked_for_answers_that_are_not_there(field: Field, inside: Respondent) -> None:
    inside.answer("yes")
    inside.open("/check")
    honest = field.app.extensions["database"]
    field.app.extensions["database"] = LyingDatabase(honest)
    page = inside.press("submit")
    assert page.status == 500
    assert page.heading == "Please press Send again"
    assert inside.open("/sent").heading != "Thank you"
    field.app.extensions["database"] = honest
    assert field.responses() == []
    inside.open("/check")
    assert inside.press("submit").heading == "Thank you"
    assert field.responses()[0].answers["helped"] == Chosen(("yes",))


# --- Pages that were open for too long ---


@pytest.mark.req("R15")
@pytest.mark.parametrize("token", [[], [("csrf_token", "aged")], [("csrf_token", "")]], ids=["none", "aged", "empty"])
def test_a_page_with_a_stale_token_comes_back_with_what_was_typed(
    token: list[tuple[str, str]], inside: Respondent
) -> None:
    inside.open(f"/question/{NUMBER['comment']}")
    reply = inside.send([*without_token(inside, answer="A long text.", may_quote="yes"), *token])
    assert reply.status_code == 403
    inside.page.reply = reply
    assert inside.page.form.fields["answer"] == "A long text."
    assert inside.page.form.fields["may_quote"] == "yes"
    assert inside.page.errors == ["We have not kept this answer yet. Press Continue once more."]
    assert inside.press().address == "/check"
    assert "A long text." in inside.page.words


@pytest.mark.req("R15")
def test_a_page_of_another_session_does_not_come_back_with_what_was_typed(field: Field, inside: Respondent) -> None:
    inside.open(f"/question/{NUMBER['comment']}")
    typed = inside.fields(answer="A long text.")
    inside.enter(field.code())
    reply = inside.send(typed, f"/question/{NUMBER['comment']}")
    assert reply.status_code == 403
    assert "A long text." not in reply.text


@pytest.mark.req("H3")
@pytest.mark.parametrize("address", ["/", "/l", "/o", "/safe", HELPED, "/send", "/talk"])
def test_nothing_is_done_without_a_token(address: str, field: Field, inside: Respondent) -> None:
    values = {"code": field.code(), "link": field.wave.open_slug, "answer": "yes", "words": "Hello"}
    assert inside.client.post(address, data=values).status_code == 403
    assert inside.open(HELPED).filled == []
    assert field.responses() == []
    assert field.asked_to_talk() == []


@pytest.mark.req("H3")
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("address", ["/", "/safe", HELPED, "/send", "/talk"])
def test_nothing_is_done_for_another_site_even_with_a_token(
    address: str, site: str, field: Field, inside: Respondent
) -> None:
    reply = inside.send(inside.fields(answer="yes", words="Hello"), address, headers={"Sec-Fetch-Site": site})
    assert reply.status_code == 403
    assert "Hello" not in reply.text
    assert inside.open(HELPED).filled == []
    assert field.asked_to_talk() == []


def test_a_form_of_our_own_page_is_taken(inside: Respondent) -> None:
    assert inside.send(inside.fields(answer="yes"), headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


# --- What every such page says ---


def fail(*_: object, **__: object) -> None:
    message = "a secret that somebody wrote"
    raise RuntimeError(message)


@pytest.mark.req("R14")
def test_a_fault_of_ours_says_what_was_kept_and_tells_nothing_else(
    field: Field, inside: Respondent, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    field.app.testing = False
    monkeypatch.setattr(interview, "draw_question", fail)
    page = inside.open(HELPED)
    assert page.status == 500
    assert KEPT_BEFORE in page.words
    assert "Try again in a few minutes" in page.words
    logged = capfd.readouterr().err
    assert '"fault": "RuntimeError"' in logged
    assert "test_trouble.py" in logged
    assert "a secret that somebody wrote" not in logged + page.html
    assert HELPED not in logged


@pytest.mark.req("R14")
@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("GET", "/nowhere", 404), ("DELETE", "/", 405), ("POST", "/send", 403), ("POST", "/nowhere", 404)],
)
def test_every_refusal_says_what_was_kept_and_whom_to_ask(
    method: str, address: str, status: int, inside: Respondent
) -> None:
    reply = inside.client.open(address, method=method)
    assert reply.status_code == status
    for words in ("kept" if method == "GET" else "", "tell the inspector", "People you can talk to", "/question"):
        assert words in reply.text


def test_without_a_visit_no_page_claims_to_have_kept_anything(field: Field, someone: Respondent) -> None:
    assert "kept" not in someone.open("/nowhere").words


# --- A connection that is cut in the middle, and the server that really serves ---


@contextmanager
def served(app: Flask, log: Path) -> Iterator[str]:
    """The address at which gunicorn, set up as for people, serves the same database; its log goes to the file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    settings = app.extensions["settings"]
    told = {
        name.upper(): str(getattr(settings, name))
        for name in ("secret_key", "code_pepper", "database_url", "public_url")
    }
    command = [
        str(Path(sys.executable).with_name("gunicorn")),
        "--config",
        "config/gunicorn.conf.py",
        "app:serve()",
    ]
    with log.open("w") as sink:
        server = subprocess.Popen(command, cwd=ROOT, env={"ADDRESS": address, **told}, stdout=sink, stderr=sink)  # noqa: S603 - our own words
        try:
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str) -> None:
    for _ in range(300):
        with suppress(OSError):
            host, port = address.split(":")
            return socket.create_connection((host, int(port)), timeout=1).close()
        time.sleep(0.1)
    raise AssertionError("gunicorn did not come up")


@pytest.mark.req("R6")
@pytest.mark.req("O2")
def test_a_page_cut_anywhere_on_its_way_is_kept_once_when_it_is_sent_again(
    field: Field, inside: Respondent, tmp_path: Path
) -> None:
    cookie = inside.client.get_cookie("survey")
    assert cookie
    inside.open(f"/question/{NUMBER['comment']}")
    token = [("csrf_token", dict(inside.fields())["csrf_token"])]
    body = urlencode(
        [*token, ("answer", "Kanarienvogel " * 10), ("may_quote", "yes")]
    )  # cut, it would still have its token
    whole = posted(f"/question/{NUMBER['comment']}", f"survey={cookie.value}", body)
    head = whole.index(b"\r\n\r\n") + 4
    with served(field.app, tmp_path / "log") as address:
        for cut in sorted({*range(0, len(whole), 100), head, head + len(token[0][1]) + 40, len(whole) - 1}):
            assert b" 303 " not in send_raw(address, whole[:cut])
            assert inside.open(f"/question/{NUMBER['comment']}").filled == [], f"cut after {cut} of {len(whole)} bytes"
        assert b" 303 " in send_raw(address, whole)
        assert b" 303 " in send_raw(address, whole)
        assert b" 400 " in send_raw(address, b"GET /l/Kanarienvogel HTTP/9.9\r\n\r\n")
        assert b" 404 " in send_raw(
            address, b"GET /Kanarienvogel?a=b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
    assert inside.open(f"/question/{NUMBER['comment']}").filled == [("Kanarienvogel " * 10).strip()]
    logged = (tmp_path / "log").read_text()
    assert '"status": 404' in logged
    for canary in ("Kanarienvogel", cookie.value, "127.0.0.1", f"/question/{NUMBER['comment']}"):
        assert canary not in logged


def posted(path: str, cookie: str, body: str) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        f"Cookie: {cookie}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def send_raw(address: str, sent: bytes) -> bytes:
    """What comes back when these bytes are sent and then no more."""
    host, port = address.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        back = b""
        with suppress(ConnectionResetError):
            while received := connection.recv(65536):
                back += received
    return back
