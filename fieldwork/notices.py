"""Telling two people of each concern: a notice for each, never lost, never given up, and without any content."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from fieldwork.models.concerns import Concern, Notice
from fieldwork.moments import minute_of, moment_of

LEASE = 30  # seconds for which one sender has a notice; after a crash another takes it well within the minute
MOST_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class DueNotice:
    """That one of the two people has to be told of a concern. It says nothing of what was written, nor by whom."""

    id: UUID
    person: int
    concern_id: UUID
    raised: datetime
    tries: int


def due_notices(session: Session, now: datetime) -> list[DueNotice]:
    """Notices to send now, the oldest first: nobody else is given them for half a minute. They are never given up."""
    second = int(now.timestamp())
    leased = or_(Notice.lease_second <= second, Notice.lease_second > second + LEASE)  # or the clock was put back
    rows = session.execute(
        select(Notice, Concern.raised_minute)
        .join(Concern, Concern.id == Notice.concern_id)
        .where(Notice.sent_minute.is_(None), Concern.closed_minute.is_(None), leased)
        .order_by(Concern.raised_minute, Notice.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=Notice, skip_locked=True)
    ).all()
    for notice, _ in rows:
        notice.lease_second, notice.tries = second + LEASE, notice.tries + 1
    session.flush()
    return [
        DueNotice(notice.id, notice.person, notice.concern_id, moment_of(raised), notice.tries)
        for notice, raised in rows
    ]


def mark_sent(session: Session, notice_id: UUID, now: datetime) -> None:
    """The notice has gone out. One that was sent by two senders was sent when the first said so."""
    unsent = (Notice.id == notice_id, Notice.sent_minute.is_(None))
    session.execute(update(Notice).where(*unsent).values(sent_minute=minute_of(now)))
