"""Who may see concerns, and of which inspections; and what the top of every page tells them of it."""

from dataclasses import dataclass
from uuid import UUID

from fieldwork import heartbeats
from fieldwork.database import Session
from fieldwork.office import people
from fieldwork.safeguarding import concern_queue
from staff.here import Here, database, now, today
from staff.permissions import Permission, allowed_to


def inspections_of(here: Here) -> dict[UUID, tuple[str, str]]:
    """The inspections whose concerns they may see, each with its short name and its name."""
    with database().reading() as session:
        return _inspections(session, here)


def _inspections(session: Session, here: Here) -> dict[UUID, tuple[str, str]]:
    theirs = people.inspections_of(session, here.staff_id, today())
    return {
        each.id: (each.slug, each.name)
        for each in theirs
        if Permission.CONCERNS in allowed_to(people.roles_in(session, here.staff_id, each, today()))
    }


@dataclass(frozen=True, slots=True)
class Notice:
    """What the top of every page tells of concerns."""

    new: int
    is_silent: bool


def concerns_waiting(here: Here) -> Notice | None:
    """How many wait that nobody has acknowledged; nothing for whoever may not see concerns, not even a number."""
    with database().reading() as session:
        of = _inspections(session, here)
        if not of:
            return None
        new = concern_queue.count_new(session, of)
        return Notice(new, heartbeats.is_silent(session, now()))
