"""What the office may know of texting, and ask of it. `app.py` hands over whatever does it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, cast

from flask import current_app

from fieldwork.database import Session
from fieldwork.models.inspections import Wave
from fieldwork.numbers.contact_rows import ContactRow
from fieldwork.numbers.contacts import Imported
from surveys.questionnaire import Questionnaire


class Group(Protocol):
    """People who get the same first text, and what a conversation with one of them costs at most."""

    @property
    def people(self) -> int:
        """How many."""

    @property
    def language(self) -> str:
        """In words."""

    @property
    def first_text(self) -> str:
        """In full."""


class Foretold(Protocol):
    """What confirming a list would do."""

    @property
    def groups(self) -> Sequence[Group]:
        """Those who would be texted, by what they get."""

    @property
    def people(self) -> int:
        """How many that is."""

    @property
    def invitation_pence(self) -> int:
        """What the first texts alone cost."""

    @property
    def counted(self) -> Imported:
        """What would become of the rows."""


class Texting(Protocol):
    """Whatever texts people."""

    @property
    def practice(self) -> bool:
        """True where nobody's phone is reached."""

    def can_ask(self, questionnaire: Questionnaire) -> bool:
        """True where it can be asked by text."""

    def foretell(self, session: Session, wave: Wave, rows: Sequence[ContactRow], now: datetime) -> Foretold:
        """What confirming these rows would do."""

    def begin(  # noqa: PLR0913 - how many of whom, for how much, when
        self, session: Session, wave: Wave, people: int, budget_pence: int, now: datetime, *, partial_counts: bool
    ) -> Sequence[datetime]:
        """When each of those who were not invited may be: so many, and no other number."""

    def invite_some(self, session: Session, wave: Wave, moments: Sequence[datetime], now: datetime) -> int:
        """Invite as many as there are moments."""


def texting() -> Texting | None:
    """What texts people; none where the installation has no keys for it."""
    return cast("Texting | None", current_app.extensions["texting"])
