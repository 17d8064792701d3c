"""Our own side of a measurement: a fresh database with one wave of the twenty questions, and what came into it."""

from pathlib import Path

from benchmarks.servers import SECRETS
from fieldwork import waves
from fieldwork.database import Database
from fieldwork.entry import cases
from fieldwork.inspections import NewInspection, create
from fieldwork.returns import responses
from surveys.loading import load
from surveys.questionnaire import Questionnaire
from surveys.text import Names, Text

TWENTY = Path(__file__).with_name("twenty_questions.toml")
WAVE = "leeds-2011/twenty-questions"
PEPPER = SECRETS["CODE_PEPPER"].encode()
MOST_LINKS = 10_000

NAMES = Names(
    service=Text(en="YOS", cy="YOS"),
    worker=Text(en="YOS worker", cy="gweithiwr YOS"),
    child=Text(en="young person", cy="person ifanc"),
    children=Text(en="children and young people", cy="plant a phobl ifanc"),
)


def address(file: Path) -> str:
    """The address of an SQLite database."""
    return f"sqlite:///{file}"


def settings(file: Path) -> dict[str, str]:
    """The environment of our application on that database."""
    return {**SECRETS, "DATABASE_URL": address(file), "PUBLIC_URL": "http://127.0.0.1"}


def prepare(file: Path, people: int, questionnaire: Questionnaire | None = None) -> list[str]:
    """A new database with a wave; the paths at which that many people start, each with a link of their own."""
    database = Database(address(file))
    database.upgrade()
    with database.transaction() as work:
        inspection = create(work, NewInspection(slug="leeds-2011", name="Leeds", programme="cci", names=NAMES))
        wave = waves.open_wave(work, inspection, questionnaire or load(TWENTY))
        links = cases.invite_by_link(work, wave, people, PEPPER)
    database.engine.dispose()
    return [f"/l/{link}" for link in links]


def sent(file: Path) -> int:
    """How many responses are stored."""
    database = Database(address(file))
    with database.reading() as reading:
        return responses.count(reading, waves.find_wave(reading, WAVE))
