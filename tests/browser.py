"""A real Chromium for tests, and an address where an application of ours answers it."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Playwright, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Response

from tests import chromium

FLAGS = (
    "--no-sandbox",  # root may not use the sandbox, and only our own pages are looked at
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",  # a page that asks elsewhere, fails
)
PHONE = {"width": 390, "height": 844}

# A refused address is what such a test is about; the browser's own remark on it says nothing new.
STATUS_REMARK = "Failed to load resource: the server responded with a status of"
HUNG_UP = "Failed to load resource: net::ERR_CONNECTION_RESET"  # a test server, on whoever leaves mid-air


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers: one in a process is all that there can be."""
    with sync_playwright() as playwright:
        if not chromium.installed() and not chromium.fetched(playwright.chromium.executable_path):
            pytest.fail(chromium.REMEDY, pytrace=False)
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Browser:
    """A Chromium, started once for a whole run of tests."""
    return playwright.chromium.launch(executable_path=chromium.installed(), args=FLAGS)


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of a new visitor: `new_page(java_script_enabled=False)`, with options as for new_context.

    The test fails if a page said anything on its console, whether a script's error or something the
    Content-Security-Policy refused.
    """
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": PHONE, "locale": "en-GB", "reduced_motion": "reduce"} | options)
        contexts.append(context)
        context.on("console", lambda message: said.extend(_complaint(message)))
        context.on("weberror", lambda error: said.append(str(error.error)))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not said, said


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page on a phone."""
    return new_page()


def _complaint(message: ConsoleMessage) -> list[str]:
    is_complaint = message.type in {"error", "warning"} and not message.text.startswith((STATUS_REMARK, HUNG_UP))
    return [message.text] if is_complaint else []


@pytest.fixture
def serve(request: pytest.FixtureRequest) -> Iterator[Callable[[Callable[[str], WSGIApplication]], str]]:
    """Serves an application until the test is over: `address = serve(lambda address: create_app(... address ...))`."""
    servers = []

    def start(make_app: Callable[[str], WSGIApplication]) -> str:
        server = make_server("127.0.0.1", 0, _not_yet, threaded=True, request_handler=_Silent)
        address = f"http://127.0.0.1:{server.port}"
        server.app = _in_late_halves(make_app(address), request.config.getoption("slow_server"))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        servers.append((server, thread))
        return address

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def _in_late_halves(app: WSGIApplication, seconds: float) -> WSGIApplication:
    """The same application on a slow line: who does not wait for a page meets the one before, or half of this one."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        whole = Response.from_app(app, environ, buffered=True)
        start_response(whole.status, whole.headers.to_wsgi_list())
        middle = len(whole.data) // 2
        for half in (whole.data[:middle], whole.data[middle:]):
            time.sleep(seconds)
            yield half

    return answer if seconds else app


class _Silent(WSGIRequestHandler):
    """Does not log requests: what the application itself logs is under test."""

    def log_request(self, *_: object) -> None:
        """Say nothing."""


def _not_yet(*_: object) -> list[bytes]:
    raise AssertionError("asked before the application was there")


def follow(pressed: Locator) -> None:
    """Press what leads to another page, and wait until that page is there in full: a click alone may end before it."""
    with pressed.page.expect_navigation():
        pressed.click()


def barriers(page: Page) -> list[str]:
    """What on this page would stop somebody with a disability, as axe sees it: a line for each, with its places."""
    found = Axe().run(page).response
    return [
        f"{rule['id']}: {rule['help']}: {node['html']}"
        for outcome in ("violations", "incomplete")
        for rule in found[outcome]
        for node in rule["nodes"]
    ]
