"""How long comments have been waiting to be read, without any of them saying when it came.

For each wave one moment is kept: when all of its comments were last known to be read. No comment that is unread now can
have come before, so none has waited for longer; it may have come later, and the alarm may sound too early but never too
late. The moment is that of somebody's reading or of a look at the wave, never that of a response.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork.hours import LONDON
from fieldwork.models.comments import ReadingClock
from fieldwork.models.inspections import Wave
from fieldwork.moments import HOUR, minute_of, moment_of
from fieldwork.reading import comments
from fieldwork.safeguarding.cover_hours import CoverHours
from fieldwork.upserts import Upsert

WORKING_DAY = 8 * HOUR
"""Within which every comment is read: working minutes, from nine to five."""

_KEEP = Upsert(ReadingClock, key=["wave_id"], columns=["all_read_minute"])


@dataclass(frozen=True, slots=True)
class Ageing:
    """How many comments of a wave are unread, and the most working minutes that any of them can have waited."""

    wave_id: UUID
    wave: str
    unread: int
    waited: int
    since: datetime
    """When all comments were last known to be read."""

    @property
    def is_late(self) -> bool:
        """True when one may have waited for longer than a working day."""
        return self.unread > 0 and self.waited > WORKING_DAY

    @property
    def days(self) -> int:
        """Whole working days of eight hours."""
        return self.waited // WORKING_DAY


def look(session: Session, now: datetime) -> list[Ageing]:
    """Look at every wave, and keep where all is read; what is unread. To be called each hour."""
    ageing = [_looked_at(session, wave, now) for wave in session.scalars(select(Wave).join(Wave.inspection)).all()]
    return [each for each in ageing if each.unread]


def look_at(session: Session, wave_id: UUID, now: datetime) -> Ageing:
    """The same for one wave."""
    return _looked_at(session, session.get_one(Wave, wave_id), now)


def ageing(session: Session, wave_ids: Sequence[UUID], now: datetime) -> list[Ageing]:
    """What is unread of these waves, the longest wait first; nothing is kept."""
    found = [_aged(session, wave, now) for wave in session.scalars(select(Wave).where(Wave.id.in_(wave_ids))).all()]
    return sorted((each for each in found if each.unread), key=lambda each: -each.waited)


def of_inspection(session: Session, inspection_id: UUID, now: datetime) -> list[Ageing]:
    """What is unread of an inspection, the longest wait first."""
    return ageing(session, session.scalars(select(Wave.id).where(Wave.inspection_id == inspection_id)).all(), now)


def _looked_at(session: Session, wave: Wave, now: datetime) -> Ageing:
    aged = _aged(session, wave, now)
    if not aged.unread:
        _KEEP.run(session, wave_id=wave.id, all_read_minute=minute_of(now))
    return aged


def _aged(session: Session, wave: Wave, now: datetime) -> Ageing:
    kept = session.get(ReadingClock, wave.id, populate_existing=True)
    since = kept.all_read_minute if kept else _opening(wave)
    working = CoverHours(wave.inspection.nation)  # nine to five, Monday to Friday
    waited = working.elapsed(since, minute_of(now))
    return Ageing(wave.id, wave.name, comments.unread(session, wave.id), waited, moment_of(since))


def _opening(wave: Wave) -> int:
    """The first minute of the day on which the wave opened: nobody can have answered before."""
    return minute_of(datetime.combine(wave.opened, time.min, LONDON))


def alarm(late: Sequence[Ageing]) -> str | None:
    """One line that says what has waited for too long; none where nothing has."""
    if not (over := [each for each in late if each.is_late]):
        return None
    unread = sum(each.unread for each in over)
    waves = ", ".join(each.wave for each in over)
    things = "1 comment has" if unread == 1 else f"{unread:,} comments have"
    return f"{things} not been read within one working day: {waves}."
