"""An office that also texts people, with keys; and concerns in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask

from app import create_app
from fieldwork import inspections, waves
from fieldwork.numbers import contacts
from fieldwork.office.audit import Who
from fieldwork.safeguarding import concerns
from fieldwork.sealing import Keys, Vault
from tests.application import settings_for_texts
from tests.fieldwork.texted import drama, people, read
from tests.modes.web.respondent import Seen
from tests.staff.desks import Desk, OfficeRoom, open_room

OF_THE_OFFICE = Keys(b"1" * 32, None, b"s" * 32)
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CANARY = "heulwen 7f3a, he hits me"
READER = Who(None, "A Reader")


@dataclass
class Room:
    """The office on a Monday at ten, with concerns in it."""

    office: OfficeRoom

    def at(self, minutes: float) -> None:
        """Let so many minutes have passed since ten; who was at a desk is still signed in."""
        self.office.at(MONDAY + timedelta(minutes=minutes))
        for person in self.office.desks:
            self.office.sign_in(person)

    @property
    def now(self) -> datetime:
        return self.office.clock or MONDAY

    def by_text(self) -> UUID:
        """What somebody on 07700 900777 wrote."""
        file = read(people(777))
        with self.office.database.transaction() as session:
            wave = waves.find_wave(session, f"{self.office.slug}/{self.office.wave}")
            contacts.add(session, wave, file.rows, file.sha256, OF_THE_OFFICE)
            (talk,) = contacts.of_number(session, OF_THE_OFFICE, drama(777))
            vault = Vault(session, OF_THE_OFFICE, wave.inspection_id)
            return concerns.raise_concern(session, talk, "words", CANARY, "en-1", vault, self.now).id

    def by_comment(self, slug: str | None = None) -> UUID:
        with self.office.database.transaction() as session:
            wave = waves.find_wave(session, f"{slug or self.office.slug}/{self.office.wave}")
            return concerns.raise_from_comment(session, wave.id, CANARY, READER, OF_THE_OFFICE, self.now)

    def by_talk(self, *, from_nowhere: bool = False) -> UUID:
        with self.office.database.transaction() as session:
            place = None if from_nowhere else inspections.find(session, self.office.slug)
            said = ("Sam Canary", "07700 900123", CANARY)
            return concerns.ask_to_talk(session, place, *said, "cy", self.now).id

    def desk(self, person: str = "safeguarding") -> Desk:
        return self.office.desk(person)

    def address(self, concern: UUID | None = None, step: str = "") -> str:
        parts = ["", "inspections", self.office.slug, "concerns", *([str(concern)] if concern else []), step]
        return "/".join(each for each in parts if each or not parts.index(each)).rstrip("/")

    def open(self, concern: UUID | None = None, step: str = "", person: str = "safeguarding") -> Seen:
        return self.desk(person).open(self.address(concern, step))


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    """The application with keys, and a telephone that reaches nobody."""
    app = create_app(settings_for_texts(database_url))
    app.testing = True
    yield app
    app.extensions["database"].engine.dispose()


@pytest.fixture
def room(app: Flask) -> Room:
    room = Room(open_room(app))
    room.at(0)
    return room
