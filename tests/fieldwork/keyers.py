"""People who key booklets of a field office, in one line for each thing they do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from fieldwork.entry import serials
from fieldwork.office import people
from fieldwork.office.audit import TERMINAL
from fieldwork.paper import disputes, keying, paper_progress
from fieldwork.paper.booklets import Outcome, throw_away
from fieldwork.paper.keying import InHand
from fieldwork.paper.paper_progress import Progress
from surveys.answers import Answer
from surveys.text import Language
from tests.fieldwork.samples import NOW, PEPPER, Office


@dataclass
class PaperOffice:
    """A field office with Ann, Bob and Cat, who key."""

    office: Office
    ids: dict[str, UUID] = field(default_factory=dict)

    @property
    def wave_id(self) -> UUID:
        return self.office.wave.id

    def serials(self, number: int = 1, language: Language = "en") -> list[str]:
        with self.office.database.transaction() as session:
            return serials.give(session, self.office.wave, language, number, PEPPER)

    def serial(self) -> str:
        return self.serials()[0]

    def begin(self, who: str, serial: str) -> UUID:
        with self.office.database.transaction() as session:
            return keying.begin(session, self.wave_id, serial, self.ids[who], PEPPER)

    def in_hand(self, who: str, booklet: UUID) -> InHand:
        with self.office.database.reading() as session:
            return keying.in_hand(session, self.wave_id, booklet, self.ids[who])

    def keep(self, who: str, booklet: UUID, answers: Mapping[str, Answer], edition: int = 1) -> int:
        with self.office.database.transaction() as session:
            return keying.keep(session, self.wave_id, booklet, self.ids[who], answers, edition)

    def finish(
        self, who: str, booklet: UUID, answers: Mapping[str, Answer], edition: int = 1, now: datetime = NOW
    ) -> Outcome:
        with self.office.database.transaction() as session:
            done = keying.finish(session, self.wave_id, booklet, self.ids[who], answers, edition, PEPPER, now)
        return done.outcome

    def key(self, who: str, serial: str, answers: Mapping[str, Answer]) -> Outcome:
        return self.finish(who, self.begin(who, serial), answers)

    def settle(self, booklet: UUID, answers: Mapping[str, Answer], edition: int = 1) -> Outcome:
        with self.office.database.transaction() as session:
            return disputes.settle(session, self.wave_id, booklet, answers, edition, PEPPER, NOW)

    def dispute(self, booklet: UUID) -> disputes.Dispute:
        with self.office.database.reading() as session:
            return disputes.dispute(session, self.wave_id, booklet)

    def throw_away(self, booklet: UUID, who: str | None = None) -> str:
        with self.office.database.transaction() as session:
            return throw_away(session, self.wave_id, booklet, self.ids[who] if who else None)

    def key_twice(self, share: int, edition: int = 1) -> None:
        with self.office.database.transaction() as session:
            paper_progress.key_twice(session, self.wave_id, share, edition)

    def progress(self, who: str = "ann") -> Progress:
        with self.office.database.reading() as session:
            return paper_progress.progress(session, self.wave_id, self.ids[who])


def open_paper_office(office: Office) -> PaperOffice:
    found = PaperOffice(office)
    with office.database.transaction() as session:
        for name in ("ann", "bob", "cat"):
            member = people.add(session, f"{name}@example.org", name.title(), TERMINAL, NOW.date())
            found.ids[name] = member.id
    return found
