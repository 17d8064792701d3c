"""Bytes and requests on the wire, as Chromium counts them: the first page on a cold cache, then each question.

./run python -m benchmarks.page_weight
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks import our_side
from benchmarks.servers import OURS, serving
from benchmarks.tables import printed, verdict
from surveys.loading import definition
from tests.chromium import installed

FIRST_BYTES, FIRST_REQUESTS, LATER_BYTES = 20_000, 4, 3_000
PHONE: Any = {"width": 390, "height": 844}


@dataclass
class Wire:
    """What went over the wire since the last look; a redirect's answer counts as a request of its own."""

    requests: int = 0
    size: int = 0

    def received(self, event: dict[str, Any]) -> None:
        """A whole answer came in; what comes from the cache or stands in the page itself weighs nothing."""
        self._count(event["encodedDataLength"])

    def redirected(self, event: dict[str, Any]) -> None:
        """An answer came in that only leads elsewhere."""
        self._count(event.get("redirectResponse", {}).get("encodedDataLength", 0))

    def _count(self, size: float) -> None:
        self.requests += size > 0
        self.size += int(size)

    def taken(self) -> tuple[int, int]:
        """The requests and bytes so far; counting begins anew."""
        found = self.requests, self.size
        self.requests = self.size = 0
        return found


@contextmanager
def browsing(*, scripts: bool) -> Iterator[tuple[Page, Wire]]:
    """A phone-sized Chromium with nothing in its cache."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed())
        page = browser.new_page(viewport=PHONE, java_script_enabled=scripts)
        events, wire = page.context.new_cdp_session(page), Wire()
        events.on("Network.loadingFinished", wire.received)
        events.on("Network.requestWillBeSent", wire.redirected)
        events.send("Network.enable")
        yield page, wire
        browser.close()


def first_page(address: str, *, scripts: bool) -> tuple[int, int]:
    """Requests and bytes of the start page."""
    with browsing(scripts=scripts) as (page, wire):
        page.goto(f"http://{address}/", wait_until="networkidle")
        return wire.taken()


def later_pages(address: str, start: str) -> Iterator[tuple[str, int, int]]:
    """The path, requests and bytes of each page that follows, with the form that led there."""
    with browsing(scripts=True) as (page, wire):
        page.goto(f"http://{address}{start}", wait_until="networkidle")
        while not page.url.endswith("/check"):
            wire.taken()
            _answer(page)
            page.wait_for_load_state("networkidle")
            yield page.url.removeprefix(f"http://{address}"), *wire.taken()


def _answer(page: Page) -> None:
    """The first answer there is, so that every follow-up is asked."""
    choices = page.locator("main input[name=answer][type=radio], main input[name=answer][type=checkbox]")
    words = page.locator("main textarea[name=answer], main input[name=answer][type=text]")
    if choices.count():
        choices.first.check()
    elif words.count():
        words.fill("7")
    page.locator("main form button[value=continue]").click()


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "weighed.sqlite3"
        (start,) = our_side.prepare(file, 1, definition("children-2012"))
        with serving(OURS, file.parent, "threads", our_side.settings(file)) as server:
            first = {scripts: first_page(server.address, scripts=scripts) for scripts in (True, False)}
            later = list(later_pages(server.address, start))
    questions = [size for path, _, size in later if _is_later_question(path)]
    fits = first[True][0] <= FIRST_REQUESTS and first[True][1] <= FIRST_BYTES
    rows = [
        ("first page, cold", *_figures(first[True]), f"<= {FIRST_REQUESTS}, {FIRST_BYTES:,}", verdict(reached=fits)),
        ("first page, cold, no scripts", *_figures(first[False]), "", ""),
        *(_row(path, requests, size) for path, requests, size in later),
        _row(f"heaviest of {len(questions)} later questions", 2, max(questions), judged=True),
        _row("their mean", 2, round(sum(questions) / len(questions))),
    ]
    printed(("", "requests", "bytes", "goal", ""), rows)


def _is_later_question(path: str) -> bool:
    return path.startswith("/question/") and path != "/question/1"  # the first one also brings the pictures


def _row(name: str, requests: int, size: int, *, judged: bool = False) -> tuple[str, ...]:
    goal = judged or _is_later_question(name)
    return (
        name,
        *_figures((requests, size)),
        f"<= {LATER_BYTES:,}" if goal else "",
        verdict(reached=size <= LATER_BYTES) if goal else "",
    )


def _figures(found: tuple[int, int]) -> tuple[str, str]:
    return str(found[0]), f"{found[1]:,}"


if __name__ == "__main__":
    main()
