"""Wrong codes, counted: more than a hundred in an hour, and somebody is told. What was typed is kept nowhere."""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from fieldwork.models.brakes import CodeAlarm, WrongCodes
from fieldwork.moments import HOUR, minute_of
from fieldwork.upserts import Upsert

logger = logging.getLogger(__name__)

MOST_IN_AN_HOUR = 100
STEP = 5  # minutes that are counted together
LEASE = 60  # seconds for which one sender has an alarm in hand
KEPT = 24 * HOUR

_BEGIN = Upsert(WrongCodes, key=["five_minutes"])


def count(session: Session, now: datetime) -> None:
    """One more wrong code. The first above a hundred in an hour raises an alarm; after an hour another may."""
    step = minute_of(now) // STEP
    if _BEGIN.run(session, five_minutes=step, count=0):
        _forget(session, minute_of(now) - KEPT)
    here = WrongCodes.five_minutes == step
    session.execute(update(WrongCodes).where(here).values(count=WrongCodes.count + 1))
    if in_last_hour(session, now) > MOST_IN_AN_HOUR and not _raised_lately(session, now):
        session.add(CodeAlarm(raised_minute=minute_of(now)))
        session.flush()
        logger.critical("More than %d wrong codes were typed within an hour.", MOST_IN_AN_HOUR)


def in_last_hour(session: Session, now: datetime) -> int:
    """How many wrong codes were typed in the last hour, or up to five minutes more."""
    step = minute_of(now) // STEP
    lately = (WrongCodes.five_minutes >= step - HOUR // STEP, WrongCodes.five_minutes <= step)
    return session.scalar(select(func.sum(WrongCodes.count)).where(*lately)) or 0


def too_many(session: Session, now: datetime) -> int:
    """How many wrong codes were typed in the last hour, where they are more than there should be; else none."""
    found = in_last_hour(session, now)
    return found if found > MOST_IN_AN_HOUR else 0


@dataclass(frozen=True, slots=True)
class DueAlarm:
    """That the administrators have to be told."""

    id: UUID
    count: int
    """Wrong codes in the hour until now."""


def is_due(session: Session) -> bool:
    """True while there is an alarm of which nobody has been told."""
    return session.scalar(select(CodeAlarm.id).where(CodeAlarm.told_minute.is_(None)).limit(1)) is not None


def due_alarms(session: Session, now: datetime) -> list[DueAlarm]:
    """Alarms of which nobody has been told: nobody else is given them for a minute."""
    second = int(now.timestamp())
    leased = or_(CodeAlarm.lease_second <= second, CodeAlarm.lease_second > second + LEASE)  # the clock was put back
    wanted = select(CodeAlarm).where(CodeAlarm.told_minute.is_(None), leased).with_for_update(skip_locked=True)
    alarms = session.scalars(wanted).all()
    for alarm in alarms:
        alarm.lease_second = second + LEASE
    session.flush()
    return [DueAlarm(alarm.id, in_last_hour(session, now)) for alarm in alarms]


def mark_told(session: Session, alarm_id: UUID, now: datetime) -> None:
    """The administrators have been told."""
    session.execute(update(CodeAlarm).where(CodeAlarm.id == alarm_id).values(told_minute=minute_of(now)))


def _forget(session: Session, before: int) -> None:
    session.execute(delete(WrongCodes).where(WrongCodes.five_minutes < before // STEP))
    told = (CodeAlarm.told_minute.is_not(None), CodeAlarm.raised_minute < before)
    session.execute(delete(CodeAlarm).where(*told))


def _raised_lately(session: Session, now: datetime) -> bool:
    last = session.scalar(select(func.max(CodeAlarm.raised_minute)))
    return last is not None and 0 <= minute_of(now) - last < HOUR
