"""Serves the practice telephone on this machine and on no other address."""

import json
import socket
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, request
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import Forbidden
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from telephone import control, page, provider
from telephone.exchange import Exchange
from telephone.faults import Fault

LOOPBACK = ("127.0.0.1", "localhost")
LARGEST_REQUEST = 64 * 1024
MOMENT, MOMENTS = 0.01, 30  # seconds, and how many of them at most
HOUSE = Path(__file__).parents[1]
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class NotThisMachine(ValueError):
    """The practice telephone may not be served there."""


def create_app(exchange: Exchange, seconds_for_an_answer: float = 1.5) -> Flask:
    """The API, the control of its faults and the telephones on the screen.

    `seconds_for_an_answer`: how long a page waits after a text was written, so that the answer is on it.
    """
    app = Flask("telephone", static_folder=HOUSE / "static", template_folder=HOUSE / "templates")
    app.extensions["exchange"] = exchange
    app.extensions["seconds_for_an_answer"] = seconds_for_an_answer
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_REQUEST, TRUSTED_HOSTS=list(LOOPBACK))
    app.before_request(refuse_other_sites)
    app.after_request(with_headers)
    for blueprint in (provider.blueprint, control.blueprint, page.blueprint):
        app.register_blueprint(blueprint)
    draw_with_components(app)
    return app


def draw_with_components(app: Flask) -> None:
    """Let the pages use the components of GOV.UK Frontend, and our built style sheet and script."""
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([each for each in (app.jinja_loader, components) if each])
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def asset(name: str) -> str:
    """The address of a style sheet or script as it was last built."""
    manifest: dict[str, str] = json.loads((HOUSE / "static/manifest.json").read_text(encoding="utf-8"))
    return f"/static/{manifest[name]}"


def with_headers(response: Response) -> Response:
    """Pages load and post to themselves alone."""
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def refuse_other_sites() -> None:
    """A page of another site that is open in the same browser must not write texts here."""
    comes_from = request.headers.get("Sec-Fetch-Site", "same-origin")
    if request.method not in {"GET", "HEAD"} and comes_from not in {"same-origin", "none"}:
        raise Forbidden("sent from another site")


class Server:
    """A telephone that is served while this is open; while REFUSE is planted, nobody listens at its address."""

    def __init__(self, exchange: Exchange, host: str = "127.0.0.1", port: int = 0) -> None:
        """`port`: 0 takes one that is free.

        Raises:
            NotThisMachine: the host is not this machine's own.
            OSError: the port is taken.
        """
        if host not in LOOPBACK:
            raise NotThisMachine(f"{host}: the practice telephone is served on 127.0.0.1 alone; it has no password.")
        self.exchange = exchange
        self._app = create_app(exchange)
        self._turn = threading.Lock()
        self._listener: _Listener | None = None
        self.host, self.port = host, port
        self._listen()
        self.url = f"http://{self.host}:{self.port}"
        exchange.faults.changed = self._listen_or_not

    def close(self) -> None:
        """Stop serving, and end what is under way."""
        self.exchange.faults.changed = lambda: None
        self.exchange.errands.close()
        self._stop_listening()

    def _listen_or_not(self) -> None:
        """REFUSE came or went. It takes effect a moment later: the request that planted it wants its answer."""
        self.exchange.errands.do(self._settle, 0.05)

    def _settle(self) -> None:
        rule = next((rule for rule in self.exchange.faults.rules() if rule.fault is Fault.REFUSE), None)
        if rule is None:
            self._listen()
            return
        self._stop_listening()
        if rule.lasting is not None:
            self.exchange.errands.do(self._settle, 0.05)

    def _listen(self) -> None:
        with self._turn:
            if self._listener is None:
                self._listener = _Listener(self.host, self.port, self._app)
                self.port = self._listener.server_address[1]
                threading.Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True).start()

    def _stop_listening(self) -> None:
        with self._turn:
            if self._listener is not None:
                self._listener.shutdown()
                self._listener.server_close()
                self._listener.hang_up()
                self._listener = None


class _Listener(ThreadedWSGIServer):
    """Knows its connections, so that all of them can be ended."""

    request_queue_size = 128

    def __init__(self, host: str, port: int, app: Flask) -> None:
        self._connections: set[socket.socket] = set()
        with socket.create_server((host, port), backlog=self.request_queue_size) as bound:
            super().__init__(host, port, app, _Quiet, fd=bound.fileno())  # which werkzeug duplicates

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._connections.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End every connection, and give both ends a moment to notice."""
        for connection in list(self._connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it has ended by itself
        for _ in range(MOMENTS):
            time.sleep(MOMENT)
            if not self._connections:
                return


class _Quiet(WSGIRequestHandler):
    """Logs nothing: addresses hold numbers."""

    def log(self, *_: object) -> None:
        """Say nothing."""


def parts_of(address: str) -> tuple[str, int]:
    """Host and port of an address such as `127.0.0.1:8001`.

    Raises:
        NotThisMachine: it is none, or not this machine's.
    """
    there = urlsplit(f"//{address}")
    try:
        port = there.port
    except ValueError:
        port = None
    if there.hostname not in LOOPBACK or port is None:
        raise NotThisMachine(
            f"ADDRESS_OF_TELEPHONE={address}: write it like 127.0.0.1:8001. The practice telephone is served on this "
            "machine alone: it has no password."
        )
    return there.hostname, port
