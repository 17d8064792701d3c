"""What is kept no longer, by the one table: the years of responses, concerns and the audit."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from fieldwork import waves
from fieldwork.database import Database
from fieldwork.keeping import closing
from fieldwork.keeping.forgetting import forget_what_is_due
from fieldwork.models.base import Base
from fieldwork.office import audit
from fieldwork.office.audit import TERMINAL
from fieldwork.retention_table import Row, kept, table
from fieldwork.safeguarding import concerns
from tests.fieldwork.samples import EVERY_KIND, NOW, Office

DOCUMENT = Path(__file__).parents[3] / "docs/retention.md"


def forget(database: Database, now: datetime) -> dict[Row, int]:
    with database.transaction() as session:
        return forget_what_is_due(session, now)


def someone_answers(office: Office) -> None:
    token = office.enter(office.code())
    for question_id, answer in EVERY_KIND.items():
        office.keep(token, question_id, answer)
    office.send(token)


def close(office: Office) -> None:
    with office.database.transaction() as session:
        closing.close_wave(session, waves.find_wave(session, office.wave.name), today=NOW.date())


@pytest.mark.req("P6")
@pytest.mark.parametrize(("days", "left"), [(0, 1), (731, 1), (732, 0)])
def test_responses_go_two_years_after_their_wave_has_closed(days: int, left: int, office: Office) -> None:
    someone_answers(office)
    close(office)
    assert forget(office.database, NOW + timedelta(days=days))["responses"] == 1 - left
    assert office.count() == left
    with office.database.reading() as session:
        for name in ("answers", "verbatims"):
            assert bool(session.scalar(text(f"SELECT count(*) FROM {name}"))) == bool(left)  # noqa: S608 - our own names


@pytest.mark.req("P6")
def test_a_wave_that_is_open_keeps_its_responses_however_old(office: Office) -> None:
    someone_answers(office)
    assert forget(office.database, NOW + timedelta(days=4000))["responses"] == 0
    assert office.count() == 1


@pytest.mark.req("P6")
def test_to_forget_again_forgets_nothing_more(office: Office) -> None:
    someone_answers(office)
    close(office)
    later = NOW + timedelta(days=800)
    assert any(forget(office.database, later).values())
    assert not any(forget(office.database, later).values())


@pytest.mark.req("T10")
def test_concerns_go_two_years_after_they_were_closed_and_open_ones_stay(office: Office) -> None:
    with office.database.transaction() as session:
        for _ in range(2):
            concerns.ask_to_talk(session, office.wave.inspection, "Sam", "After school", "", "en", NOW)
        matters = session.execute(text("SELECT id FROM matters")).scalars().all()
    assert forget(office.database, NOW + timedelta(days=4000))["concerns"] == 0
    assert len(matters) == 2


@pytest.mark.req("AU5")
def test_the_audit_keeps_two_years(database: Database) -> None:
    now = datetime.now(UTC)
    with database.transaction() as session:
        audit.record(session, "read_audit", TERMINAL, now=now - timedelta(days=733))
        audit.record(session, "read_audit", TERMINAL, now=now)
    assert forget(database, now)["audit"] == 1
    with database.reading() as session:
        assert [each.number for each in audit.entries(session)] == [3, 2]
        assert list(audit.faults(session)) == []


# --- One table ---


@pytest.mark.req("P8")
def test_the_documentation_says_what_the_table_says() -> None:
    rows = [f"| {each.what} | {each.in_words} | {each.after} |" for each in table().values()]
    first_table = DOCUMENT.read_text(encoding="utf-8").split("|---|---|---|\n")[1].split("\n\n")[0]
    assert first_table.splitlines() == rows


@pytest.mark.req("P8")
def test_the_words_for_respondents_are_the_numbers_of_the_jobs() -> None:
    assert (kept("unsent").in_words, kept("unsent").says) == ("72 hours", {"en": "three days", "cy": "dri diwrnod"})
    assert (kept("tablet").in_words, kept("tablet").says) == ("5 minutes", {"en": "five minutes", "cy": "bum munud"})
    assert kept("responses").period == timedelta(days=2 * 365 + 1)
    assert kept("responses").says == {"en": "Two years", "cy": "Dwy flynedd"}


@pytest.mark.req("P10")
def test_every_table_is_deleted_from_by_some_row_or_says_why_not() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in sorted(Base.metadata.tables) if f"`{name}`" not in document] == []
