"""The pages of an inspection: made, shown, changed."""

from typing import cast, get_args
from uuid import UUID

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import inspections, waves
from fieldwork.database import Session
from fieldwork.faults import Refused
from fieldwork.inspections import NewInspection
from fieldwork.models.inspections import Inspection, Programme, Wave
from fieldwork.models.people import StaffMember
from fieldwork.office import audit, people
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.progress import planning, tally
from staff.doors import Door
from staff.fieldwork import words
from staff.here import Here, InInspection, database, today
from staff.inspections.forms import LATER, NAMED, Everything, MayStillChange, NewForm, invited_field, new_form
from staff.inspections.programmes import AUDIENCES, programmes
from staff.inspections.rooms import rooms_of
from staff.inspections.words import LABELS, Difference, differences, facts
from staff.pages import page, see_other, told
from staff.permissions import ADMINISTRATOR, ROLE_NAMES, SIGNED_IN, Permission
from staff.waves.standing import standings

CALLED = "What the pages call them"
AS_IT_WAS_PLANNED = "appointed when the inspection was made"


def home(here: InInspection) -> Response:
    """One inspection: its waves, its people, and the way to everything else."""
    with database().reading() as session:
        inspection = inspections.find(session, here.slug)
        return page(
            here,
            "inspections/home",
            under=programmes()[inspection.programme],
            standings=standings(session, inspection),
            answered=_answered(session, inspection) if here.may(Permission.SEE_FIELDWORK) else {},
            facts=facts(inspections.as_new(inspection)),
            members=people.team(session, here.inspection_id),
            role_names=ROLE_NAMES,
            rooms=rooms_of(here),
            ways={wave.questionnaire_id: rooms_of(here, wave.questionnaire_id) for wave in _waves(session, inspection)},
            may_set_up=here.may(Permission.SET_UP),
        )


def _waves(session: Session, inspection: Inspection) -> list[Wave]:
    return waves.all_waves(session, inspection)


def _answered(session: Session, inspection: Inspection) -> dict[str, str]:
    """How many answered, as the office may see it: a count to the moment would tell who has just answered."""
    return {wave.questionnaire_id: words.answered(tally.shown(session, wave)) for wave in _waves(session, inspection)}


def new(here: Here) -> Response | AnyResponse:
    """A new inspection: first the programme, then all that is known of it."""
    programme = request.args.get("programme", "")
    if programme not in get_args(Programme):
        wrong = "programme" in request.args
        return page(here, "inspections/programme", programmes=programmes(), wrong=wrong, status=400 if wrong else 200)
    chosen = cast("Programme", programme)
    template = programmes()[chosen]
    with database().reading() as session:
        form = new_form(template, [each for each in people.everybody(session) if each.active])
    if form.validate_on_submit() and (slug := _made(here, chosen, form)):
        told("The inspection is made. Its lead sets up its waves and its team.")
        return see_other("inspections.home", slug=slug)
    return page(
        here,
        "inspections/new",
        form=form,
        under=template,
        programme=programme,
        named=NAMED,
        audiences=AUDIENCES,
        invited_field=invited_field,
        status=400 if form.errors else 200,
    )


def _made(here: Here, programme: Programme, form: NewForm) -> str | None:
    """The short name of the inspection, now that it is there; none where something stands against it."""
    year = form.year.number or today().year
    try:
        with database().transaction() as session:
            slug = form.slug.words or inspections.propose_slug(session, form.name.words, year)
            made = inspections.create(session, form.new(programme, slug, year))
            audit.record(session, "made_inspection", here.who, inspection_id=made.id, about=made.slug)
            for questionnaire_id, meant in form.planned().items():
                planned = planning.plan(session, made, questionnaire_id, meant)
                about = f"{made.slug}/{planned.questionnaire_id}"
                audit.record(session, "planned_wave", here.who, inspection_id=made.id, about=about)
            if form.lead.data != LATER and (lead := session.get(StaffMember, UUID(form.lead.data))):
                people.set_roles(session, lead, made, frozenset({"lead"}), here.who, AS_IT_WAS_PLANNED)
            return made.slug
    except Refused as fault:
        form.slug.errors = [f"{fault.place}: {fault.fault} {fault.remedy}"]
        return None


def change(here: InInspection) -> Response | AnyResponse:
    """What is said of an inspection, to be changed."""
    with database().reading() as session:
        inspection = inspections.find(session, here.slug)
        has_opened = inspections.has_opened(session, inspection)
    before = inspections.as_new(inspection)
    form = MayStillChange() if has_opened else Everything()
    if not form.is_submitted():
        form.fill(inspection)
    meanwhile: list[Difference] = []
    if form.validate_on_submit():
        try:
            if changed := _changed(here, form.said(before), form.edition.data):
                told(f"Kept: {', '.join(LABELS.get(name, CALLED) for name in changed)}.")
            return see_other("inspections.home", slug=here.slug)
        except Refused as fault:
            form.form_errors.append(f"{fault.fault[:1].upper()}{fault.fault[1:]} {fault.remedy}")
        except ChangedMeanwhile:
            meanwhile = differences(before, form.said(before))
            form.edition.data, form.edition.raw_data = inspection.edition, None
    return page(
        here,
        "inspections/change",
        form=form,
        named=NAMED,
        settled=_settled(before) if has_opened else [],
        meanwhile=meanwhile,
        trail=[{"text": "Change the inspection"}],
        status=409 if meanwhile else 400 if form.errors else 200,
    )


def _changed(here: InInspection, wanted: NewInspection, seen: int | None) -> tuple[str, ...]:
    with database().transaction() as session:
        held = inspections.find(session, here.slug)
        changed = inspections.change(session, held, wanted, seen or 0)
        if changed:
            about = f"{here.slug}: {', '.join(changed)}"
            audit.record(session, "changed_inspection", here.who, inspection_id=here.inspection_id, about=about)
        return changed


def _settled(inspection: NewInspection) -> list[tuple[str, str]]:
    kept = {"Area", "Programme", "Nation", "Languages", "Short name", *NAMED.values()}
    return [(what, said) for what, said in facts(inspection) if what in kept]


DOORS = (
    Door("/new-inspection", new, ADMINISTRATOR, ("GET", "POST")),
    Door("/inspections/<slug>", home, SIGNED_IN),
    Door("/inspections/<slug>/change", change, Permission.SET_UP, ("GET", "POST")),
)
