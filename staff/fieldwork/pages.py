"""The pages of fieldwork at a glance. They write nothing, renew themselves, and show totals that move by fives."""

from typing import cast

from flask import Response, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import inspections, waves
from fieldwork.entry import wrong_codes
from fieldwork.faults import Refused
from fieldwork.office import audit
from fieldwork.progress import targets
from staff.doors import Door
from staff.fields import NumberField
from staff.fieldwork.seen import chart_of_modes, chart_of_waves, seen
from staff.forms import OfficeForm
from staff.here import InInspection, InWave, database, now
from staff.pages import page, see_other, told
from staff.permissions import Permission

STILL = "yes"  # `?still=yes`: without a script, a page that does not renew itself


class TargetForm(OfficeForm):
    """How many answers are hoped for."""

    target = NumberField("Target: how many answers you hope for")


def overview(here: InInspection) -> Response:
    """All waves of the inspection."""
    with database().reading() as session:
        inspection = inspections.find(session, here.slug)
        all_seen = [seen(session, wave, _pence_per_part()) for wave in waves.all_waves(session, inspection)]
        wrong = wrong_codes.too_many(session, now())
    return page(
        here,
        "fieldwork/overview",
        waves=all_seen,
        chart=chart_of_waves(all_seen),
        wrong=wrong,
        is_still=_is_still(),
        trail=[{"text": "Fieldwork at a glance"}],
    )


def glance(here: InWave) -> Response:
    """One wave."""
    with database().reading() as session:
        wave = seen(session, waves.find_wave(session, here.wave_name), _pence_per_part())
        wrong = wrong_codes.too_many(session, now())
    return page(
        here,
        "fieldwork/glance",
        wave=wave,
        chart=chart_of_waves([wave]),
        modes=chart_of_modes(wave),
        wrong=wrong,
        is_still=_is_still(),
        may_set_up=here.may(Permission.SET_UP),
        trail=[{"text": "Fieldwork at a glance"}],
    )


def target(here: InWave) -> Response | AnyResponse:
    """The target of the wave, to be set."""
    form = TargetForm()
    with database().reading() as session:
        there = waves.find_wave(session, here.wave_name).target
    if not form.is_submitted():
        form.target.data = "" if there is None else str(there)
    if form.validate_on_submit():
        try:
            with database().transaction() as session:
                wave = waves.find_wave(session, here.wave_name)
                targets.set_target(session, wave, form.target.number)
                about = f"{here.wave_name}: {form.target.number or 'none'}"
                audit.record(session, "set_target", here.who, inspection_id=here.inspection_id, about=about, now=now())
        except Refused as fault:
            form.target.errors = [f"{fault.fault[:1].upper()}{fault.fault[1:]} {fault.remedy}"]
        else:
            told("The target is set.")
            return see_other("fieldwork.glance", slug=here.slug, wave=here.questionnaire_id)
    return page(here, "fieldwork/target", form=form, trail=[{"text": "Target"}], status=400 if form.errors else 200)


def _pence_per_part() -> float:
    return cast("float", current_app.extensions["settings"].pence_per_part)


def _is_still() -> bool:
    return request.args.get("still") == STILL


DOORS = (
    Door("/inspections/<slug>/fieldwork", overview, Permission.SEE_FIELDWORK),
    Door("/inspections/<slug>/<wave>/fieldwork", glance, Permission.SEE_FIELDWORK),
    Door("/inspections/<slug>/<wave>/fieldwork/target", target, Permission.SET_UP, ("GET", "POST")),
)
