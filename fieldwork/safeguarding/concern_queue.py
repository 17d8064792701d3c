"""The safeguarding lead's one list of what waits, and as they stand; nothing of what was written is in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, false, func, or_, select, true
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound
from fieldwork.models.concerns import (
    CommentConcern,
    Concern,
    ConcernKind,
    ConcernStep,
    Matter,
    MatterKind,
    MatterState,
)
from fieldwork.models.cover import Cover
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.moments import minute_of, moment_of
from fieldwork.safeguarding.cover import hours_of
from fieldwork.safeguarding.notices import FULL_HOUR

Inspections = Collection[UUID] | None
"""Whose concerns may be seen: everybody's at the terminal. Those of no inspection are seen with any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A concern as the list shows it: nothing of what was written, nor of who wrote it."""

    id: UUID
    kind: MatterKind
    of_text: ConcernKind | None
    """What it was about a text that raised it."""
    by_reader: bool
    """True where somebody who read a comment raised it."""
    state: MatterState
    inspection: str | None
    slug: str | None
    wave: str | None
    raised: datetime
    waited: int
    """Minutes of cover since it was raised, until somebody acknowledged it or now."""
    in_cover: bool
    """True if somebody has to be there now."""
    acknowledged_by: str | None
    answer_due: datetime | None
    is_late: bool
    """Nobody has acknowledged it for an hour of cover, or a referral had no answer within a working day."""
    edition: int


def queue(session: Session, of: Inspections, now: datetime, *, closed: bool = False) -> list[Waiting]:
    """What waits: what is late first, then what is new, the oldest first. Or what is closed, the latest first."""
    state = Matter.state == "closed" if closed else Matter.state != "closed"
    found = _listed(session, _WANTED.where(state, Matter.kind != "practice", _seen_by(of)), now)
    if closed:
        return sorted(found, key=lambda each: (each.raised, each.id), reverse=True)
    return sorted(found, key=lambda each: (not each.is_late, each.state != "new", each.raised, each.id))


def count_new(session: Session, of: Inspections) -> int:
    """How many wait that nobody has acknowledged; practice is left out."""
    wanted = select(func.count()).where(Matter.state == "new", Matter.kind != "practice", _seen_by(of))
    return session.scalar(wanted) or 0


def practices(session: Session, of: Inspections, now: datetime, *, most: int = 12) -> list[Waiting]:
    """The last practice concerns, the latest first. They are counted nowhere else."""
    wanted = _WANTED.where(Matter.kind == "practice", _seen_by(of)).order_by(Matter.raised_minute.desc()).limit(most)
    return _listed(session, wanted, now)


def one(session: Session, matter_id: UUID, of: Inspections, now: datetime) -> Waiting:
    """That one, as the list shows it.

    Raises:
        NotFound: there is none that may be seen.
    """
    if found := _listed(session, _WANTED.where(Matter.id == matter_id, _seen_by(of)), now):
        return found[0]
    raise NotFound(str(matter_id), "there is no such concern.", "See which are: flask concerns list.")


def _seen_by(of: Inspections) -> ColumnElement[bool]:
    if of is None:
        return true()
    return or_(Matter.inspection_id.in_(of), Matter.inspection_id.is_(None)) if of else false()


_WANTED: Select[*tuple[Any, ...]] = (
    select(Matter, Inspection, Wave.questionnaire_id, Cover, Concern.kind, CommentConcern)
    .outerjoin(Inspection, Inspection.id == Matter.inspection_id)
    .outerjoin(Wave, Wave.id == Matter.wave_id)
    .outerjoin(Cover, Cover.inspection_id == Matter.inspection_id)
    .outerjoin(Concern, Concern.id == Matter.id)
    .outerjoin(CommentConcern, CommentConcern.id == Matter.id)
)


def _listed(session: Session, wanted: Select[*tuple[Any, ...]], now: datetime) -> list[Waiting]:
    rows = session.execute(wanted).all()
    first = _acknowledged(session, [row[0].id for row in rows])
    return [_waiting(row, first.get(row[0].id), minute_of(now)) for row in rows]


def _acknowledged(session: Session, matters: Collection[UUID]) -> dict[UUID, tuple[int, str]]:
    """When and by whom each was first acknowledged: who refers at once has looked too."""
    rows = session.execute(
        select(ConcernStep.matter_id, ConcernStep.minute, ConcernStep.who)
        .where(ConcernStep.matter_id.in_(matters), ConcernStep.step.in_(("acknowledged", "referred")))
        .order_by(ConcernStep.place.desc())
    )
    return {matter_id: (minute, who) for matter_id, minute, who in rows}


def _waiting(row: Row[*tuple[Any, ...]], acknowledged: tuple[int, str] | None, now: int) -> Waiting:
    matter, inspection, questionnaire_id, cover, of_text, comment = row
    hours = hours_of(cover, inspection.nation if inspection else "england")
    until, by = acknowledged or (now, None)
    waited = hours.elapsed(matter.raised_minute, until)
    due = matter.answer_due_minute
    return Waiting(
        id=matter.id,
        kind=matter.kind,
        of_text=of_text,
        by_reader=comment is not None and comment.list_version is None,
        state=matter.state,
        inspection=inspection.name if inspection else None,
        slug=inspection.slug if inspection else None,
        wave=f"{inspection.slug}/{questionnaire_id}" if questionnaire_id else None,
        raised=moment_of(matter.raised_minute),
        waited=waited,
        in_cover=hours.covers(now),
        acknowledged_by=by,
        answer_due=None if due is None else moment_of(due),
        is_late=(matter.state == "new" and waited >= FULL_HOUR) or (due is not None and now >= due),
        edition=matter.edition,
    )
