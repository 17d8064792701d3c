"""Numbers that asked not to be texted: our list is the authority, spans all inspections, and outlives the contact."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from fieldwork.models.contacts import SuppressedNumber
from fieldwork.sealing import Keys, suppression_mark
from fieldwork.upserts import Upsert

AT_ONCE = 500

_ONCE = Upsert(SuppressedNumber, key=["mark"])


def suppress(session: Session, number: str, keys: Keys, today: date) -> None:
    """Text this number (E.164) no more. Asking twice is asking once."""
    _ONCE.run(session, mark=suppression_mark(number, keys), since=today)


def lift(session: Session, number: str, keys: Keys) -> None:
    """Let this number be texted again: only where its holder said START after a question of ours."""
    session.execute(delete(SuppressedNumber).where(SuppressedNumber.mark == suppression_mark(number, keys)))


def is_suppressed(session: Session, number: str, keys: Keys) -> bool:
    """True where the holder of this number asked not to be texted, in whatever inspection."""
    return session.connection().scalar(_ONE, {"wanted": suppression_mark(number, keys)}) is not None


_ONE = select(SuppressedNumber.mark).where(SuppressedNumber.mark == bindparam("wanted"))


def suppressed(session: Session, numbers: Iterable[str], keys: Keys) -> set[str]:
    """Those of the numbers that asked not to be texted."""
    marks = {suppression_mark(number, keys): number for number in numbers}
    ordered = list(marks)
    found: set[str] = set()
    for start in range(0, len(ordered), AT_ONCE):
        some = SuppressedNumber.mark.in_(ordered[start : start + AT_ONCE])
        found |= {marks[mark] for mark in session.scalars(select(SuppressedNumber.mark).where(some))}
    return found
