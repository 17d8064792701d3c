"""Interviews under way: who may answer, on which device, the answers so far. At Send all of it is cut or deleted."""

import uuid
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base, one_of

VisitState = Literal["open", "idle", "sent", "left"]


class Case(Base):
    """Somebody invited, known by one code or link alone, or by both. It is deleted when either is used up."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("length(fingerprint) = 64", name="fingerprint"),
        Index("ix_cases_link_fingerprint", "link_fingerprint", unique=True),
        NO_ROW_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    link_fingerprint: Mapped[str | None]  # of the link beside the code, on a letter
    sheet: Mapped[str | None]  # on which the code was printed,
    slip: Mapped[int | None]  # and where on it


class CodeSheet(Base):
    """That a sheet of codes was made, with so many slips. What stood on it is kept nowhere."""

    __tablename__ = "code_sheets"
    __table_args__ = (CheckConstraint("slips > 0", name="slips"), NO_ROW_ORDER)

    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    slips: Mapped[int]
    replaces: Mapped[bool]  # codes that were made void: they invite nobody new


class Draft(Base):
    """The answers so far of one respondent, on however many devices. It is deleted at Send."""

    __tablename__ = "drafts"
    __table_args__ = (NO_ROW_ORDER,)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), index=True)
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("cases.id"), unique=True)


class Visit(Base):
    """One browser answering. Its minutes and its draft are cut when the answers are sent."""

    __tablename__ = "visits"
    __table_args__ = (
        one_of("state", VisitState),
        CheckConstraint("length(token_hash) = 64", name="token_hash"),
        CheckConstraint("state <> 'sent' OR (draft_id IS NULL AND last_page_minute IS NULL)", name="sent_is_cut"),
        NO_ROW_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), index=True)
    draft_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("drafts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    state: Mapped[VisitState] = mapped_column(types.Text, default="open")
    by_code: Mapped[bool]
    read_safe: Mapped[bool] = mapped_column(default=False)
    on_tablet: Mapped[bool] = mapped_column(default=False, server_default="0")  # which one is kept nowhere
    begun_minute: Mapped[int | None]
    last_page_minute: Mapped[int | None]


class DraftAnswer(Base):
    """The last answer given to one question, as JSON, and the visit that gave it."""

    __tablename__ = "draft_answers"
    __table_args__ = (NO_ROW_ORDER,)

    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    answer: Mapped[str]
