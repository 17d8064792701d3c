"""Keying a booklet: by one person, and where it is drawn by another, who never sees what the first one keyed.

Each function works in the caller's transaction and first holds the wave, so that whoever else takes booklets into it
waits. A wave that has closed takes booklets too: paper is keyed after the day. What differs is settled in
fieldwork/paper/disputes.py.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork.entry import serials
from fieldwork.entry.codes import fingerprint
from fieldwork.faults import Refused
from fieldwork.models.paper import Booklet, Keying, PaperPlan
from fieldwork.office import editions
from fieldwork.paper.booklets import Outcome, asks, booklet_of, not_in_hand, store
from fieldwork.paper.keyed_rows import Answers, answers_of, keyings_of, put_answers
from fieldwork.paper.keyed_twice import agreed, compare
from fieldwork.safeguarding import concerns
from fieldwork.sealing import Keys
from surveys.answers import Answer


@dataclass(frozen=True, slots=True)
class InHand:
    """What somebody is keying, or has half keyed."""

    booklet_id: UUID
    serial: str
    turn: int
    edition: int
    answers: dict[str, Answer]


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of the booklet, and how many answers that was about."""

    outcome: Outcome
    serial: str
    answers: int


def begin(session: Session, wave_id: UUID, typed: str, keyer_id: UUID, pepper: bytes) -> UUID:
    """The booklet with this serial, for this person to key: for the first time, for the second, or where they left off.

    Raises:
        Refused: no such serial, it is in, it is in somebody else's hands, or they keyed it themselves before.
    """
    serial = serials.written(typed)
    serials.hold(session, wave_id)
    if not serials.is_of(serial, wave_id, pepper):
        remedy = "Type the number as it is printed, such as E17-KX4. A booklet without a number is given one below."
        raise Refused(serial[:20] or "The booklet number", "is not the number of a booklet of this wave.", remedy)
    if serials.is_in(session, serial, wave_id, pepper):
        raise Refused(serial, "is in already.", "Nothing is left to do with this booklet.")
    booklet = session.scalar(select(Booklet).where(Booklet.wave_id == wave_id, Booklet.serial == serial))
    if booklet is None:
        booklet = Booklet(wave_id=wave_id, serial=serial)
        session.add(booklet)
        session.flush()
    turn = _turn_of(session, booklet, keyer_id)
    if session.get(Keying, (booklet.id, turn)) is None:
        session.add(Keying(booklet_id=booklet.id, turn=turn, keyer_id=keyer_id))
        session.flush()
    return booklet.id


def _turn_of(session: Session, booklet: Booklet, keyer_id: UUID) -> int:
    """Which keying is this person's to do."""
    keyings = session.scalars(keyings_of(booklet.id)).all()
    theirs = next((keying for keying in keyings if keying.keyer_id == keyer_id), None)
    if theirs and not theirs.done:
        return theirs.turn
    if booklet.state == "differs":
        raise Refused(booklet.serial, "has been keyed twice.", "An inspector now settles where the two differ.")
    if theirs:
        raise Refused(booklet.serial, "was keyed by you.", "Another person keys it now: put it on their pile.")
    turn = 1 if booklet.state == "first" else 2
    if any(keying.turn == turn for keying in keyings):
        remedy = "Take another one. An inspector can throw away what lies half keyed."
        raise Refused(booklet.serial, "is being keyed by somebody else.", remedy)
    return turn


def in_hand(session: Session, wave_id: UUID, booklet_id: UUID, keyer_id: UUID) -> InHand:
    """What this person has keyed of it so far. What another person keyed is not looked at.

    Raises:
        NotFound: they are not keying it, or no longer.
    """
    booklet, keying = _open(session, wave_id, booklet_id, keyer_id)
    return InHand(booklet.id, booklet.serial, keying.turn, keying.edition, answers_of(session, booklet.id, keying.turn))


def keep(  # noqa: PLR0913, PLR0917 - which booklet of which wave, whose, what, and on top of what
    session: Session, wave_id: UUID, booklet_id: UUID, keyer_id: UUID, answers: Answers, edition: int
) -> int:
    """The edition that it is now: half keyed, with these answers and no others, to be taken up again.

    Raises:
        NotFound: they are not keying it, or no longer.
        ChangedMeanwhile: it was keyed on elsewhere, in another tab.
    """
    serials.hold(session, wave_id)
    booklet, keying = _open(session, wave_id, booklet_id, keyer_id)
    _put(session, booklet, keying, answers, edition)
    return keying.edition


def finish(  # noqa: PLR0913, PLR0917 - as `keep`, and what storing needs
    session: Session,
    wave_id: UUID,
    booklet_id: UUID,
    keyer_id: UUID,
    answers: Answers,
    edition: int,
    pepper: bytes,
    now: datetime,
    *,
    keys: Keys | None = None,
) -> Finished:
    """Say that this person has keyed all of it, and do what follows: store it, hand it on, or have it settled.

    Words that worry become a concern when they are keyed for the first time: that does not wait for anybody.

    Raises:
        NotFound: they are not keying it, or no longer.
        ChangedMeanwhile: it was keyed on elsewhere, in another tab.
    """
    plan = serials.plan_of(session, wave_id)
    booklet, keying = _open(session, wave_id, booklet_id, keyer_id)
    _put(session, booklet, keying, answers, edition)
    keying.done = True
    plan.answers_keyed += len(answers)
    serial, keyed = booklet.serial, len(answers)
    if keying.turn == 1:
        concerns.raise_from_answers(session, wave_id, answers.values(), keys, now)
    if keying.turn == 1 and is_drawn(serial, wave_id, plan.second_share, pepper):
        booklet.state = "second"
        session.flush()
        return Finished(Outcome.SECOND, serial, keyed)
    if keying.turn == 1:
        return Finished(store(session, booklet, answers, pepper, now), serial, keyed)
    return Finished(_compared(session, booklet, plan, answers, pepper, now), serial, keyed)


def _compared(  # noqa: PLR0913, PLR0917 - the booklet, where it is counted, and what storing needs
    session: Session, booklet: Booklet, plan: PaperPlan, second: Answers, pepper: bytes, now: datetime
) -> Outcome:
    """What becomes of a booklet that two people have keyed."""
    first = answers_of(session, booklet.id, 1)
    compared = compare(asks(session, booklet.wave_id), first, second)
    plan.booklets_twice += 1
    plan.answers_compared += compared.answers
    plan.answers_differed += compared.answers_differed
    plan.words_compared += compared.words
    plan.words_differed += compared.words_differed
    if not compared.differing:
        return store(session, booklet, agreed(first, second), pepper, now)
    booklet.state = "differs"
    session.flush()
    return Outcome.DIFFERS


def is_drawn(serial: str, wave_id: UUID, share: int, pepper: bytes) -> bool:
    """True if this booklet is keyed a second time, where that many of a hundred are.

    It is drawn by serial and pepper: nobody who keys can tell beforehand, and keying it afresh draws the same.
    """
    return int(fingerprint(f"second keying {wave_id} {serial}", pepper)[:12], 16) % 100 < share


def _open(session: Session, wave_id: UUID, booklet_id: UUID, keyer_id: UUID) -> tuple[Booklet, Keying]:
    booklet = booklet_of(session, wave_id, booklet_id)
    keying = session.scalar(keyings_of(booklet_id).where(Keying.keyer_id == keyer_id, Keying.done.is_(False)))
    if keying is None:
        raise not_in_hand()
    return booklet, keying


def _put(session: Session, booklet: Booklet, keying: Keying, answers: Answers, edition: int) -> None:
    editions.take(keying, edition)
    session.flush()
    put_answers(session, booklet.id, keying.turn, answers)
