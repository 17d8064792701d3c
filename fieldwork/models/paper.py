"""Booklets while they are keyed. Once the response is in, serial, keyers and keyed answers are deleted: counts stay."""

import uuid
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary, UniqueConstraint, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base, one_of

BookletState = Literal[
    "first",  # is keyed for the first time
    "second",  # waits for another person to key it, or is keyed by them
    "differs",  # was keyed twice, and somebody has to settle it
]


class PaperPlan(Base):
    """How the booklets of a wave are keyed, and what came of it: counts alone."""

    __tablename__ = "paper_plans"
    __table_args__ = (
        CheckConstraint("second_share BETWEEN 0 AND 100", name="second_share"),
        CheckConstraint("answers_differed <= answers_compared", name="answers_differed"),
        CheckConstraint("words_differed <= words_compared", name="words_differed"),
    )

    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), primary_key=True)
    serials_given: Mapped[int] = mapped_column(default=0)
    second_share: Mapped[int] = mapped_column(default=100)  # of a hundred booklets, how many are keyed twice
    edition: Mapped[int] = mapped_column(default=1)
    booklets: Mapped[int] = mapped_column(default=0)
    booklets_twice: Mapped[int] = mapped_column(default=0)
    answers_keyed: Mapped[int] = mapped_column(default=0)
    answers_compared: Mapped[int] = mapped_column(default=0)
    answers_differed: Mapped[int] = mapped_column(default=0)
    words_compared: Mapped[int] = mapped_column(default=0)
    words_differed: Mapped[int] = mapped_column(default=0)


class Booklet(Base):
    """One booklet that is being keyed. Its serial stands here so that the paper can be found again."""

    __tablename__ = "booklets"
    __table_args__ = (
        UniqueConstraint("wave_id", "serial"),
        CheckConstraint("serial <> ''", name="serial"),
        one_of("state", BookletState),
        NO_ROW_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"))
    serial: Mapped[str]
    state: Mapped[BookletState] = mapped_column(types.Text, default="first")
    edition: Mapped[int] = mapped_column(default=1)


class Keying(Base):
    """What one person keyed of a booklet. The database itself refuses the same person twice."""

    __tablename__ = "keyings"
    __table_args__ = (
        UniqueConstraint("booklet_id", "keyer_id"),
        CheckConstraint("turn IN (1, 2)", name="turn"),
        NO_ROW_ORDER,
    )

    booklet_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booklets.id"), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    keyer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_members.id"), index=True)
    done: Mapped[bool] = mapped_column(default=False)
    edition: Mapped[int] = mapped_column(default=1)


class KeyedAnswer(Base):
    """One answer as somebody keyed it, as JSON."""

    __tablename__ = "keyed_answers"
    __table_args__ = (
        ForeignKeyConstraint(["booklet_id", "turn"], ["keyings.booklet_id", "keyings.turn"]),
        NO_ROW_ORDER,
    )

    booklet_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str]


class HeldSheet(Base):
    """A file of responses that somebody uploaded and has not confirmed yet. It goes when they do, or within a day."""

    __tablename__ = "held_sheets"
    __table_args__ = (NO_ROW_ORDER,)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), index=True)
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_members.id"))
    encoding: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    held_minute: Mapped[int]
