"""`flask texts to-read, correct, paused, resume`: a person looks at what a machine has read."""

import re

import pytest

from surveys.answers import Chosen
from tests.modes.sms.texting import Exchange, Phone
from tests.staff.commands.conftest import Terminal

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WAVE = "leeds-2011/victims-text"
BY = ("--by", "A. Reader")


@pytest.fixture
def terminal(exchange: Exchange) -> Terminal:
    return Terminal(exchange.app.test_cli_runner())


@pytest.fixture
def phone(exchange: Exchange) -> Phone:
    """Somebody whose answer to the first question was not understood, three times."""
    phone = exchange.phone()
    phone.invited()
    for words in ("yes", "it was raining", "i said it was raining", "raining!"):
        phone.texts(words)
    return phone


def parked(told: str) -> str:
    """The first letters of the text that was given up."""
    found = re.search(r"^(\w{8})  explained_offer  read as no answer\n +raining!$", told, re.MULTILINE)
    assert found
    return found[1]


def test_what_was_not_understood_is_read_and_corrected_by_a_person(
    exchange: Exchange, phone: Phone, terminal: Terminal
) -> None:
    text = parked(terminal.says("texts", "to-read", WAVE))
    assert terminal.says("texts", "correct", WAVE, text, "no", *BY) == f"{text} is corrected to no.\n"
    assert f"{text}  explained_offer  read as no answer, corrected by A. Reader to no" in terminal.says(
        "texts", "to-read", WAVE
    )
    for words in ("1", "1", "1", "1", "1", "no"):
        phone.texts(words)
    assert exchange.answers()["explained_offer"] == Chosen(("no",))


def test_a_correction_that_is_no_answer_or_of_no_text_is_refused(phone: Phone, terminal: Terminal) -> None:
    text = parked(terminal.says("texts", "to-read", WAVE))
    assert "We do not know that answer" in terminal.refuses("texts", "correct", WAVE, text, "perhaps", *BY)
    assert "no text begins so" in terminal.refuses("texts", "correct", WAVE, "zzzz", "no", *BY)
    assert "either the answer" in terminal.run("texts", "correct", WAVE, text, *BY).output
    assert terminal.says("texts", "correct", WAVE, text, "--nothing", *BY) == f"{text} is corrected to no answer.\n"


def test_no_list_shows_more_of_a_number_than_its_end(phone: Phone, terminal: Terminal) -> None:
    phone.texts("he hits me")
    assert "7700" not in terminal.says("texts", "paused", WAVE) + terminal.says("texts", "to-read", WAVE)


def test_a_person_lets_a_conversation_go_on(exchange: Exchange, phone: Phone, terminal: Terminal) -> None:
    assert terminal.says("texts", "paused", WAVE).startswith("0 conversations.")
    phone.texts("he hits me")
    (found,) = re.findall(r"^(\w{8})  …123$", terminal.says("texts", "paused", WAVE), re.MULTILINE)
    assert terminal.says("texts", "resume", WAVE, found) == f"{found} goes on.\n"
    exchange.carry()
    (asked,) = phone.arrived()
    assert asked.startswith("2 of 7")
    assert "no paused conversation begins so" in terminal.refuses("texts", "resume", WAVE, found)
