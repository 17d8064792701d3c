"""`flask concerns`: what a person must look at, and that it has been seen to."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app import create_app
from fieldwork import concerns, contacts, waves
from fieldwork.database import Database
from fieldwork.sealing import Keys, Vault
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


@pytest.mark.req("T3")
@pytest.mark.req("K5")
def test_a_concern_is_listed_with_what_the_office_needs_and_three_digits(terminal: Terminal, concern: str) -> None:
    assert terminal.says("concerns", "list").splitlines() == [
        f"{concern}  Saturday 21 November 2026, 10:15  leeds-2011/children-2012",
        "  From   …777 (child, English)",
        "  What   STOP, and more words; 0 of 2 people told",
        f"  Says   {WORDS}",
    ]


@pytest.mark.req("T3")
def test_a_concern_seen_to_is_closed(terminal: Terminal, concern: str) -> None:
    said = terminal.says("concerns", "close", concern.upper())
    assert said == f"{concern} is closed, and its words are deleted.\n"
    assert terminal.says("concerns", "list") == "No concern is open.\n"
    assert "no such concern is open" in terminal.refuses("concerns", "close", concern)


def test_a_key_that_could_mean_several_is_refused(terminal: Terminal, app: Flask, concern: str) -> None:
    database: Database = app.extensions["database"]
    with database.transaction() as session:
        (talk,) = contacts.of_number(session, OF_THE_OFFICE, drama(777))
        wave = waves.find_wave(session, "leeds-2011/children-2012")
        vault = Vault(session, OF_THE_OFFICE, wave.inspection_id)
        concerns.raise_concern(session, talk, "picture", None, "en-1", vault, NOW)
    assert "several open concerns" in terminal.refuses("concerns", "close", "")
    assert "no such concern" in terminal.refuses("concerns", "close", "x")
    assert "a picture, not opened" in terminal.says("concerns", "list")


@pytest.mark.req("K5")
def test_who_has_to_be_called_is_shown_to_somebody_who_says_who_and_why(terminal: Terminal, concern: str) -> None:
    said = terminal.says("concerns", "reach", concern, "--by", "A. Lead", "--why", "May be in danger.")
    assert said.splitlines()[0] == drama(777)
    assert "a name and a reason" in terminal.refuses("concerns", "reach", concern, "--by", " ", "--why", "Why.")
    assert "no such concern is open" in terminal.refuses("concerns", "reach", "zzz", "--by", "Me", "--why", "Why.")
