"""The worker: carries texts as soon as they are written, tells of concerns, and does what is done every so often.

Texts are found by looking into the outbox, several times a second: a row there is the truth, and nothing has to be told
to anybody for it to go (docs/decisions/0006). Huey keeps the clock of everything else (docs/decisions/0007).
"""

import gc
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from huey import Huey, crontab
from huey.consumer import Consumer

from fieldwork.faults import Busy
from fieldwork.queues import queue_at
from fieldwork.texting import carriage, traffic
from modes.sms import outbox
from modes.sms.breaker import Breaker
from modes.sms.outbox import Outcome, Sender
from modes.sms.provider import Unreachable

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.3  # seconds between looks into the outbox, while nothing goes out
TELL_EVERY = 5.0  # seconds between looks for people to be told
READ_ON_EVERY = 30.0  # seconds between tries to read what came in while we were down
HEALTH_EVERY = 10.0
TURN = 0.0005  # seconds for which one thread computes while another wants to
QUEUE = "texts"


@dataclass(frozen=True, slots=True)
class Jobs:
    """What is done every so often. Each may be done twice, or by two workers at once, and no harm comes of it."""

    settle: Callable[[], object]
    poll: Callable[[], object]
    remind: Callable[[], object]
    redact: Callable[[], object]
    tell: Callable[[], object]
    forget: Callable[[], object]
    close: Callable[[], object]


def huey_for(url: str, secret: str) -> Huey:
    """The queue of texts at that address.

    Raises:
        ValueError: the address is none of a queue that we know.
    """
    return queue_at(url, secret, QUEUE)


def with_jobs(huey: Huey, jobs: Jobs) -> Huey:
    """The queue, with everything that is done every so often."""
    times = {
        "settle": crontab(minute="*"),
        "poll": crontab(minute="*/5"),
        "remind": crontab(minute="7"),
        "redact": crontab(minute="23"),
        "forget": crontab(minute="41", hour="3"),
        "close": crontab(minute="3"),
    }
    for name, when in times.items():
        huey.periodic_task(when, name=name, expires=60)(_guarded(name, getattr(jobs, name)))
    return huey


def _guarded(name: str, job: Callable[[], object]) -> Callable[[], None]:
    """The job; what goes wrong is a line in the log, with no more of it than its kind."""

    def run() -> None:
        try:
            job()
        except (Busy, Unreachable) as passing:
            logger.warning("The job “%s” was put off: %s.", name, type(passing).__name__)
        except Exception as fault:  # noqa: BLE001 - the next round must come whatever went wrong in this one
            logger.error("The job “%s” failed: %s.", name, type(fault).__name__)  # noqa: TRY400 - a traceback holds values

    return run


class Rounds:
    """Looks into the outbox again and again, and carries what is due, a few texts at a time."""

    def __init__(self, sender: Sender, breaker: Breaker, at_once: int) -> None:
        """`at_once`: how many texts are handed over side by side."""
        self._sender, self._breaker, self._at_once = sender, breaker, at_once
        self._carriers = ThreadPoolExecutor(at_once, thread_name_prefix="carrier")
        self._in_hand: dict[UUID, Future[Outcome]] = {}
        self._taken = threading.Event()

    def look(self) -> int:
        """Begin to carry what is due and may be tried now; how many."""
        self._in_hand = {text_id: begun for text_id, begun in self._in_hand.items() if not begun.done()}
        room = self._at_once - len(self._in_hand)
        now = self._sender.now()
        self._tell_of_an_outage(now)
        if room <= 0:
            return 0
        with self._sender.database.reading() as work:
            found = carriage.due(work, self._sender.terms, now, self._at_once + room)
        begun = 0
        for text_id in [each for each in found if each not in self._in_hand][:room]:
            if not self._breaker.may_start(now):
                break
            self._in_hand[text_id] = self._carriers.submit(self._carry, text_id)
            self._in_hand[text_id].add_done_callback(self._note)
            begun += 1
        return begun

    def rest(self, seconds: float) -> None:
        """Wait for so long, or until the provider takes a text: then there is room for the next."""
        if self._taken.wait(seconds):
            self._taken.clear()

    def finish(self) -> None:
        """Wait for what is under way."""
        self._carriers.shutdown(wait=True)

    def _note(self, carried: Future[Outcome]) -> None:
        if carried.result() is Outcome.TAKEN:
            self._taken.set()

    def _carry(self, text_id: UUID) -> Outcome:
        try:
            outcome = outbox.carry(self._sender, text_id)
        except Busy:
            outcome = Outcome.NOT_NOW
        except Exception as fault:  # noqa: BLE001 - the text is marked or its lease ends; the next one must go
            logger.error("A text could not be carried: %s.", type(fault).__name__)  # noqa: TRY400 - a traceback holds values
            outcome = Outcome.NOT_NOW
        now = self._sender.now()
        if outcome is Outcome.TAKEN:
            self._breaker.worked(now)
        elif outcome is Outcome.IN_TROUBLE:
            self._breaker.failed(now)
        self._breaker.ended()
        return outcome

    def _tell_of_an_outage(self, now: datetime) -> None:
        if (lasted := self._breaker.alarm(now)) is not None:
            with self._sender.database.reading() as work:
                waiting = traffic.waiting_now(work, now)
            minutes = int(lasted.total_seconds() // 60)
            logger.critical("The provider has taken no text for %d minutes; %d are waiting.", minutes, waiting)


@dataclass(slots=True)
class Worker:
    """One worker. A second one beside it does no harm."""

    sender: Sender
    jobs: Jobs
    huey: Huey
    at_once: int = 4
    breaker: Breaker = field(default_factory=Breaker)
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Work until SIGINT or SIGTERM, and finish what is under way.

        A job that reads a long list computes for seconds. With Python's own turns of 5 ms, whoever is carrying a text
        meanwhile waits one at each statement, and holds the database's write lock: 120 ms a text, and not 10.
        What was loaded at the start is there to stay: nobody has to wait while Python looks through it for what is not.
        """
        sys.setswitchinterval(TURN)
        gc.freeze()
        consumer = Consumer(with_jobs(self.huey, self.jobs), workers=1, max_delay=1.0)
        with self._going_on():
            consumer.start()
            for each in (signal.SIGINT, signal.SIGTERM):
                signal.signal(each, lambda *_: self.stopping.set())
            while not self.stopping.wait(HEALTH_EVERY):
                consumer.check_worker_health()
            consumer.stop(graceful=True)

    @contextmanager
    def _going_on(self) -> Iterator[None]:
        """Texts are carried and people told of concerns until the block is left."""
        threads = [threading.Thread(target=each, name=each.__name__) for each in (self.carry_on, self.tell_on)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join()

    def tell_on(self) -> None:
        """Tell people of concerns until the worker stops."""
        tell = _guarded("tell", self.jobs.tell)
        while not self.stopping.is_set():
            tell()
            self.stopping.wait(TELL_EVERY)

    def carry_on(self) -> None:
        """Carry texts until the worker stops; the first only when all that came in meanwhile has been read.

        A STOP may be among it, that a database which was put back does not know of.
        """
        rounds = Rounds(self.sender, self.breaker, self.at_once)
        while not self.stopping.is_set() and not self._has_read_on():
            self.stopping.wait(READ_ON_EVERY)
        look = _guarded("look", rounds.look)
        while not self.stopping.is_set():
            look()
            rounds.rest(LOOK_EVERY)
        rounds.finish()

    def _has_read_on(self) -> bool:
        try:
            self.jobs.poll()
        except (Busy, Unreachable) as passing:
            logger.critical("Nothing is sent before what came in has been read: %s.", type(passing).__name__)
            return False
        return True
