"""What holds for every reply of every door."""

import gzip
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from fieldwork.database import Database
from modes.hardening import HEADERS
from tests.application import settings_for
from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import Field, open_field

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def field(app: Flask) -> Field:
    return open_field(app)


@pytest.fixture
def inside(field: Field) -> Respondent:
    person = Respondent(field.app)
    person.enter_by(field.open_link)
    return person


REPLIES: dict[str, Callable[[FlaskClient], Any]] = {
    "page": lambda client: client.get("/"),
    "question": lambda client: client.get("/question/2"),
    "redirect": lambda client: client.get("/question"),
    "exit": lambda client: client.get("/exit"),
    "head": lambda client: client.head("/check"),
    "options": lambda client: client.options("/"),
    "not found": lambda client: client.get("/nowhere"),
    "not allowed": lambda client: client.put("/"),
    "no token": lambda client: client.post("/send"),
    "too large": lambda client: client.post("/talk", data={"words": "x" * 70_000}),
    "another host": lambda client: client.get("/", headers={"Host": "evil.example"}),
    "style sheet": lambda client: client.get(static("styles.css")),
    "no such file": lambda client: client.get("/static/none.css"),
}


def static(name: str) -> str:
    manifest = json.loads((Path(__file__).parents[2] / "static" / "manifest.json").read_text(encoding="utf-8"))
    return f"/static/{manifest[name]}"


@pytest.mark.req("H1")
@pytest.mark.req("H2")
@pytest.mark.parametrize("kind", REPLIES)
def test_every_reply_is_protected(kind: str, inside: Respondent) -> None:
    reply = REPLIES[kind](inside.client)
    assert {name: reply.headers.get(name) for name in HEADERS} == HEADERS
    policy = dict(part.strip().partition(" ")[::2] for part in reply.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in reply.headers["Content-Security-Policy"]
    assert reply.headers["Cache-Control"] == (
        "max-age=315360000, public, immutable" if kind == "style sheet" else "no-store"
    )
    assert "Access-Control-Allow-Origin" not in reply.headers
    reply.close()


@pytest.mark.req("H2")
def test_no_page_has_a_script_or_a_style_within(field: Field, inside: Respondent) -> None:
    for address in ("/", "/safe", "/question/2", "/question/6", "/check", "/talk", "/privacy", "/nowhere"):
        tree = inside.open(address).tree
        assert [each for each in tree.iter("script") if each.text or not each.get("src")] == []
        assert tree.xpath("//style | //@style | //@*[starts-with(name(), 'on')]") == []
        used = tree.xpath("//link/@href | //script/@src | //img/@src")
        assert all(each.startswith("/static/") or each == "data:," for each in used)


@pytest.mark.req("H9")
@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example", "[::1", "a" * 300]
)
def test_another_host_is_not_answered(host: str, client: FlaskClient) -> None:
    reply = client.get("/", headers={"Host": host})
    assert reply.status_code == 400
    assert "evil.example" not in reply.text


@pytest.mark.req("H9")
@pytest.mark.parametrize(
    "header", ["X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Original-URL"]
)
def test_nobody_but_our_own_proxy_is_believed(header: str, client: FlaskClient) -> None:
    plain, forged = client.get("/privacy"), client.get("/privacy", headers={header: "evil.example"})
    assert forged.data == plain.data
    assert "evil.example" not in str(forged.headers)


@pytest.mark.req("H9")
def test_only_the_public_host_is_answered_where_there_is_one(database_url: str) -> None:
    app = create_app(settings_for(database_url, "https://survey.example.org"))
    asked = app.test_client()
    assert asked.get("/privacy", base_url="https://survey.example.org").status_code == 200
    assert asked.get("/privacy", base_url="https://localhost").status_code == 400
    database: Database = app.extensions["database"]
    database.engine.dispose()


@pytest.mark.req("H9")
def test_no_reply_tells_what_it_was_made_with(client: FlaskClient) -> None:
    for reply in (client.get("/"), client.get("/nowhere"), client.put("/")):
        assert not {"Server", "X-Powered-By"} & {name for name, _ in reply.headers}
        for word in ("Werkzeug", "Flask", "Traceback", "python"):
            assert word not in reply.text


@pytest.mark.req("H9")
@pytest.mark.parametrize(
    "address", ["/static/manifest.json.gz", "/static/../app.py", "/app.py", "/.git/HEAD", "/instance/"]
)
def test_no_file_is_served_but_what_was_built(address: str, client: FlaskClient) -> None:
    reply = client.get(address)
    assert reply.status_code == 404
    reply.close()


def test_a_page_comes_compressed_to_who_takes_that(client: FlaskClient) -> None:
    plain = client.get("/privacy")
    small = client.get("/privacy", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2
    assert "Content-Encoding" not in client.get("/privacy", headers={"Accept-Encoding": "gzip;q=0"}).headers


# --- Logs ---


CANARIES = ("Kanarienvogel", "ABCD-EFGH-JKLM", "07700900123", "tokentokentoken")


@pytest.mark.req("O2")
def test_no_log_holds_an_answer_a_code_an_address_or_who_asked(
    field: Field, inside: Respondent, capfd: pytest.CaptureFixture[str]
) -> None:
    field.app.testing = False
    inside.open("/question/6")
    inside.answer("Kanarienvogel" * 100)
    inside.open("/?language=Kanarienvogel")
    inside.press(code="ABCD-EFGH-JKLM")
    inside.open("/talk")
    inside.press("submit", reach="07700900123" * 50)
    inside.open("/l/tokentokentoken")
    inside.press()
    inside.client.get(
        "/tokentokentoken?x=Kanarienvogel", headers={"Referer": "http://x/07700900123", "User-Agent": "Kanarienvogel"}
    )
    logging.getLogger("somebody.else").warning("They wrote %s", "Kanarienvogel")
    logged = capfd.readouterr().err
    assert logged.count("\n") >= 4, "something was logged"
    assert [canary for canary in (*CANARIES, "127.0.0.1", "/question/6", "/l/") if canary in logged] == []
    for line in logged.splitlines():
        assert set(json.loads(line)) <= {
            "at",
            "level",
            "from",
            "event",
            "route",
            "status",
            "took_ms",
            "fault",
            "places",
        }
