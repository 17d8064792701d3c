"""After a backup was put back: what people had asked for since then is done again.

What goes by its date, the next run of retention deletes by itself. What went because somebody asked, or because a wave
was closed by hand, a backup does not know: it stands in a ledger that is kept on another machine.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork import waves
from fieldwork.faults import NotFound, Refused
from fieldwork.keeping import closing, erasure
from fieldwork.models.contacts import Contact, SuppressedNumber
from fieldwork.models.erasures import Erasure
from fieldwork.models.inspections import Wave
from fieldwork.models.people import StaffMember
from fieldwork.numbers.contacts import number_of
from fieldwork.office import audit
from fieldwork.office.audit import Who
from fieldwork.sealing import Keys, suppression_mark
from fieldwork.upserts import Upsert

_STOPPED = Upsert(SuppressedNumber, key=["mark"])
_ERASED = Upsert(Erasure, key=["mark"])


@dataclass(frozen=True, slots=True)
class DoneAgain:
    """How much was done again."""

    stops: int = 0
    contacts: int = 0
    waves: int = 0
    accounts: int = 0


def ledger(session: Session) -> Iterator[str]:
    """What must outlive this database, as lines of JSON: no number, no name, only keyed marks."""
    for stop in session.scalars(select(SuppressedNumber).order_by(SuppressedNumber.mark)):
        yield _line(stopped=stop.mark, since=stop.since.isoformat())
    for erasure_ in session.scalars(select(Erasure).order_by(Erasure.mark)):
        yield _line(erased=erasure_.mark, since=erasure_.since.isoformat())
    for wave in waves.all_waves(session):
        if wave.closed:
            yield _line(closed=wave.name, since=wave.closed.isoformat())
    for member in session.scalars(select(StaffMember).where(StaffMember.active.is_(False)).order_by(StaffMember.id)):
        yield _line(account=str(member.id))


def do_again(session: Session, lines: Iterable[str], keys: Keys | None, who: Who) -> DoneAgain:
    """Do all that the ledger says, in a database that may not know of it. To do it twice is to do it once.

    Raises:
        Refused: a line is not one of a ledger, or there are no keys to find numbers with.
    """
    read = [_read(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    stops = [each for each in read if "stopped" in each]
    erased = [each for each in read if "erased" in each]
    marks = {each["stopped"] for each in stops} | {each["erased"] for each in erased}
    if marks and keys is None:
        raise Refused("CONTACT_KEY, SUPPRESSION_KEY", "are not set.", "Without them nobody in the ledger is found.")
    for stop in stops:
        _STOPPED.run(session, mark=stop["stopped"], since=date.fromisoformat(stop["since"]))
    for one in erased:
        _ERASED.run(session, mark=one["erased"], since=date.fromisoformat(one["since"]))
    going = _contacts(session, marks, keys) if keys else []
    erasure.erase_people(session, going)
    done = DoneAgain(len(stops), len(going), _close(session, read, keys), _shut_out(session, read))
    about = f"{done.stops} stops, {done.contacts} contacts, {done.waves} waves, {done.accounts} accounts"
    audit.record(session, "did_ledger_again", who, about=about)
    return done


def remember_erasure(session: Session, number: str, keys: Keys, today: date) -> None:
    """Let the ledger say that this number was erased because its holder asked."""
    _ERASED.run(session, mark=suppression_mark(number, keys), since=today)


def _contacts(session: Session, marks: set[str], keys: Keys) -> list[UUID]:
    there = session.scalars(select(Contact)).all()
    return [each.id for each in there if suppression_mark(number_of(session, keys, each), keys) in marks]


def _close(session: Session, read: list[dict[str, str]], keys: Keys | None) -> int:
    closed = 0
    for line in read:
        if "closed" in line and (wave := _open_wave(session, line["closed"])):
            closing.close_wave(session, wave, today=date.fromisoformat(line["since"]), keys=keys)
            closed += 1
    return closed


def _open_wave(session: Session, name: str) -> Wave | None:
    try:
        wave = waves.find_wave(session, name)
    except NotFound:
        return None  # made after the backup: it is gone as a whole
    return None if wave.closed else wave


def _shut_out(session: Session, read: list[dict[str, str]]) -> int:
    closed = {line["account"] for line in read if "account" in line}
    members = [
        each for each in session.scalars(select(StaffMember).where(StaffMember.active)) if str(each.id) in closed
    ]
    for member in members:
        member.active = False
    return len(members)


def _line(**parts: str) -> str:
    return json.dumps(parts, sort_keys=True)


def _read(number: int, line: str) -> dict[str, str]:
    try:
        parts = json.loads(line)
    except ValueError:
        parts = None
    if not isinstance(parts, dict) or not parts.keys() & {"stopped", "erased", "closed", "account"}:
        raise Refused(f"line {number}", "is not one of a ledger.", "Give the file that flask retention ledger wrote.")
    return {str(key): str(value) for key, value in parts.items()}
