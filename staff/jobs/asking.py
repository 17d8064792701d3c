"""Asking for a job from a page: it is written down, the worker is hurried, and the page of the job is shown."""

from collections.abc import Callable, Mapping
from uuid import UUID

from werkzeug.wrappers import Response as AnyResponse

from fieldwork import jobs
from fieldwork.database import Session
from staff.here import Here, InInspection, database, now
from staff.jobs.hurrying import hurry
from staff.pages import see_other


def asked_for(
    here: Here,
    kind: str,
    arguments: Mapping[str, object],
    *,
    given: bytes | None = None,
    also: Callable[[Session], None] | None = None,
) -> AnyResponse:
    """Ask for a job and go to its page. `also` is done in the same transaction: an entry in the audit, for one."""
    inspection_id = here.inspection_id if isinstance(here, InInspection) else None
    with database().transaction() as session:
        if also:
            also(session)
        job = jobs.ask(session, kind, arguments, here.who, inspection_id, given=given, now=now())
    hurry(job.id)
    return to_job(here, job.id)


def to_job(here: Here, job_id: UUID) -> AnyResponse:
    """Go to the page of the job."""
    if isinstance(here, InInspection):
        return see_other("jobs.job", slug=here.slug, job_id=job_id)
    return see_other("jobs.job_of_office", job_id=job_id)
