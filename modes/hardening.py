"""What holds for every page of every door: headers, hosts, sizes, who may post, and logs that name nobody."""

import json
import logging
import struct
import sys
import time
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path
from traceback import extract_tb
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import BadRequest, Forbidden, RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

LARGEST_REQUEST = 64 * 1024
MOST_FIELDS = 200
GZIP_BEGINS = bytes.fromhex("1f8b08000000000002ff")  # no name, no time, best compression, unknown system
GZIP_ENDS = bytes.fromhex("0300")  # an empty last block
LOOPBACK = ("127.0.0.1", "localhost")
STATIC = Path(__file__).parents[1] / "static"

# What a page may load and where its forms may go. There is no script and no style within a page.
# `data:` is for the empty icon: a browser then asks for none, which we do not have.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
NOTHING = "default-src 'none'; frame-ancestors 'none'"
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}


class Deployment(Protocol):
    """What the settings must say about where this runs."""

    @property
    def public_url(self) -> str:
        """The origin that people's browsers see."""

    @property
    def behind_proxy(self) -> bool:
        """True where one proxy of ours stands in front."""


def harden(app: Flask, deployment: Deployment, cookie: str = "survey") -> None:
    """Make the rules of this module hold for every page of the application, and name its cookie.

    What holds where replies leave is added by `wrap`, once around all applications.
    """
    address = urlsplit(deployment.public_url)
    secure = address.scheme == "https"
    hosts = LOOPBACK if address.hostname in LOOPBACK else (str(address.hostname),)
    app.session_interface = Cookies()
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        MAX_FORM_PARTS=MOST_FIELDS,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_NAME=f"__Host-{cookie}" if secure else cookie,
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_SAMESITE="Lax",  # a Strict cookie is not sent by someone who arrives from a text or an e-mail
        SESSION_COOKIE_SECURE=secure,
        TRUSTED_HOSTS=list(hosts),
        WTF_CSRF_SSL_STRICT=False,  # there is no Referer to check: we ask browsers not to send one
        WTF_CSRF_TIME_LIMIT=None,  # a child may take all day over a page; the token dies with the session
    )
    for check in (note_the_time, refuse_other_sites, refuse_what_was_cut, refuse_too_many_fields):
        app.before_request(check)
    CSRFProtect(app)  # checks last: first where a form comes from, then how large it is, then its token
    for finish in (compressed, logged):  # Flask calls the last one first
        app.after_request(finish)
    draw_with_components(app)
    quiet_logs()


def draw_with_components(app: Flask) -> None:
    """Let every template use the components of GOV.UK Frontend; pages come without the templates' indentation."""
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([each for each in (app.jinja_loader, components) if each])
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def asset(name: str) -> str:
    """The address of a style sheet or script as it was last built: `styles.css`."""
    return f"/static/{_built()[name]}"


@cache
def _built() -> dict[str, str]:
    manifest: dict[str, str] = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def wrap(app: Flask, *, behind_proxy: bool) -> None:
    """Serve what is built into static/, for ever as its names carry its content, and believe our own proxy alone."""
    static = WhiteNoise(
        app.wsgi_app,
        root=str(STATIC),
        prefix="static/",
        immutable_file_test=r"\.[0-9a-f]{12}\.(css|js|svg)$",
        allow_all_origins=False,
    )
    served = protected(static)
    app.wsgi_app = ProxyFix(served, x_for=1, x_proto=1) if behind_proxy else served  # type: ignore[method-assign]  # as Flask's documentation wraps it


Headers = list[tuple[str, str]]
WITH_PAGE: Headers = [*HEADERS.items(), ("Content-Security-Policy", PAGE_POLICY)]
WITHOUT_PAGE: Headers = [*HEADERS.items(), ("Content-Security-Policy", NOTHING)]


def protected(serve: Any) -> Any:
    """The same protection on every reply, files and errors included; nothing but files is kept on the way.

    Added where replies leave, as a finished list: header by header it took a twentieth of a page's time.
    """

    def serve_protected(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def start(status: str, headers: Headers, *fault: Any) -> Any:
            given = {name.lower(): value for name, value in headers}
            is_page = given.get("content-type", "").startswith("text/html")
            ours = WITH_PAGE if is_page else WITHOUT_PAGE
            uncached = [] if "cache-control" in given else [("Cache-Control", "no-store")]
            return start_response(status, [*headers, *ours, *uncached], *fault)

        answered: Iterable[bytes] = serve(environ, start)
        return answered

    return serve_protected


class Cookies(SecureCookieSessionInterface):
    """Flask's own signed cookie; what signs it is made once, not for every page."""

    _serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs the cookie."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer


# --- Before a request ---


def note_the_time() -> None:
    """Remember when this request began."""
    g.began = time.perf_counter()


def refuse_other_sites() -> None:
    """A form is sent from our own page or not at all; browsers that do not say where from are caught by the token."""
    comes_from = request.headers.get("Sec-Fetch-Site", "same-origin")
    if request.method not in {"GET", "HEAD", "OPTIONS"} and comes_from not in {"same-origin", "none"}:
        raise Forbidden("sent from another site")


def refuse_what_was_cut() -> None:
    """Half a form, left by a broken connection, would read like a whole one. Reading it also notices one too large."""
    if larger := current_app.extensions.get("largest_requests", {}).get(request.endpoint):
        request.max_content_length = request.max_form_memory_size = larger
    if request.content_length and len(request.get_data()) < request.content_length:
        raise BadRequest("cut on its way")


def refuse_too_many_fields() -> None:
    """No page of ours has so many. What is signed is read where its signature is checked, and once."""
    if request.blueprint in current_app.extensions.get("signed_doors", ()):
        return
    if sum(map(len, request.form.listvalues())) > MOST_FIELDS:
        raise RequestEntityTooLarge


# --- After a request ---


def compressed(response: Response) -> Response:
    """The page as gzip, with the CSRF token compressed apart from everything else.

    Compressed together, the length of a page could tell, letter by letter, how much of a token an attacker has
    guessed. A full flush before and after lets nothing on the page refer to the token, nor the token to the page.
    """
    if response.mimetype != "text/html" or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    page = response.get_data()
    if not page or not request.accept_encodings["gzip"]:
        return response
    response.set_data(gzip_apart(page, g.get("csrf_token", "").encode(), again="same_for_everybody" in g))
    response.content_encoding = "gzip"
    return response


def gzip_apart(page: bytes, secret: bytes, *, again: bool = False) -> bytes:
    """The page as gzip, each piece between occurrences of the secret, and the secret, compressed on its own.

    `again`: what stands around the secret is the same for everybody, and is remembered as it was compressed.
    """
    pieces = page.split(secret) if secret else [page]
    deflated = _deflated(secret).join(map(_remembered if again else _deflated, pieces))
    return b"".join((GZIP_BEGINS, deflated, GZIP_ENDS, struct.pack("<LL", zlib.crc32(page), len(page))))


def _deflated(piece: bytes) -> bytes:
    compressor = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return compressor.compress(piece) + compressor.flush(zlib.Z_FULL_FLUSH)


_remembered = lru_cache(maxsize=1024)(_deflated)


# --- Logs ---

log = logging.getLogger("perspective")


def logged(response: Response) -> Response:
    """One line about what happened, by the name of the route: an address can carry a token, and a query an answer."""
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000)
        log.warning("request", extra={"route": route_name(), "status": response.status_code, "took_ms": took})
    return response


def route_name() -> str:
    """The name of the view that was asked for; "none" for an address we do not have."""
    return request.endpoint or "none"


class JsonLines(logging.Formatter):
    """A line of JSON with these fields and no others.

    Of other people's messages it keeps who sent them; of a fault its kind and the places in the code it came through,
    never its message: those may hold an address, or what somebody wrote.
    """

    FIELDS = ("route", "status", "took_ms")

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON, to the minute."""
        minute = f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%MZ}"
        line: dict[str, Any] = {"at": minute, "level": record.levelname, "from": record.name}
        if record.name == log.name:
            line["event"] = record.getMessage()
        line |= {field: vars(record)[field] for field in self.FIELDS if field in vars(record)}
        if record.exc_info and record.exc_info[1]:
            line |= {"fault": type(record.exc_info[1]).__name__, "places": _places(record.exc_info[1])}
        return json.dumps(line)


def _places(fault: BaseException) -> list[str]:
    steps = extract_tb(fault.__traceback__)[-8:]
    return [f"{Path(step.filename).name}:{step.lineno}" for step in steps]


class ToStandardError(logging.StreamHandler[Any]):
    """Writes to what standard error is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line; a log that cannot be written stops no page."""
        self.stream = sys.stderr
        super().emit(record)


def quiet_logs() -> None:
    """Let only such lines out of this process, whoever logs."""
    handler = ToStandardError()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [*(each for each in root.handlers if not isinstance(each, ToStandardError)), handler]
