"""A small questionnaire, an inspection that asks it, and a field office that does in one line what a page does."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from fieldwork import inspections, waves
from fieldwork.database import Database
from fieldwork.entry import cases, drafts, visits
from fieldwork.entry.visits import VisitNow
from fieldwork.inspections import NewInspection
from fieldwork.keeping import closing
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.returns import responses
from surveys.answers import Answer, Chosen, Number, Verbatim
from surveys.interview import Response
from surveys.questionnaire import Questionnaire
from surveys.text import Language
from tests.surveys.strategies import NAMES

PEPPER = b"a pepper for tests, kept outside the database"
NOW = datetime(2026, 11, 21, 10, 15, 42, tzinfo=UTC)
YES = Chosen(("yes",))
NO = Chosen(("no",))

EVERY_KIND: dict[str, Answer] = {
    "helped": YES,
    "with_what": Chosen(("school", "home")),
    "rating": Number(70),
    "comment": Verbatim("They listened. Diolch ŵ \N{GRINNING FACE}", may_quote=True),
}


def in_both(words: str) -> dict[str, str]:
    return {"en": words, "cy": words}


def categories(*codes: str) -> list[dict[str, object]]:
    return [{"code": code, "label": in_both(code), "exclusive": code == "none"} for code in codes]


PAGES = (
    {"id": "hello", "type": "information"},
    {"id": "helped", "type": "single_choice", "categories": categories("yes", "no", "not_sure")},
    {
        "id": "with_what",
        "type": "multiple_choice",
        "categories": categories("school", "home", "health", "none"),
        "ask_if": {"not": {"question": "helped", "none_of": ["yes"]}},
    },
    {
        "id": "rating",
        "type": "scale",
        "minimum": 0,
        "maximum": 100,
        "low_label": in_both("bad"),
        "high_label": in_both("good"),
    },
    {"id": "comment", "type": "open_ended", "max_length": 200, "consent": in_both("May we print this?")},
)


def small_questionnaire(version: int = 1, wording: str = "What do you say?") -> Questionnaire:
    pages = [{"wording": in_both(wording), **page} for page in PAGES]
    head = {"id": "small", "version": version, "audience": "children", "title": in_both("Small"), "source": "Made up."}
    section = {"id": "all", "title": in_both("All"), "pages": pages}
    return Questionnaire.model_validate({**head, "welsh": "awaiting_translator", "sections": [section]})


def an_inspection(slug: str = "leeds-2011", *, open_link_allowed: bool = True) -> NewInspection:
    return NewInspection(slug=slug, name="Leeds", programme="cci", names=NAMES, open_link_allowed=open_link_allowed)


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


@dataclass
class Office:
    """A database with one wave open, worked on as the pages do: a transaction for each thing done."""

    database: Database
    wave: Wave

    def code(self) -> str:
        with self.database.transaction() as session:
            return cases.invite_by_code(session, self.wave, 1, PEPPER)[0]

    def enter(self, secret: str | None = None, now: datetime = NOW) -> str:
        """The token of a visit begun with the code or link, or by the open link."""
        with self.database.transaction() as session:
            case = cases.case_of(session, secret, PEPPER) if secret else self.wave
            assert case, "this code cannot be used"
            return visits.begin(session, case, now)

    def look(self, token: str, now: datetime = NOW) -> VisitNow | None:
        with self.database.reading() as session:
            return visits.visit_of(session.connection(), token, now)

    def at(self, token: str, now: datetime = NOW) -> VisitNow:
        visit = self.look(token, now)
        assert visit
        return visit

    def keep(self, token: str, question_id: str, answer: Answer, now: datetime = NOW) -> None:
        visit = self.at(token, now)
        with self.database.transaction() as session:
            drafts.keep(session, visit, question_id, answer, now)

    def send(self, token: str, language: Language = "en", now: datetime = NOW) -> UUID:
        visit = self.at(token, now)
        with self.database.transaction() as session:
            return responses.send(session, visit, language, now)

    def close(self) -> None:
        with self.database.transaction() as session:
            closing.close_wave(session, waves.find_wave(session, self.wave.name))

    def answered_by(self, token: str) -> dict[str, Answer]:
        return dict(self.at(token).answers)

    def responses(self) -> list[Response]:
        with self.database.reading() as session:
            return responses.responses(session, self.wave)

    def count(self) -> int:
        with self.database.reading() as session:
            return responses.count(session, self.wave)


@contextmanager
def closing_database(url: str) -> Iterator[Database]:
    """A database let go of at the end."""
    database = Database(url)
    try:
        yield database
    finally:
        database.engine.dispose()


def another_process(office: Office) -> AbstractContextManager[Database]:
    """The same database as another process has it: its own connections, its own lock."""
    return closing_database(office.database.url.render_as_string(hide_password=False))


def open_office(database: Database, questionnaire: Questionnaire | None = None) -> Office:
    with database.transaction() as session:
        inspection: Inspection = inspections.create(session, an_inspection())
        return Office(
            database, waves.open_wave(session, inspection, questionnaire or small_questionnaire(), today=NOW.date())
        )
