"""What waits for the safeguarding lead, by whatever way it came: made with its notices, held while worked on."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound
from fieldwork.models.concerns import Matter, MatterKind, Notice, Person, Rung, Way
from fieldwork.models.cover import Cover
from fieldwork.moments import minute_of

TOLD: dict[Rung, tuple[Person, ...]] = {
    "at_once": ("first", "second"),
    "half_hour": ("second",),
    "hour": ("duty",),
    "no_answer": ("first", "second"),
}
"""Who is told when."""


def open_one(  # noqa: PLR0913 - what it is, where it came from, and when
    session: Session,
    kind: MatterKind,
    inspection_id: UUID | None,
    now: datetime,
    *,
    wave_id: UUID | None = None,
    matter_id: UUID | None = None,
) -> UUID:
    """The id of something that waits from now on. That two people have to be told is kept with it."""
    key = matter_id or uuid4()
    row = {"id": key, "kind": kind, "inspection_id": inspection_id, "wave_id": wave_id, "raised_minute": minute_of(now)}
    session.connection().execute(insert(Matter), [row])
    tell(session, key, "at_once", session.get(Cover, inspection_id) if inspection_id else None)
    return key


def tell(session: Session, matter_id: UUID, rung: Rung, cover: Cover | None) -> None:
    """Write down that the people of this rung have to be told: by mail, and by text where they have given a number."""
    rows = [
        {"id": uuid4(), "matter_id": matter_id, "rung": rung, "person": person, "way": way}
        for person in TOLD[rung]
        for way in _ways(person, cover)
    ]
    session.connection().execute(insert(Notice), rows)


def _ways(person: Person, cover: Cover | None) -> tuple[Way, ...]:
    return ("mail", "text") if cover and getattr(cover, f"{person}_phone") else ("mail",)


def hold(session: Session, matter_id: UUID) -> Matter:
    """That matter, held until the transaction ends.

    Raises:
        NotFound: there is none.
    """
    wanted = select(Matter).where(Matter.id == matter_id).with_for_update()
    if found := session.scalar(wanted.execution_options(populate_existing=True)):
        return found
    raise NotFound(str(matter_id), "there is no such concern.", "See which are: flask concerns list.")


def about(matter_id: UUID) -> str:
    """How the audit names it."""
    return f"concern {matter_id}"
