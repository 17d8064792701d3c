"""Where the provider tells us of texts: one that came in, and what became of one that we sent.

Who may knock is decided by the signature alone, over our own address as the settings give it. Neither the Host header
nor what a proxy claims has a say, so both are put right before anybody reads them.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, request
from flask_wtf.csrf import CSRFProtect

from fieldwork.faults import Busy
from fieldwork.texting import outbox, settling
from modes.sms.conversing import Inbound, receive
from modes.sms.going_on import Links
from modes.sms.signature import FORM, HEADER, Fields, fields_of, is_signed

HERE = re.compile(r"/texts/(in|status/[^/]+)")
NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
NOT_BELIEVED = tuple(f"HTTP_X_FORWARDED_{what}" for what in ("FOR", "HOST", "PORT", "PREFIX", "PROTO"))
OF_BROWSERS = "HTTP_SEC_FETCH_SITE"
LONGEST_NUMBER = 6  # digits; no count and no code of theirs has more

blueprint = Blueprint("texts", __name__)


class Account(Protocol):
    """What the settings must say about texts."""

    @property
    def public_url(self) -> str:
        """The origin that the provider was told."""

    @property
    def texts(self) -> bool:
        """True where texts are sent and taken."""

    @property
    def twilio_auth_token(self) -> str | None:
        """What it signs with."""

    @property
    def twilio_auth_token_before(self) -> str | None:
        """What it signed with before."""


@blueprint.post("/texts/in")
def text_came_in() -> Response:
    """Keep the text, decide about it and write the reply, in one transaction. The outbox carries the reply."""
    account = _account()
    if not account.texts:
        return _empty(404)
    fields = _signed_fields(account)
    inbound = _inbound(fields) if fields else None
    if inbound is None:
        return _empty(403)
    known = current_app.extensions
    try:
        receive(known["database"], known["keys"], inbound, _now(), Links(account.public_url, known["pepper"]))
    except Busy:
        return _empty(503)
    return Response(NOTHING_TO_SAY, mimetype="text/xml")


@blueprint.post("/texts/status/<attempt>")
def status_came(attempt: str) -> Response:
    """Keep what became of a text that we sent."""
    account = _account()
    if not account.texts:
        return _empty(404)
    fields = _signed_fields(account)
    if fields is None:
        return _empty(403)
    name, word, code = (_only(fields, field) for field in ("MessageSid", "MessageStatus", "ErrorCode"))
    known = current_app.extensions
    try:
        with known["database"].glance() as seen:
            if outbox.is_old(seen, attempt, name, word or ""):
                return _empty(204)
        with known["database"].transaction() as work:
            settling.told(work, known["keys"], attempt, name, word or "", _number(code), _now())
    except Busy:
        return _empty(503)
    return _empty(204)


def _account() -> Account:
    account: Account = current_app.extensions["settings"]
    return account


def _signed_fields(account: Account) -> Fields | None:
    """The fields of a request that the provider signed; none for any other. No database is touched."""
    signature = request.headers.get(HEADER)
    if not signature or request.mimetype != FORM:
        return None
    fields = fields_of(request.get_data())
    tokens = [token for token in (account.twilio_auth_token, account.twilio_auth_token_before) if token]
    if fields is None or not is_signed(account.public_url + _asked_for(), fields, signature, tokens):
        return None
    return fields


def _asked_for() -> str:
    """Path and query string, letter by letter as they were received."""
    received: str = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or ""
    return received if received.startswith("/") else "/"


def _inbound(fields: Fields) -> Inbound | None:
    """The text, where each field we read stands there once: a signature puts no mark between a name and its value."""
    sid, sender, body = (_only(fields, name) for name in ("MessageSid", "From", "Body"))
    if not sid or not sender or body is None:
        return None
    return Inbound(sid, sender, body, _number(_only(fields, "NumMedia")) or 0, _only(fields, "OptOutType"))


def _only(fields: Fields, name: str) -> str | None:
    values = fields.get(name, [])
    return values[0] if len(values) == 1 else None


def _number(written: str | None) -> int | None:
    is_one = written and written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER
    return int(written) if written and is_one else None


def _empty(status: int) -> Response:
    reply = Response(status=status)
    del reply.headers["Content-Type"]  # there is nothing in it
    return reply


def _now() -> datetime:
    now: datetime = current_app.extensions["clock"]()
    return now


def _this_moment() -> datetime:
    return datetime.now(UTC)


def let_in(app: Flask, public_url: str) -> None:
    """Register both addresses. In the place of what guards a form, a signature guards them."""
    app.register_blueprint(blueprint)
    app.extensions["clock"] = _this_moment
    csrf: CSRFProtect = app.extensions["csrf"]
    csrf.exempt(blueprint)
    app.extensions["signed_doors"] = {blueprint.name}
    app.wsgi_app = AtOurAddress(app.wsgi_app, public_url)  # type: ignore[method-assign]  # as Flask's documentation wraps it


class AtOurAddress:
    """Puts our own address in the place of the Host header and of what a proxy claims, at these two addresses alone."""

    def __init__(self, serve: Any, public_url: str) -> None:
        """Remember whom to pass requests on to."""
        self.serve, self.address = serve, urlsplit(public_url)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Pass the request on."""
        if environ.get("REQUEST_METHOD") == "POST" and HERE.fullmatch(environ.get("PATH_INFO", "")):
            for claim in (*NOT_BELIEVED, OF_BROWSERS):
                environ.pop(claim, None)
            environ.update({"HTTP_HOST": self.address.netloc, "wsgi.url_scheme": self.address.scheme})
        served: Iterable[bytes] = self.serve(environ, start_response)
        return served
