"""The occasion: an inspection of one area, and its waves, each with one audience and one questionnaire."""

import uuid
from datetime import date
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, types
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldwork.models.base import Base, Definition, one_of
from surveys.text import LANGUAGES, Language, Names, Text

Programme = Literal["cci", "sqs", "2018", "today"]
Nation = Literal["england", "wales"]
Policy = Literal["as_published", "protected"]


class Inspection(Base):
    """One area, inspected once, under one programme."""

    __tablename__ = "inspections"
    __table_args__ = (
        one_of("programme", Programme),
        one_of("nation", Nation),
        one_of("policy", Policy),
        CheckConstraint("cases_inspected >= 0", name="cases_inspected"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    programme: Mapped[Programme] = mapped_column(types.Text)
    names: Mapped[Names] = mapped_column(Definition(Names))
    nation: Mapped[Nation] = mapped_column(types.Text)
    year: Mapped[int | None]
    fieldwork: Mapped[str | None]
    cases_inspected: Mapped[int | None]
    open_link_allowed: Mapped[bool]
    policy: Mapped[Policy] = mapped_column(types.Text)
    note: Mapped[Text | None] = mapped_column(Definition(Text))
    first_day: Mapped[date | None]  # of the fieldwork, as planned
    last_day: Mapped[date | None]
    offers_welsh: Mapped[bool] = mapped_column(default=True, server_default="1")
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    published: Mapped[date | None]  # 90 days later nobody but an administrator sees that it is there

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in which people are asked."""
        return LANGUAGES if self.offers_welsh else ("en",)


class PlannedWave(Base):
    """What an inspection means to ask. It becomes a wave on the day it opens, and goes on to hold its last day."""

    __tablename__ = "planned_waves"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="last_day"),
        CheckConstraint("invited >= 0", name="invited"),
    )

    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    questionnaire_id: Mapped[str] = mapped_column(primary_key=True)
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]  # the last on which answers are taken
    invited: Mapped[int | None]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")


class Wave(Base):
    """The fieldwork of an inspection with one questionnaire, frozen as it was on the day the wave opened."""

    __tablename__ = "waves"
    __table_args__ = (
        UniqueConstraint("inspection_id", "questionnaire_id"),
        CheckConstraint("closed IS NULL OR closed >= opened", name="closed"),
        CheckConstraint("invited >= 0", name="invited"),
        CheckConstraint("codes_made >= 0", name="codes_made"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("inspections.id"))
    questionnaire_id: Mapped[str]
    version: Mapped[int]
    frozen: Mapped[str] = mapped_column(deferred=True)
    names: Mapped[Names] = mapped_column(Definition(Names))
    open_slug: Mapped[str] = mapped_column(unique=True)
    opened: Mapped[date]
    closed: Mapped[date | None]
    invited: Mapped[int | None]
    codes_made: Mapped[int] = mapped_column(default=0)
    target: Mapped[int | None]  # how many answers are hoped for

    inspection: Mapped[Inspection] = relationship(lazy="joined", innerjoin=True)

    @property
    def name(self) -> str:
        """How a wave is written everywhere: `leeds-2011/children-2010`."""
        return f"{self.inspection.slug}/{self.questionnaire_id}"

    @property
    def number_invited(self) -> int | None:
        """How many were invited: as the inspectors declared, else the codes and links made; none when not known."""
        return self.codes_made or None if self.invited is None else self.invited
