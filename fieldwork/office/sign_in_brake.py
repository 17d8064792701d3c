"""How fast somebody may try to sign in: slowed after ten failures from one place, and never locked out."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from fieldwork.models.people import SignInBrake
from fieldwork.retention_table import kept

FREE_FAILURES = 10
FIRST_WAIT = 30  # seconds; each further failure doubles it
LONGEST_WAIT = 15 * 60
FORGOTTEN_AFTER = kept("sign_in").hours * 3600  # seconds


def seconds_to_wait(session: Session, mark: str, now: datetime) -> int:
    """For how long no try from there is looked at; nought where one is."""
    brake = session.get(SignInBrake, mark)
    return max(0, brake.again_second - int(now.timestamp())) if brake else 0


def failed(session: Session, mark: str, now: datetime, *, free: int = FREE_FAILURES) -> None:
    """Remember one more failure from there; the `free` first cost nothing."""
    second = int(now.timestamp())
    brake = session.get(SignInBrake, mark, with_for_update=True)
    if brake is None:
        session.add(brake := SignInBrake(mark=mark, failures=0, again_second=second))
    elif brake.again_second + FORGOTTEN_AFTER < second:
        brake.failures = 0
    brake.failures += 1
    beyond = brake.failures - free
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(beyond, 10)) if beyond >= 0 else 0
    brake.again_second = second + wait
    session.flush()


def succeeded(session: Session, mark: str) -> None:
    """Forget the failures from there."""
    session.execute(delete(SignInBrake).where(SignInBrake.mark == mark))
