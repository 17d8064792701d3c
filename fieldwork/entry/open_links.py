"""The open link of a wave: anybody who has it may answer, where the inspection allows that."""

import secrets

from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldwork.entry.cases import refuse_closed
from fieldwork.faults import Refused
from fieldwork.models.inspections import Wave
from fieldwork.waves import SLUG_BYTES


def may_be_used(wave: Wave) -> bool:
    """True while the link leads to the wave."""
    return wave.inspection.open_link_allowed and wave.closed is None


def renew(session: Session, wave: Wave, seen: str) -> str:
    """A new open link in the place of the one that was seen; the old one leads nowhere from now on.

    Interviews that were begun by the old one go on.

    Raises:
        Refused: the wave is closed, has no open link, or was given a new one meanwhile.
    """
    refuse_closed(wave)
    if not wave.inspection.open_link_allowed:
        raise Refused(wave.name, "It has no open link.", "Allow one in the inspection's setup first.")
    fresh = secrets.token_urlsafe(SLUG_BYTES)
    same = (Wave.id == wave.id, Wave.open_slug == seen)
    if not session.connection().execute(update(Wave).where(*same).values(open_slug=fresh)).rowcount:
        raise Refused(wave.name, "It was given a new open link meanwhile.", "Look at the new one.")
    session.refresh(wave)
    return fresh
