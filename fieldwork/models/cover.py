"""Who looks at the concerns of an inspection, when, and whom they refer to; and the beat of whoever tells them."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import Base

NINE, FIVE = 9 * 60, 17 * 60


class Cover(Base):
    """The people, hours and contacts of one inspection. What is not known yet is an empty text."""

    __tablename__ = "covers"
    __table_args__ = (
        CheckConstraint("0 <= opens_minute AND opens_minute < closes_minute AND closes_minute <= 1440", name="hours"),
    )

    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    first_name: Mapped[str] = mapped_column(default="")
    first_email: Mapped[str] = mapped_column(default="")
    first_phone: Mapped[str] = mapped_column(default="")
    second_name: Mapped[str] = mapped_column(default="")
    second_email: Mapped[str] = mapped_column(default="")
    second_phone: Mapped[str] = mapped_column(default="")
    duty_name: Mapped[str] = mapped_column(default="")
    duty_email: Mapped[str] = mapped_column(default="")
    duty_phone: Mapped[str] = mapped_column(default="")
    days: Mapped[str] = mapped_column(default="")  # of the week, Monday is 1; none until somebody has said so
    opens_minute: Mapped[int] = mapped_column(default=NINE)  # of the day, by London's clocks
    closes_minute: Mapped[int] = mapped_column(default=FIVE)
    childrens_services: Mapped[str] = mapped_column(default="")
    police: Mapped[str] = mapped_column(default="")
    edition: Mapped[int] = mapped_column(default=1)


class Heartbeat(Base):
    """When something that must never fall silent was last heard of."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    minute: Mapped[int]
