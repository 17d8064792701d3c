"""Snapshots: the figures of an inspection frozen and numbered, and released by a second person."""

import hashlib
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound, Refused
from fieldwork.models.inspections import Inspection
from fieldwork.models.snapshots import Snapshot
from fieldwork.office import audit
from fieldwork.office.audit import Who


def take(  # noqa: PLR0913 - of what, what, who, when, under which key
    session: Session, inspection_id: UUID, content: str, who: Who, today: date, *, snapshot_id: UUID | None = None
) -> Snapshot:
    """The content, kept as it is under the inspection's next number: a draft, until another person releases it."""
    session.execute(select(Inspection.id).where(Inspection.id == inspection_id).with_for_update())  # one number each
    last = session.scalar(select(func.max(Snapshot.number)).where(Snapshot.inspection_id == inspection_id))
    snapshot = Snapshot(
        id=snapshot_id or uuid4(),
        inspection_id=inspection_id,
        number=(last or 0) + 1,
        day=today,
        made_by=who.id,
        made_by_name=who.name,
        content=content,
        mark=mark_of(content),
    )
    session.add(snapshot)
    session.flush()
    audit.record(session, "took_snapshot", who, inspection_id=inspection_id, about=f"snapshot {snapshot.number}")
    return snapshot


def mark_of(content: str) -> str:
    """The mark of such content: its SHA-256."""
    return hashlib.sha256(content.encode()).hexdigest()


def find(session: Session, inspection_id: UUID, number: int) -> Snapshot:
    """The snapshot of that number.

    Raises:
        NotFound: the inspection has none.
    """
    wanted = select(Snapshot).where(Snapshot.inspection_id == inspection_id, Snapshot.number == number)
    if found := session.scalar(wanted):
        return found
    raise NotFound(f"Snapshot {number}", "is not there.", "See which are on the page of snapshots.")


def of_inspection(session: Session, inspection_id: UUID) -> list[Snapshot]:
    """Every snapshot of the inspection, the latest first, without its content."""
    wanted = select(Snapshot).where(Snapshot.inspection_id == inspection_id).order_by(Snapshot.number.desc())
    return list(session.scalars(wanted))


def content_of(snapshot: Snapshot) -> str:
    """The content as it was frozen.

    Raises:
        Refused: it is not what was frozen.
    """
    if mark_of(snapshot.content) != snapshot.mark:
        fault = "is not what was frozen: somebody has changed it in the database."
        raise Refused(
            f"Snapshot {snapshot.number}", fault, "Tell whoever runs this service, and freeze the figures anew."
        )
    return snapshot.content


def release(session: Session, snapshot: Snapshot, who: Who, today: date, seen: str) -> None:
    """Let it go out without the mark of a draft. `seen` is the mark of what this person has looked at.

    Raises:
        Refused: it is the work of the same person, was released before, or is not what they saw.
    """
    place = f"Snapshot {snapshot.number}"
    session.refresh(snapshot, with_for_update=True)
    if who.id is None or who.id == snapshot.made_by:
        raise Refused(place, "was frozen by you.", "Ask somebody else who may approve to release it.")
    if snapshot.released_day is not None:
        raise Refused(place, f"was released by {snapshot.released_by_name}.", "Nothing more has to be done.")
    if mark_of(content_of(snapshot)) != seen:
        raise Refused(place, "is not what you were shown.", "Look at it again before you release it.")
    snapshot.released_by, snapshot.released_by_name, snapshot.released_day = who.id, who.name, today
    about = f"snapshot {snapshot.number}, {seen[:12]}"
    audit.record(session, "released_snapshot", who, inspection_id=snapshot.inspection_id, about=about)


def forget_inspection(session: Session, inspection_id: UUID) -> None:
    """Delete the snapshots of an inspection that is going."""
    session.execute(delete(Snapshot).where(Snapshot.inspection_id == inspection_id))
