"""Telling people that something waits: at once, after half an hour and after an hour of cover, and when no answer came.

A notice is a row, never lost, never given up while it is needed, and without any content.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from fieldwork.models.concerns import Matter, Notice, Person, Rung, Way
from fieldwork.models.cover import Cover
from fieldwork.models.inspections import Inspection, Nation
from fieldwork.moments import minute_of, moment_of
from fieldwork.safeguarding import matters
from fieldwork.safeguarding.cover import NAMED, hours_of

LEASE = 30  # seconds for which one sender has a notice; after a crash another takes it well within the minute
MOST_AT_ONCE = 2_000
BY_MAIL: tuple[Way, ...] = ("mail",)
HALF_HOUR, FULL_HOUR = 30, 60  # minutes of cover


@dataclass(frozen=True, slots=True)
class DueNotice:
    """That somebody has to be told of a matter. It says nothing of what was written, nor by whom."""

    id: UUID
    matter_id: UUID
    rung: Rung
    person: Person
    way: Way
    to: str
    """An address, or a number (E.164)."""
    raised: datetime
    is_practice: bool
    tries: int


def write_due(session: Session, now: datetime) -> int:
    """Write the notices that have fallen due by the clock, each once; how many matters somebody is told of by that.

    What waits and has no notice at all gets its first: nothing is forgotten, whatever happened when it was raised.
    """
    waiting = session.execute(_WITH_COVER.where(Matter.state.in_(("new", "referred"))).with_for_update(of=Matter)).all()
    told = _rungs_of(session, [matter.id for matter, *_ in waiting])
    fallen_due = 0
    for matter, cover, nation in waiting:
        rungs = [rung for rung in _due_rungs(matter, cover, nation, minute_of(now)) if (matter.id, rung) not in told]
        for rung in rungs:
            matters.tell(session, matter.id, rung, cover)
        fallen_due += bool(rungs)
    return fallen_due


_WITH_COVER = (
    select(Matter, Cover, Inspection.nation)
    .outerjoin(Inspection, Inspection.id == Matter.inspection_id)
    .outerjoin(Cover, Cover.inspection_id == Matter.inspection_id)
    .order_by(Matter.raised_minute, Matter.id)
)


def _rungs_of(session: Session, matter_ids: Collection[UUID]) -> set[tuple[UUID, Rung]]:
    rows = session.execute(select(Notice.matter_id, Notice.rung).where(Notice.matter_id.in_(matter_ids)).distinct())
    return {(matter_id, rung) for matter_id, rung in rows}


def _due_rungs(matter: Matter, cover: Cover | None, nation: Nation | None, minute: int) -> list[Rung]:
    if matter.state == "referred":
        late = matter.answer_due_minute is not None and minute >= matter.answer_due_minute
        return ["no_answer"] if late else []
    waited = hours_of(cover, nation or "england").elapsed(matter.raised_minute, minute)
    due: list[Rung] = ["at_once"]
    if waited >= HALF_HOUR:
        due.append("half_hour")
    if waited >= FULL_HOUR:
        due.append("hour")
    return due


def due_notices(
    session: Session,
    now: datetime,
    fallback: Sequence[str] = (),
    ways: Collection[Way] = BY_MAIL,
    resting: Collection[str] = (),
) -> list[DueNotice]:
    """Notices to send now by these ways, the oldest first: nobody else is given them for half a minute.

    `fallback` are the two addresses for inspections that have named nobody; who is `resting` was told a moment ago, and
    has theirs later. What nobody can be told of has the address "".
    """
    second = int(now.timestamp())
    leased = or_(Notice.lease_second <= second, Notice.lease_second > second + LEASE)  # or the clock was put back
    wanted = (
        select(Notice, Matter, Cover)
        .join(Matter, Matter.id == Notice.matter_id)
        .outerjoin(Cover, Cover.inspection_id == Matter.inspection_id)
        .where(Notice.sent_minute.is_(None), Notice.way.in_(ways), leased, _still_wanted())
        .order_by(Matter.raised_minute, Notice.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=Notice, skip_locked=True)
    )
    due = [(notice, matter, _to(notice, cover, fallback)) for notice, matter, cover in session.execute(wanted)]
    going = [each for each in due if each[2] not in resting]
    for notice, *_ in going:
        notice.lease_second, notice.tries = second + LEASE, notice.tries + 1
    session.flush()
    return [_due(*each) for each in going]


def _still_wanted() -> Any:
    """Nobody is told that something waits once somebody has looked; an answer is missed until it has come."""
    return or_(Matter.state == "new", (Matter.state == "referred") & (Notice.rung == "no_answer"))


def _to(notice: Notice, cover: Cover | None, fallback: Sequence[str]) -> str:
    """Where this person is told. Without a duty manager the second person is told again."""
    named: Mapping[Person, str] = dict(zip(NAMED, fallback, strict=False))
    if notice.way == "text":
        return str(getattr(cover, f"{notice.person}_phone")) if cover else ""
    at_hand = str(getattr(cover, f"{notice.person}_email")) if cover else ""
    if at_hand or notice.person != "duty":
        return at_hand or named.get(notice.person, "")
    return (cover.second_email if cover else "") or named.get("second", "")


def _due(notice: Notice, matter: Matter, to: str) -> DueNotice:
    since = moment_of(matter.raised_minute)
    practice = matter.kind == "practice"
    return DueNotice(notice.id, matter.id, notice.rung, notice.person, notice.way, to, since, practice, notice.tries)


def mark_sent(session: Session, notices: Collection[UUID], now: datetime) -> None:
    """These have gone out. One that was sent by two senders was sent when the first said so."""
    unsent = (Notice.id.in_(notices), Notice.sent_minute.is_(None))
    session.execute(update(Notice).where(*unsent).values(sent_minute=minute_of(now)))


def waiting_for(session: Session, fallback: Sequence[str] = ()) -> Counter[str]:
    """How many unacknowledged concerns wait for each address that is one of two named people; practice left out."""
    waiting: Counter[str] = Counter()
    rows = session.execute(_WITH_COVER.where(Matter.state == "new", Matter.kind != "practice"))
    for _, cover, _ in rows:
        named = [getattr(cover, f"{person}_email", "") or other for person, other in zip_longest(NAMED, fallback)]
        waiting.update(filter(None, named))
    return waiting
