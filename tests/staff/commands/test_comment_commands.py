"""The watchdog of comments at the terminal."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from fieldwork.reading import reading_clock
from staff.commands.jobs import look_at_comments
from tests.fieldwork.commenting import Desk
from tests.fieldwork.samples import open_office
from tests.staff.commands.conftest import Terminal

pytestmark = [pytest.mark.req("T6"), pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(open_office(app.extensions["database"]))


def all_was_read(desk: Desk, days_ago: float) -> None:
    with desk.office.database.transaction() as session:
        reading_clock.look(session, datetime.now(UTC) - timedelta(days=days_ago))


def test_nothing_unread_is_said(desk: Desk, terminal: Terminal) -> None:
    assert terminal.says("comments", "watch") == "Every comment has been read.\n"


def test_what_is_unread_is_said_by_wave_without_a_word_of_it(desk: Desk, terminal: Terminal) -> None:
    all_was_read(desk, 0)
    desk.receive("Heulwen was kind")
    told = terminal.says("comments", "watch")
    assert told.startswith("leeds-2011/small: 1 comment is not read.")
    assert "Heulwen" not in told


def test_it_fails_when_one_may_have_waited_too_long(
    desk: Desk, terminal: Terminal, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    all_was_read(desk, 10)
    desk.receive("Good.")
    told = terminal.refuses("comments", "watch")
    assert "Error: 1 comment has not been read within one working day: leeds-2011/small." in told
    with app.app_context(), caplog.at_level(logging.WARNING):
        look_at_comments()
    assert "has not been read within one working day" in caplog.text
