"""The safeguarding lead's list, and each concern: read, acknowledged, referred, closed. Nobody else sees any."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import heartbeats
from fieldwork.database import Session
from fieldwork.faults import NotFound, Refused
from fieldwork.models.concerns import MatterState
from fieldwork.numbers.phone_numbers import as_dialled
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.safeguarding import concern_queue, concern_steps, reaching
from fieldwork.safeguarding.concern_queue import Waiting
from fieldwork.safeguarding.concern_reading import Opened, read
from staff.concerns import words
from staff.concerns.forms import AnswerForm, CloseForm, NumberForm, ReferForm, ReopenForm, SeenForm, show_edition
from staff.concerns.seen import inspections_of
from staff.doors import Door
from staff.forms import EditedForm
from staff.here import Here, InInspection, database, keys, now
from staff.pages import page, see_other, told
from staff.permissions import SIGNED_IN, Permission

BAD_REQUEST, CONFLICT = HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT
MEANWHILE = "Somebody else has done something about this meanwhile: see what was done. What you wrote is still here."
Take = Callable[[Session, Any], MatterState]


def queue(here: Here) -> Response:
    """What waits in all inspections of whoever looks at concerns, the most urgent first."""
    of = inspections_of(here)
    if not of:
        abort(HTTPStatus.FORBIDDEN)
    return _list(here, of, is_everywhere=True)


def of_inspection(here: InInspection) -> Response:
    """What waits in one inspection; or, on request, what is closed there."""
    return _list(here, {here.inspection_id: (here.slug, here.name)}, is_everywhere=False)


def _list(here: Here, of: dict[UUID, tuple[str, str]], *, is_everywhere: bool) -> Response:
    closed = request.args.get("closed") == "yes"
    with database().reading() as session:
        found = concern_queue.queue(session, of, now(), closed=closed)
        is_silent = heartbeats.is_silent(session, now())
    return page(
        here,
        "concerns/queue",
        concerns=found,
        late=words.what_is_late(found),
        closed=closed,
        is_everywhere=is_everywhere,
        inspections=sorted(of.values()),
        is_silent=is_silent,
        words=words,
    )


def concern(here: InInspection, concern_id: UUID) -> Response:
    """What was written, and what was done. That it was read is written down."""
    return _concern(here, concern_id)


def _concern(here: InInspection, concern_id: UUID, status: int = HTTPStatus.OK) -> Response:
    opened = _read(here, concern_id)
    form = SeenForm(formdata=None)
    show_edition(form, opened.waiting.edition)
    return page(here, "concerns/concern", status=status, opened=opened, form=form, trail=_trail(here), words=words)


def _read(here: InInspection, concern_id: UUID) -> Opened:
    try:
        with database().transaction() as session:
            return read(session, keys(), concern_id, [here.inspection_id], here.who, now())
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)


def _seen(here: InInspection, concern_id: UUID) -> Waiting:
    try:
        with database().reading() as session:
            return concern_queue.one(session, concern_id, [here.inspection_id], now())
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)


def acknowledge(here: InInspection, concern_id: UUID) -> Response | AnyResponse:
    """Whoever presses the button sees to it."""
    _seen(here, concern_id)
    form = SeenForm()
    try:
        with database().transaction() as session:
            concern_steps.acknowledge(session, concern_id, here.who, now(), seen=form.edition.data)
    except ChangedMeanwhile:
        told("Somebody else has done something about it meanwhile: see what was done.")
        return see_other("concerns.concern", slug=here.slug, concern_id=concern_id)
    told("You have acknowledged it. Nobody else is told any more.")
    return see_other("concerns.concern", slug=here.slug, concern_id=concern_id)


def refer(here: InInspection, concern_id: UUID) -> Response | AnyResponse:
    """Write down a referral."""
    form = ReferForm()

    def take(session: Session, who: dict[str, Any]) -> MatterState:
        said = {"to_whom": form.to_whom.data or "", "why": form.words.data or ""}
        return concern_steps.refer(session, concern_id, **who | said)

    return _step(here, concern_id, form, take, "Refer this concern", "The referral is written down.")


def answer(here: InInspection, concern_id: UUID) -> Response | AnyResponse:
    """Write down what was answered to a referral."""
    form = AnswerForm()

    def take(session: Session, who: dict[str, Any]) -> MatterState:
        return concern_steps.answered(session, concern_id, **who, outcome=form.words.data or "")

    return _step(here, concern_id, form, take, "What they answered", "The answer is written down.")


def close(here: InInspection, concern_id: UUID) -> Response | AnyResponse:
    """Say what came of it; what was written is deleted."""
    form = CloseForm()

    def take(session: Session, who: dict[str, Any]) -> MatterState:
        return concern_steps.close(session, concern_id, **who, outcome=form.words.data or "")

    return _step(here, concern_id, form, take, "Close this concern", "It is closed. What was written is deleted.")


def reopen(here: InInspection, concern_id: UUID) -> Response | AnyResponse:
    """Take it up again."""
    form = ReopenForm()

    def take(session: Session, who: dict[str, Any]) -> MatterState:
        return concern_steps.reopen(session, concern_id, **who, why=form.words.data or "")

    return _step(here, concern_id, form, take, "Reopen this concern", "It is open again.")


def _step(  # noqa: PLR0913, PLR0917 - who does what about which concern, and how it is told
    here: InInspection, concern_id: UUID, form: EditedForm, take: Take, title: str, done: str
) -> Response | AnyResponse:
    seen, status, fault = _seen(here, concern_id), HTTPStatus.OK, ""
    if form.validate_on_submit():
        try:
            with database().transaction() as session:
                take(session, {"who": here.who, "now": now(), "seen": form.edition.data})
        except ChangedMeanwhile:
            seen, status, fault = _seen(here, concern_id), CONFLICT, MEANWHILE
        except Refused as refused:
            status, fault = BAD_REQUEST, f"{refused.place} {refused.fault} {refused.remedy}"
        else:
            told(done)
            return see_other("concerns.concern", slug=here.slug, concern_id=concern_id)
    elif form.is_submitted():
        status = BAD_REQUEST
    if status != BAD_REQUEST:
        show_edition(form, seen.edition)
    details = {"form": form, "title": title, "concern": seen, "fault": fault, "words": words}
    return page(here, "concerns/step", status=status, **details, trail=_trail(here, concern_id))


def number(here: InInspection, concern_id: UUID) -> Response:
    """The whole number of who wrote it, to whoever has just given a password again, and says why."""
    seen, form = _seen(here, concern_id), NumberForm()
    found, fault = None, ""
    has_keys = keys()
    if form.validate_on_submit() and has_keys:
        try:
            with database().transaction() as session:
                found = reaching.reach(session, has_keys, concern_id, here.who, form.why.data or "", now())
        except NotFound:
            fault = "There is no number any more by which this person can be reached."
    status = BAD_REQUEST if form.errors or fault else HTTPStatus.OK
    details = {"form": form, "number": as_dialled(found or ""), "fault": fault, "concern": seen, "words": words}
    return page(here, "concerns/number", status=status, **details, trail=_trail(here, concern_id))


def _trail(here: InInspection, concern_id: UUID | None = None) -> list[dict[str, str]]:
    trail = [{"text": "Concerns", "href": url_for("concerns.of_inspection", slug=here.slug)}]
    if concern_id:
        address = url_for("concerns.concern", slug=here.slug, concern_id=concern_id)
        trail.append({"text": "Concern", "href": address})
    return trail


HERE = "/inspections/<slug>/concerns"
ONE = f"{HERE}/<uuid:concern_id>"
BOTH = ("GET", "POST")
DOORS = (
    Door("/concerns", queue, SIGNED_IN),
    Door(HERE, of_inspection, Permission.CONCERNS),
    Door(ONE, concern, Permission.CONCERNS),
    Door(f"{ONE}/acknowledge", acknowledge, Permission.CONCERNS, ("POST",)),
    Door(f"{ONE}/refer", refer, Permission.CONCERNS, BOTH),
    Door(f"{ONE}/answer", answer, Permission.CONCERNS, BOTH),
    Door(f"{ONE}/close", close, Permission.CONCERNS, BOTH),
    Door(f"{ONE}/reopen", reopen, Permission.CONCERNS, BOTH),
    Door(f"{ONE}/number", number, Permission.CONCERNS, BOTH, fresh=True),
)
