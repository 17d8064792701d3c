"""Waves at a terminal: planned, opened when nothing is missing, closed on their day."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from fieldwork import waves
from fieldwork.database import Database
from fieldwork.models.audit import AuditEntry
from tests.staff.commands.conftest import Terminal

TODAY = datetime.now(UTC).date()
LAST = TODAY + timedelta(days=9)
PLAN = ("waves", "plan", "leeds-2011", "children-2012", "--last-day", str(LAST), "--invited", "40")
OPEN = ("waves", "open", "leeds-2011", "children-2012")


@pytest.fixture
def leeds_to_be(app: Flask, terminal: Terminal) -> Database:
    """The database, with an inspection that asks nobody yet."""
    terminal.says("inspections", "create", "leeds-2011", "--name", "Leeds", "--programme", "cci", "--service", "YOS")
    found: Database = app.extensions["database"]
    return found


def test_planning_tells_what_is_missing(terminal: Terminal, leeds_to_be: Database) -> None:
    said = terminal.says(*PLAN)
    assert said.startswith("leeds-2011/children-2012 is planned.\n")
    assert "A test alert: No practice concern was acknowledged in the last 7 days." in said
    assert "Dates" not in said
    assert terminal.says("waves", "list") == ""


@pytest.mark.req("T5")
def test_a_wave_does_not_open_while_anything_is_missing(terminal: Terminal, leeds_to_be: Database) -> None:
    assert "is not planned. Plan it first" in terminal.refuses(*OPEN)
    terminal.says(*PLAN)
    said = terminal.refuses(*OPEN)
    assert "cannot open yet." in said
    assert "Two named people" in said
    assert terminal.says("waves", "list") == ""


@pytest.mark.req("T5")
def test_to_open_a_wave_without_cover_takes_a_reason_that_is_kept(terminal: Terminal, leeds_to_be: Database) -> None:
    assert "says no reason" in terminal.refuses(*OPEN, "--without-cover", " ")
    assert "is open" in terminal.says(*OPEN, "--without-cover", "to practise")
    with leeds_to_be.reading() as session:
        entry = session.query(AuditEntry).filter_by(act="opened_wave").one()
    assert (entry.who, entry.about, entry.why) == ("at the terminal", "leeds-2011/children-2012", "to practise")
    assert "is there already" in terminal.refuses(*OPEN)


def test_a_plan_changes_when_it_is_planned_again(terminal: Terminal, leeds_to_be: Database) -> None:
    terminal.says(*PLAN)
    terminal.says(*PLAN[:-1], "44")
    with leeds_to_be.reading() as session:
        acts = [entry.act for entry in session.query(AuditEntry).order_by(AuditEntry.number)]
    assert acts == ["made_inspection", "planned_wave", "changed_plan"]


def test_what_is_due_closes_and_nothing_else(terminal: Terminal, leeds_to_be: Database, app: Flask) -> None:
    terminal.says(*OPEN, "--without-cover", "to practise")
    terminal.says(*PLAN)
    assert terminal.says("waves", "close-due") == "0 waves closed.\n"
    app.extensions["clock"] = lambda: datetime.now(UTC) + timedelta(days=10)
    assert terminal.says("waves", "close-due") == "leeds-2011/children-2012 is closed.\n1 wave closed.\n"
    assert terminal.says("waves", "close-due") == "0 waves closed.\n"
    with leeds_to_be.reading() as session:
        assert waves.find_wave(session, "leeds-2011/children-2012").closed == LAST
