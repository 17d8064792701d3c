"""The page of a job: how far it is, what came of it, and its file. Only who asked for a job sees it."""

import json
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response, abort, url_for
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import jobs
from fieldwork.database import Session
from fieldwork.models.jobs import Job
from fieldwork.office import audit
from staff.doors import Door
from staff.here import Here, InInspection, database, now
from staff.jobs.asking import to_job
from staff.jobs.hurrying import hurry
from staff.jobs.kinds import KINDS, Kind
from staff.pages import page, told
from staff.permissions import ADMINISTRATOR, Permission

STATES = {
    "waiting": "It waits for its turn",
    "running": "It is under way",
    "done": "It is done",
    "failed": "It did not work",
    "stopped": "It was stopped",
}
TAGS = {"running": "", "done": "govuk-tag--green", "failed": "govuk-tag--red"}
OTHER_TAG = "govuk-tag--grey"


def of_inspection(here: InInspection) -> Response:
    """The jobs that somebody asked for in this inspection."""
    return _list(here)


def of_office(here: Here) -> Response:
    """The jobs that an administrator asked for."""
    return _list(here)


def _list(here: Here) -> Response:
    with database().reading() as session:
        found = [each for each in jobs.asked_by(session, here.who, _where(here)) if each.kind in KINDS]
    shown = [(each, KINDS[each.kind].name, _address(here, each.id), STATES[each.state]) for each in found]
    return page(here, "jobs/all", jobs=shown)


def job(here: InInspection, job_id: UUID) -> Response:
    """One job."""
    return _show(here, job_id)


def job_of_office(here: Here, job_id: UUID) -> Response:
    """One job of an administrator."""
    return _show(here, job_id)


def _show(here: Here, job_id: UUID) -> Response:
    with database().reading() as session:
        found, kind = _theirs(session, here, job_id)
        has_file = jobs.has_result(session, found, now())
    return page(
        here,
        "jobs/job",
        job=found,
        name=kind.name,
        state=STATES[found.state],
        tag=TAGS.get(found.state, OTHER_TAG),
        over=found.state in jobs.OVER,
        has_file=has_file,
        may_repeat=_may_repeat(found, kind, has_file=has_file),
        base=_address(here, job_id),
        then=_then(here, found, kind),
        there=kind.there,
        trail=[{"text": "Files and long tasks", "href": _all(here)}],
    )


def _then(here: Here, found: Job, kind: Kind) -> str | None:
    """Where it goes on, once it is done."""
    if kind.then is None or not isinstance(here, InInspection):
        return None
    wave = {"wave": said} if (said := json.loads(found.arguments).get("wave")) else {}
    return url_for(kind.then, slug=here.slug, **wave)


def again(here: Here, job_id: UUID) -> AnyResponse:
    """Run it once more."""
    with database().transaction() as session:
        found, kind = _theirs(session, here, job_id)
        if _may_repeat(found, kind, has_file=jobs.has_result(session, found, now())):
            jobs.again(session, found, now())
    hurry(job_id)
    return to_job(here, job_id)


def again_in_office(here: Here, job_id: UUID) -> AnyResponse:
    """Run it once more, for an administrator."""
    return again(here, job_id)


def stop(here: Here, job_id: UUID) -> AnyResponse:
    """Run it no further."""
    with database().transaction() as session:
        found, _ = _theirs(session, here, job_id)
        stopped = jobs.stop(session, found, now())
    if stopped:
        told("It was stopped. Nothing of it was kept.")
    return to_job(here, job_id)


def stop_in_office(here: Here, job_id: UUID) -> AnyResponse:
    """Run it no further, for an administrator."""
    return stop(here, job_id)


def file(here: Here, job_id: UUID) -> Response | AnyResponse:
    """The file that it made. From now on it stays for a quarter of an hour, should the fetching break off."""
    with database().transaction() as session:
        found, _ = _theirs(session, here, job_id)
        result = jobs.result_of(session, found, now())
        if result is None:
            told("The file is not kept any more. Run the job again to have it anew.")
            return to_job(here, job_id)
        jobs.fetched(session, result, now())
        about = f"{found.kind}: {result.name}"
        audit.record(session, "fetched_file", here.who, inspection_id=found.inspection_id, about=about)
    reply = Response(result.content, mimetype=result.media_type)
    reply.headers.set("Content-Disposition", "attachment", filename=result.name)
    return reply


def file_in_office(here: Here, job_id: UUID) -> Response | AnyResponse:
    """The file that it made, for an administrator."""
    return file(here, job_id)


def back_to_job(here: Here, job_id: UUID) -> AnyResponse:
    """Where who had to give a password first goes on: the page with the button."""
    return to_job(here, job_id)


def back_to_job_of_office(here: Here, job_id: UUID) -> AnyResponse:
    """The same, for an administrator."""
    return to_job(here, job_id)


def _theirs(session: Session, here: Here, job_id: UUID) -> tuple[Job, Kind]:
    """The job, if they asked for it, here, and may still have what it makes. To anybody else it is not there."""
    found = jobs.find(session, job_id)
    kind = KINDS.get(found.kind)
    if found.started_by != here.who.id or found.inspection_id != _where(here) or kind is None or not kind.may(here):
        abort(HTTPStatus.NOT_FOUND)
    return found, kind


def _may_repeat(job: Job, kind: Kind, *, has_file: bool) -> bool:
    return job.state in {"failed", "stopped"} or (job.state == "done" and kind.file and not has_file)


def _where(here: Here) -> UUID | None:
    return here.inspection_id if isinstance(here, InInspection) else None


def _all(here: Here) -> str:
    if isinstance(here, InInspection):
        return url_for("jobs.of_inspection", slug=here.slug)
    return url_for("jobs.of_office")


def _address(here: Here, job_id: UUID) -> str:
    return f"{_all(here)}/{job_id}"


HERE, OFFICE = "/inspections/<slug>/jobs", "/jobs"
ONE = "<uuid:job_id>"
ANY = Permission.SEE_FIELDWORK  # every role has it; what a job made is for who asked and may
POST = ("POST",)
_DOORS: tuple[tuple[str, Any, Any, dict[str, Any]], ...] = (
    ("", of_inspection, of_office, {}),
    (f"/{ONE}", job, job_of_office, {}),
    (f"/{ONE}/again", again, again_in_office, {"methods": POST}),
    (f"/{ONE}/stop", stop, stop_in_office, {"methods": POST}),
    (f"/{ONE}/file", back_to_job, back_to_job_of_office, {}),
    (f"/{ONE}/file", file, file_in_office, {"methods": POST, "fresh": True}),
)
DOORS = (
    *(Door(f"{HERE}{address}", view, ANY, **more) for address, view, _, more in _DOORS),
    *(Door(f"{OFFICE}{address}", view, ADMINISTRATOR, **more) for address, _, view, more in _DOORS),
)
