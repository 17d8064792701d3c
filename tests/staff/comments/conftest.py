"""The office with comments in it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask

from fieldwork import waves
from fieldwork.models.inspections import Wave
from fieldwork.reading import comments
from fieldwork.reading.comments import Listed
from fieldwork.returns import responses
from surveys.answers import Verbatim
from surveys.interview import Response
from tests.modes.web.respondent import Seen
from tests.staff.desks import Desk, OfficeRoom, open_room

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
KIND = "Kerry was kind, she rang me on 07700 900123 every week"
FOR_THE_REPORT = "[The worker] was kind, she rang me... every week"


@dataclass
class Room:
    """The office on a Monday at ten, and the comments of its wave."""

    office: OfficeRoom

    @property
    def wave(self) -> Wave:
        with self.office.database.reading() as session:
            return waves.find_wave(session, f"{self.office.slug}/{self.office.wave}")

    @property
    def pepper(self) -> bytes:
        found: bytes = self.office.office.extensions["pepper"]
        return found

    @property
    def place(self) -> str:
        return f"/inspections/{self.office.slug}/{self.office.wave}"

    def receive(self, *texts: str, may_quote: bool = True) -> None:
        with self.office.database.transaction() as session:
            for text in texts:
                answers = {"comment": Verbatim(text, may_quote)}
                responses.add(session, self.wave, Response(answers, "web", "en", "2026-11"))

    def listed(self) -> list[Listed]:
        with self.office.database.reading() as session:
            return comments.listed(session, self.wave.id, self.pepper)

    def address(self, words: str) -> str:
        """The address of the comment in which these words stand."""
        with self.office.database.reading() as session:
            for each in comments.listed(session, self.wave.id, self.pepper):
                if words in comments.find(session, self.wave.id, each.key, self.pepper).words.text:
                    return f"{self.place}/comments/{each.key}"
        raise AssertionError(words)

    def state(self, words: str) -> str:
        key = self.address(words).rpartition("/")[2]
        return next(each.state for each in self.listed() if each.key == key)

    def open(self, person: str, address: str) -> Seen:
        return self.office.desk(person).open(address)

    def desk(self, person: str) -> Desk:
        return self.office.desk(person)

    def propose(self, words: str = KIND, printed: str = FOR_THE_REPORT, person: str = "inspector") -> str:
        """The address of a comment of which these words are proposed."""
        address = self.address(words)
        self.open(person, f"{address}/quotation")
        assert self.desk(person).press(words=printed).status == 200
        return address

    def approve(self, address: str, person: str = "approver", **answers: str) -> Seen:
        self.open(person, f"{address}/approval")
        answered = {"worker_would_know": "no", "matches_example": "no", "names_an_event": "no", "decision": "approve"}
        return self.desk(person).press(**answered | answers)


@pytest.fixture
def room(app: Flask) -> Room:
    """The office on a Monday at ten, and nobody has written anything yet."""
    room = Room(open_room(app))
    room.office.at(MONDAY)
    return room
