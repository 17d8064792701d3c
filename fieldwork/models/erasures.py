"""What was deleted because somebody asked: a mark of it, so that a backup that is put back does not bring it back."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base


class Erasure(Base):
    """A number whose holder asked to be erased, as a keyed mark."""

    __tablename__ = "erasures"
    __table_args__ = (CheckConstraint("length(mark) = 64", name="mark"), NO_ROW_ORDER)

    mark: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[date]
