"""Shared tablets: which device may ask one wave's questions of one person after the other."""

import uuid
from datetime import date
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base, one_of

TabletState = Literal[
    "waiting",  # its link has not been opened
    "open",  # a device has it
    "off",  # the office switched it off
]


class Tablet(Base):
    """One device, known by the hash of its secret; before its link is opened, by that of the link.

    Nothing leads from here to a visit or a response, nor from those to here.
    """

    __tablename__ = "tablets"
    __table_args__ = (
        one_of("state", TabletState),
        CheckConstraint("length(fingerprint) = 64", name="fingerprint"),
        CheckConstraint("name <> ''", name="name"),
        NO_ROW_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), index=True)
    name: Mapped[str]  # by which the office tells one from the other
    fingerprint: Mapped[str] = mapped_column(unique=True)
    state: Mapped[TabletState] = mapped_column(types.Text, default="waiting")
    last_day: Mapped[date]
