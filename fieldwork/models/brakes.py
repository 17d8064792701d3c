"""How fast codes may be tried."""

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
