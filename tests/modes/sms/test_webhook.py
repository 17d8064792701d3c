"""Our two addresses for the provider: who gets in, who does not, and what is never touched."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import permutations
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert, select, update
from twilio.request_validator import RequestValidator

from app import create_app
from fieldwork.database import Database
from fieldwork.faults import Busy
from fieldwork.models.texts import InboundText, OutboundText
from modes.sms.webhook import NOTHING_TO_SAY
from tests.application import settings_for
from tests.modes.sms.texting import ACCOUNT, BEFORE, NUMBER, OUR_NUMBER, PUBLIC_URL, TOKEN, Exchange

HERE = "/texts/in"
FORM = "application/x-www-form-urlencoded"
FIELDS = {
    "AccountSid": ACCOUNT,
    "ApiVersion": "2010-04-01",
    "Body": "2 he never rang",
    "From": NUMBER,
    "FromCity": "",
    "FromCountry": "GB",
    "MessageSid": "SM" + "1" * 32,
    "NumMedia": "0",
    "NumSegments": "1",
    "SmsSid": "SM" + "1" * 32,
    "SmsStatus": "received",
    "To": OUR_NUMBER,
    "ToCity": "",
}
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def signature_of(fields: Any = None, url: str = PUBLIC_URL + HERE, token: str = TOKEN) -> str:
    signature: str = RequestValidator(token).compute_signature(url, FIELDS if fields is None else fields)
    return signature


class Untouchable(Database):
    """A database that must not be asked for anything; how often it was is counted."""

    def __init__(self) -> None:
        self.touched = 0

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        self._touch()
        yield

    def _touch(self) -> None:
        self.touched += 1
        raise Busy("it was asked")

    reading = glance = transaction


@pytest.fixture
def untouchable(exchange: Exchange) -> Iterator[Untouchable]:
    """The database of the application, for as long as the test lasts."""
    kept, there = exchange.database, Untouchable()
    exchange.app.extensions["database"] = there
    yield there
    exchange.app.extensions["database"] = kept


@pytest.fixture
def client(exchange: Exchange) -> FlaskClient:
    return exchange.app.test_client()


# --- The signature ---


@only_sqlite
@pytest.mark.req("W1")
def test_what_was_signed_is_answered_with_nothing_to_say(exchange: Exchange) -> None:
    reply = exchange.post(FIELDS)
    assert (reply.status_code, reply.mimetype, reply.text) == (200, "text/xml", NOTHING_TO_SAY)


@only_sqlite
@pytest.mark.req("W1")
@pytest.mark.parametrize("address", [HERE, "/texts/status/abc"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Twilio-Signature": ""},
        {"X-Twilio-Signature": "AAAA"},
        {"X-Twilio-Signature": signature_of(token="x" * 32)},
    ],
)
def test_without_a_good_signature_it_is_an_empty_403_and_no_database_is_touched(
    address: str, headers: dict[str, str], client: FlaskClient, untouchable: Untouchable
) -> None:
    reply = client.post(address, data=urlencode(FIELDS), content_type=FORM, headers=headers)
    assert (reply.status_code, reply.data) == (403, b"")
    assert untouchable.touched == 0


@only_sqlite
@pytest.mark.req("W1")
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain", ""])
def test_what_is_no_form_is_refused(kind: str, client: FlaskClient, untouchable: Untouchable) -> None:
    headers = {"X-Twilio-Signature": signature_of()}
    reply = client.post(HERE, data=urlencode(FIELDS), content_type=kind, headers=headers)
    assert (reply.status_code, reply.data, untouchable.touched) == (403, b"", 0)


@only_sqlite
@pytest.mark.req("W1")
@pytest.mark.parametrize("missing", ["From", "MessageSid", "Body"])
def test_a_text_that_lacks_what_every_text_has_is_refused_though_signed(
    missing: str, exchange: Exchange, untouchable: Untouchable
) -> None:
    fields = {name: value for name, value in FIELDS.items() if name != missing}
    assert exchange.post(fields).status_code == 403
    assert untouchable.touched == 0


@only_sqlite
@pytest.mark.req("W3")
@pytest.mark.parametrize(("token", "status"), [(TOKEN, 200), (BEFORE, 200), ("x" * 32, 403)])
def test_two_tokens_are_good_while_one_takes_the_place_of_the_other(
    token: str, status: int, client: FlaskClient
) -> None:
    headers = {"X-Twilio-Signature": signature_of(token=token)}
    assert client.post(HERE, data=urlencode(FIELDS), content_type=FORM, headers=headers).status_code == status


HOSTS = ["survey.example.org", "evil.example", "127.0.0.1:8000", "127.0.0.1", "[::1", "", "a" * 300]
MIXED: dict[str, list[str]] = {
    "Host": HOSTS,
    "X-Forwarded-Host": HOSTS,
    "X-Forwarded-Proto": ["https", "http", "gopher", ""],
    "X-Forwarded-Port": ["443", "80", "8443", "no"],
    "X-Forwarded-For": ["10.0.0.1", "evil", ""],
    "X-Forwarded-Prefix": ["/elsewhere", "/"],
    "Forwarded": ["host=evil.example;proto=https"],
    "X-Original-URL": ["/texts/in?x=1"],
    "Sec-Fetch-Site": ["cross-site", "same-origin"],
    "Origin": ["https://evil.example"],
}


@only_sqlite
@pytest.mark.req("W2")
@pytest.mark.parametrize("behind_proxy", [True, False])
def test_no_header_but_the_signature_changes_the_verdict(
    database_url: str, behind_proxy: bool, exchange: Exchange
) -> None:
    settings = exchange.app.extensions["settings"].model_copy(update={"behind_proxy": behind_proxy})
    client = create_app(settings).test_client()
    chance = Random(2)  # noqa: S311 - the same mixes each time
    good, bad = signature_of(), signature_of(url="https://evil.example/texts/in")
    for _ in range(200):
        some = chance.sample(list(MIXED), chance.randint(1, len(MIXED)))
        headers = {name: chance.choice(MIXED[name]) for name in some}
        for signature, status in ((good, 200), (bad, 403)):
            given = {**headers, "X-Twilio-Signature": signature}
            reply = client.post(HERE, data=urlencode(FIELDS), content_type=FORM, headers=given)
            assert reply.status_code == status, given


@only_sqlite
@pytest.mark.req("H9")
def test_everywhere_else_another_host_is_still_not_answered(client: FlaskClient) -> None:
    headers = {"Host": "evil.example", "X-Twilio-Signature": signature_of()}
    for address in ("/texts", "/texts/", "/texts/in/", "/texts/in/x", "/texts/status/", "/texts/elsewhere", "/"):
        assert client.post(address, data=urlencode(FIELDS), content_type=FORM, headers=headers).status_code == 400
    assert client.get(HERE, headers=headers).status_code == 400


# --- Forgeries ---


def with_another_letter(text: str, chance: Random) -> str:
    place = chance.randrange(len(text))
    other = chance.choice([letter for letter in "ABCDabcd0123+/=" if letter != text[place]])
    return text[:place] + other + text[place + 1 :]


Forgery = Callable[[Random], tuple[str, list[tuple[str, str]] | bytes, str]]


def forged_header(chance: Random) -> tuple[str, Any, str]:
    good = signature_of()
    ways = [with_another_letter(good, chance), good.lower(), good[:-1], good + "=", good[::-1], good.swapcase()]
    return HERE, list(FIELDS.items()), chance.choice(ways)


def forged_url(chance: Random) -> tuple[str, Any, str]:
    ways = [f"?a={chance.random()}", "?", "?#rc=5", "?bodySHA256=x", "?Body=3", "?AccountSid"]
    return HERE + chance.choice(ways), list(FIELDS.items()), signature_of()


def forged_address(chance: Random) -> tuple[str, Any, str]:
    elsewhere = chance.choice(["https://127.0.0.1:8000", "http://evil.example", "http://127.0.0.1:8001"])
    return HERE, list(FIELDS.items()), signature_of(url=f"{elsewhere}{HERE}")


def forged_value(chance: Random) -> tuple[str, Any, str]:
    name = chance.choice(list(FIELDS))
    value = FIELDS[name] + chance.choice("0 aŵ\0") if not FIELDS[name] else with_another_letter(FIELDS[name], chance)
    return HERE, list({**FIELDS, name: value}.items()), signature_of()


def removed_field(chance: Random) -> tuple[str, Any, str]:
    name = chance.choice([name for name, value in FIELDS.items() if name + value])
    return HERE, [(each, value) for each, value in FIELDS.items() if each != name], signature_of()


def added_field(chance: Random) -> tuple[str, Any, str]:
    name = chance.choice(["OptOutType", "MediaUrl0", "Body", "From", "x", ""])
    return HERE, [*FIELDS.items(), (name, f"v{chance.random()}")], signature_of()


def doubled_field(chance: Random) -> tuple[str, Any, str]:
    fields = list(FIELDS.items())
    fields.insert(chance.randrange(len(fields)), chance.choice(fields))
    return HERE, fields, signature_of()


def moved_boundary(chance: Random) -> tuple[str, Any, str]:
    """A letter goes over from a name to its value, or from a value to the next name: what is signed stays the same."""
    name = chance.choice(["Body", "From", "MessageSid"])
    moved = (name[:-1], name[-1] + FIELDS[name])
    return HERE, [(moved if each == name else (each, value)) for each, value in FIELDS.items()], signature_of()


def other_encoding(chance: Random) -> tuple[str, Any, str]:
    fields = {**FIELDS, "Body": "siŵr â ñ"}
    encoding = chance.choice(["utf-16", "iso-8859-14", "cp1252:replace"]).split(":")
    body = urlencode(fields, encoding=encoding[0], errors=(encoding[1:] or ["strict"])[0]).encode()
    return HERE, body, signature_of(fields)


def other_token(chance: Random) -> tuple[str, Any, str]:
    return HERE, list(FIELDS.items()), signature_of(token=with_another_letter(TOKEN, chance))


def not_quite_a_form(chance: Random) -> tuple[str, Any, str]:
    body = urlencode(FIELDS).encode()
    place = chance.randrange(1, len(body))
    return (
        HERE,
        chance.choice([body[:place], body[place:], body + b"&", body + b"&x", body + b"&Body=%FF"]),
        signature_of(),
    )


FORGERIES: list[Forgery] = [
    forged_header, forged_url, forged_address, forged_value, removed_field, added_field, doubled_field, moved_boundary,
    other_encoding, other_token, not_quite_a_form,
]  # fmt: skip


@only_sqlite
@pytest.mark.req("W4")
def test_of_ten_thousand_forged_requests_none_is_accepted(exchange: Exchange, untouchable: Untouchable) -> None:
    chance = Random(4)  # noqa: S311 - the same forgeries each time
    for number in range(10_000):
        forgery = FORGERIES[number % len(FORGERIES)]
        address, fields, signature = forgery(chance)
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        assert knock(exchange, address, body, signature) == ("403", b""), (forgery.__name__, address, body, signature)
    assert untouchable.touched == 0


@only_sqlite
@pytest.mark.req("W4")
def test_the_search_for_forgeries_would_find_one_that_gets_in(exchange: Exchange, untouchable: Untouchable) -> None:
    assert knock(exchange, HERE, urlencode(FIELDS).encode(), signature_of())[0] == "503"
    assert untouchable.touched == 1, "let in, and this database is always busy"


def knock(exchange: Exchange, address: str, body: bytes, signature: str) -> tuple[str, bytes]:
    """Status and content of the reply, asked for as a server does, without the time a test client takes."""
    path, _, query = address.partition("?")
    told: list[str] = []

    def start(status: str, _headers: object, _fault: object = None) -> Callable[[bytes], object]:
        told.append(status[:3])
        return told.append  # type: ignore[return-value]  # nobody writes this way

    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": query, "RAW_URI": address, "CONTENT_TYPE": FORM,
        "CONTENT_LENGTH": str(len(body)), "HTTP_HOST": "127.0.0.1:8000", "HTTP_X_TWILIO_SIGNATURE": signature,
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.version": (1, 0),
    }  # fmt: skip
    reply = exchange.app.wsgi_app(environ, start)
    return told[0], b"".join(reply)


@only_sqlite
@pytest.mark.req("W1")
def test_fields_in_another_order_are_the_same_text(client: FlaskClient) -> None:
    for fields in (sorted(FIELDS.items()), sorted(FIELDS.items(), reverse=True)):
        headers = {"X-Twilio-Signature": signature_of()}
        assert client.post(HERE, data=urlencode(fields), content_type=FORM, headers=headers).status_code == 200


# --- Size, faults, settings ---


@only_sqlite
@pytest.mark.req("W12")
def test_more_than_64_kilobytes_are_refused(exchange: Exchange, untouchable: Untouchable) -> None:
    assert exchange.post({**FIELDS, "Body": "x" * 70_000}).status_code == 413
    assert untouchable.touched == 0


@only_sqlite
def test_a_busy_database_is_told_so_that_the_text_is_brought_again(
    exchange: Exchange, untouchable: Untouchable
) -> None:
    for reply in (exchange.post(FIELDS), exchange.post({"MessageStatus": "sent"}, "/texts/status/abc")):
        assert (reply.status_code, reply.data) == (503, b"")
    assert untouchable.touched == 2


@only_sqlite
def test_where_nobody_is_texted_there_is_no_such_address(database_url: str) -> None:
    app = create_app(settings_for(database_url))
    client = app.test_client()
    for address in (HERE, "/texts/status/abc"):
        reply = client.post(address, data=urlencode(FIELDS), headers={"X-Twilio-Signature": signature_of()})
        assert (reply.status_code, reply.data) == (404, b"")
    app.extensions["database"].engine.dispose()


@only_sqlite
@pytest.mark.req("O2")
def test_nothing_is_logged_of_a_text_or_its_status(exchange: Exchange, capfd: pytest.CaptureFixture[str]) -> None:
    exchange.app.testing = False
    phone = exchange.phone()
    phone.invited()
    phone.texts("yes Kanarienvogel 07700900555")
    exchange.post({**FIELDS, "From": "+447700900777"})
    exchange.post({"MessageStatus": "sent", "MessageSid": "SMKanarienvogel"}, "/texts/status/Kanarienvogel")
    exchange.app.test_client().post("/texts/status/Kanarienvogel", data={"From": "+447700900777"})
    logged = capfd.readouterr().err
    assert [each for each in ("Kanarienvogel", "07700900", "447700900", "SM1") if each in logged] == []


# --- What became of a text that we sent ---


@pytest.mark.req("W8")
def test_a_status_only_moves_up_in_whatever_order_and_however_often_it_comes(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    (text,) = phone.outbound()
    ends = set()
    for order in permutations(["queued", "sending", "sent", "delivered", "undelivered"]):
        with exchange.database.transaction() as work:
            work.execute(update(OutboundText).values(state="accepted"))
        for word in [each for each in order for _ in range(2)]:
            fields = {"MessageSid": text.provider_name or "", "MessageStatus": word}
            assert exchange.post(fields, f"/texts/status/{text.attempt}").status_code == 204
        ends.add(phone.outbound()[0].state)
    assert ends == {"delivered"}


@pytest.mark.req("W8")
@pytest.mark.parametrize("word", ["", "teleported", "READ?", "ŵ" * 50])
def test_a_status_that_nobody_knows_is_answered_all_the_same_and_changes_nothing(word: str, exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    (text,) = phone.outbound()
    reply = exchange.post(
        {"MessageSid": text.provider_name or "", "MessageStatus": word}, f"/texts/status/{text.attempt}"
    )
    assert (reply.status_code, reply.data) == (204, b"")
    assert phone.outbound()[0].state == "accepted"
    assert exchange.post({"MessageStatus": "sent"}, "/texts/status/of-nothing-we-know").status_code == 204


def test_who_opted_out_at_the_provider_has_said_stop(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    phone.texts("yes")
    with exchange.database.reading() as work:
        sent = select(OutboundText.attempt).where(OutboundText.kind == "question")
        attempt = work.scalars(sent).one()
    fields = {"MessageStatus": "failed", "ErrorCode": "21610"}
    assert exchange.post(fields, f"/texts/status/{attempt}").status_code == 204
    assert phone.state == "refused"
    assert phone.texts("yes") == []


# --- Once, for ever ---


@pytest.mark.req("W5")
def test_a_text_brought_again_after_forty_days_and_twenty_thousand_newer_ones_changes_nothing(
    exchange: Exchange,
) -> None:
    phone = exchange.phone()
    phone.invited()
    phone.texts("yes")
    phone.texts("1")
    old = dict(phone.last)
    many = 20_000
    with exchange.database.transaction() as work:
        newer = [
            {
                "mark": f"{number:064x}",
                "received_second": number,
                "rung": "kept",
                "conversation_id": phone.conversation_id,
            }
            for number in range(many)
        ]
        work.execute(insert(InboundText), [{"id": uuid4(), "for_a_person": False, **each} for each in newer])
    exchange.clock.on(days=40)
    before = exchange.count(OutboundText), phone.talk.question_id, exchange.count(InboundText)
    assert exchange.post(old).status_code == 200
    exchange.carry()
    assert phone.arrived() == []
    assert (exchange.count(OutboundText), phone.talk.question_id, exchange.count(InboundText)) == before


@pytest.mark.req("W5")
def test_a_text_brought_again_after_the_end_changes_nothing(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    brought = []
    for words in ("yes", "1", "1", "1", "1", "1", "1", "no"):
        phone.texts(words)
        brought.append(dict(phone.last))
    assert phone.state == "finished"
    exchange.clock.on(days=40)
    for each in brought:
        assert exchange.post(each).status_code == 200
    exchange.carry()
    assert phone.arrived() == []
    assert len(exchange.responses()) == 1
