"""Running a job: held while it works, finished once, and told of in words where it fails."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from time import monotonic
from typing import Any
from uuid import UUID

from fieldwork import jobs
from fieldwork.database import Database, Session
from fieldwork.faults import Busy, Fault
from fieldwork.jobs import File, Held
from fieldwork.office.audit import Who

logger = logging.getLogger(__name__)

PULSE = 1.0  # seconds between looks whether the job is still wanted, each of which says how far it is
LONGEST = 20 * 60.0  # seconds
TOO_LONG = f"It was given up after {LONGEST / 60:.0f} minutes. Nothing was kept. Run it again when less is going on."
UNFORESEEN = (
    "Something went wrong that nobody foresaw ({fault}). Nothing of it was kept. Run it again; if it fails again, give "
    "whoever looks after this service the number {number}."
)
UNKNOWN = "This version does not know how to do that. Nothing was done. Ask for it anew."


class NoLongerWanted(Exception):
    """The job was stopped, or another run has it."""


class Outcome(Enum):
    """What came of a try to run a job."""

    NOT_NOW = auto()
    DONE = auto()
    FAILED = auto()
    LET_GO = auto()  # stopped, overtaken, or put off


@dataclass(frozen=True, slots=True)
class Made:
    """What a run has made. What `keep` writes stands in the transaction that finishes the job: it happens once.

    `keep` gives back what the page tells; without it, that is `told`.
    """

    told: str = ""
    file: File | None = None
    keep: Callable[[Session], str] | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What a run function is given."""

    database: Database
    job_id: UUID
    inspection_id: UUID | None
    arguments: Mapping[str, Any]
    who: Who
    given: bytes | None
    progress: Callable[[int, int], None]
    """Say how much of how much is done. It waits for nothing, and ends the run where nobody wants it any more."""


Run = Callable[[Work], Made]


@dataclass(slots=True)
class _Pulse:
    """What is known of a run from outside: how far it is, and whether it is still wanted."""

    done: int = 0
    total: int = 0
    ended: threading.Event = field(default_factory=threading.Event)
    unwanted: threading.Event = field(default_factory=threading.Event)

    def progress(self, done: int, total: int) -> None:
        if self.unwanted.is_set():
            raise NoLongerWanted
        self.done, self.total = done, total


def run(
    database: Database, kinds: Mapping[str, Run], job_id: UUID, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Outcome:
    """Run the job, if it is to be run now.

    Raises:
        Busy: the database could not take it in time. The job is not lost.
    """
    with database.transaction() as session:
        held = jobs.claim(session, job_id, now())
    if held is None:
        return Outcome.NOT_NOW
    with _held(database, held, now) as pulse:
        return _ended(database, held, _tried(database, kinds, held, pulse), now)


def _tried(database: Database, kinds: Mapping[str, Run], held: Held, pulse: _Pulse) -> Made | str | None:
    """What was made; what went wrong, in words; none where it should be let go."""
    if held.kind not in kinds:
        return UNKNOWN
    given = (held.id, held.inspection_id, held.arguments, held.who, held.given)
    try:
        return kinds[held.kind](Work(database, *given, pulse.progress))
    except NoLongerWanted:
        return None
    except Busy:
        with database.transaction() as session:
            jobs.give_back(session, held)
        return None
    except Fault as fault:
        return str(fault)
    except Exception as fault:  # noqa: BLE001 - whatever it was, who waits for the job is told
        return _unforeseen(fault, held)


def _ended(database: Database, held: Held, made: Made | str | None, now: Callable[[], datetime]) -> Outcome:
    ended = _kept(database, held, made, now) if isinstance(made, Made) else made or Outcome.LET_GO
    if isinstance(ended, Outcome):
        return ended
    with database.transaction() as session:
        return Outcome.FAILED if jobs.fail(session, held, ended, now()) else Outcome.LET_GO


def _kept(database: Database, held: Held, made: Made, now: Callable[[], datetime]) -> Outcome | str:
    """The job with all it made, kept whole; or what went wrong."""
    try:
        with database.transaction() as session:
            if not jobs.finish(session, held, now(), made.told, made.file):
                return Outcome.LET_GO
            if made.keep:
                jobs.tell(session, held, made.keep(session))
            return Outcome.DONE
    except NoLongerWanted:
        return Outcome.LET_GO
    except Busy:
        raise
    except Fault as fault:
        return str(fault)
    except Exception as fault:  # noqa: BLE001 - as above
        return _unforeseen(fault, held)


def _unforeseen(fault: Exception, held: Held) -> str:
    logger.error("The job “%s” failed: %s.", held.kind, type(fault).__name__)
    return UNFORESEEN.format(fault=type(fault).__name__, number=str(held.id)[:8])


@contextmanager
def _held(database: Database, held: Held, now: Callable[[], datetime]) -> Iterator[_Pulse]:
    """The job stays held until the block is left."""
    pulse = _Pulse()
    thread = threading.Thread(target=_beat, args=(database, held, pulse, now), name="pulse", daemon=True)
    thread.start()
    try:
        yield pulse
    finally:
        pulse.ended.set()
        thread.join()


def _beat(database: Database, held: Held, pulse: _Pulse, now: Callable[[], datetime]) -> None:
    began = monotonic()
    while not pulse.ended.wait(PULSE):
        try:
            with database.transaction() as session:
                if monotonic() - began > LONGEST:
                    jobs.fail(session, held, TOO_LONG, now())
                if not jobs.renew(session, held, pulse.done, pulse.total, now()):
                    pulse.unwanted.set()
                    return
        except Busy:  # the run itself may be writing; the lease lasts for many pulses
            continue
