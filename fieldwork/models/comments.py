"""What is done with comments: read, coded to themes, redacted, approved. No time is kept with any."""

import uuid
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base, one_of
from surveys.redaction.marks import Kind

Source = Literal[
    "answer",  # an answer in the respondent's own words
    "beside",  # words that came by text beside an answer
]
RedactionState = Literal["proposed", "sent_back", "approved", "released"]


class Comment(Base):
    """That a comment was read. One that nobody has read has no row here."""

    __tablename__ = "comments"
    __table_args__ = (one_of("source", Source), NO_ROW_ORDER)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)  # made from what it is of, so that it is there once
    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), index=True)
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("responses.id"), index=True)
    question_id: Mapped[str]
    source: Mapped[Source] = mapped_column(types.Text)
    coded: Mapped[bool] = mapped_column(default=False)  # to no theme at all, it may be
    edition: Mapped[int] = mapped_column(default=1)


class Theme(Base):
    """What comments of a wave are about: an entry of its codebook of themes."""

    __tablename__ = "themes"
    __table_args__ = (UniqueConstraint("wave_id", "plain_name"), CheckConstraint("name <> ''", name="name"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"))
    name: Mapped[str]
    plain_name: Mapped[str]  # without capitals, so that none is there twice
    retired: Mapped[bool] = mapped_column(default=False)
    edition: Mapped[int] = mapped_column(default=1)


class Coding(Base):
    """That a person has coded a comment to a theme."""

    __tablename__ = "codings"
    __table_args__ = (NO_ROW_ORDER,)

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("themes.id"), primary_key=True, index=True)


class Redaction(Base):
    """The words of a comment as they may be printed once another person has agreed to exactly them."""

    __tablename__ = "redactions"
    __table_args__ = (
        one_of("state", RedactionState),
        CheckConstraint("words <> ''", name="words"),
        CheckConstraint("length(bound_to) = 64", name="bound_to"),
        CheckConstraint("approved_by <> proposed_by", name="two_people"),
        CheckConstraint("approved_as = bound_to", name="approved_as_it_is"),
        CheckConstraint("(state IN ('approved', 'released')) = (approved_by IS NOT NULL)", name="approved"),
        CheckConstraint("(approved_by IS NULL) = (approved_as IS NULL)", name="approval"),
        CheckConstraint(
            "approved_by IS NULL OR "
            "(worker_would_know IS NOT NULL AND matches_example IS NOT NULL AND names_an_event IS NOT NULL)",
            name="asked",
        ),
        CheckConstraint(
            "reasons <> '' OR approved_by IS NULL OR NOT (worker_would_know OR matches_example OR names_an_event)",
            name="reasons",
        ),
        CheckConstraint("(state = 'sent_back') = (sent_back_why <> '')", name="sent_back"),
        CheckConstraint("(state = 'released') = (released_by IS NOT NULL)", name="released"),
        NO_ROW_ORDER,
    )

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    words: Mapped[str]
    bound_to: Mapped[str]  # SHA-256 of the question, the comment and these words
    state: Mapped[RedactionState] = mapped_column(types.Text)
    proposed_by: Mapped[uuid.UUID]  # no foreign key: a decision outlives an account
    proposed_by_name: Mapped[str]
    sent_back_why: Mapped[str] = mapped_column(default="")
    approved_by: Mapped[uuid.UUID | None]
    approved_by_name: Mapped[str] = mapped_column(default="")
    approved_as: Mapped[str | None]
    worker_would_know: Mapped[bool | None]
    matches_example: Mapped[bool | None]
    names_an_event: Mapped[bool | None]
    reasons: Mapped[str] = mapped_column(default="")
    released_by: Mapped[uuid.UUID | None]
    released_by_name: Mapped[str] = mapped_column(default="")
    edition: Mapped[int] = mapped_column(default=1)


class ListedName(Base):
    """A name that must not be printed: kept with the inspection, sealed where there are keys."""

    __tablename__ = "listed_names"
    __table_args__ = (one_of("kind", Kind), CheckConstraint("name <> ''", name="name"), NO_ROW_ORDER)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspections.id"), index=True)
    kind: Mapped[Kind] = mapped_column(types.Text)
    name: Mapped[str]  # sealed
    instead: Mapped[str]  # what stands in its place; empty for the house's words for its kind


class ReadingClock(Base):
    """When all comments of a wave were last known to be read. None of them says itself when it came."""

    __tablename__ = "reading_clocks"

    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), primary_key=True)
    all_read_minute: Mapped[int]
