"""`flask database`, `inspections`, `waves`, `codes`, `links` and `retention`, as somebody types them."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from app import create_app
from fieldwork.database import Database
from tests.application import settings_for
from tests.staff.commands.conftest import Terminal

LEEDS = ("inspections", "create", "leeds-2011", "--name", "Leeds", "--programme", "cci", "--service", "YOS")
PARTS = [
    "--service", "Targeted Youth Support",
    "--service-cy", "Cymorth Ieuenctid",
    "--child", "child",
    "--children", "children",
]  # fmt: skip


def test_a_database_is_made_and_made_again_without_a_change(tmp_path: Path) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'fresh.sqlite3'}"))
    terminal = Terminal(app.test_cli_runner())
    assert "no such file" in terminal.refuses("waves", "list")
    assert "no such file" in terminal.refuses("database", "check")
    for _ in range(2):
        assert terminal.says("database", "upgrade") == "The database is up to date.\n"
    assert terminal.says("database", "check") == "The database is sound.\n"
    app.extensions["database"].engine.dispose()


def test_an_inspection_is_made_listed_and_shown(terminal: Terminal) -> None:
    said = terminal.says(*LEEDS, "--year", "2011", "--fieldwork", "June 2011", "--cases", "76", "--open-link")
    assert "leeds-2011 is made" in said
    assert re.search(r"leeds-2011 +Leeds +cci +no wave", terminal.says("inspections", "list"))
    shown = terminal.says("inspections", "show", "leeds-2011")
    for fact in ("2011", "June 2011", "76", "yes", "YOS | GTI", "children and young people | plant a phobl ifanc"):
        assert fact in shown


def test_a_name_given_in_both_languages_is_kept_in_both(terminal: Terminal) -> None:
    assert "leeds-2011 is made" in terminal.says(*LEEDS[:-2], *PARTS)
    shown = terminal.says("inspections", "show", "leeds-2011")
    assert "Targeted Youth Support | Cymorth Ieuenctid" in shown
    assert "children | plant" in shown


def test_a_name_without_known_welsh_is_taken_with_a_warning(terminal: Terminal) -> None:
    made = terminal.run(*LEEDS[:-2], "--service", "Targeted Youth Support")
    assert made.exit_code == 0
    assert "Give --service-cy." in made.stderr
    assert "Targeted Youth Support | Targeted Youth Support" in terminal.says("inspections", "show", "leeds-2011")


def test_todays_programme_says_children(terminal: Terminal) -> None:
    terminal.says("inspections", "create", "leeds-2026", "--name", "Leeds", "--programme", "today", "--service", "YJS")
    assert "children           children | plant" in terminal.says("inspections", "show", "leeds-2026")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("inspections", "show", "leeds-2010"), "there is no such inspection. Did you mean leeds-2011?"),
        (LEEDS, "leeds-2011: is there already."),
        (("waves", "open", "leeds-2010", "children-2012"), "Did you mean leeds-2011?"),
        (("waves", "open", "leeds-2011", "children-2011"), "children-201"),
        (("waves", "open", "leeds-2011", "children-2012"), "leeds-2011/children-2012: is there already."),
        (("waves", "close", "leeds-2011/children-2021"), "Did you mean leeds-2011/children-2012?"),
        (("waves", "list", "essex"), "there is no such inspection"),
        (("codes", "make", "leeds-2011", "3"), "Did you mean leeds-2011/children-2012?"),
        (("codes", "make", "leeds-2011/children-2012", "0"), "not in the range"),
        (("responses", "export", "leeds"), "there is no such wave"),
        (("responses", "template", "leeds"), "there is no such wave"),
    ],
)
def test_what_cannot_be_done_is_told_with_what_to_do(
    terminal: Terminal, leeds: str, words: tuple[str, ...], told: str
) -> None:
    assert told in terminal.refuses(*words)


def test_a_wave_is_listed_with_its_dates_and_how_many_were_invited_and_answered(terminal: Terminal, leeds: str) -> None:
    assert re.search(
        r"leeds-2011/children-2012 .* to now +invited not known, 0 responses", terminal.says("waves", "list")
    )
    terminal.says("codes", "make", leeds, "12")
    assert "12 invited, 0 responses" in terminal.says("waves", "list", "leeds-2011")


@pytest.mark.req("A1")
def test_codes_are_printed_once_and_nothing_else_with_them(terminal: Terminal, leeds: str) -> None:
    codes = terminal.says("codes", "make", leeds, "30").splitlines()
    assert len(set(codes)) == 30
    assert all(re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", code) for code in codes)


def test_links_are_printed_whole(terminal: Terminal, leeds: str) -> None:
    links = terminal.says("links", "make", leeds, "3").splitlines()
    assert len(set(links)) == 3
    assert all(re.fullmatch(r"http://127\.0\.0\.1:8000/l/[\w-]{22,}", link) for link in links)


def test_a_closed_wave_makes_no_codes_and_closing_again_is_no_fault(terminal: Terminal, leeds: str) -> None:
    for _ in range(2):
        assert terminal.says("waves", "close", leeds) == "leeds-2011/children-2012 is closed.\n"
    assert "closed on" in terminal.refuses("codes", "make", leeds, "3")


@pytest.mark.req("P5")
def test_retention_says_how_much_it_deleted_and_nothing_more(terminal: Terminal, leeds: str) -> None:
    lines = terminal.says("retention", "run").splitlines()
    assert lines[0] == "Deleted:"
    assert {line.split()[0] for line in lines[1:]} == {"0"}


def test_a_locked_database_is_told_in_a_line(
    terminal: Terminal, leeds: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldwork.database.WAIT", 0.2)
    with database.transaction() as session:
        session.execute(
            text("LOCK TABLE inspections" if session.get_bind().dialect.name == "postgresql" else "SELECT 1")
        )
        told = terminal.refuses("waves", "close", leeds)
    assert "busy" in told
