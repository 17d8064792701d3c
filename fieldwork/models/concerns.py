"""People who want to talk to someone. Kept apart from all answers."""

import uuid

from sqlalchemy import ForeignKey, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import NO_ROW_ORDER, Base, one_of
from surveys.text import Language


class TalkRequest(Base):
    """What somebody told us so that we can talk to them."""

    __tablename__ = "talk_requests"
    __table_args__ = (one_of("language", Language), NO_ROW_ORDER)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    inspection_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("inspections.id"), index=True)
    name: Mapped[str]
    way_to_reach: Mapped[str]
    words: Mapped[str]
    language: Mapped[Language] = mapped_column(types.Text)
    asked_minute: Mapped[int]
