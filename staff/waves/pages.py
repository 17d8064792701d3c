"""The pages of a wave: planned, with everything that is still missing; opened by hand; closed by hand or on its day."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, current_app, url_for
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from werkzeug.wrappers import Response as AnyResponse
from wtforms import RadioField
from wtforms.validators import InputRequired, ValidationError

from fieldwork import inspections, waves
from fieldwork.database import Session
from fieldwork.faults import NotFound, Refused
from fieldwork.hours import LONDON
from fieldwork.keeping import closing
from fieldwork.models.inspections import Inspection
from fieldwork.office import audit
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.progress import planning, readiness
from fieldwork.progress.planning import Plan, Undertaking
from fieldwork.progress.readiness import House, Room, Task
from staff.doors import Door
from staff.fields import DayField, LineField, NumberField
from staff.forms import EditedForm, OfficeForm
from staff.here import InInspection, database, keys, now
from staff.inspections.programmes import programmes
from staff.inspections.rooms import rooms_of
from staff.pages import page, see_other, told
from staff.permissions import Permission
from staff.waves.standing import Standing, standing

CLOSE = "close"


class PlanForm(EditedForm):
    """What is meant of a wave."""

    first_day = DayField("First day")
    last_day = DayField("Last day on which answers are taken")
    invited = NumberField("Number of people invited")

    def validate_last_day(self, field: DayField) -> None:
        """Not before the first."""
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError("The last day is before the first. Change one of them.")

    def plan(self) -> Plan:
        """What is filled in."""
        return Plan(self.first_day.data, self.last_day.data, self.invited.number)

    def fill(self, there: Standing) -> None:
        """Show what is there."""
        self.edition.data, self.edition.raw_data = there.edition, None
        self.first_day.data, self.last_day.data = there.first_day, there.last_day
        self.invited.data = "" if there.invited is None else str(there.invited)


class OneMoreForm(PlanForm):
    """One more wave: which questionnaire it asks."""

    questionnaire = RadioField("What it asks", [InputRequired("Choose what the wave asks.")], widget=GovRadioInput())


class ClosingForm(OfficeForm):
    """Closing before the last day, in a word that nobody types by mistake."""

    word = LineField("Confirm")


def wave(here: InInspection, questionnaire: str) -> Response:
    """One wave: what is missing before it opens, or how it stands."""
    return _shown(here, questionnaire, OfficeForm())


def _shown(here: InInspection, questionnaire: str, form: OfficeForm, problem: str = "") -> Response:
    with database().reading() as session:
        found = _found(session, here, questionnaire)
        there = standing(session, found)
        tasks = readiness.tasks(session, found.planned, _house(), now()) if found.planned and not found.wave else []
    return page(
        here,
        "waves/wave",
        form=form,
        standing=there,
        tasks=[(task, _way(here, there, task)) for task in tasks],
        missing=sum(not task.done for task in tasks),
        problem=problem,
        ways=rooms_of(here, questionnaire) if found.wave else [],
        may_set_up=here.may(Permission.SET_UP),
        trail=[{"text": there.title}],
        status=409 if problem else 200,
    )


def _way(here: InInspection, there: Standing, task: Task) -> str | None:
    """Where this task is done, for whoever may do it."""
    endpoints: Mapping[Room, str] = {
        "inspection": "inspections.change",
        "plan": "waves.change",
        "cover": "concerns.practices" if task.what == readiness.TEST_ALERT else "concerns.who_looks",
    }
    door = current_app.extensions["doors"].get(endpoints.get(task.room, ""))
    if door is None or (isinstance(door.rule, Permission) and not here.may(door.rule)):
        return None
    address: dict[str, Any] = {"slug": here.slug}
    if task.room == "plan":
        address["questionnaire"] = there.questionnaire_id
    return url_for(door.endpoint, **address)


def plan(here: InInspection) -> Response | AnyResponse:
    """One more wave."""
    form = OneMoreForm()
    with database().reading() as session:
        inspection = inspections.find(session, here.slug)
        asked = {each.questionnaire_id for each in planning.undertakings(session, inspection)}
    left = [each for each in programmes()[inspection.programme].questionnaires if each.id not in asked]
    form.questionnaire.choices = [(each.id, each.title.en) for each in left]
    if not form.is_submitted():
        form.first_day.data, form.last_day.data = inspection.first_day, inspection.last_day
    if form.validate_on_submit() and _planned(here, form):
        told("The wave is planned. It opens when nothing is missing any more.")
        return see_other("waves.wave", slug=here.slug, questionnaire=form.questionnaire.data)
    return page(
        here, "waves/plan", form=form, left=left, trail=[{"text": "Plan a wave"}], status=400 if form.errors else 200
    )


def _planned(here: InInspection, form: OneMoreForm) -> bool:
    try:
        with database().transaction() as session:
            inspection = inspections.find(session, here.slug)
            planned = planning.plan(session, inspection, form.questionnaire.data, form.plan())
            about = f"{here.slug}/{planned.questionnaire_id}"
            audit.record(session, "planned_wave", here.who, inspection_id=here.inspection_id, about=about)
    except Refused as fault:
        form.form_errors.append(_sentence(fault))
        return False
    return True


def change(here: InInspection, questionnaire: str) -> Response | AnyResponse:
    """The days of a wave and how many are invited, to be changed."""
    form = PlanForm()
    with database().reading() as session:
        there = standing(session, _found(session, here, questionnaire))
    if not form.is_submitted():
        form.fill(there)
    meanwhile = False
    if form.validate_on_submit():
        try:
            _changed(here, questionnaire, form)
        except Refused as fault:
            form.form_errors.append(_sentence(fault))
        except ChangedMeanwhile:
            meanwhile = True
            form.edition.data, form.edition.raw_data = there.edition, None
        else:
            told("The plan is kept.")
            return see_other("waves.wave", slug=here.slug, questionnaire=questionnaire)
    return page(
        here,
        "waves/change",
        form=form,
        standing=there,
        meanwhile=meanwhile,
        trail=[{"text": "Change the plan"}],
        status=409 if meanwhile else 400 if form.errors else 200,
    )


def _changed(here: InInspection, questionnaire: str, form: PlanForm) -> None:
    with database().transaction() as session:
        found = _found(session, here, questionnaire)
        if found.planned is None:  # opened without a plan: now it has one, and with it a last day
            planning.plan(session, inspections.find(session, here.slug), questionnaire, form.plan())
        elif not planning.replan(session, found.planned, form.plan(), form.edition.data or 0):
            return
        about = f"{here.slug}/{questionnaire}"
        audit.record(session, "changed_plan", here.who, inspection_id=here.inspection_id, about=about)


def drop(here: InInspection, questionnaire: str) -> AnyResponse:
    """Plan it no more."""
    with database().transaction() as session:
        found = _found(session, here, questionnaire)
        if found.planned is None:
            raise NotFound(questionnaire, "is not planned.", "Go back to the inspection.")
        planning.drop(session, found.planned)
        about = f"{here.slug}/{questionnaire}"
        audit.record(session, "dropped_plan", here.who, inspection_id=here.inspection_id, about=about)
    told("The wave is not planned any more.")
    return see_other("inspections.home", slug=here.slug)


def open_it(here: InInspection, questionnaire: str) -> Response | AnyResponse:
    """Open it, if nothing is missing."""
    form = OfficeForm()
    try:
        with database().transaction() as session:
            found = _found(session, here, questionnaire)
            if found.wave is None and found.planned:
                readiness.open_planned(session, found.planned, _house(), here.who, now())
    except Refused as fault:
        return _shown(here, questionnaire, form, _sentence(fault))
    told("The wave is open: people can answer now.")
    return see_other("waves.wave", slug=here.slug, questionnaire=questionnaire)


def close(here: InInspection, questionnaire: str) -> Response | AnyResponse:
    """Close it before its last day, once somebody has typed that they mean it."""
    form = ClosingForm()
    with database().reading() as session:
        there = standing(session, _found(session, here, questionnaire))
    words = f"{CLOSE} {questionnaire}"
    if form.validate_on_submit():
        if " ".join(form.word.words.lower().split()) == words:
            _closed(here, questionnaire, now())
            told("The wave is closed. It takes no more answers.")
            return see_other("waves.wave", slug=here.slug, questionnaire=questionnaire)
        form.word.errors = [f"Type “{words}” to close the wave. Nothing has changed."]
    trail = [{"text": "Close the wave"}]
    status = 400 if form.errors else 200
    return page(here, "waves/close", form=form, standing=there, words=words, trail=trail, status=status)


def _closed(here: InInspection, questionnaire: str, moment: datetime) -> None:
    with database().transaction() as session:
        found = _found(session, here, questionnaire)
        if found.wave is None or (held := waves.hold(session, found.wave.id)).closed:
            return
        closing.close_wave(session, held, today=moment.astimezone(LONDON).date(), keys=keys())
        audit.record(session, "closed_wave", here.who, inspection_id=here.inspection_id, about=held.name)
    database().tidy()


def _found(session: Session, here: InInspection, questionnaire: str) -> Undertaking:
    inspection: Inspection = inspections.find(session, here.slug)
    return planning.find(session, inspection, questionnaire)


def _house() -> House:
    return House(current_app.extensions["helplines_checked"](), current_app.extensions["questionnaire_checks"])


def _sentence(fault: Refused) -> str:
    return f"{fault.fault[:1].upper()}{fault.fault[1:]} {fault.remedy}"


A_WAVE = "/inspections/<slug>/waves/<questionnaire>"
DOORS = (
    Door("/inspections/<slug>/plan-a-wave", plan, Permission.SET_UP, ("GET", "POST")),
    Door(A_WAVE, wave, Permission.SEE_FIELDWORK),
    Door(f"{A_WAVE}/change", change, Permission.SET_UP, ("GET", "POST")),
    Door(f"{A_WAVE}/drop", drop, Permission.SET_UP, ("POST",)),
    Door(f"{A_WAVE}/open", open_it, Permission.SET_UP, ("POST",)),
    Door(f"{A_WAVE}/close", close, Permission.SET_UP, ("GET", "POST")),
)
