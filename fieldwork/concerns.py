"""People who want to talk to someone, and texts that a person must look at. Both are kept apart from all answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fieldwork.contacts import number_of
from fieldwork.faults import NotFound
from fieldwork.models.concerns import Concern, ConcernKind, Notice, TalkRequest
from fieldwork.models.contacts import Age, Contact
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.moments import minute_of, moment_of
from fieldwork.phone_numbers import masked
from fieldwork.sealing import Keys, Tampered, Vault
from fieldwork.upserts import Upsert
from surveys.reading import tidy
from surveys.text import Language

PEOPLE = (1, 2)  # who are told of each concern, each on their own: see fieldwork/notices.py

_ONCE = Upsert(TalkRequest, key=["id"])


def ask_to_talk(  # noqa: PLR0913, PLR0917 - each is one line of the form
    session: Session,
    inspection: Inspection | None,
    name: str,
    way_to_reach: str,
    words: str,
    language: Language,
    now: datetime,
    *,
    request_id: UUID | None = None,
) -> TalkRequest:
    """The request, kept: what to call the person, how to reach them, and what they want to say.

    The same `request_id` again, from a button pressed twice, gives the request that is there.
    """
    key = request_id or uuid4()
    _ONCE.run(
        session,
        id=key,
        inspection_id=inspection.id if inspection else None,
        name=tidy(name),
        way_to_reach=tidy(way_to_reach),
        words=tidy(words),
        language=language,
        asked_minute=minute_of(now),
    )
    return session.get_one(TalkRequest, key)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who wants to talk, as the office reads it."""

    asked: datetime
    inspection: str | None
    name: str
    way_to_reach: str
    words: str
    language: Language


def waiting(session: Session) -> list[Waiting]:
    """Everybody who asked to talk to someone, the latest first."""
    rows = session.execute(
        select(TalkRequest, Inspection.name)
        .outerjoin(Inspection, Inspection.id == TalkRequest.inspection_id)
        .order_by(TalkRequest.asked_minute.desc())
    )
    return [
        Waiting(moment_of(each.asked_minute), place, each.name, each.way_to_reach, each.words, each.language)
        for each, place in rows
    ]


class Talk(Protocol):
    """What a concern must know of the conversation that it came from."""

    @property
    def id(self) -> UUID:
        """Which it is."""

    @property
    def wave_id(self) -> UUID:
        """The wave it is part of."""

    @property
    def contact_id(self) -> UUID | None:
        """Whom it is with, if they can still be reached."""


def raise_concern(  # noqa: PLR0913, PLR0917 - each is one fact of a concern
    session: Session,
    conversation: Talk,
    kind: ConcernKind,
    words: str | None,
    list_version: str,
    vault: Vault,
    now: datetime,
) -> Concern:
    """Keep that a person must look at a text, with its words, and that two people have to be told.

    It is kept in the transaction that keeps the text. From now on nothing erases the contact until `close_concern`.
    """
    concern = Concern(
        id=uuid4(),
        wave_id=conversation.wave_id,
        conversation_id=conversation.id,
        contact_id=conversation.contact_id,
        kind=kind,
        list_version=list_version,
        raised_minute=minute_of(now),
    )
    concern.words = None if words is None else vault.seal(words, _place_of(concern.id))
    session.add(concern)
    session.flush()
    session.add_all(Notice(concern_id=concern.id, person=person) for person in PEOPLE)
    session.flush()
    return concern


@dataclass(frozen=True, slots=True)
class OpenConcern:
    """What a person must look at, as the office reads it."""

    id: UUID
    raised: datetime
    kind: ConcernKind
    wave: str
    age: Age | None
    language: Language | None
    number: str | None
    """Its last three digits."""
    words: str | None
    """As they can be shown safely; none where there were none, or where they cannot be opened."""
    people_told: int


def open_concerns(session: Session, keys: Keys) -> list[OpenConcern]:
    """Every concern that is not closed, the latest first.

    Raises:
        WrongKey: we were not given the key they need.
    """
    rows = session.execute(
        select(Concern, Wave, Contact)
        .join(Wave, Wave.id == Concern.wave_id)
        .outerjoin(Contact, Contact.id == Concern.contact_id)
        .where(Concern.closed_minute.is_(None))
        .order_by(Concern.raised_minute.desc(), Concern.id)
    ).all()
    sent = select(Notice.concern_id).where(Notice.sent_minute.is_not(None))
    told = list(session.scalars(sent.where(Notice.concern_id.in_([concern.id for concern, *_ in rows]))))
    return [_as_read(session, keys, *row, people_told=told.count(row[0].id)) for row in rows]


def _as_read(  # noqa: PLR0913 - a row of three tables, and a count
    session: Session, keys: Keys, concern: Concern, wave: Wave, contact: Contact | None, *, people_told: int
) -> OpenConcern:
    return OpenConcern(
        id=concern.id,
        raised=moment_of(concern.raised_minute),
        kind=concern.kind,
        wave=wave.name,
        age=contact.age if contact else None,
        language=contact.language if contact else None,
        number=_end_of_number(session, keys, contact) if contact else None,
        words=_words_of(session, keys, concern, wave),
        people_told=people_told,
    )


def close_concern(session: Session, concern_id: UUID, now: datetime) -> None:
    """A person has seen to it: its words are deleted, and it holds the contact no longer. Nobody is told any more.

    Raises:
        NotFound: there is no such concern that is open.
    """
    still_open = (Concern.id == concern_id, Concern.closed_minute.is_(None))
    nothing = {"words": None, "contact_id": None, "conversation_id": None}
    closing = update(Concern).where(*still_open).values(closed_minute=minute_of(now), **nothing)
    if not session.connection().execute(closing).rowcount:
        raise NotFound(str(concern_id), "no such concern is open.", "See which are: flask concerns list.")
    session.expire_all()


def _place_of(concern_id: UUID) -> str:
    return f"concerns:{concern_id}:words"


def _end_of_number(session: Session, keys: Keys, contact: Contact) -> str | None:
    try:
        return masked(number_of(session, keys, contact))
    except Tampered:  # the alarm has sounded; the concern is told of all the same
        return None


def _words_of(session: Session, keys: Keys, concern: Concern, wave: Wave) -> str | None:
    if concern.words is None:
        return None
    try:
        return tidy(Vault(session, keys, wave.inspection_id).open(concern.words, _place_of(concern.id)))
    except Tampered:  # as above
        return None
