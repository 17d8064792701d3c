"""How fast codes may be tried, how many were wrong, and who has to be told."""

import uuid

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base


class Brake(Base):
    """One network (as a keyed hash), or one lane that networks share: the second from which it is at rest again."""

    __tablename__ = "brakes"
    __table_args__ = (NO_ROW_ORDER,)

    name: Mapped[str] = mapped_column(primary_key=True)
    rested_second: Mapped[int] = mapped_column(BigInteger)
    wrong_minute: Mapped[int | None]
    right_minute: Mapped[int | None]


class WrongCodes(Base):
    """How many codes that cannot be used were typed in five minutes. Nothing else of them is kept."""

    __tablename__ = "wrong_codes"

    five_minutes: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # since 1970, as a number of them
    count: Mapped[int]


class CodeAlarm(Base):
    """That too many wrong codes were typed in an hour: a count, until the administrators have been told."""

    __tablename__ = "code_alarms"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    raised_minute: Mapped[int]
    told_minute: Mapped[int | None]
    lease_second: Mapped[int] = mapped_column(BigInteger, default=0)
