"""Jobs: asked for in the transaction that wants them, run by one worker at a time, finished once.

A row is the truth. A worker holds a job by a lease that it renews while it works; if the worker dies, the lease ends
another takes the job. What a run wants to keep is kept together with "done", and only by the run that holds it then.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound, Refused
from fieldwork.models.jobs import Job, JobInput, JobResult, JobState
from fieldwork.moments import HOUR, minute_of
from fieldwork.office.audit import Who
from fieldwork.retention_table import kept

LEASE = 60  # seconds; renewed every few seconds by whoever runs the job
MOST_TRIES = 5  # cut short so often, it waits for a person
DAY = 24 * HOUR
FETCHED = 15  # minutes for which a fetched file stays, should the fetching break off
KEPT_DAYS = kept("jobs").days
OVER: tuple[JobState, ...] = ("done", "failed", "stopped")
CUT_SHORT = (
    "It was cut short {tries} times, so it may be too much for this server. Nothing of it was kept. Run it again."
)


@dataclass(frozen=True, slots=True)
class File:
    """A file that a job made."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """A job in the hands of one run."""

    id: UUID
    run: UUID
    kind: str
    inspection_id: UUID | None
    arguments: Mapping[str, Any]
    who: Who
    given: bytes | None
    """The file to work on; none where none was given, or where it is kept no longer."""


def ask(  # noqa: PLR0913 - what, with what, who, where, when
    session: Session,
    kind: str,
    arguments: Mapping[str, object],
    who: Who,
    inspection_id: UUID | None = None,
    *,
    given: bytes | None = None,
    now: datetime | None = None,
) -> Job:
    """A job that waits to be run. The arguments are names and numbers of ours: nothing about a person.

    `given` is a file to work on; it is deleted when the job is done.
    """
    job = Job(
        id=uuid4(),
        kind=kind,
        inspection_id=inspection_id,
        arguments=json.dumps(arguments, ensure_ascii=False, sort_keys=True),
        started_by=who.id,
        started_by_name=who.name,
        asked_second=int((now or datetime.now(UTC)).timestamp()),
    )
    session.add(job)
    session.flush()
    if given is not None:
        session.add(JobInput(job_id=job.id, content=given))
        session.flush()
    return job


def find(session: Session, job_id: UUID) -> Job:
    """The job.

    Raises:
        NotFound: there is none.
    """
    if job := session.get(Job, job_id):
        return job
    raise NotFound("The job", "is not there any more.", "Ask for it again.")


def asked_by(session: Session, who: Who, inspection_id: UUID | None) -> list[Job]:
    """What this person asked for there, the latest first."""
    theirs = (Job.started_by == who.id, Job.inspection_id == inspection_id)
    return list(session.scalars(select(Job).where(*theirs).order_by(Job.asked_second.desc(), Job.id)))


# --- Running ---


def due(session: Session, now: datetime, most: int = 100) -> list[UUID]:
    """Jobs that may be run now, the longest waiting first; among them those whose worker died."""
    wanted = select(Job.id).where(_claimable(int(now.timestamp()))).order_by(Job.asked_second, Job.id)
    return list(session.scalars(wanted.limit(most)))


def claim(session: Session, job_id: UUID, now: datetime) -> Held | None:
    """The job, for this run alone while it renews its lease; none where it is not to be run now."""
    second, run = int(now.timestamp()), uuid4()
    taken = {"state": "running", "run": run, "lease_second": second + LEASE, "tries": Job.tries + 1}
    mine = update(Job).where(Job.id == job_id, _claimable(second)).values({**taken, "done": 0, "total": 0, "told": ""})
    if session.connection().execute(mine).rowcount != 1:
        return None
    job = session.get_one(Job, job_id, populate_existing=True)
    if job.tries > MOST_TRIES:
        _end(job, "failed", CUT_SHORT.format(tries=MOST_TRIES), now)
        session.flush()
        return None
    return Held(
        id=job.id,
        run=run,
        kind=job.kind,
        inspection_id=job.inspection_id,
        arguments=json.loads(job.arguments),
        who=Who(job.started_by, job.started_by_name),
        given=session.scalar(select(JobInput.content).where(JobInput.job_id == job_id)),
    )


def renew(session: Session, held: Held, done: int, total: int, now: datetime) -> bool:
    """Hold the job for longer and say how far it is; false where it is not this run's any more."""
    total = max(0, total)
    values = {"lease_second": int(now.timestamp()) + LEASE, "done": min(max(0, done), total), "total": total}
    return session.connection().execute(update(Job).where(*_theirs(held)).values(values)).rowcount == 1


def finish(session: Session, held: Held, now: datetime, told: str = "", file: File | None = None) -> bool:
    """Keep that the job is done, with its file; false where another run has it, and then nothing is kept."""
    if not _let_go(session, held, "done", told, now):
        return False
    session.execute(delete(JobInput).where(JobInput.job_id == held.id))
    session.execute(delete(JobResult).where(JobResult.job_id == held.id))
    if file is not None:
        until = minute_of(now) + DAY
        session.add(
            JobResult(
                job_id=held.id, name=file.name, media_type=file.media_type, content=file.content, until_minute=until
            )
        )
    session.flush()
    return True


def tell(session: Session, held: Held, told: str) -> None:
    """Say of a finished job what came of it."""
    session.execute(update(Job).where(Job.id == held.id).values(told=told))


def fail(session: Session, held: Held, told: str, now: datetime) -> bool:
    """Keep that this run failed, and what happened, in words."""
    return _let_go(session, held, "failed", told, now)


def give_back(session: Session, held: Held) -> None:
    """Let the job wait again: something passing was in the way."""
    session.execute(update(Job).where(*_theirs(held)).values(state="waiting", run=None, lease_second=0))


# --- What people do with jobs ---


def again(session: Session, job: Job, now: datetime) -> None:
    """Run once more what failed, was stopped, or whose file is gone.

    Raises:
        Refused: it is under way.
    """
    if job.state not in OVER:
        raise Refused("The job", "is under way.", "Wait until it is done, or stop it.")
    afresh = {"state": "waiting", "run": None, "lease_second": 0, "tries": 0, "told": "", "done": 0, "total": 0}
    values = {**afresh, "asked_second": int(now.timestamp())}
    over = (Job.id == job.id, Job.state.in_(OVER))
    session.execute(update(Job).where(*over).values({**values, "ended_minute": None}))
    session.refresh(job)


def stop(session: Session, job: Job, now: datetime) -> bool:
    """Run it no further; false where it was over. Whoever runs it notices within seconds, and keeps nothing."""
    going_on = (Job.id == job.id, Job.state.in_(("waiting", "running")))
    values = {"state": "stopped", "run": None, "ended_minute": minute_of(now), "told": ""}
    stopped = session.connection().execute(update(Job).where(*going_on).values(values)).rowcount == 1
    session.refresh(job)
    return stopped


def result_of(session: Session, job: Job, now: datetime) -> JobResult | None:
    """The file that the job made, while it is kept."""
    kept = (JobResult.job_id == job.id, JobResult.until_minute > minute_of(now))
    return session.scalar(select(JobResult).where(*kept))


def has_result(session: Session, job: Job, now: datetime) -> bool:
    """True while there is a file to fetch. The file itself is not read."""
    kept = (JobResult.job_id == job.id, JobResult.until_minute > minute_of(now))
    return session.scalar(select(JobResult.job_id).where(*kept)) is not None


def fetched(session: Session, result: JobResult, now: datetime) -> None:
    """The file was fetched: it goes in a quarter of an hour."""
    result.until_minute = min(result.until_minute, minute_of(now) + FETCHED)
    session.flush()


# --- What is kept no longer ---


def forget(session: Session, now: datetime) -> int:
    """Delete files that are due, and jobs that ended a month ago; how many files."""
    minute = minute_of(now)
    over = select(Job.id).where(Job.state.in_(OVER), Job.ended_minute <= minute - DAY)
    session.execute(delete(JobInput).where(JobInput.job_id.in_(over)))
    files = session.connection().execute(delete(JobResult).where(JobResult.until_minute <= minute)).rowcount
    _delete(session, Job.state.in_(OVER), Job.ended_minute <= minute - KEPT_DAYS * DAY)
    return files


def forget_inspection(session: Session, inspection_id: UUID) -> None:
    """Delete the jobs of an inspection that is going, whatever they are at, with their files."""
    _delete(session, Job.inspection_id == inspection_id)


def _delete(session: Session, *which: ColumnElement[bool]) -> None:
    gone = select(Job.id).where(*which)
    session.execute(delete(JobInput).where(JobInput.job_id.in_(gone)))
    session.execute(delete(JobResult).where(JobResult.job_id.in_(gone)))
    session.execute(delete(Job).where(*which))


def _claimable(second: int) -> ColumnElement[bool]:
    forsaken = or_(Job.lease_second <= second, Job.lease_second > second + LEASE)  # or the clock was put back
    return or_(Job.state == "waiting", and_(Job.state == "running", forsaken))


def _theirs(held: Held) -> tuple[ColumnElement[bool], ...]:
    return Job.id == held.id, Job.run == held.run, Job.state == "running"


def _let_go(session: Session, held: Held, state: JobState, told: str, now: datetime) -> bool:
    values: dict[str, Any] = {"state": state, "run": None, "told": told, "ended_minute": minute_of(now)}
    values |= {"done": Job.total} if state == "done" else {}
    mine = update(Job).where(*_theirs(held)).values(values)
    return session.connection().execute(mine).rowcount == 1


def _end(job: Job, state: JobState, told: str, now: datetime) -> None:
    job.state, job.told, job.run, job.ended_minute = state, told, None, minute_of(now)
