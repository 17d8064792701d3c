"""People who want to talk to someone, and texts that a person must look at. Kept apart from all answers."""

import uuid
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base, one_of
from surveys.text import Language

ConcernKind = Literal["words", "help", "picture", "stop_with_words"]


class TalkRequest(Base):
    """What somebody told us so that we can talk to them."""

    __tablename__ = "talk_requests"
    __table_args__ = (one_of("language", Language), NO_ROW_ORDER)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    inspection_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("inspections.id"), index=True)
    name: Mapped[str]
    way_to_reach: Mapped[str]
    words: Mapped[str]
    language: Mapped[Language] = mapped_column(types.Text)
    asked_minute: Mapped[int]


class Concern(Base):
    """Something that came by text, for a person to look at. The way to reach who wrote it stays until it is closed."""

    __tablename__ = "concerns"
    __table_args__ = (one_of("kind", ConcernKind), NO_ROW_ORDER)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), index=True)
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    kind: Mapped[ConcernKind] = mapped_column(types.Text)
    words: Mapped[str | None]  # sealed
    list_version: Mapped[str]
    raised_minute: Mapped[int]
    closed_minute: Mapped[int | None]


class Notice(Base):
    """That one of the two named people has to be told of a concern: no content, and never lost."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("concern_id", "person"), CheckConstraint("person IN (1, 2)", name="person"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    concern_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("concerns.id"), index=True)
    person: Mapped[int]
    sent_minute: Mapped[int | None]
    lease_second: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)


class Reaching(Base):
    """That somebody was shown the whole number of who wrote a concern: by whom it was asked for, why, and when."""

    __tablename__ = "reachings"
    __table_args__ = (
        CheckConstraint("asked_by <> ''", name="asked_by"),
        CheckConstraint("reason <> ''", name="reason"),
        NO_ROW_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    concern_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("concerns.id"), index=True)
    asked_by: Mapped[str]
    reason: Mapped[str]
    minute: Mapped[int]
