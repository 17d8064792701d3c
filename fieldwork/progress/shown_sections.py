"""What may be told of an inspection while one of its waves is open: figures that move by five answers or more.

Whoever looked at the section before and after one child's answers would read in it what this child has said. So while
a wave is open the section is made once an hour, and only anew when five or more have answered since in every open wave
that moved. A wave in which fewer than five have answered is not told of. Closed waves are told of exactly.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fieldwork import waves
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.models.snapshots import ShownSection
from fieldwork.moments import HOUR, minute_of
from fieldwork.progress.figures import FEWEST
from fieldwork.returns import responses

Counts = Mapping[UUID, int]


@dataclass(frozen=True, slots=True)
class Due:
    """An inspection whose section is to be made anew, of these waves, with so many answers each."""

    inspection_id: UUID
    counts: Counts


def has_open_wave(session: Session, inspection: Inspection) -> bool:
    """True while somebody may still answer in the inspection."""
    still_open = select(Wave.id).where(Wave.inspection_id == inspection.id, Wave.closed.is_(None))
    return session.scalar(still_open.limit(1)) is not None


def shown(session: Session, inspection: Inspection) -> str | None:
    """What the office is shown while a wave is open; none while it was never made."""
    return session.scalar(select(ShownSection.content).where(ShownSection.inspection_id == inspection.id))


def to_look_at(session: Session, now: datetime) -> list[Inspection]:
    """The inspections with an open wave that were not looked at in this hour."""
    looked = select(ShownSection.inspection_id).where(ShownSection.hour == _hour(now))
    still_open = select(Wave.inspection_id).where(Wave.closed.is_(None))
    wanted = select(Inspection).where(Inspection.id.in_(still_open), Inspection.id.not_in(looked))
    return list(session.scalars(wanted.order_by(Inspection.slug)))


def next_step(session: Session, inspection: Inspection) -> Due | None:
    """What to tell of the inspection next; none where what is shown has to stay, or nothing may be told yet."""
    kept = session.scalar(select(ShownSection.counts).where(ShownSection.inspection_id == inspection.id))
    before = {UUID(wave_id): count for wave_id, count in json.loads(kept or "{}").items()}
    there = waves.all_waves(session, inspection)
    still_open = {wave.id for wave in there if not wave.closed}
    counts = stepped(before, {wave.id: responses.count(session, wave) for wave in there}, still_open)
    return Due(inspection.id, counts) if counts else None


def stepped(before: Counts, now: Counts, still_open: set[UUID]) -> Counts | None:
    """The waves to tell of next with their answers; none where too few came in an open wave that is told of."""
    told = {}
    for wave_id, count in now.items():
        moved = abs(count - before.get(wave_id, 0))
        if wave_id in still_open and wave_id in before and 0 < moved < FEWEST:
            return None
        if wave_id not in still_open or count >= FEWEST:
            told[wave_id] = count
    return told


def keep(session: Session, due: Due, content: str, now: datetime) -> None:
    """Show this from now on."""
    session.execute(delete(ShownSection).where(ShownSection.inspection_id == due.inspection_id))
    counts = json.dumps({str(wave_id): count for wave_id, count in due.counts.items()})
    row = ShownSection(inspection_id=due.inspection_id, hour=_hour(now), counts=counts, content=content)
    session.add(row)
    session.flush()


def looked(session: Session, inspection_id: UUID, now: datetime) -> None:
    """What is shown stays for this hour."""
    row = session.get(ShownSection, inspection_id)
    if row is not None:
        row.hour = _hour(now)
        session.flush()


def forget_closed(session: Session) -> None:
    """Delete what was shown of inspections all of whose waves have closed: from then on the section is exact."""
    still_open = select(Wave.inspection_id).where(Wave.closed.is_(None))
    session.execute(delete(ShownSection).where(ShownSection.inspection_id.not_in(still_open)))


def _hour(now: datetime) -> int:
    return minute_of(now) // HOUR
