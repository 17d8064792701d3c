"""What every page about people to text begins with: the wave if it can be texted, and the list that waits."""

from dataclasses import dataclass
from uuid import UUID

from fieldwork import waves
from fieldwork.database import Session
from fieldwork.faults import Refused
from fieldwork.hours import LONDON
from fieldwork.models.audit import Act
from fieldwork.models.inspections import Wave
from fieldwork.models.people import StaffMember
from fieldwork.numbers import contact_uploads
from fieldwork.numbers.contact_uploads import Waiting
from fieldwork.office import audit
from fieldwork.sealing import Keys
from staff.contacts.texting import Texting, texting
from staff.here import InWave, keys, now


@dataclass(frozen=True, slots=True)
class Ready:
    """A wave that can be texted, and what does it."""

    wave: Wave
    keys: Keys
    texting: Texting


def ready_for(session: Session, here: InWave) -> Ready:
    """The wave, if it can be texted.

    Raises:
        Refused: it cannot.
    """
    wave, given, found = waves.find_wave(session, here.wave_name), keys(), texting()
    if given is None or found is None:
        raise Refused(
            "Texting", "is not set up here.", "Whoever runs this service sets its keys: see the guide to texts."
        )
    if not found.can_ask(waves.asked_in(session, wave.id).questionnaire):
        raise Refused("This wave", "asks a questionnaire that cannot be texted.", "Invite people by codes or letters.")
    if wave.closed:
        raise Refused("This wave", f"closed on {wave.closed:%d %B %Y}.", "Nobody of it can be texted any more.")
    return Ready(wave, given, found)


def list_waiting(session: Session, here: InWave) -> Waiting | None:
    """The list that waits in this wave; none where there is none, or texting is not set up."""
    given = keys()
    return contact_uploads.waiting(session, here.wave_id, given, now()) if given else None


def name_of(session: Session, staff_id: UUID) -> str:
    """Who that is, for a page."""
    member = session.get(StaffMember, staff_id)
    return member.name if member else "somebody who is not here any more"


def since(waiting: Waiting) -> str:
    """When the list was uploaded, in words."""
    return f"{waiting.uploaded.astimezone(LONDON):%A %-d %B, %H:%M}"


def record(session: Session, here: InWave, act: Act, about: str) -> None:
    """Write down in the audit what is done with people to text."""
    audit.record(session, act, here.who, inspection_id=here.inspection_id, about=f"{here.wave_name}: {about}")
