"""What is to be done soon or later, by several threads, and when all of it is done."""

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

MOST_WAITING = 50_000
log = logging.getLogger("telephone")


class TooBusy(Exception):
    """So much is waiting that no more is taken."""


class Errands:
    """Runs what it is given, at once or after some seconds; what is due together runs side by side."""

    def __init__(self, workers: int) -> None:
        self._workers = ThreadPoolExecutor(workers, thread_name_prefix="telephone")
        self._state = threading.Condition()
        self._later: list[tuple[float, int, Callable[[], object]]] = []
        self._order = itertools.count()
        self._open = 0
        self._closed = False
        self._timer: threading.Thread | None = None

    def do(self, errand: Callable[[], object], seconds: float = 0) -> None:
        """Run this, after so many seconds.

        Raises:
            TooBusy: too much is waiting already.
        """
        with self._state:
            if self._closed:
                return
            if self._open >= MOST_WAITING:
                raise TooBusy
            self._open += 1
            if seconds <= 0:
                self._workers.submit(self._run, errand)
                return
            heapq.heappush(self._later, (time.monotonic() + seconds, next(self._order), errand))
            if self._timer is None:
                self._timer = threading.Thread(target=self._watch, daemon=True, name="telephone-timer")
                self._timer.start()
            self._state.notify_all()

    def wait_quiet(self, seconds: float) -> bool:
        """Whether nothing is left to do, waiting for so long at most."""
        with self._state:
            return self._state.wait_for(lambda: self._open == 0, seconds)

    @property
    def closed(self) -> bool:
        """Whether nothing more will be run."""
        return self._closed

    def pause(self, seconds: float) -> None:
        """Sleep, but not beyond the end of it all."""
        with self._state:
            self._state.wait_for(lambda: self._closed, seconds)

    def close(self) -> None:
        """Run nothing more; what runs is not waited for."""
        with self._state:
            self._closed = True
            self._later.clear()
            self._state.notify_all()
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _run(self, errand: Callable[[], object]) -> None:
        try:
            errand()
        except TooBusy:
            log.warning("Too much is waiting: something was not done.")
        except Exception:  # whatever an errand stumbles over must not stop the telephone
            log.exception("An errand failed")
        finally:
            with self._state:
                self._open -= 1
                self._state.notify_all()

    def _watch(self) -> None:
        with self._state:
            while not self._closed:
                if not self._later:
                    self._state.wait()
                    continue
                due, _, errand = self._later[0]
                wait = due - time.monotonic()
                if wait > 0:
                    self._state.wait(wait)
                    continue
                heapq.heappop(self._later)
                self._workers.submit(self._run, errand)
