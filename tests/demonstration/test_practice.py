"""An inspection to practise with: its people are invited once, and their phones are the ones on the screen."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from demonstration.practice import NUMBERS, SLUG
from fieldwork.database import Database
from fieldwork.models.texts import Conversation, OutboundText
from tests.application import settings_for_texts

TELEPHONE = "http://127.0.0.1:8001"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def application(database_url: str, folder: Path, provider: str = TELEPHONE) -> Flask:
    app = create_app(settings_for_texts(database_url).model_copy(update={"twilio_api_url": provider}))
    app.instance_path = str(folder)
    return app


def typed(app: Flask, command: str) -> str:
    with app.app_context():
        done = app.test_cli_runner().invoke(args=[command])
    assert done.exit_code == 0, done
    return done.output


def test_everybody_is_invited_once_however_often_it_is_loaded(database_url: str, tmp_path: Path) -> None:
    app = application(database_url, tmp_path)
    assert f"{SLUG}: 30 invited by text." in typed(app, "demo")
    assert f"{SLUG}: is there already." in typed(app, "demo")
    database: Database = app.extensions["database"]
    with database.reading() as session:
        assert len(session.scalars(select(OutboundText).where(OutboundText.kind == "invitation")).all()) == len(NUMBERS)
        assert {each.state for each in session.scalars(select(Conversation))} == {"invited"}
    assert all(number.startswith("+447700900") and len(number) == 13 for number in NUMBERS), "kept for drama"


def test_the_welcome_says_where_the_telephone_is(database_url: str, tmp_path: Path) -> None:
    app = application(database_url, tmp_path)
    typed(app, "demo")
    said = typed(app, "welcome")
    assert f"Answer by text      {TELEPHONE}/" in said
    assert "Practice" in said


def test_where_texts_are_real_nobody_is_made_up(database_url: str, tmp_path: Path) -> None:
    said = typed(application(database_url, tmp_path, "https://api.twilio.com"), "demo")
    assert "essex-2012" in said
    assert SLUG not in said
