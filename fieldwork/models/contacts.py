"""How to reach the people whom we may text: sealed, apart from all answers, erased first."""

import uuid
from datetime import date
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base, one_of
from surveys.text import Language

Age = Literal["adult", "child"]


class DataKey(Base):
    """The key of one inspection's contacts and texts, wrapped by a key that is not in the database."""

    __tablename__ = "data_keys"

    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    wrapped: Mapped[str]


class Contact(Base):
    """Somebody who was told, agreed, and is safe to text. The number is sealed; its index finds it again."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("wave_id", "number_index"),
        CheckConstraint("length(number_index) = 64", name="number_index"),
        one_of("language", Language),
        one_of("age", Age),
        NO_ROW_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), index=True)
    number: Mapped[str]
    number_index: Mapped[str] = mapped_column(index=True)
    language: Mapped[Language | None] = mapped_column(types.Text)
    age: Mapped[Age] = mapped_column(types.Text)
    confirmed: Mapped[date]


class SuppressedNumber(Base):
    """A number that asked not to be texted, as a keyed mark. It outlives the contact and spans all inspections."""

    __tablename__ = "suppressed_numbers"
    __table_args__ = (CheckConstraint("length(mark) = 64", name="mark"), NO_ROW_ORDER)

    mark: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[date]


class ImportedContacts(Base):
    """That a file of contacts is in, by the SHA-256 of its bytes under the inspection's key."""

    __tablename__ = "imported_contacts"
    __table_args__ = (CheckConstraint("length(mark) = 64", name="mark"), NO_ROW_ORDER)

    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(primary_key=True)


class ContactUpload(Base):
    """A list of people that waits for a second person. It is sealed, and goes when it is confirmed or thrown away."""

    __tablename__ = "contact_uploads"
    __table_args__ = (CheckConstraint("people > 0", name="people"), CheckConstraint("budget_pence >= 0", name="budget"))

    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    rows: Mapped[str]  # sealed
    people: Mapped[int]
    budget_pence: Mapped[int]
    partial_counts: Mapped[bool]
    uploaded_by: Mapped[uuid.UUID]  # no foreign key: the list is gone in three days
    uploaded_minute: Mapped[int]
