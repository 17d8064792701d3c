"""The booklets that are being keyed: what is kept of them meanwhile, and how that ends."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from fieldwork import waves
from fieldwork.entry import serials
from fieldwork.faults import NotFound
from fieldwork.models.paper import Booklet
from fieldwork.models.responses import SerialMark
from fieldwork.moments import month_of
from fieldwork.paper.keyed_rows import Answers, delete_booklet, delete_keying, keyings_of
from fieldwork.paper.keyed_twice import finished
from fieldwork.returns import responses
from surveys.interview import Response
from surveys.questionnaire import Questionnaire


class Outcome(StrEnum):
    """What became of a booklet that somebody finished."""

    STORED = "stored"
    SECOND = "second"  # another person keys it now
    DIFFERS = "differs"  # two people keyed it differently
    ALREADY_IN = "already_in"  # a file brought it meanwhile


def store(session: Session, booklet: Booklet, keyed: Answers, pepper: bytes, now: datetime) -> Outcome:
    """Put the response in and everything about the booklet out; where a file brought it meanwhile, only out."""
    wave_id, serial = booklet.wave_id, booklet.serial
    delete_booklet(session, booklet)
    if serials.is_in(session, serial, wave_id, pepper):
        return Outcome.ALREADY_IN
    session.execute(insert(SerialMark).values(wave_id=wave_id, mark=serials.mark_of(serial, wave_id, pepper)))
    answers = finished(asks(session, wave_id), keyed)
    responses.store(session, wave_id, [Response(answers, "paper", serials.language_of(serial), month_of(now))])
    serials.plan_of(session, wave_id).booklets += 1
    session.flush()
    return Outcome.STORED


def throw_away(session: Session, wave_id: UUID, booklet_id: UUID, keyer_id: UUID | None = None) -> str:
    """The serial of a booklet whose keying in hand is deleted: by whoever keys it, or without `keyer_id` by anybody.

    A first keying that is done stays, unless the second is done too and differs: then both go, and it is keyed afresh.

    Raises:
        NotFound: there is nothing to throw away, or no longer.
    """
    serials.hold(session, wave_id)
    booklet = booklet_of(session, wave_id, booklet_id)
    keyings = session.scalars(keyings_of(booklet_id)).all()
    half = next((each for each in keyings if not each.done and keyer_id in {None, each.keyer_id}), None)
    if half and half.turn != 1:
        delete_keying(session, booklet_id, half.turn)
    elif half or (booklet.state == "differs" and keyer_id is None):
        delete_booklet(session, booklet)
    else:
        raise not_in_hand()
    return booklet.serial


def booklet_of(session: Session, wave_id: UUID, booklet_id: UUID) -> Booklet:
    """The booklet, as long as it is keyed.

    Raises:
        NotFound: it is not there, or of another wave.
    """
    found = session.get(Booklet, booklet_id)
    if found is None or found.wave_id != wave_id:
        raise not_in_hand()
    return found


def not_in_hand() -> NotFound:
    """The fault of asking for a booklet that is finished, thrown away, or somebody else's."""
    fault = "is not in your hands: it is finished, was thrown away, or somebody else has it."
    return NotFound("This booklet", fault, "Type its number to see how it stands.")


def asks(session: Session, wave_id: UUID) -> Questionnaire:
    """The questionnaire as the wave froze it."""
    return waves.asked_in(session, wave_id).questionnaire
