"""Conversations by text message: where each one stands, how it goes on and how it ends.

Whoever handles a text holds the conversation first (`hold`), so that texts are handled one after the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, func, select, update
from sqlalchemy.orm import Session

from fieldwork.entry import unsent
from fieldwork.entry.visits import VisitNow
from fieldwork.faults import NotFound, Refused
from fieldwork.models.contacts import Age, Contact
from fieldwork.models.inspections import Wave
from fieldwork.models.interviews import Case, Draft, DraftAnswer, Visit
from fieldwork.models.texts import OPEN, Conversation, ConversationState, Kind, OutboundText
from fieldwork.numbers import contacts
from fieldwork.returns import responses
from fieldwork.sealing import Keys
from fieldwork.texting import cutting, outbox
from surveys.text import Language

MOST_BEGUN_BY_US = 12  # texts that answer nothing
AT_WORK: tuple[ConversationState, ...] = ("asking", "paused", "invited", "unreachable")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationNow:
    """A conversation as it stands now, held until the transaction ends."""

    id: UUID
    wave_id: UUID
    contact_id: UUID
    visit_id: UUID | None
    state: ConversationState
    language: Language | None
    question_id: str | None
    earlier_question_id: str | None
    answered_second: int | None
    misread: int
    replies_day: int | None
    replies: int
    helped_second: int | None
    inspection_id: UUID
    opened: date
    closed: date | None
    age: Age

    @property
    def is_open(self) -> bool:
        """True while it is not over, neither for this person nor with its wave."""
        return self.closed is None and self.state in {*OPEN, "unreachable"}


CHANGING = (
    "visit_id",
    "state",
    "language",
    "question_id",
    "earlier_question_id",
    "answered_second",
    "misread",
    "replies_day",
    "replies",
    "helped_second",
)
_COLUMNS = (
    Conversation.id,
    Conversation.wave_id,
    Conversation.contact_id,
    *(getattr(Conversation, c) for c in CHANGING),
)
_FULL = (
    select(*_COLUMNS, Wave.inspection_id, Wave.opened, Wave.closed, Contact.age)
    .join(Contact, Contact.id == Conversation.contact_id)
    .join(Wave, Wave.id == Conversation.wave_id)
    .with_for_update(of=Conversation)
)
_NAMES = tuple(column.name for column in _FULL.selected_columns)
_BY_NUMBER = _FULL.where(Contact.number_index.in_(bindparam("indexes", expanding=True)))
_BY_KEY = _FULL.where(Conversation.id == bindparam("key"))


def hold(session: Session, indexes: Sequence[str]) -> list[ConversationNow]:
    """The conversations with whoever has this number, by its index in each inspection: held, and the one meant first.

    That is the one that goes on; else of those that are over the latest; else one that was not begun yet.
    """
    if not indexes:
        return []
    found = session.connection().execute(_BY_NUMBER, {"indexes": list(indexes)}).all()
    held = [ConversationNow(**dict(zip(_NAMES, row, strict=True))) for row in found]
    return sorted(held, key=_meant, reverse=True) if len(held) > 1 else held


def _meant(one: ConversationNow) -> tuple[bool, bool, date, UUID]:
    return one.is_open and one.state in AT_WORK, one.state != "waiting", one.opened, one.id


def hold_one(session: Session, conversation_id: UUID) -> ConversationNow:
    """That conversation, held.

    Raises:
        NotFound: there is none, or nobody can be reached any more.
    """
    row = session.connection().execute(_BY_KEY, {"key": conversation_id}).mappings().one_or_none()
    if row is None:
        raise NotFound(str(conversation_id), "there is no such conversation.", "See flask texts paused.")
    return ConversationNow(**row)


_SAVE = (
    update(Conversation)
    .where(Conversation.id == bindparam("key"))
    .values({name: bindparam(f"new_{name}") for name in CHANGING})
)


def save(session: Session, now: ConversationNow) -> None:
    """Keep how the conversation stands."""
    values = {f"new_{name}": getattr(now, name) for name in CHANGING}
    session.connection().execute(_SAVE, {"key": now.id, **values})


def was_sent(session: Session, one: ConversationNow, kind: Kind) -> bool:
    """True if such a text was written in this conversation and not dropped."""
    mine = (OutboundText.conversation_id == one.id, OutboundText.kind == kind, OutboundText.state != "dropped")
    return bool(session.scalar(select(exists().where(*mine))))


def texts_begun_by_us(session: Session, one: ConversationNow) -> int:
    """How many texts of this conversation answered nothing."""
    mine = (OutboundText.conversation_id == one.id, OutboundText.cause_id.is_(None), OutboundText.state != "dropped")
    return session.scalar(select(func.count()).where(*mine)) or 0


def finish(session: Session, visit: VisitNow, language: Language, now: datetime, keys: Keys) -> UUID:
    """The id of the response: all is answered, it is in, and every way from the conversation to it is cut."""
    return responses.send(session, visit, language, now, mode="sms", keys=keys)


def at_its_end(one: ConversationNow) -> ConversationNow:
    """How a conversation stands whose response is in."""
    return replace(one, state="finished", **_AT_REST, replies_day=None, replies=0)


def break_off(session: Session, one: ConversationNow, state: ConversationState | None = None) -> ConversationNow:
    """They want no more texts: their answers are deleted and nothing waits to be sent. How it stands then.

    Half way it is `broken_off`, before the first answer `refused`; one that was over stays as it ended.
    """
    outbox.drop_waiting(session, one)
    if not one.is_open:
        cutting.forget_asked(session, one.id)
        ended = replace(one, question_id=None)
        save(session, ended)
        return ended
    had_answers = _forget_answers(session, one.visit_id) if one.visit_id else False
    cutting.forget_words(session, one.id)
    after = state or ("broken_off" if had_answers else "refused")
    ended = replace(one, state=after, **_AT_REST)
    save(session, ended)
    return ended


_AT_REST: Mapping[str, Any] = {
    "visit_id": None,
    "question_id": None,
    "earlier_question_id": None,
    "answered_second": None,
    "misread": 0,
}


def _forget_answers(session: Session, visit_id: UUID) -> bool:
    """Delete the draft with the case that leads to it; true if it had an answer."""
    of_visit = select(Draft.id, Draft.case_id).join(Visit, Visit.draft_id == Draft.id).where(Visit.id == visit_id)
    found = session.execute(of_visit).one_or_none()
    if found is None:
        return False
    had_answers = bool(session.scalar(select(exists().where(DraftAnswer.draft_id == found.id))))
    unsent.forget_drafts(session, Draft.id == found.id)
    if found.case_id:
        session.connection().execute(delete(Case).where(Case.id == found.case_id))
    return had_answers


def resume(session: Session, conversation_id: UUID) -> ConversationNow:
    """Let a conversation go on that was paused so that a person could look. Its next question is for the caller to ask.

    Raises:
        NotFound: there is none, or nobody can be reached any more.
        Refused: it is not paused, or they have had as many texts from us as may be.
    """
    one = hold_one(session, conversation_id)
    if one.state != "paused" or one.closed:
        raise Refused(str(conversation_id), "is not paused.", "Only a paused conversation can go on.")
    if texts_begun_by_us(session, one) >= MOST_BEGUN_BY_US:
        raise Refused(str(conversation_id), f"has had {MOST_BEGUN_BY_US} texts from us.", "Wait for one of theirs.")
    before: ConversationState = "invited" if was_sent(session, one, "invitation") else "waiting"
    going_on = replace(one, state="asking" if one.visit_id else before, misread=0)
    save(session, going_on)
    return going_on


def paused(session: Session, wave: Wave, keys: Keys) -> list[tuple[UUID, str]]:
    """Conversations of the wave that wait until a person has looked: their keys and whole numbers.

    Raises:
        Tampered: a number is not what was sealed in its row.
        WrongKey: we were not given the key they need.
    """
    wanted = select(Conversation.id, Contact).join(Contact, Contact.id == Conversation.contact_id)
    theirs = session.execute(wanted.where(Conversation.wave_id == wave.id, Conversation.state == "paused"))
    return sorted((talk_id, contacts.number_of(session, keys, contact)) for talk_id, contact in theirs)


def dispositions(session: Session, wave: Wave) -> dict[ConversationState, int]:
    """How many conversations of the wave stand in each state; states that none is in are left out."""
    wanted = (
        select(Conversation.state, func.count()).where(Conversation.wave_id == wave.id).group_by(Conversation.state)
    )
    return dict(iter(session.execute(wanted)))
