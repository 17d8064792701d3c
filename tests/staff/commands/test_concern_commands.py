"""`flask concerns`: what a person must look at, and that it has been seen to."""

import mailbox
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from fieldwork import heartbeats, inspections, waves
from fieldwork.database import Database
from fieldwork.mail import Folder
from fieldwork.models.inspections import Wave
from fieldwork.models.tallies import Tally
from fieldwork.numbers import contacts
from fieldwork.office import audit
from fieldwork.safeguarding import concerns
from fieldwork.safeguarding.telling import Teller
from fieldwork.sealing import Keys, Vault
from staff.commands.notices import tell_until
from tests.application import settings_for_texts
from tests.fieldwork.samples import NOW
from tests.fieldwork.texted import drama, people, read
from tests.staff.commands.conftest import Terminal

OF_THE_OFFICE = Keys(b"1" * 32, None, b"s" * 32)
WORDS = "he is outside heulwen 7f3a"


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    app = create_app(settings_for_texts(database_url))
    yield app
    app.extensions["database"].engine.dispose()


@pytest.fixture
def concern(app: Flask, leeds: str) -> str:
    """What somebody on 07700 900777 wrote in Leeds: the first letters of its key."""
    database: Database = app.extensions["database"]
    file = read(people(777))
    with database.transaction() as session:
        wave = waves.find_wave(session, leeds)
        contacts.add(session, wave, file.rows, file.sha256, OF_THE_OFFICE)
        (talk,) = contacts.of_number(session, OF_THE_OFFICE, drama(777))
        vault = Vault(session, OF_THE_OFFICE, wave.inspection_id)
        raised = concerns.raise_concern(session, talk, "stop_with_words", WORDS, "en-1", vault, NOW)
        return str(raised.id)[:8]


BY = ("--by", "A. Lead")


@pytest.mark.req("T11")
def test_a_concern_is_listed_with_where_and_when_and_nothing_of_it(terminal: Terminal, concern: str) -> None:
    said = terminal.says("concerns", "list")
    assert said.startswith(f"{concern}  Saturday 21 November 2026, 10:15  leeds-2011/children-2012\n")
    assert "A text that says STOP, and more words. New: it has waited 0 minutes of cover." in said
    for canary in (*WORDS.split()[-2:], "777"):
        assert canary not in said


@pytest.mark.req("T3")
@pytest.mark.req("K5")
def test_a_concern_is_read_by_somebody_with_a_name_and_shows_three_digits(
    terminal: Terminal, app: Flask, concern: str
) -> None:
    assert "Missing option '--by'" in terminal.refuses("concerns", "read", concern)
    said = terminal.says("concerns", "read", concern.upper(), *BY)
    assert f"Says   {WORDS}" in said
    assert "From   …777 (child, English)" in said
    assert drama(777)[3:] not in said
    database: Database = app.extensions["database"]
    with database.reading() as session:
        (latest, *_) = audit.entries(session)
    assert (latest.act, latest.who, latest.about[:16]) == ("read_concern", "A. Lead", f"concern {concern}")


@pytest.mark.req("T3")
@pytest.mark.req("T10")
def test_a_concern_is_seen_to_step_by_step(terminal: Terminal, concern: str) -> None:
    assert "has to acknowledge it first" in terminal.refuses("concerns", "close", concern, "--outcome", "Called.", *BY)
    assert terminal.says("concerns", "acknowledge", concern, *BY) == f"{concern} is acknowledged by A. Lead.\n"
    terminal.says("concerns", "refer", concern, "--to", "Ms Okoro", "--why", "May be hurt.", *BY)
    assert "Referred. An answer is due by" in terminal.says("concerns", "list")
    terminal.says("concerns", "answered", concern, "--outcome", "They go there.", *BY)
    said = terminal.says("concerns", "close", concern, "--outcome", "Safe.", *BY)
    assert said == f"{concern} is closed, and its words are deleted.\n"
    assert terminal.says("concerns", "list") == "No concern is open.\n"
    assert "no such concern is open" in terminal.refuses("concerns", "acknowledge", concern, *BY)
    assert concern in terminal.says("concerns", "list", "--closed")
    terminal.says("concerns", "reopen", concern, "--why", "Her aunt called.", *BY)
    said = terminal.says("concerns", "read", concern, *BY)
    assert "A. Lead referred it to Ms Okoro: May be hurt." in said
    assert "Says   -" in said
    assert WORDS not in said


def test_a_key_that_could_mean_several_is_refused(terminal: Terminal, app: Flask, concern: str) -> None:
    database: Database = app.extensions["database"]
    with database.transaction() as session:
        (talk,) = contacts.of_number(session, OF_THE_OFFICE, drama(777))
        wave = waves.find_wave(session, "leeds-2011/children-2012")
        vault = Vault(session, OF_THE_OFFICE, wave.inspection_id)
        concerns.raise_concern(session, talk, "picture", None, "en-1", vault, NOW)
    assert "several open concerns" in terminal.refuses("concerns", "acknowledge", "", *BY)
    assert "no such concern" in terminal.refuses("concerns", "acknowledge", "x", *BY)
    assert "a picture, which was not opened" in terminal.says("concerns", "list")


@pytest.mark.req("K5")
def test_who_has_to_be_called_is_shown_to_somebody_who_says_who_and_why(terminal: Terminal, concern: str) -> None:
    said = terminal.says("concerns", "reach", concern, "--by", "A. Lead", "--why", "May be in danger.")
    assert said.splitlines()[0] == drama(777)
    assert "a name and a reason" in terminal.refuses("concerns", "reach", concern, "--by", " ", "--why", "Why.")
    assert "no such concern is open" in terminal.refuses("concerns", "reach", "zzz", "--by", "Me", "--why", "Why.")


def test_who_wants_to_talk_is_read_like_any_concern(terminal: Terminal, app: Flask, leeds: str) -> None:
    database: Database = app.extensions["database"]
    with database.transaction() as session:
        place = inspections.of_wave(session, waves.find_wave(session, leeds).id)
        asked = concerns.ask_to_talk(session, place, "Sam", "07700 900123", "Please call.", "cy", NOW)
    key = str(asked.id)[:8]
    assert "Somebody who wants to talk to someone" in terminal.says("concerns", "list")
    said = terminal.says("concerns", "read", key, *BY)
    for line in ("Name   Sam", "Reach  07700 900123", "Says   Please call."):
        assert line in said


def test_a_practice_is_raised_and_acknowledged(terminal: Terminal, leeds: str) -> None:
    key = terminal.says("concerns", "practise", leeds.partition("/")[0], *BY).partition(" ")[0]
    assert terminal.says("concerns", "list") == "No concern is open.\n"
    terminal.says("concerns", "acknowledge", key, *BY)
    assert "no such concern" in terminal.refuses("concerns", "acknowledge", key, *BY)


@pytest.mark.req("T17")
def test_a_watchdog_hears_whether_people_are_told(terminal: Terminal, app: Flask) -> None:
    assert "Last heard: never" in terminal.refuses("notices", "check")
    database: Database = app.extensions["database"]
    with database.transaction() as session:
        heartbeats.beat(session, datetime.now(UTC))
    assert "Last heard:" in terminal.says("notices", "check")


@pytest.mark.req("A10")
def test_people_are_told_and_waves_counted_until_the_work_is_stopped(app: Flask, tmp_path: Path, concern: str) -> None:
    database: Database = app.extensions["database"]
    stopping = threading.Event()
    teller = Teller(database, Folder(tmp_path / "mail"), "us@example.org", "https://x", ("one@x.org", "two@x.org"))

    class Once:
        """A clock that ends the work when it is looked at."""

        def __call__(self) -> datetime:
            stopping.set()
            return datetime.now(UTC)

    app.extensions["clock"] = Once()
    with app.app_context():
        tell_until(stopping, teller)
    assert len(mailbox.Maildir(tmp_path / "mail", create=False)) == 2
    assert concern
    with database.reading() as session:
        assert session.scalars(select(Tally.wave_id)).all() == session.scalars(select(Wave.id)).all() != []
