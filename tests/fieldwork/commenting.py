"""A wave whose respondents have written comments, and the people of the office who work on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from fieldwork.office.audit import Who
from fieldwork.reading import comments, quotations, redactions
from fieldwork.reading.comments import Listed, Opened
from fieldwork.reading.redactions import Jigsaw
from fieldwork.returns import responses
from surveys.answers import Answer, Verbatim
from surveys.interview import Mode, Response
from surveys.redaction.quotation import Quotation
from surveys.text import Language
from tests.fieldwork.samples import PEPPER, Office

ANNA = Who(uuid4(), "Anna Reads")
BEN = Who(uuid4(), "Ben Approves")
CARA = Who(uuid4(), "Cara Leads")
NO_JIGSAW = Jigsaw(worker_would_know=False, matches_example=False, names_an_event=False)


@dataclass
class Desk:
    """What people of the office do with the comments of one wave, a transaction for each thing."""

    office: Office

    @property
    def wave_id(self) -> UUID:
        return self.office.wave.id

    def receive(self, *texts: str, may_quote: bool = True) -> None:
        """Responses come in, each with one of these comments."""
        for text in texts:
            self.respond({"comment": Verbatim(text, may_quote)})

    def respond(self, answers: Mapping[str, Answer], mode: Mode = "web", language: Language = "en") -> UUID:
        with self.office.database.transaction() as session:
            return responses.add(session, self.office.wave, Response(answers, mode, language, "2026-11"))

    def listed(self) -> list[Listed]:
        with self.office.database.reading() as session:
            return comments.listed(session, self.wave_id, PEPPER)

    def texts(self) -> list[str]:
        """The comments in the order of the list."""
        return [self.open(each.key).words.text for each in self.listed()]

    def key_of(self, words: str) -> str:
        """The key of the comment in which these words stand."""
        return next(each.key for each in self.listed() if words in self.open(each.key).words.text)

    def open(self, key: str) -> Opened:
        with self.office.database.reading() as session:
            return comments.find(session, self.wave_id, key, PEPPER)

    def unread(self) -> int:
        with self.office.database.reading() as session:
            return comments.unread(session, self.wave_id)

    def read(self, key: str, who: Who = ANNA) -> bool:
        comment = self.open(key)
        with self.office.database.transaction() as session:
            return comments.mark_read(session, comment, who)

    def propose(self, key: str, words: str, seen: int = 0, who: Who = ANNA) -> int:
        """The edition of the proposal."""
        comment = self.open(key)
        with self.office.database.transaction() as session:
            return redactions.propose(session, comment, words, seen, who).edition

    def approve(self, key: str, seen: int = 1, who: Who = BEN, jigsaw: Jigsaw = NO_JIGSAW) -> None:
        comment = self.open(key)
        with self.office.database.transaction() as session:
            redactions.approve(session, comment, jigsaw, seen, who)

    def send_back(self, key: str, why: str, seen: int = 1, who: Who = BEN) -> None:
        comment = self.open(key)
        with self.office.database.transaction() as session:
            redactions.send_back(session, comment, why, seen, who)

    def release(self, key: str, seen: int = 2, who: Who = CARA) -> None:
        comment = self.open(key)
        with self.office.database.transaction() as session:
            redactions.release(session, comment, seen, who)

    def take_back(self, key: str, seen: int, who: Who = CARA) -> None:
        comment = self.open(key)
        with self.office.database.transaction() as session:
            redactions.take_back(session, comment, seen, who)

    def quotations(self) -> list[Quotation]:
        with self.office.database.reading() as session:
            return quotations.quotations(session, self.office.wave)

    def released(self, text: str, words: str) -> str:
        """The key of a comment that came in, was redacted, approved and released."""
        self.receive(text)
        key = self.key_of(text)
        self.propose(key, words)
        self.approve(key)
        self.release(key)
        return key
