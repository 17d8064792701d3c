"""The figures of an inspection as they were on one day, numbered. What leaves the office is made from these alone."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import Base


class Snapshot(Base):
    """What was counted and said on that day, in both languages. It is a draft until another person releases it."""

    __tablename__ = "snapshots"
    __table_args__ = (
        UniqueConstraint("inspection_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("length(mark) = 64", name="mark"),
        CheckConstraint("released_by IS NULL OR made_by IS NULL OR released_by <> made_by", name="two_people"),
        CheckConstraint("(released_by IS NULL) = (released_day IS NULL)", name="released"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspections.id"), index=True)
    number: Mapped[int]
    day: Mapped[date]
    made_by: Mapped[uuid.UUID | None]
    made_by_name: Mapped[str]
    content: Mapped[str] = mapped_column(deferred=True)  # JSON: reports/export/contents.py
    mark: Mapped[str]  # SHA-256 of the content
    released_by: Mapped[uuid.UUID | None]
    released_by_name: Mapped[str] = mapped_column(default="")
    released_day: Mapped[date | None]


class ShownSection(Base):
    """What the office is shown of an inspection while one of its waves is open: it moves by five answers or more."""

    __tablename__ = "shown_sections"

    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    hour: Mapped[int]  # full hours since 1970, of the last look
    counts: Mapped[str]  # JSON: how many answers of each wave it tells of
    content: Mapped[str] = mapped_column(deferred=True)  # JSON: reports/export/contents.py
