"""`flask contacts`: a file comes in, is looked at before, and goes again. No command shows a whole number."""

import csv
import io
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from config.settings import Settings
from fieldwork.database import Database
from fieldwork.models.concerns import Concern
from fieldwork.models.contacts import Contact
from fieldwork.numbers import suppression
from fieldwork.numbers.contact_columns import MAY_HOLD
from fieldwork.sealing import Keys
from tests.application import settings_for, settings_for_texts
from tests.fieldwork.texted import GOOD, TODAY, count, drama, people, row, sheet
from tests.staff.commands.conftest import Terminal

CANARY = "900777"
OF_THE_OFFICE = Keys(b"1" * 32, None, b"s" * 32)


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    app = create_app(settings_for_texts(database_url))
    yield app
    app.extensions["database"].engine.dispose()


@pytest.fixture
def terminal(app: Flask) -> Terminal:
    return Terminal(app.test_cli_runner())


@pytest.fixture
def office(app: Flask) -> Database:
    database: Database = app.extensions["database"]
    return database


@pytest.fixture
def leeds(terminal: Terminal) -> str:
    """A wave in Leeds that can be asked by text."""
    terminal.says("inspections", "create", "leeds-2011", "--name", "Leeds", "--programme", "cci", "--service", "YOS")
    terminal.says("waves", "open", "leeds-2011", "text-2019", "--without-cover", "a test")
    return "leeds-2011/text-2019"


def another_wave(terminal: Terminal, slug: str, questionnaire: str = "text-2019") -> str:
    terminal.says("inspections", "create", slug, "--name", "York", "--programme", "cci", "--service", "YOS")
    terminal.says("waves", "open", slug, questionnaire, "--without-cover", "a test")
    return f"{slug}/{questionnaire}"


def suppress(office: Database, number: int) -> None:
    with office.transaction() as session:
        suppression.suppress(session, drama(number), OF_THE_OFFICE, TODAY)


def test_the_template_has_every_column_and_says_beside_it_what_each_may_hold(terminal: Terminal) -> None:
    said = terminal.run("contacts", "template")
    assert next(csv.reader(io.StringIO(said.stdout))) == ["mobile", *GOOD]
    assert len(said.stdout.splitlines()) == 1
    assert "safe_to_text: yes: the service recorded that it is safe to text this number" in said.stderr


@pytest.mark.req("U4")
def test_people_come_in_once(terminal: Terminal, leeds: str, office: Database) -> None:
    content = people(1, 2, confirmed="")
    assert terminal.says("contacts", "import", leeds, "-", typed=content) == "2 people added, 0 already there.\n"
    assert terminal.says("contacts", "import", leeds, "-", typed=content) == "0 people added, 2 already there.\n"
    assert count(office, "contacts") == 2


def test_one_person_is_one_person(terminal: Terminal, leeds: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(people(1))
    assert terminal.says("contacts", "import", leeds, str(path)).startswith("1 person added")


def test_a_file_of_windows_is_read_when_it_is_declared(terminal: Terminal, leeds: str) -> None:
    content = sheet(row(1)).replace(b"07700 900001", b"07700\x96900001")
    assert "is not UTF-8" in terminal.refuses("contacts", "import", leeds, "-", typed=content)
    assert terminal.says("contacts", "import", leeds, "-", "--encoding", "cp1252", typed=content)


@pytest.mark.req("U3")
def test_with_one_bad_row_nobody_comes_in(terminal: Terminal, leeds: str, office: Database) -> None:
    content = sheet(row(1), row(2, told="no"), row(3), row(777, mobile=f"07700 {CANARY}0"))
    told = terminal.refuses("contacts", "import", leeds, "-", typed=content)
    assert told.splitlines() == [
        f"line 3, column told: Nobody is texted who was not told. Allowed: {MAY_HOLD['told']}",
        "line 5, column mobile: This is no UK mobile number: there are digits too many or too few, or one is wrong.",
        "Error: 2 problems; 2 rows without. Nothing was taken in.",
    ]
    assert count(office, "contacts") == count(office, "data_keys") == 0


def test_very_many_problems_are_counted(terminal: Terminal, leeds: str) -> None:
    told = terminal.refuses("contacts", "import", leeds, "-", typed=sheet(*(row(n, age="") for n in range(150))))
    assert told.splitlines()[-2:] == ["and 50 more", "Error: 150 problems; 0 rows without. Nothing was taken in."]


@pytest.mark.req("M9")
def test_who_asked_not_to_be_texted_is_counted_and_not_named(terminal: Terminal, leeds: str, office: Database) -> None:
    suppress(office, 777)
    said = terminal.says("contacts", "import", leeds, "-", typed=people(1, 777))
    assert said == "1 person added, 0 already there.\n  1 number asked not to be texted.\n"


def test_who_is_texted_by_another_wave_waits_and_it_is_said(terminal: Terminal, leeds: str) -> None:
    elsewhere = another_wave(terminal, "york-2012")
    terminal.says("contacts", "import", elsewhere, "-", typed=people(1))
    said = terminal.says("contacts", "import", leeds, "-", typed=people(1, 2))
    assert "1 number not added: another wave is texting. Import the file again later." in said
    terminal.says("waves", "close", elsewhere)
    assert terminal.says("contacts", "import", leeds, "-", typed=people(1, 2)).startswith("1 person added, 1 already")


# --- Looking before ---


def test_to_check_a_file_tells_who_and_how_dear_and_keeps_nothing(
    terminal: Terminal, leeds: str, office: Database
) -> None:
    suppress(office, 5)
    content = sheet(row(1), row(2), row(3, language="cy", age="adult"), row(4, language=""), row(5))
    lines = terminal.says("contacts", "check", leeds, "-", typed=content).splitlines()
    assert lines[0] == "leeds-2011/text-2019: 4 people would be added."
    assert lines[-1] == "  1 number asked not to be texted."
    kinds = ["1 x adult, Welsh", "2 x child, English", "1 x child, language not chosen"]
    assert sorted(line.strip().split(":")[0] for line in lines[1:4]) == sorted(kinds)
    assert lines[4].startswith("  All together: at most ")
    assert count(office, "contacts") == count(office, "data_keys") == 0


def test_all_together_costs_what_each_costs(terminal: Terminal, leeds: str) -> None:
    one = terminal.says("contacts", "check", leeds, "-", typed=people(1)).splitlines()
    three = terminal.says("contacts", "check", leeds, "-", typed=people(1, 2, 3)).splitlines()
    texts, parts, pounds = one[-1].removeprefix("  All together: at most ").split(", ")
    assert int(texts.split()[0]) == 7 == int(parts.split()[0]), "an invitation, five questions, and thanks"
    assert pounds == "£0.28"
    assert three[-1] == "  All together: at most 21 texts, 21 parts, £0.84"


@pytest.mark.req("U3")
def test_to_check_a_bad_file_tells_its_problems_and_counts_the_good_rows(terminal: Terminal, leeds: str) -> None:
    result = terminal.run("contacts", "check", leeds, "-", typed=sheet(row(1), row(2, agreed="")))
    assert result.exit_code == 1
    assert "1 person would be added" in result.stdout
    assert "line 3, column agreed" in result.stderr
    assert "1 problem; 1 row without. Nothing was taken in." in result.stderr


@pytest.mark.parametrize("word", ["check", "import"])
def test_a_wave_that_cannot_be_asked_by_text_takes_nobody(terminal: Terminal, leeds: str, word: str) -> None:
    on_paper = another_wave(terminal, "york-2012", "children-2012")
    assert "cannot be texted" in terminal.refuses("contacts", word, on_paper, "-", typed=people(1))
    terminal.says("waves", "close", leeds)
    assert "closed on" in terminal.refuses("contacts", word, leeds, "-", typed=people(1))
    assert "no such wave" in terminal.refuses("contacts", word, "leeds-2011/text-2018", "-", typed=people(1))


# --- What is there, and taking it away ---


@pytest.mark.req("K5")
def test_the_list_shows_three_digits(terminal: Terminal, leeds: str) -> None:
    terminal.says("contacts", "import", leeds, "-", typed=sheet(row(777, language="", confirmed="")))
    said = terminal.says("contacts", "list", leeds).splitlines()
    assert said[0].startswith("…777  waiting       child, language not chosen, confirmed 20")
    assert said[1] == "1 person in leeds-2011/text-2019."


def test_to_erase_asks_first(terminal: Terminal, leeds: str, office: Database) -> None:
    terminal.says("contacts", "import", leeds, "-", typed=people(1, 2))
    assert "Aborted" in terminal.refuses("contacts", "erase", leeds, typed="n\n")
    assert count(office, "contacts") == 2
    assert terminal.says("contacts", "erase", leeds, typed="y\n") == "2 contacts erased.\n"
    assert count(office, "contacts") == 0


def test_to_erase_leaves_whom_a_concern_holds(terminal: Terminal, leeds: str, office: Database) -> None:
    terminal.says("contacts", "import", leeds, "-", typed=people(1, 2))
    hold_somebody(office)
    said = terminal.says("contacts", "erase", leeds, "--yes")
    assert said == "1 contact erased.\n1 contact kept while a concern is open: flask concerns list.\n"
    assert "kept while a concern is open" in terminal.says("contacts", "list", leeds)


def hold_somebody(office: Database) -> None:
    with office.transaction() as session:
        held = session.scalars(select(Contact).limit(1)).one()
        session.add(
            Concern(wave_id=held.wave_id, contact_id=held.id, kind="picture", list_version="en-1", raised_minute=1)
        )


@pytest.mark.req("P6")
@pytest.mark.req("K4")
def test_retention_counts_what_it_erased(terminal: Terminal, leeds: str) -> None:
    terminal.says("contacts", "import", leeds, "-", typed=people(1, 2))
    assert "     0  Keys of" in terminal.says("retention", "run")
    assert terminal.says("contacts", "erase", leeds, "--yes")
    terminal.says("waves", "close", leeds)
    assert "     1  Keys of" in terminal.says("retention", "run")


# --- Another key ---


@pytest.mark.req("K3")
def test_the_key_is_changed_while_the_office_is_open(terminal: Terminal, leeds: str, database_url: str) -> None:
    terminal.says("contacts", "import", leeds, "-", typed=people(777))
    assert "there is no key to change from" in terminal.refuses("contacts", "rotate-key")
    with at(database_url, key=b"2", key_before=b"1") as changing:
        assert "…777" in changing.says("contacts", "list", leeds)
        assert changing.says("contacts", "rotate-key").splitlines() == [
            "1 data key wrapped anew.",
            "All are under CONTACT_KEY. Take CONTACT_KEY_BEFORE out, restart everything, and destroy that key.",
        ]
        assert changing.says("contacts", "rotate-key").startswith("0 data keys wrapped anew.")
        assert "…777" in changing.says("contacts", "list", leeds)
    with at(database_url, key=b"2") as after:
        assert "…777" in after.says("contacts", "list", leeds)
    assert "CONTACT_KEY" in terminal.refuses("contacts", "list", leeds)


@pytest.mark.req("K3")
def test_keys_that_open_nothing_are_told(terminal: Terminal, leeds: str, database_url: str) -> None:
    terminal.says("contacts", "import", leeds, "-", typed=people(1))
    with at(database_url, key=b"3", key_before=b"2") as wrong:
        told = wrong.refuses("contacts", "rotate-key")
    assert "CONTACT_KEY: 1 data key opened by neither key." in told


@contextmanager
def with_settings(settings: Settings) -> Iterator[Terminal]:
    """A terminal of an office with these settings."""
    app = create_app(settings)
    try:
        yield Terminal(app.test_cli_runner())
    finally:
        app.extensions["database"].engine.dispose()


def at(database_url: str, key: bytes, key_before: bytes | None = None) -> AbstractContextManager[Terminal]:
    """A terminal of the office under other keys."""
    return with_settings(settings_for_texts(database_url, key, key_before))


def test_without_keys_a_message_says_what_to_set(database_url: str) -> None:
    with with_settings(settings_for(database_url)) as office:
        wave = another_wave(office, "york-2012")
        for words in (("check", wave, "-"), ("import", wave, "-"), ("list", wave), ("rotate-key",)):
            told = office.refuses("contacts", *words, typed=people(1))
            assert told.startswith("Error: CONTACT_KEY, SUPPRESSION_KEY: are not set")


@pytest.mark.req("M12")
def test_numbers_for_drama_are_refused_where_texts_reach_people(database_url: str) -> None:
    real = settings_for_texts(database_url).model_copy(update={"twilio_api_url": "https://api.twilio.com"})
    with with_settings(real) as office:
        told = office.refuses("contacts", "import", another_wave(office, "york-2012"), "-", typed=people(1))
    assert "This number is for plays and tests" in told


# --- Nothing leaks ---


@pytest.mark.req("K5")
@pytest.mark.req("U3")
@pytest.mark.req("U6")
def test_a_number_shows_in_no_output_log_or_file(
    terminal: Terminal, leeds: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    good, bad = people(777), sheet(row(777), row(777), row(777, mobile=f"07700 {CANARY}0", told=f"07700 {CANARY}"))
    headless = f"07700 {CANARY},en,child,yes,yes,yes,\n".encode()
    other = sheet(
        {**row(777), f"Mum 07700 {CANARY}": f"07700 {CANARY}"}, columns=["mobile", *GOOD, f"Mum 07700 {CANARY}"]
    )
    words = [
        *(("check", leeds, "-", content) for content in (good, bad, headless, other)),
        *(("import", leeds, "-", content) for content in (good, bad, headless, other)),
        *(("list", leeds, "", b""), ("erase", leeds, "--yes", b"")),
    ]
    for word, wave, last, content in words:
        result = terminal.run("contacts", word, *(each for each in (wave, last) if each), typed=content)
        assert result.output
        assert CANARY not in result.output + result.stderr
        assert result.exception is None or isinstance(result.exception, SystemExit)
    assert CANARY not in caplog.text
    for folder, _, names in os.walk(tmp_path):
        for name in names:
            assert CANARY.encode() not in (Path(folder) / name).read_bytes()


@pytest.mark.req("U6")
def test_a_file_that_is_not_there_is_said_without_its_name(terminal: Terminal, leeds: str) -> None:
    told = terminal.refuses("contacts", "import", leeds, f"/nowhere/{CANARY}.csv")
    assert "The file cannot be read (No such file or directory)." in told
    assert CANARY not in told


# --- One person, by their number ---


@pytest.mark.req("P12")
def test_somebody_learns_corrects_and_erases_what_is_kept_of_their_number(
    terminal: Terminal, leeds: str, office: Database
) -> None:
    terminal.says("contacts", "import", leeds, "-", typed=people(1, 2))
    number = "07700 900001\n"
    said = terminal.says("contacts", "find", typed=number)
    assert said.startswith("…001  leeds-2011/text-2019  waiting  child, English, confirmed ")
    assert said.endswith("1 contact.\n")
    assert terminal.says("contacts", "correct", "--language", "cy", typed=number) == "1 contact put right.\n"
    assert "child, Welsh" in terminal.says("contacts", "find", typed=number)
    assert terminal.says("contacts", "erase", "--one", typed=number) == "1 contact erased.\n"
    assert terminal.says("contacts", "find", typed=number) == "0 contacts.\n"
    assert count(office, "contacts") == 1


@pytest.mark.parametrize("words", [("find",), ("correct", "--language", "cy"), ("erase", "--one")])
def test_what_is_no_mobile_is_told_without_the_number(terminal: Terminal, leeds: str, words: tuple[str, ...]) -> None:
    said = terminal.refuses("contacts", *words, typed="020 7946 0001\n")
    assert "landline" in said
    assert "7946" not in said.replace("Their number: 020 7946 0001", "")


@pytest.mark.parametrize("words", [(), ("leeds-2011/text-2019", "--one")])
def test_to_erase_is_to_name_a_wave_or_one_person(terminal: Terminal, leeds: str, words: tuple[str, ...]) -> None:
    assert "Name a wave" in terminal.refuses("contacts", "erase", *words)
