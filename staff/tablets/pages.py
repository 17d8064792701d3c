"""The pages of the shared tablets. A link is shown in the reply to the form that makes it, and never again.

No page says whether anybody has answered on a tablet, or when: only which ones may ask.
"""

from uuid import UUID

from flask import Response, current_app, url_for
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import waves
from fieldwork.database import Session
from fieldwork.entry import tablets
from fieldwork.faults import Refused
from fieldwork.models.audit import Act
from fieldwork.office import audit
from modes.paper.handouts import square
from staff.doors import Door
from staff.here import InWave, database, now
from staff.pages import page, see_other, told
from staff.permissions import Permission
from staff.tablets.forms import TabletForm

STANDINGS = {
    "waiting": "Its link has not been opened",
    "open": "In use",
    "off": "Switched off",
    "over": "Over: its last day has passed",
}
IN_USE = {"waiting", "open"}


def shared(here: InWave) -> Response:
    """The tablets of the wave, and how each stands."""
    with database().reading() as session:
        wave = waves.find_wave(session, here.wave_name)
        listed = tablets.all_of(session, here.wave_id, now())
    return page(
        here,
        "tablets/shared",
        wave=wave,
        tablets=listed,
        standings=STANDINGS,
        in_use=IN_USE,
        trail=[_ways_in(here), {"text": "Shared tablets"}],
    )


def new(here: InWave) -> Response:
    """A link for one more tablet, shown in the reply."""
    form = TabletForm()
    form.today = tablets.day_of(now())
    if form.validate_on_submit():
        try:
            link = _made(here, form)
        except Refused as fault:
            form.name.errors = [f"{fault.fault} {fault.remedy}"]
        else:
            return _shown_once(here, form, link)
    trail = [_ways_in(here), _shared(here), {"text": "Set up a tablet"}]
    return page(here, "tablets/new", form=form, trail=trail, status=400 if form.errors else 200)


def switch_off(here: InWave, tablet: UUID) -> AnyResponse:
    """From its next page on that tablet shows nothing."""
    with database().transaction() as session:
        name = tablets.switch_off(session, here.wave_id, tablet)
        _note(session, here, "switched_off_tablet", tablet)
    told(f"{name} is switched off. What was not sent on it is thrown away.")
    return see_other("tablets.shared", slug=here.slug, wave=here.questionnaire_id)


def _made(here: InWave, form: TabletForm) -> str:
    pepper: bytes = current_app.extensions["pepper"]
    with database().transaction() as session:
        wave = waves.find_wave(session, here.wave_name)
        made = tablets.make(session, wave, form.name.data or "", form.until, pepper, now())
        _note(session, here, "made_tablet", made.id)
    return made.link


def _shown_once(here: InWave, form: TabletForm, link: str) -> Response:
    address = f"{current_app.extensions['settings'].public_url}/tablet/{link}"
    trail = [_ways_in(here), _shared(here), {"text": "Set up a tablet"}]
    shown = {"address": address, "square": square(address), "until": form.until, "name": form.name.data}
    return page(here, "tablets/made", trail=trail, shown=shown)


def _note(session: Session, here: InWave, act: Act, tablet: UUID) -> None:
    about = f"{here.wave_name}: tablet {tablet}"
    audit.record(session, act, here.who, inspection_id=here.inspection_id, about=about, now=now())


def _ways_in(here: InWave) -> dict[str, str]:
    return {"text": "Ways in", "href": url_for("ways_in.ways", slug=here.slug, wave=here.questionnaire_id)}


def _shared(here: InWave) -> dict[str, str]:
    return {"text": "Shared tablets", "href": url_for("tablets.shared", slug=here.slug, wave=here.questionnaire_id)}


PLACE = "/inspections/<slug>/<wave>/tablets"
HAND_OUT = Permission.HAND_OUT_CODES
DOORS = (
    Door(PLACE, shared, HAND_OUT),
    Door(f"{PLACE}/new", new, HAND_OUT, ("GET", "POST"), fresh=True),
    Door(f"{PLACE}/<uuid:tablet>/off", switch_off, HAND_OUT, ("POST",)),
)
