"""Files of responses that somebody has uploaded and not confirmed yet: for nobody else, and gone within a day."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound
from fieldwork.models.paper import HeldSheet
from fieldwork.moments import HOUR, minute_of
from fieldwork.retention_table import kept

HOURS = kept("sheets").hours


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file, fit to be read twice, and the encoding that it is read in."""

    file: BinaryIO
    encoding: str


def hold(session: Session, wave_id: UUID, staff_id: UUID, content: bytes, encoding: str, now: datetime) -> UUID:  # noqa: PLR0913, PLR0917 - whose it is, for where, and what
    """The id under which the file waits. An earlier one of the same person for the same wave is let go."""
    theirs = (HeldSheet.wave_id == wave_id, HeldSheet.staff_id == staff_id)
    session.execute(delete(HeldSheet).where(*theirs))
    minute = minute_of(now)
    sheet = HeldSheet(wave_id=wave_id, staff_id=staff_id, content=content, encoding=encoding, held_minute=minute)
    session.add(sheet)
    session.flush()
    return sheet.id


def find(session: Session, wave_id: UUID, staff_id: UUID, sheet_id: UUID) -> Sheet:
    """The file that this person uploaded for this wave.

    Raises:
        NotFound: they did not, or it was taken in or let go.
    """
    held = (HeldSheet.id == sheet_id, HeldSheet.wave_id == wave_id, HeldSheet.staff_id == staff_id)
    found = session.execute(select(HeldSheet.content, HeldSheet.encoding).where(*held)).one_or_none()
    if found is None:
        raise NotFound("This file", "is not waiting any more: it was taken in, or let go.", "Upload it again.")
    return Sheet(io.BytesIO(found.content), found.encoding)


def let_go(session: Session, wave_id: UUID, staff_id: UUID, sheet_id: UUID) -> None:
    """Delete the file."""
    held = (HeldSheet.id == sheet_id, HeldSheet.wave_id == wave_id, HeldSheet.staff_id == staff_id)
    session.execute(delete(HeldSheet).where(*held))


def forget_old(session: Session, now: datetime) -> int:
    """Delete files that nobody has confirmed for a day; how many."""
    old = delete(HeldSheet).where(HeldSheet.held_minute < minute_of(now) - HOURS * HOUR)
    return session.connection().execute(old).rowcount
