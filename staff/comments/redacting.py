"""From a comment to a quotation: redacted by one person, approved by another, put into the perspective."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import inspections, waves
from fieldwork.faults import NotFound, Refused
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.reading import reading_clock, redactions
from fieldwork.reading.comment_words import key_of
from fieldwork.reading.redactions import Jigsaw
from staff.comments import words
from staff.comments.forms import ApprovalForm, QuotationForm, SeenForm, show_edition
from staff.comments.opening import found, helped, instead_of, pepper, shown, trail
from staff.doors import Door
from staff.here import InInspection, InWave, database, now
from staff.pages import page, see_other, told
from staff.permissions import Permission

BAD_REQUEST, CONFLICT = HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT
MEANWHILE = "Somebody else has changed this meanwhile: see what stands there now. What you wrote is still here."


def redact(here: InWave, key: str) -> Response | AnyResponse:
    """Propose words for the report. The helper has filled the field in; a person decides."""
    form = QuotationForm()
    status, fault = HTTPStatus.OK, ""
    if form.validate_on_submit():
        try:
            with database().transaction() as session:
                opened = found(session, here, key)
                redactions.propose(session, opened, form.words.data or "", form.edition.data or 0, here.who)
                reading_clock.look_at(session, here.wave_id, now())
        except ChangedMeanwhile:
            status, fault = CONFLICT, MEANWHILE
        except Refused as refused:
            status = BAD_REQUEST
            form.words.errors = [*form.words.errors, f"{refused.place} {refused.fault} {refused.remedy}"]
        else:
            told("Proposed. Another person has to approve exactly these words.")
            return _back(here, key)
    elif form.is_submitted():
        status = BAD_REQUEST
    return _redact(here, key, form, status, fault)


def _redact(here: InWave, key: str, form: QuotationForm, status: int, fault: str) -> Response:
    with database().transaction() as session:
        there = shown(session, here, key)
        help_ = helped(session, here, there.comment)
    if status == CONFLICT or not form.is_submitted():
        show_edition(form, there.redaction.edition if there.redaction else 0)
    if not form.is_submitted():
        form.words.data = there.redaction.words if there.redaction else help_.words
    return page(
        here,
        "comments/redact",
        status=status,
        there=there,
        comment=there.comment,
        helped=help_,
        instead_of=instead_of,
        form=form,
        fault=fault,
        trail=trail(here, key),
        words=words,
    )


def approve(here: InWave, key: str) -> Response | AnyResponse:
    """Another person looks at the proposal, answers what has to be asked, and approves it or sends it back."""
    form = ApprovalForm()
    status, fault = HTTPStatus.OK, ""
    if form.validate_on_submit():
        try:
            _decide(here, key, form)
        except ChangedMeanwhile:
            status, fault = CONFLICT, MEANWHILE
        except Refused as refused:
            status, fault = BAD_REQUEST, f"{refused.place} {refused.fault} {refused.remedy}"
        else:
            approved = form.decision.data == "approve"
            told("Approved: exactly these words." if approved else "Sent back, with your reasons.")
            return _back(here, key)
    elif form.is_submitted():
        status = BAD_REQUEST
    with database().transaction() as session:
        there = shown(session, here, key)
        if there.redaction is None:
            raise NotFound(key, "nothing of it was proposed to be printed.", "Propose it first.")
        help_ = helped(session, here, there.comment)
    if status == CONFLICT or not form.is_submitted():
        show_edition(form, there.redaction.edition)
    return page(
        here,
        "comments/approve",
        status=status,
        there=there,
        comment=there.comment,
        helped=help_,
        left=words.still_there(there.redaction.words),
        jigsaw=_jigsaw(here, form),
        form=form,
        fault=fault,
        is_own=there.redaction.proposed_by == here.staff_id,
        trail=trail(here, key),
        words=words,
    )


def _decide(here: InWave, key: str, form: ApprovalForm) -> None:
    seen = form.edition.data or 0
    with database().transaction() as session:
        opened = found(session, here, key)
        if form.decision.data == "send_back":
            redactions.send_back(session, opened, form.reasons.data or "", seen, here.who)
            return
        known, example, event = (question.data == "yes" for question in form.jigsaw)
        redactions.approve(session, opened, Jigsaw(known, example, event, form.reasons.data or ""), seen, here.who)


def _jigsaw(here: InWave, form: ApprovalForm) -> list[tuple[object, str]]:
    asked = dict(words.JIGSAW)
    if here.audience != "children":
        asked["worker_would_know"] = words.OF_ADULTS
    return list(zip(form.jigsaw, asked.values(), strict=True))


def release(here: InWave, key: str) -> Response | AnyResponse:
    """Put an approved quotation into the perspective."""
    form = SeenForm()
    if form.validate_on_submit():
        try:
            with database().transaction() as session:
                redactions.release(session, found(session, here, key), form.edition.data or 0, here.who)
        except (ChangedMeanwhile, Refused):
            told("It was changed meanwhile, and is not in the perspective: see how it stands.")
        else:
            told("It is in the perspective now.")
        return _back(here, key)
    with database().transaction() as session:
        there = shown(session, here, key)
    if there.redaction is None or there.redaction.state != "approved":
        raise NotFound(key, "is not approved.", "Another person has to approve it.")
    show_edition(form, there.redaction.edition)
    return page(
        here, "comments/release", there=there, comment=there.comment, form=form, trail=trail(here, key), words=words
    )


def take_back(here: InWave, key: str) -> AnyResponse:
    """Take a quotation out of the perspective."""
    form = SeenForm()
    try:
        with database().transaction() as session:
            redactions.take_back(session, found(session, here, key), form.edition.data or 0, here.who)
    except (ChangedMeanwhile, Refused):
        told("It was changed meanwhile: see how it stands.")
    else:
        told("It is not in the perspective any more. It stays approved.")
    return _back(here, key)


def _back(here: InWave, key: str) -> AnyResponse:
    return see_other("comments.comment", slug=here.slug, wave=here.questionnaire_id, key=key)


@dataclass(frozen=True, slots=True)
class Waits:
    """A redaction that waits for another person."""

    wave: str
    questionnaire_id: str
    key: str
    is_for_them: bool


def waiting(here: InInspection) -> Response:
    """What waits for approval in the whole inspection."""
    with database().reading() as session:
        of = {wave.id: wave for wave in waves.all_waves(session, inspections.find(session, here.slug))}
        found_ = redactions.waiting(session, list(of), here.who)
        ageing = words.called(reading_clock.of_inspection(session, here.inspection_id, now()))
    waits = [
        Waits(of[wave_id].name, of[wave_id].questionnaire_id, key_of(comment_id, pepper()), other)
        for wave_id, comment_id, other in found_
    ]
    return page(
        here,
        "comments/waiting",
        waits=waits,
        may_approve=here.may(Permission.APPROVE),
        ageing=ageing,
        alarm=reading_clock.alarm(ageing),
        words=words,
    )


ONE = "/inspections/<slug>/<wave>/comments/<key>"
BOTH = ("GET", "POST")
DOORS = (
    Door(f"{ONE}/quotation", redact, Permission.READ_COMMENTS, BOTH),
    Door(f"{ONE}/approval", approve, Permission.APPROVE, BOTH),
    Door(f"{ONE}/release", release, Permission.PERSPECTIVE, BOTH, fresh=True),
    Door(f"{ONE}/taken-back", take_back, Permission.PERSPECTIVE, ("POST",)),
    Door("/inspections/<slug>/approvals", waiting, Permission.READ_COMMENTS),
)
