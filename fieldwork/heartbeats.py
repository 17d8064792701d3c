"""Whether whoever must never fall silent can still be heard."""

from datetime import datetime

from sqlalchemy.orm import Session

from fieldwork.models.cover import Heartbeat
from fieldwork.moments import minute_of
from fieldwork.upserts import Upsert

NOTICES = "notices"
EVERY, SILENT = 60, 75  # minutes

_BEAT = Upsert(Heartbeat, key=["name"], columns=["minute"])


def beat(session: Session, now: datetime, name: str = NOTICES) -> None:
    """It is alive, and whatever it needs works."""
    _BEAT.run(session, name=name, minute=minute_of(now))


def last_beat(session: Session, name: str = NOTICES) -> int | None:
    """The minute since 1970 when it was last heard; none where it never was."""
    found = session.get(Heartbeat, name, populate_existing=True)
    return found.minute if found else None


def is_silent(session: Session, now: datetime, name: str = NOTICES) -> bool:
    """True if nothing was heard of it for longer than an hour and a quarter."""
    last = last_beat(session, name)
    return last is None or minute_of(now) - last > SILENT
