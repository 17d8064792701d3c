"""Conversations by text message. At the end of one, its texts and every way from it to the response are cut."""

import uuid
from datetime import date
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base, one_of
from surveys.text import Language

ConversationState = Literal[
    "waiting",  # not invited yet
    "invited",  # asked whether they want to answer
    "asking",  # answering
    "paused",  # a person has to look first
    "finished",  # the response is in
    "partial",  # closed half way, and counted, as the wave says
    "refused",  # asked not to be texted, before the first answer
    "broken_off",  # the same, half way: their answers were deleted
    "wrong_person",  # the number is not theirs
    "unreachable",  # no text arrives
    "closed",  # the wave closed first
]
OPEN: tuple[ConversationState, ...] = ("waiting", "invited", "asking", "paused")
COUNTED: tuple[ConversationState, ...] = ("finished", "partial")
Kind = Literal[
    "invitation",
    "reminder",
    "question",
    "ask_again",
    "last_ask",
    "web_link",
    "thanks",
    "after_the_end",
    "not_me",
    "distress",
    "no_pictures",
    "closed",
    "declined",
    "start_again",
]
Carriage = Literal[
    "waiting",  # may be taken once its time has come
    "claimed",  # a sender asks the provider about it first, until its lease ends
    "posting",  # handed to the provider or not: after a crash, nobody knows
    "accepted",  # the provider has it, under a name of its own
    "sent",
    "delivered",
    "undelivered",
    "failed",
    "unsure",  # a person has to look
    "held",  # too old to go out without a person's word
    "dropped",  # no longer wanted: a stop, a late hour, the end
]


class TextPlan(Base):
    """What a wave may spend on texts and how it counts them. A wave without one sends none."""

    __tablename__ = "text_plans"
    __table_args__ = (CheckConstraint("budget_pence >= 0", name="budget"),)

    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), primary_key=True)
    budget_pence: Mapped[int]
    partial_counts: Mapped[bool] = mapped_column(default=False)
    started: Mapped[date | None]
    stopped: Mapped[bool] = mapped_column(default=False)
    parts: Mapped[int] = mapped_column(default=0)  # handed over so far
    texts_day: Mapped[int | None]  # the day of the count beside it
    texts: Mapped[int] = mapped_column(default=0)  # handed over on that day


class Conversation(Base):
    """One contact answering by text. The draft hangs on its visit, as on the web."""

    __tablename__ = "conversations"
    __table_args__ = (one_of("state", ConversationState), one_of("language", Language), NO_ROW_ORDER)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), index=True)
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contacts.id"), unique=True)
    visit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visits.id"), index=True)
    state: Mapped[ConversationState] = mapped_column(types.Text, default="waiting")
    language: Mapped[Language | None] = mapped_column(types.Text)
    question_id: Mapped[str | None]  # the one asked last
    earlier_question_id: Mapped[str | None]  # the one before it, while the last may not have arrived
    answered_second: Mapped[int | None]
    misread: Mapped[int] = mapped_column(default=0)
    reminders: Mapped[int] = mapped_column(default=0)
    replies_day: Mapped[int | None]
    replies: Mapped[int] = mapped_column(default=0)
    helped_second: Mapped[int | None]


class InboundText(Base):
    """A text that came in. Its mark stays as long as the number, so that a repeat changes nothing.

    At the end of a conversation nothing is left of its texts but their marks and the day: not even whose they were.
    """

    __tablename__ = "inbound_texts"
    __table_args__ = (CheckConstraint("length(mark) = 64", name="mark"), NO_ROW_ORDER)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    mark: Mapped[str] = mapped_column(unique=True)
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    received_second: Mapped[int]
    body: Mapped[str | None]  # sealed
    question_id: Mapped[str | None]
    rung: Mapped[str]  # where on the ladder its handling ended
    read_as: Mapped[str | None]  # the machine's reading: an answer as JSON
    corrected_as: Mapped[str | None]  # a person's
    corrected_by: Mapped[str | None]
    corrected_day: Mapped[date | None]
    for_a_person: Mapped[bool] = mapped_column(default=False)


class StrangerCount(Base):
    """How many texts came in a day from numbers that we do not know. Nothing else is kept of them."""

    __tablename__ = "stranger_counts"

    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]


class OutboundText(Base):
    """A text to send, written in the same transaction as its cause. One inbound text causes at most one.

    At the end of a conversation its texts no longer say whose they were, but for those still on their way.
    """

    __tablename__ = "outbound_texts"
    __table_args__ = (one_of("kind", Kind), one_of("state", Carriage), NO_ROW_ORDER)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    cause_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("inbound_texts.id"), unique=True)
    kind: Mapped[Kind] = mapped_column(types.Text)
    question_id: Mapped[str | None]
    body: Mapped[str | None]  # sealed
    parts: Mapped[int]
    state: Mapped[Carriage] = mapped_column(types.Text, default="waiting", index=True)
    written_second: Mapped[int]
    not_before_second: Mapped[int]
    give_up_second: Mapped[int]
    lease_second: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    attempt: Mapped[str | None] = mapped_column(unique=True)
    posted_second: Mapped[int | None]
    provider_name: Mapped[str | None] = mapped_column(unique=True)
    error_code: Mapped[int | None]
    redacted: Mapped[bool] = mapped_column(default=False)


class TextReading(Base):
    """Of a finished response: words that came beside an answer by text, and how they were read."""

    __tablename__ = "text_readings"
    __table_args__ = (NO_ROW_ORDER,)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("responses.id"), index=True)
    question_id: Mapped[str]
    text: Mapped[str]
    read_as: Mapped[str | None]
    corrected_as: Mapped[str | None]
    corrected_by: Mapped[str | None]
    corrected_day: Mapped[date | None]
