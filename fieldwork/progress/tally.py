"""Counting what came of a wave, and what of it the office is shown."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fieldwork.database import Database
from fieldwork.models.inspections import Wave
from fieldwork.models.responses import StoredResponse
from fieldwork.models.tallies import Tally
from fieldwork.models.texts import ConversationState, TextPlan
from fieldwork.moments import HOUR, minute_of, moment_of
from fieldwork.progress.figures import Answered, Figures, Standing, Undelivered, stepped
from fieldwork.texting.conversations import dispositions
from fieldwork.texting.traffic import counts
from fieldwork.upserts import Upsert

STANDS: dict[ConversationState, Standing] = {
    "waiting": "waiting",
    "invited": "talking",
    "asking": "talking",
    "paused": "talking",
    "finished": "finished",
    "partial": "partial",
    "refused": "refused",
    "broken_off": "broken_off",
    "wrong_person": "wrong_person",
    "unreachable": "unreachable",
    "closed": "closed",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The figures of a wave as the office sees them."""

    figures: Figures
    looked: datetime | None
    """The last full hour at which they were counted; none while they never were, and once the wave has closed."""
    final: bool
    """True once the wave has closed: then they are exact."""

    @property
    def too_few(self) -> bool:
        """True while fewer than five have answered, perhaps nobody."""
        return not self.final and not self.figures.total


def shown(session: Session, wave: Wave) -> Shown:
    """What the office is shown of the wave."""
    if wave.closed:
        return Shown(count(session, wave), looked=None, final=True)
    tally = session.get(Tally, wave.id)
    if tally is None:
        return Shown(Figures(), looked=None, final=False)
    return Shown(tally.figures, looked=moment_of(tally.looked_minute // HOUR * HOUR), final=False)


def count(session: Session, wave: Wave) -> Figures:
    """What there is of the wave at this moment. Not for the office: see `shown`."""
    by_cell = (
        select(StoredResponse.mode, StoredResponse.language, func.count())
        .where(StoredResponse.wave_id == wave.id)
        .group_by(StoredResponse.mode, StoredResponse.language)
        .order_by(StoredResponse.mode, StoredResponse.language)
    )
    standing: Counter[Standing] = Counter()
    for state, number in dispositions(session, wave).items():
        standing[STANDS[state]] += number
    lost: Counter[int | None] = Counter()
    for (carriage, code), number in counts(session, wave).items():
        if carriage in {"undelivered", "failed"}:
            lost[code] += number
    return Figures(
        answered=tuple(Answered(mode=m, language=lang, count=n) for m, lang, n in session.execute(by_cell)),
        conversations=dict(standing),
        undelivered=tuple(Undelivered(code=code, count=number) for code, number in sorted(lost.items(), key=_by_code)),
        parts=session.scalar(select(TextPlan.parts).where(TextPlan.wave_id == wave.id)) or 0,
    )


def keep_counting(database: Database, now: datetime) -> int:
    """As `look`, for whoever calls every few seconds: nothing is written while nothing is due.

    Raises:
        Busy: the database could not take it in time.
    """
    with database.reading() as session:
        if not _due(session, minute_of(now)):
            return 0
    with database.transaction() as session:
        return look(session, now)


def look(session: Session, now: datetime) -> int:
    """Count every open wave that was not counted in this hour, and show what may be shown of it; how many waves.

    To be called often: in an hour only the first call does anything.
    """
    minute = minute_of(now)
    closed = select(Wave.id).where(Wave.closed.is_not(None))
    session.execute(delete(Tally).where(Tally.wave_id.in_(closed)))
    due = _due(session, minute)
    for wave in due:
        _renew(session, wave, minute)
    return len(due)


def _due(session: Session, minute: int) -> list[Wave]:
    """The open waves that were not counted in this hour."""
    hour = minute // HOUR * HOUR
    counted = select(Tally.wave_id).where(Tally.looked_minute >= hour, Tally.looked_minute < hour + HOUR)
    return list(session.scalars(select(Wave).where(Wave.closed.is_(None), Wave.id.not_in(counted))))


_BEGIN = Upsert(Tally, key=["wave_id"])


def _renew(session: Session, wave: Wave, minute: int) -> None:
    """Renew the figures of the wave; of two who do so at once the second does nothing."""
    _BEGIN.run(session, wave_id=wave.id, looked_minute=-HOUR, figures=Figures())
    held = select(Tally).where(Tally.wave_id == wave.id).with_for_update()
    tally = session.scalars(held, execution_options={"populate_existing": True}).one()
    if tally.looked_minute // HOUR != minute // HOUR:
        tally.looked_minute, tally.figures = minute, stepped(tally.figures, count(session, wave))
        session.flush()


def _by_code(each: tuple[int | None, int]) -> int:
    return each[0] or 0
