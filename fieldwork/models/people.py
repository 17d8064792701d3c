"""The people of the office: who they are, how they sign in, and what they do in which inspection."""

import uuid
from datetime import date
from typing import Literal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import Base, one_of

Role = Literal["lead", "inspector", "support", "safeguarding", "approver"]


class StaffMember(Base):
    """Somebody who may sign in. The columns from `password` on belong to the library that signs people in."""

    __tablename__ = "staff_members"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email"),
        CheckConstraint("name <> ''", name="name"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    administrator: Mapped[bool] = mapped_column(default=False)
    last_here: Mapped[date]  # whoever stays away for long is let in no more
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)  # in every cookie; a new one ends all sessions
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]  # sealed by the library


class SecondFactorUse(Base):
    """The last code of the second factor that somebody used, as its half minute: none works twice."""

    __tablename__ = "second_factor_uses"

    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_members.id"), primary_key=True)
    counter: Mapped[int] = mapped_column(BigInteger)


class RecoveryCode(Base):
    """A code that stands in for the second factor, once. Only its hash is kept."""

    __tablename__ = "recovery_codes"

    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_members.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(primary_key=True)


class SignInBrake(Base):
    """How often somebody failed to sign in from one place, as a keyed hash of who and where."""

    __tablename__ = "sign_in_brakes"

    mark: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    again_second: Mapped[int] = mapped_column(BigInteger)  # before then no try is looked at


class Membership(Base):
    """What one of the staff does in one inspection. Nobody without one sees that the inspection is there."""

    __tablename__ = "memberships"
    __table_args__ = (one_of("role", Role),)

    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_members.id"), primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspections.id"), primary_key=True, index=True)
    role: Mapped[Role] = mapped_column(types.Text, primary_key=True)
