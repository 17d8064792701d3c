"""How many answers a wave hopes for."""

from sqlalchemy.orm import Session

from fieldwork.faults import Refused
from fieldwork.models.inspections import Wave


def set_target(session: Session, wave: Wave, target: int | None) -> None:
    """So many answers are hoped for; none takes the target away.

    Raises:
        Refused: it is not a number of people, or the wave is closed.
    """
    if wave.closed:
        raise Refused(wave.name, f"closed on {wave.closed:%d %B %Y}.", "Its target stays as it was.")
    if target is not None and target < 1:
        raise Refused(wave.name, f"{target} answers cannot be hoped for.", "Enter a number, or nothing.")
    wave.target = target
    session.flush()
