"""A concern opened: the one place where what was written can be read, and where all that was done about it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldwork.models.audit import AuditEntry
from fieldwork.models.concerns import (
    CommentConcern,
    Concern,
    ConcernStep,
    Matter,
    Notice,
    Person,
    Reaching,
    Rung,
    StepKind,
    TalkRequest,
    Way,
)
from fieldwork.models.contacts import Age, Contact
from fieldwork.models.cover import Cover
from fieldwork.moments import moment_of
from fieldwork.numbers.contacts import number_of
from fieldwork.numbers.phone_numbers import masked
from fieldwork.office import audit
from fieldwork.office.audit import Who
from fieldwork.safeguarding import concern_queue, kept_words
from fieldwork.safeguarding.concern_queue import Inspections, Waiting
from fieldwork.safeguarding.concerns import place_of_comment, place_of_text
from fieldwork.safeguarding.matters import about
from fieldwork.sealing import Keys, Tampered
from surveys.text import Language


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that somebody took."""

    step: StepKind
    who: str
    when: datetime
    to_whom: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """That somebody was told, or has to be."""

    rung: Rung
    person: Person
    way: Way
    when: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """That somebody was shown the whole number."""

    who: str
    why: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Read:
    """That somebody read what was written, and when they last did."""

    who: str
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A concern with what was written. To open it is written down."""

    waiting: Waiting
    words: str | None
    """As they can be shown safely; none where there were none, where they were deleted, or cannot be opened."""
    name: str
    way_to_reach: str
    language: Language | None
    age: Age | None
    number: str | None
    """Its last three digits, where somebody can be reached by text."""
    steps: tuple[Taken, ...]
    told: tuple[Told, ...]
    shown: tuple[Shown, ...]
    read: tuple[Read, ...]
    cover: Cover | None


def read(  # noqa: PLR0913, PLR0917 - who reads what, and when
    session: Session, keys: Keys | None, matter_id: UUID, of: Inspections, who: Who, now: datetime
) -> Opened:
    """What was written, and all that was done about it. That it was read is written down, or it is not shown.

    Raises:
        NotFound: there is none that may be seen.
        WrongKey: we were not given the key it needs.
    """
    there = concern_queue.one(session, matter_id, of, now)
    matter = session.get_one(Matter, matter_id)
    inspection_id = matter.inspection_id
    audit.record(session, "read_concern", who, inspection_id=inspection_id, about=about(matter_id), now=now)
    cover = session.get(Cover, inspection_id) if inspection_id else None
    details = _details(session, keys, matter)
    return Opened(
        waiting=there,
        **details,
        steps=_steps(session, matter_id),
        told=_told(session, matter_id),
        shown=_shown(session, matter_id),
        read=_readers(session, matter_id),
        cover=cover,
    )


def _details(session: Session, keys: Keys | None, matter: Matter) -> dict[str, Any]:
    nobody = {"name": "", "way_to_reach": "", "language": None, "age": None, "number": None}
    if matter.kind == "talk":
        asked = session.get_one(TalkRequest, matter.id)
        said = {"words": asked.words or None, "name": asked.name, "way_to_reach": asked.way_to_reach}
        return {**nobody, **said, "language": asked.language}
    if matter.kind == "practice" or matter.inspection_id is None:
        return {**nobody, "words": None}
    if matter.kind == "comment":
        words, place = session.get_one(CommentConcern, matter.id).words, place_of_comment(matter.id)
        return {**nobody, "words": kept_words.opened(session, keys, matter.inspection_id, words, place)}
    concern = session.get_one(Concern, matter.id)
    words = kept_words.opened(session, keys, matter.inspection_id, concern.words, place_of_text(matter.id))
    contact = session.get(Contact, concern.contact_id) if concern.contact_id else None
    if contact is None:
        return {**nobody, "words": words}
    number = _end_of_number(session, keys, contact)
    return {**nobody, "words": words, "language": contact.language, "age": contact.age, "number": number}


def _end_of_number(session: Session, keys: Keys | None, contact: Contact) -> str | None:
    try:
        return masked(number_of(session, keys, contact)) if keys else None
    except Tampered:  # the alarm has sounded; the concern is shown all the same
        return None


def _steps(session: Session, matter_id: UUID) -> tuple[Taken, ...]:
    rows: Iterable[ConcernStep] = session.scalars(
        select(ConcernStep).where(ConcernStep.matter_id == matter_id).order_by(ConcernStep.place)
    )
    return tuple(Taken(each.step, each.who, moment_of(each.minute), each.to_whom, each.words) for each in rows)


def _told(session: Session, matter_id: UUID) -> tuple[Told, ...]:
    rows = session.scalars(select(Notice).where(Notice.matter_id == matter_id))
    found = [
        Told(each.rung, each.person, each.way, None if each.sent_minute is None else moment_of(each.sent_minute))
        for each in rows
    ]
    order: tuple[Rung, ...] = ("at_once", "half_hour", "hour", "no_answer")
    return tuple(sorted(found, key=lambda each: (order.index(each.rung), each.person, each.way)))


def _shown(session: Session, matter_id: UUID) -> tuple[Shown, ...]:
    rows = session.scalars(select(Reaching).where(Reaching.concern_id == matter_id).order_by(Reaching.minute))
    return tuple(Shown(each.asked_by, each.reason, moment_of(each.minute)) for each in rows)


def _readers(session: Session, matter_id: UUID) -> tuple[Read, ...]:
    of_this = (AuditEntry.act == "read_concern", AuditEntry.about == about(matter_id))
    rows = session.execute(
        select(AuditEntry.who, func.max(AuditEntry.second))
        .where(*of_this)
        .group_by(AuditEntry.who)
        .order_by(AuditEntry.who)
    )
    return tuple(Read(who, datetime.fromtimestamp(second, UTC)) for who, second in rows)
