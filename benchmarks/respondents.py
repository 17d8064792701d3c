"""Respondents to measure with: each goes through a flow of forms, page after page, and keeps a ledger.

They know nothing of the application. They follow its redirects, fill in the first form of every page (at random, but
the same each time by their number) and press its first button, until they are at the page that says it is over. What
was acknowledged, by a redirect after a POST, goes into the ledger, to be looked for in the database later.
"""

import math
import multiprocessing
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from typing import NamedTuple

from benchmarks.browser import Broken, Browser, Fields, Reply
from benchmarks.filling_in import filled_in

MOST_PAGES = 200
PAUSE = 0.1
REDIRECTS = {302, 303}


class CannotGoOn(Exception):
    """The application answered something that a respondent can do nothing with."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Where the application is, and the path of the page that says it is over."""

    address: str
    over: str = "/sent"
    tries: int = 1
    """How often a page is sent before its respondent gives up; between two tries they wait a moment."""
    patience: float = 60.0
    """Seconds that they wait for a page."""


class Acknowledged(NamedTuple):
    """A form that the server said it has, and the seconds until it said so."""

    path: str
    answer: tuple[str, ...]
    took: float


@dataclass(slots=True)
class Played:
    """What one respondent did, and what came of it."""

    words: str
    finished: bool = False
    ledger: list[Acknowledged] = field(default_factory=list)
    size: int = 0
    broken: int = 0
    fault: str = ""


def never() -> bool:
    """Nobody says stop."""
    return False


class Respondent:
    """One person with a browser of their own."""

    def __init__(self, flow: Flow, number: int) -> None:
        """Sit down; nothing is asked yet."""
        self._flow, self._browser = flow, Browser(flow.address, flow.patience)
        self._chance = random.Random(number)  # noqa: S311 - the same answers each time are wanted
        self.played = Played(f"Words of respondent {number}.")

    def play(self, start: str, stop: Callable[[], bool] = never) -> Played:
        """What came of going through the flow from that path, or until told to stop."""
        try:
            path, reply = self._follow(start, self._ask("GET", start))
            while path != self._flow.over and not stop():
                path, reply = self._answer(path, reply.page)
            self.played.finished = path == self._flow.over
        except (Broken, CannotGoOn) as fault:
            self.played.fault = str(fault)
        self._browser.close()
        return self.played

    def _answer(self, path: str, page: bytes) -> tuple[str, Reply]:
        form = filled_in(page, path, self.played.words, self._chance)
        if form is None or len(self.played.ledger) > MOST_PAGES:
            raise CannotGoOn(f"{path} leads nowhere")
        reply = self._ask("POST", form.action, form.fields)
        if reply.status not in REDIRECTS:
            raise CannotGoOn(f"{reply.status} for a POST to {form.action}")
        self.played.ledger.append(Acknowledged(form.action, form.answer, reply.took))
        return self._follow(form.action, reply)

    def _follow(self, path: str, reply: Reply) -> tuple[str, Reply]:
        while reply.status in REDIRECTS:
            path = reply.headers["location"]
            reply = self._ask("GET", path)
        if reply.status >= 400:  # noqa: PLR2004 - HTTP's own line
            raise CannotGoOn(f"{reply.status} for {path}")
        return path, reply

    def _ask(self, method: str, path: str, fields: Fields = ()) -> Reply:
        for _ in range(self._flow.tries - 1):
            try:
                return self._counted(self._browser.ask(method, path, fields))
            except Broken:
                self.played.broken += 1
                time.sleep(PAUSE)
        return self._counted(self._browser.ask(method, path, fields))

    def _counted(self, reply: Reply) -> Reply:
        self.played.size += reply.size
        return reply


_told_to_stop: Event | None = None


def _sit_down(stop: Event) -> None:
    global _told_to_stop  # noqa: PLW0603 - how a process of a pool is handed what cannot travel with its work
    _told_to_stop = stop


def _play(flow: Flow, number: int, start: str) -> Played | None:
    stop = _told_to_stop.is_set if _told_to_stop else never
    return None if stop() else Respondent(flow, number).play(start, stop)


class Crowd:
    """Some respondents at a time, each a process of its own: threads would wait for each other."""

    def __init__(self, pool: ProcessPoolExecutor, stop: Event) -> None:
        """Made by `crowd`."""
        self._pool, self._stop = pool, stop
        self._numbers = iter(range(1, 10**9))

    def play(self, flow: Flow, starts: Iterable[str]) -> Iterator[Played]:
        """What became of each, one for each start."""
        work = [
            self._pool.submit(_play, flow, number, start) for start, number in zip(starts, self._numbers, strict=False)
        ]
        return (played for each in work if (played := each.result()))

    def stop(self) -> None:
        """Let everybody stop after the page they are at."""
        self._stop.set()


@contextmanager
def crowd(size: int) -> Iterator[Crowd]:
    """A crowd of that many."""
    context = multiprocessing.get_context("fork")
    stop = context.Event()
    with ProcessPoolExecutor(size, mp_context=context, initializer=_sit_down, initargs=(stop,)) as pool:
        yield Crowd(pool, stop)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]
