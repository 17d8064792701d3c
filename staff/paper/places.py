"""What the views of this room share: the wave they are in, the way back to its desk, and booklets by their address."""

from uuid import UUID

from flask import abort, current_app, flash
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import waves
from fieldwork.database import Session
from fieldwork.faults import Fault
from fieldwork.inspections import of_wave
from fieldwork.waves import Asked
from staff.here import InWave, database
from staff.pages import see_other
from surveys.text import Language


def pepper() -> bytes:
    """What serials are keyed with."""
    found: bytes = current_app.extensions["pepper"]
    return found


def public_url() -> str:
    """Where respondents go."""
    found: str = current_app.extensions["settings"].public_url
    return found


def asked_in(here: InWave) -> Asked:
    """What the wave asks."""
    with database().reading() as session:
        return waves.asked_in(session, here.wave_id)


def languages_of(session: Session, here: InWave) -> tuple[Language, ...]:
    """The languages in which people are asked here."""
    return of_wave(session, here.wave_id).languages


def to_desk(here: InWave) -> AnyResponse:
    """Back to where the next booklet is begun."""
    return see_other("paper.desk", slug=here.slug, wave=here.questionnaire_id)


def to_desk_with(here: InWave, fault: Fault) -> AnyResponse:
    """The same, saying what is wrong and what to do."""
    flash(f"{fault.place} {fault.fault} {fault.remedy}", "important")
    return to_desk(here)


def key_in(address: str) -> UUID:
    """The id that stands in the address; no page where it is none."""
    try:
        return UUID(address)
    except ValueError:
        abort(404)
