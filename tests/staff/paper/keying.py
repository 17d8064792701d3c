"""Somebody of the office at the desk where booklets are keyed, in one line for each thing they do."""

from dataclasses import dataclass

from fieldwork import waves
from fieldwork.entry import serials
from fieldwork.returns import responses
from surveys.interview import Response
from tests.modes.web.respondent import Seen
from tests.staff.desks import Desk, OfficeRoom

EVERY_FIELD: dict[str, str | list[str]] = {
    "answer-helped": "yes",
    "answer-with_what": ["school", "home"],
    "answer-rating": "70",
    "answer-comment": "They listened. Diolch ŵ \N{GRINNING FACE}",
    "quote-comment": "yes",
}


@dataclass
class PaperRoom:
    """The wave of the office that is asked on paper."""

    office: OfficeRoom

    @property
    def place(self) -> str:
        return f"/inspections/{self.office.slug}/{self.office.wave}/paper"

    @property
    def wave_name(self) -> str:
        return f"{self.office.slug}/{self.office.wave}"

    def serials(self, number: int = 1) -> list[str]:
        pepper = self.office.app.extensions["pepper"]
        with self.office.database.transaction() as session:
            return serials.give(session, waves.find_wave(session, self.wave_name), "en", number, pepper)

    def responses(self) -> list[Response]:
        with self.office.database.reading() as session:
            return responses.responses(session, waves.find_wave(session, self.wave_name))

    def desk(self, person: str) -> Desk:
        return self.office.desk(person)

    def begin(self, person: str, serial: str) -> Seen:
        """Go to the desk, type the serial, and look at what comes."""
        desk = self.desk(person)
        desk.open(self.place)
        reply = desk.post(f"{self.place}/begin", serial=serial)
        if reply.status_code == 303:
            return desk.open(reply.location)
        desk.page = Seen(f"{self.place}/begin", reply)
        return desk.page

    def key(self, person: str, serial: str, action: str = "finish", **changed: str | list[str]) -> Seen:
        """Key the booklet with every answer, but for those changed (with _ for the dash)."""
        self.begin(person, serial)
        return self.go_on(person, action, **changed)

    def go_on(self, person: str, action: str = "finish", **changed: str | list[str]) -> Seen:
        fields = EVERY_FIELD | {name.replace("__", "-"): value for name, value in changed.items()}
        return self.desk(person).press(action, **{name: value for name, value in fields.items() if value != []})
