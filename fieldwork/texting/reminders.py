"""Whom to remind: once, three days after our last text, and never anybody who may not want it or not be well."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.orm import Session

from fieldwork.models.concerns import Concern
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Conversation, ConversationState, InboundText, OutboundText, TextPlan
from fieldwork.texting.outbox import NOT_HANDED_OVER, RANK

SILENCE = timedelta(days=3)
SILENT: tuple[ConversationState, ...] = ("invited", "asking")  # said nothing yet, or stopped half way


def due(session: Session, now: datetime) -> list[UUID]:
    """The conversations to remind now; none of somebody who was reminded, was ever in distress, or is looked after."""
    before = int((now - SILENCE).timestamp())
    of_it = OutboundText.conversation_id == Conversation.id
    last = select(func.max(OutboundText.posted_second)).where(of_it, OutboundText.state.in_(RANK)).scalar_subquery()
    wanted = (
        select(Conversation.id)
        .join(Wave, Wave.id == Conversation.wave_id)
        .join(TextPlan, TextPlan.wave_id == Conversation.wave_id)
        .where(Wave.closed.is_(None), ~TextPlan.stopped, _may_be_reminded(), last <= before)
        .where(~exists().where(of_it, OutboundText.state.in_(NOT_HANDED_OVER)))
        .where(~exists().where(InboundText.conversation_id == Conversation.id, InboundText.received_second > before))
    )
    return list(session.scalars(wanted.order_by(Conversation.id)))


def count_one(session: Session, conversation_id: UUID) -> bool:
    """Count that this conversation is reminded now; false where it was, or must not be any more."""
    mine = update(Conversation).where(Conversation.id == conversation_id, _may_be_reminded())
    return session.connection().execute(mine.values(reminders=Conversation.reminders + 1)).rowcount == 1


def _may_be_reminded() -> ColumnElement[bool]:
    unclosed = exists().where(Concern.conversation_id == Conversation.id, Concern.closed_minute.is_(None))
    well = Conversation.helped_second.is_(None) & ~unclosed
    return Conversation.state.in_(SILENT) & (Conversation.reminders == 0) & Conversation.contact_id.is_not(None) & well
