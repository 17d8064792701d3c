"""How many answered, as the office is shown it while a wave is open."""

import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base, Definition
from fieldwork.progress.figures import Figures


class Tally(Base):
    """The figures of one wave as they are shown. The minute is that of the last look, whether anything moved or not."""

    __tablename__ = "tallies"
    __table_args__ = (NO_ROW_ORDER,)

    wave_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("waves.id"), primary_key=True)
    looked_minute: Mapped[int]
    figures: Mapped[Figures] = mapped_column(Definition(Figures))
