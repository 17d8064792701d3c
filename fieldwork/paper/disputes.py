"""Booklets that two people keyed differently: shown to whoever settles them, with the booklet in hand, and stored."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldwork.entry import serials
from fieldwork.faults import Refused
from fieldwork.models.paper import Keying
from fieldwork.models.people import StaffMember
from fieldwork.office import editions
from fieldwork.paper.booklets import Outcome, asks, booklet_of, not_in_hand, store
from fieldwork.paper.keyed_rows import Answers, answers_of
from fieldwork.paper.keyed_twice import agreed, compare
from surveys.answers import Answer


@dataclass(frozen=True, slots=True)
class Dispute:
    """What each of two people keyed of one booklet, the questions where they differ, and who they are."""

    booklet_id: UUID
    serial: str
    edition: int
    first: dict[str, Answer]
    second: dict[str, Answer]
    differing: tuple[str, ...]
    keyers: tuple[str, ...]


def dispute(session: Session, wave_id: UUID, booklet_id: UUID) -> Dispute:
    """What is to be settled.

    Raises:
        NotFound: nothing of this booklet is, or no longer.
    """
    booklet = booklet_of(session, wave_id, booklet_id)
    if booklet.state != "differs":
        raise not_in_hand()
    first, second = answers_of(session, booklet_id, 1), answers_of(session, booklet_id, 2)
    differing = compare(asks(session, wave_id), first, second).differing
    names = select(StaffMember.name).join(Keying, Keying.keyer_id == StaffMember.id)
    keyers = session.scalars(names.where(Keying.booklet_id == booklet_id).order_by(Keying.turn))
    return Dispute(booklet_id, booklet.serial, booklet.edition, first, second, differing, tuple(keyers))


def settle(  # noqa: PLR0913, PLR0917 - which booklet of which wave, how it is settled, and what storing needs
    session: Session, wave_id: UUID, booklet_id: UUID, settled: Answers, edition: int, pepper: bytes, now: datetime
) -> Outcome:
    """Store the booklet, with these answers where the two keyings differ.

    Raises:
        NotFound: somebody else has settled it, or thrown it away.
        Refused: some of what differs is not settled.
        ChangedMeanwhile: it was thrown away and keyed afresh meanwhile.
    """
    serials.hold(session, wave_id)
    found = dispute(session, wave_id, booklet_id)
    booklet = booklet_of(session, wave_id, booklet_id)
    editions.take(booklet, edition)
    if left := [question_id for question_id in found.differing if question_id not in settled]:
        fault = f"{len(left)} answers that differ are not settled."
        raise Refused(found.serial, fault, "Choose what the booklet says for each of them.")
    chosen = {question_id: settled[question_id] for question_id in found.differing}
    return store(session, booklet, {**agreed(found.first, found.second), **chosen}, pepper, now)
