"""Erasing how people can be reached: number, texts and what leads from one to the other. Only counts stay."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from fieldwork.models.concerns import Concern, Matter
from fieldwork.models.contacts import Contact, DataKey, ImportedContacts
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import OPEN, Conversation, ConversationState, OutboundText
from fieldwork.numbers.contacts import take_turns
from fieldwork.texting import cutting
from fieldwork.texting.cutting import NOT_HANDED_OVER, UNSETTLED

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Erased:
    """How many contacts were erased, and how many were not because a person has to reach them first."""

    contacts: int
    held: int


def erase_contacts(session: Session, wave_id: UUID) -> Erased:
    """Erase the contacts of a wave with their texts, except those whom an open concern holds."""
    take_turns(session)
    there = session.scalars(select(Contact.id).where(Contact.wave_id == wave_id).with_for_update()).all()
    concern = select(Concern.contact_id).where(Concern.closed_minute.is_(None), Concern.contact_id.is_not(None))
    held = set(session.scalars(concern.where(Concern.wave_id == wave_id)))
    going = [contact_id for contact_id in there if contact_id not in held]
    for start in range(0, len(going), AT_ONCE):
        _erase(session, going[start : start + AT_ONCE])
    if len(going) == len(there):
        session.execute(delete(ImportedContacts).where(ImportedContacts.wave_id == wave_id))
    return Erased(len(going), len(there) - len(going))


def erase_people(session: Session, contact_ids: list[UUID]) -> Erased:
    """Erase these contacts with their texts, except those whom an open concern holds."""
    take_turns(session)
    there = session.scalars(select(Contact.id).where(Contact.id.in_(contact_ids)).with_for_update()).all()
    concern = select(Concern.contact_id).where(Concern.closed_minute.is_(None), Concern.contact_id.in_(there))
    held = set(session.scalars(concern))
    going = [contact_id for contact_id in there if contact_id not in held]
    _erase(session, going)
    return Erased(len(going), len(there) - len(going))


def erase_wrong_people(session: Session) -> int:
    """Erase the numbers at which we reached somebody else, once they have been told that we are sorry; how many."""
    take_turns(session)
    untold = (OutboundText.kind == "not_me", OutboundText.state.in_((*NOT_HANDED_OVER, *UNSETTLED)))
    telling = select(OutboundText.conversation_id).where(*untold, OutboundText.conversation_id.is_not(None))
    concern = select(Concern.contact_id).where(Concern.closed_minute.is_(None), Concern.contact_id.is_not(None))
    wrong = select(Contact.id).join(Conversation, Conversation.contact_id == Contact.id)
    over = (Conversation.state == "wrong_person", Conversation.id.not_in(telling), Contact.id.not_in(concern))
    going = list(session.scalars(wrong.where(*over).limit(AT_ONCE)))
    _erase(session, going)
    return len(going)


def destroy_idle_keys(session: Session) -> int:
    """Destroy the data keys of inspections that have closed and have nobody left to reach; how many."""
    take_turns(session)
    open_concern = select(Wave.inspection_id).join(Concern, Concern.wave_id == Wave.id)
    needed = (
        select(Wave.inspection_id).where(Wave.closed.is_(None)),
        select(Wave.inspection_id).join(Contact, Contact.wave_id == Wave.id),
        open_concern.where(Concern.closed_minute.is_(None)),
        select(Matter.inspection_id).where(Matter.state != "closed", Matter.inspection_id.is_not(None)),
    )
    idle = delete(DataKey).where(*(DataKey.inspection_id.not_in(each) for each in needed))
    return session.connection().execute(idle).rowcount


def _erase(session: Session, contacts: list[UUID]) -> None:
    talks = select(Conversation.id, Conversation.state).where(Conversation.contact_id.in_(contacts))
    by_state: dict[ConversationState, list[UUID]] = defaultdict(list)
    for conversation_id, state in session.execute(talks):
        by_state["closed" if state in OPEN else state].append(conversation_id)
    for state, conversations in by_state.items():
        cutting.end(session, conversations, state)
    connection = session.connection()
    nobody = update(Conversation).where(Conversation.contact_id.in_(contacts))
    connection.execute(nobody.values(contact_id=None, helped_second=None))
    closed = update(Concern).where(Concern.contact_id.in_(contacts))
    connection.execute(closed.values(contact_id=None, conversation_id=None, words=None))
    connection.execute(delete(Contact).where(Contact.id.in_(contacts)))
