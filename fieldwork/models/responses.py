"""What was sent. A response keeps its wave, mode, language and month: nothing that leads to a person or a time."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base, one_of
from surveys.answers import Silence
from surveys.interview import Mode
from surveys.text import Language

_SILENCES = ", ".join(f"'{silence.value}'" for silence in Silence)


class StoredResponse(Base):
    """One finished interview."""

    __tablename__ = "responses"
    __table_args__ = (
        one_of("mode", Mode),
        one_of("language", Language),
        CheckConstraint("month LIKE '____-__'", name="month"),
        NO_ROW_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), index=True)
    mode: Mapped[Mode] = mapped_column(types.Text)
    language: Mapped[Language] = mapped_column(types.Text)
    month: Mapped[str]


class StoredAnswer(Base):
    """One category chosen, or one number, or one silence. Several categories are several rows."""

    __tablename__ = "answers"
    __table_args__ = (
        CheckConstraint(
            "(code = '') = ((number IS NULL) <> (silence IS NULL)) AND (number IS NULL OR silence IS NULL)",
            name="says_one_thing",
        ),
        CheckConstraint(f"silence IN ({_SILENCES})", name="silence"),
        NO_ROW_ORDER,
    )

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("responses.id"), primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True, default="")
    number: Mapped[int | None]
    silence: Mapped[str | None]


class StoredVerbatim(Base):
    """The respondent's own words, and whether they may be printed."""

    __tablename__ = "verbatims"
    __table_args__ = (CheckConstraint("text <> ''", name="text"), NO_ROW_ORDER)

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("responses.id"), primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    may_quote: Mapped[bool]


class SerialMark(Base):
    """That a booklet with some serial number is in: a keyed mark of wave and serial, leading to no response."""

    __tablename__ = "serial_marks"
    __table_args__ = (CheckConstraint("length(mark) = 64", name="mark"), NO_ROW_ORDER)

    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(primary_key=True)


class ImportedFile(Base):
    """That a file is in, by the SHA-256 of its bytes."""

    __tablename__ = "imported_files"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"), NO_ROW_ORDER)

    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
