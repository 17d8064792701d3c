"""What a person must look at is raised here: wishes to talk, texts, comments, practice. All apart from answers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from fieldwork.faults import Refused
from fieldwork.models.concerns import CommentConcern, Concern, ConcernKind, ConcernStep, Matter, TalkRequest
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.moments import minute_of
from fieldwork.office import audit
from fieldwork.office.audit import Who
from fieldwork.safeguarding import kept_words, matters
from fieldwork.sealing import Keys, Vault
from fieldwork.upserts import Upsert
from surveys.answers import Answer, Verbatim
from surveys.reading import tidy
from surveys.screening.screen import screened
from surveys.text import Language

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

    The same `request_id` again, from a button pressed twice, gives the request that is there. People are told of it
    as of every concern.
    """
    key, place = request_id or uuid4(), inspection.id if inspection else None
    is_new = _ONCE.run(
        session,
        id=key,
        inspection_id=place,
        name=tidy(name),
        way_to_reach=tidy(way_to_reach),
        words=tidy(words),
        language=language,
        asked_minute=minute_of(now),
    )
    if is_new:
        matters.open_one(session, "talk", place, now, matter_id=key)
    return session.get_one(TalkRequest, key)


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

    It is kept in the transaction that keeps the text. From now on nothing erases the contact until it is closed.
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
    concern.words = None if words is None else vault.seal(words, place_of_text(concern.id))
    session.add(concern)
    session.flush()
    matters.open_one(session, "text", vault.inspection_id, now, wave_id=conversation.wave_id, matter_id=concern.id)
    return concern


def raise_from_answers(
    session: Session, wave_id: UUID, answers: Iterable[Answer], keys: Keys | None, now: datetime
) -> UUID | None:
    """Keep that a person must look at comments that are being sent, if any holds words that worry; its id.

    What is kept is a copy of those comments: neither the response nor anybody behind it can be reached from it.
    """
    hits = [(answer.text, hit) for answer in answers if isinstance(answer, Verbatim) and (hit := screened(answer.text))]
    if not hits:
        return None
    words = "\n\n".join(text for text, _ in hits)
    return _raise_comment(session, wave_id, words, hits[0][1].version, keys, now)


def raise_from_comment(  # noqa: PLR0913, PLR0917 - who raises what, from where and when
    session: Session, wave_id: UUID, words: str, who: Who, keys: Keys | None, now: datetime
) -> UUID:
    """Keep that somebody who read this comment wants the safeguarding lead to look at it; its id.

    Words written by hand or typed on the web lead to nobody, so there is no way to reach who wrote them. Whoever raised
    it is told that it was raised, and sees no more of it.

    Raises:
        Refused: there are no words.
    """
    if not tidy(words):
        raise Refused("This comment", "has no words.", "Raise a concern from what somebody wrote.")
    key = _raise_comment(session, wave_id, words, None, keys, now)
    session.add(ConcernStep(matter_id=key, place=1, step="raised", who_id=who.id, who=who.name, minute=minute_of(now)))
    inspection_id = session.scalar(_INSPECTION, {"wave": wave_id})
    audit.record(session, "raised_concern", who, inspection_id=inspection_id, about=matters.about(key), now=now)
    return key


def raise_practice(session: Session, inspection_id: UUID, who: Who, now: datetime) -> UUID:
    """A concern that is none, to see how long it takes until somebody looks; its id. It goes the way of all others.

    Raises:
        Refused: one is waiting already.
    """
    waiting = (Matter.inspection_id == inspection_id, Matter.kind == "practice", Matter.state == "new")
    if session.scalar(select(Matter.id).where(*waiting)):
        raise Refused("A practice concern", "is waiting already.", "Acknowledge that one first.")
    key = matters.open_one(session, "practice", inspection_id, now)
    session.add(ConcernStep(matter_id=key, place=1, step="raised", who_id=who.id, who=who.name, minute=minute_of(now)))
    audit.record(session, "raised_practice", who, inspection_id=inspection_id, about=matters.about(key), now=now)
    return key


_INSPECTION = select(Wave.inspection_id).where(Wave.id == bindparam("wave"))


def _raise_comment(  # noqa: PLR0913, PLR0917 - as above
    session: Session, wave_id: UUID, words: str, list_version: str | None, keys: Keys | None, now: datetime
) -> UUID:
    inspection_id = session.scalars(_INSPECTION, {"wave": wave_id}).one()
    vault = Vault(session, keys, inspection_id) if keys else None
    key = matters.open_one(session, "comment", inspection_id, now, wave_id=wave_id)
    kept = kept_words.kept(words, vault, place_of_comment(key))
    session.connection().execute(insert(CommentConcern), [{"id": key, "words": kept, "list_version": list_version}])
    return key


def place_of_text(concern_id: UUID) -> str:
    """Where the words of a text are sealed."""
    return f"concerns:{concern_id}:words"


def place_of_comment(concern_id: UUID) -> str:
    """Where the words of a comment are sealed."""
    return f"comment_concerns:{concern_id}:words"
