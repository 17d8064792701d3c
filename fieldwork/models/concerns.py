"""What the safeguarding lead has to look at, what was done about it, and who was told. Kept apart from all answers."""

import uuid
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base, one_of
from surveys.text import Language

ConcernKind = Literal["words", "help", "picture", "stop_with_words"]
MatterKind = Literal["text", "comment", "talk", "practice"]
MatterState = Literal["new", "acknowledged", "referred", "closed"]
StepKind = Literal["raised", "acknowledged", "referred", "answered", "closed", "reopened"]
Rung = Literal["at_once", "half_hour", "hour", "no_answer"]
Person = Literal["first", "second", "duty"]
Way = Literal["mail", "text"]


class Matter(Base):
    """Something that waits for the safeguarding lead, by whatever way it came. What was said lies elsewhere."""

    __tablename__ = "matters"
    __table_args__ = (
        one_of("kind", MatterKind),
        one_of("state", MatterState),
        CheckConstraint("answer_due_minute IS NULL OR state = 'referred'", name="answer_due_minute"),
        NO_ROW_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    inspection_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("inspections.id"), index=True)
    wave_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("waves.id"))
    kind: Mapped[MatterKind] = mapped_column(types.Text)
    state: Mapped[MatterState] = mapped_column(types.Text, default="new", index=True)
    raised_minute: Mapped[int]
    answer_due_minute: Mapped[int | None]  # by when whoever it was referred to has to have answered
    edition: Mapped[int] = mapped_column(default=1)


class ConcernStep(Base):
    """What somebody did about a matter: rows that are only ever added, numbered without a gap."""

    __tablename__ = "concern_steps"
    __table_args__ = (
        UniqueConstraint("matter_id", "place"),
        one_of("step", StepKind),
        CheckConstraint("who <> ''", name="who"),
        NO_ROW_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    matter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("matters.id"))
    place: Mapped[int]
    step: Mapped[StepKind] = mapped_column(types.Text)
    who_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    who: Mapped[str]
    minute: Mapped[int]
    to_whom: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")  # what came of it, or why


class CommentConcern(Base):
    """Words of an answer that somebody must look at: a copy. Nothing leads to the response, nor to who wrote it."""

    __tablename__ = "comment_concerns"
    __table_args__ = (NO_ROW_ORDER,)

    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("matters.id"), primary_key=True)
    words: Mapped[str | None]  # sealed, where there are keys
    list_version: Mapped[str | None]  # of the lists that raised it; none where a reader did


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
    """That somebody has to be told that a matter waits: no content, and never lost."""

    __tablename__ = "concern_notices"
    __table_args__ = (
        UniqueConstraint("matter_id", "rung", "person", "way"),
        one_of("rung", Rung),
        one_of("person", Person),
        one_of("way", Way),
        NO_ROW_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    matter_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("matters.id"))
    rung: Mapped[Rung] = mapped_column(types.Text)
    person: Mapped[Person] = mapped_column(types.Text)
    way: Mapped[Way] = mapped_column(types.Text)
    sent_minute: Mapped[int | None] = mapped_column(index=True)
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
