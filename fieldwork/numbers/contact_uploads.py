"""Lists of people to text that wait for a second person: sealed from the first moment, and gone after three days.

What is kept is what the rows say, not the file. Until somebody else confirms it, nobody on it is a contact of ours.
"""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldwork.faults import NotFound, Refused
from fieldwork.models.contacts import ContactUpload
from fieldwork.models.inspections import Wave
from fieldwork.moments import HOUR, minute_of, moment_of
from fieldwork.numbers import contacts
from fieldwork.numbers.contact_file import ContactFile
from fieldwork.numbers.contact_rows import ContactRow
from fieldwork.numbers.contacts import Imported
from fieldwork.retention_table import kept
from fieldwork.sealing import Keys, Vault

KEPT_HOURS = kept("uploads").hours
ANOTHER_PERSON = "Nobody is texted on the word of one person alone: ask somebody else to look at it and confirm it."


@dataclass(frozen=True, slots=True)
class Spending:
    """What whoever uploads a list asks for with it."""

    budget_pence: int
    """All that the texts of the wave may cost together."""
    partial_counts: bool = False
    """True where answers of those who stop half way count when the wave closes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A list that waits, as whoever confirms it sees it."""

    id: UUID
    rows: tuple[ContactRow, ...]
    sha256: bytes
    terms: Spending
    uploaded_by: UUID
    uploaded: datetime


def keep(  # noqa: PLR0913, PLR0917 - which list, for which wave, on what terms, from whom, when
    session: Session, wave: Wave, file: ContactFile, terms: Spending, uploaded_by: UUID, keys: Keys, now: datetime
) -> UUID:
    """The key of the list, kept sealed until somebody else confirms it or 72 hours are over.

    Raises:
        Refused: something is wrong in the file, another list of this wave waits, or the wave is closed.
    """
    if file.problems:
        count = len(file.problems)
        raise Refused(
            wave.name, f"the file has {count} problem{'s' if count > 1 else ''}.", "Put right all of its rows."
        )
    if wave.closed:
        raise Refused(wave.name, f"closed on {wave.closed:%d %B %Y}.", "Nobody of it can be texted any more.")
    upload_id = uuid4()
    sealed = Vault(session, keys, wave.inspection_id).seal(_written(file.rows, file.sha256), _place_of(upload_id))
    upload = ContactUpload(
        wave_id=wave.id,
        id=upload_id,
        rows=sealed,
        people=len(file.rows),
        budget_pence=terms.budget_pence,
        partial_counts=terms.partial_counts,
        uploaded_by=uploaded_by,
        uploaded_minute=minute_of(now),
    )
    try:
        with session.begin_nested():
            session.add(upload)
    except IntegrityError:
        remedy = "Confirm that one or throw it away, and then upload yours."
        raise Refused(wave.name, "another list of people waits to be confirmed.", remedy) from None
    return upload_id


def waiting(session: Session, wave_id: UUID, keys: Keys, now: datetime) -> Waiting | None:
    """The list that waits in this wave; none where there is none, or its time is over.

    Raises:
        Tampered: it is not what was sealed.
        WrongKey: we were not given the key it needs.
    """
    upload = session.get(ContactUpload, wave_id)
    if upload is None or upload.uploaded_minute < _oldest(now):
        return None
    opened = contacts.vault_of(session, keys, wave_id).open(upload.rows, _place_of(upload.id))
    rows, sha256 = _read(opened)
    moment = moment_of(upload.uploaded_minute)
    terms = Spending(upload.budget_pence, upload.partial_counts)
    return Waiting(upload.id, rows, sha256, terms, upload.uploaded_by, moment)


def take_in(  # noqa: PLR0913, PLR0917 - which list, into which wave, on whose word, when
    session: Session, wave: Wave, upload_id: UUID, confirmed_by: UUID, keys: Keys, now: datetime
) -> tuple[Imported, Spending]:
    """What became of the people of the list, who are contacts of the wave now, and on what terms they may be texted.

    Raises:
        NotFound: this list does not wait any more.
        Refused: whoever uploaded it confirms it, or the wave is closed.
    """
    held = select(ContactUpload).where(ContactUpload.wave_id == wave.id, ContactUpload.id == upload_id)
    if session.scalar(held.with_for_update()) is None or not (found := waiting(session, wave.id, keys, now)):
        raise NotFound(wave.name, "this list does not wait any more.", "Look whether somebody else has confirmed it.")
    if found.uploaded_by == confirmed_by:
        raise Refused(wave.name, "you uploaded this list yourself.", ANOTHER_PERSON)
    imported = contacts.add(session, wave, found.rows, found.sha256, keys)
    discard(session, wave.id, upload_id)
    return imported, found.terms


def discard(session: Session, wave_id: UUID, upload_id: UUID) -> bool:
    """Throw the list away; false where it does not wait any more."""
    mine = (ContactUpload.wave_id == wave_id, ContactUpload.id == upload_id)
    return session.connection().execute(delete(ContactUpload).where(*mine)).rowcount == 1


def forget(session: Session, wave_id: UUID) -> int:
    """Throw away what waits in a wave that has closed; how many lists."""
    return session.connection().execute(delete(ContactUpload).where(ContactUpload.wave_id == wave_id)).rowcount


def forget_old(session: Session, now: datetime) -> int:
    """Throw away the lists that nobody has confirmed for 72 hours; how many."""
    old = delete(ContactUpload).where(ContactUpload.uploaded_minute < _oldest(now))
    return session.connection().execute(old).rowcount


def _oldest(now: datetime) -> int:
    return minute_of(now) - KEPT_HOURS * HOUR


def _place_of(upload_id: UUID) -> str:
    return f"contact_uploads:{upload_id}:rows"


def _written(rows: Iterable[ContactRow], sha256: bytes) -> str:
    people = [[row.line, row.number, row.language, row.age, row.confirmed.isoformat()] for row in rows]
    return json.dumps({"sha256": base64.b64encode(sha256).decode(), "people": people})


def _read(written: str) -> tuple[tuple[ContactRow, ...], bytes]:
    found: dict[str, Any] = json.loads(written)
    rows = (
        ContactRow(line, number, language, age, date.fromisoformat(day))
        for line, number, language, age, day in found["people"]
    )
    return tuple(rows), base64.b64decode(found["sha256"])
