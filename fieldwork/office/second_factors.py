"""The second factor as it is kept: which code was used last, and hashes of the codes that stand in for it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldwork.models.people import RecoveryCode, SecondFactorUse


def last_used(session: Session, staff_id: UUID) -> int | None:
    """The half minute of the last code that was used."""
    used = session.get(SecondFactorUse, staff_id)
    return used.counter if used else None


def use(session: Session, staff_id: UUID, counter: int) -> bool:
    """Remember the half minute as used; false where it, or a later one, was used before."""
    later = update(SecondFactorUse).where(SecondFactorUse.staff_id == staff_id, SecondFactorUse.counter < counter)
    if session.connection().execute(later.values(counter=counter)).rowcount:
        return True
    if session.get(SecondFactorUse, staff_id) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(SecondFactorUse(staff_id=staff_id, counter=counter))
    except IntegrityError:
        return False
    return True


def replace_recovery_codes(session: Session, staff_id: UUID, marks: Iterable[str]) -> None:
    """Keep these, in place of all there were."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    session.add_all(RecoveryCode(staff_id=staff_id, mark=mark) for mark in marks)


def take_recovery_code(session: Session, staff_id: UUID, mark: str) -> bool:
    """True if it is one of theirs, which it is from now on no more: two requests cannot both use it."""
    of_theirs = (RecoveryCode.staff_id == staff_id, RecoveryCode.mark == mark)
    return session.connection().execute(delete(RecoveryCode).where(*of_theirs)).rowcount == 1
