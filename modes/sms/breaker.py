"""The breaker: while the provider is down, few texts are tried; when it is back, they go one by one.

It is told what became of each text and asked before each. Nothing here reads a clock.
"""

import threading
from datetime import datetime, timedelta

FAILURES = 5  # in a row, and the provider is taken to be down
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=5)
ALARM_AFTER, ALARM_EVERY = timedelta(minutes=15), timedelta(hours=1)
CALM = timedelta(minutes=5)  # for so long after an outage,
GAP = timedelta(seconds=1)  # texts are so far apart


class Breaker:
    """One sender's knowledge of the provider. Threads may share it."""

    def __init__(self) -> None:
        """The provider is taken to be up."""
        self._lock = threading.Lock()
        self._failures = 0
        self._down_since: datetime | None = None
        self._pause = FIRST_PAUSE
        self._next: datetime | None = None  # the next try while it is down; none while it is up
        self._trying = False
        self._calm_until: datetime | None = None
        self._last: datetime | None = None
        self._alarmed: datetime | None = None

    def may_start(self, now: datetime) -> bool:
        """True if a text may be tried now. While the provider is down, one at a time; `ended` says that it is done."""
        with self._lock:
            if self._next is not None:
                if self._trying or now < self._next:
                    return False
                self._trying = True
            elif self._is_calm(now) and self._last is not None and now - self._last < GAP:
                return False
            self._last = now
            return True

    def worked(self, now: datetime) -> None:
        """The provider took a text, or refused it for a reason of its own."""
        with self._lock:
            if self._next is not None:
                self._calm_until = now + CALM
            self._failures, self._down_since, self._next, self._alarmed = 0, None, None, None
            self._pause = FIRST_PAUSE

    def failed(self, now: datetime) -> None:
        """The provider could not be reached, or was too busy, or had a fault."""
        with self._lock:
            self._failures += 1
            self._down_since = self._down_since or now
            if self._failures >= FAILURES:
                self._next = now + self._pause
                self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def ended(self) -> None:
        """The text that was tried is done with, whatever came of it."""
        with self._lock:
            self._trying = False

    def alarm(self, now: datetime) -> timedelta | None:
        """For how long the provider has been down, when that has to be told now; none otherwise."""
        with self._lock:
            if self._down_since is None or self._next is None or now - self._down_since < ALARM_AFTER:
                return None
            if self._alarmed is not None and now - self._alarmed < ALARM_EVERY:
                return None
            self._alarmed = now
            return now - self._down_since

    def _is_calm(self, now: datetime) -> bool:
        return self._calm_until is not None and now < self._calm_until
