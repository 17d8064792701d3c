"""The whole application, on a database with all its tables and nothing in them."""

import base64
import tempfile
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from app import create_app
from config.settings import Settings
from fieldwork.database import Database

PUBLIC_URL = "http://127.0.0.1:8000"
SCRATCH = tempfile.TemporaryDirectory(prefix="perspective-")  # for queue and mail; it goes with the process


def settings_for(database_url: str, public_url: str = PUBLIC_URL) -> Settings:
    """Settings that are good for a test and for nothing else."""
    secrets = {"secret_key": "s" * 32, "code_pepper": "p" * 32}
    beside = {"queue_url": f"sqlite:///{SCRATCH.name}/queue.sqlite3", "mail_url": f"file:{SCRATCH.name}/mail"}
    return Settings(database_url=database_url, public_url=public_url, **secrets, **beside)


def settings_for_texts(database_url: str, key: bytes = b"1", key_before: bytes | None = None) -> Settings:
    """The same, with keys of one byte 32 times over, and with a telephone that reaches nobody."""
    keys = {"contact_key": key, "contact_key_before": key_before, "suppression_key": b"s"}
    written = {name: base64.b64encode(each * 32).decode() for name, each in keys.items() if each}
    practice = {"twilio_api_url": "http://127.0.0.1:9"}
    return Settings.model_validate({**settings_for(database_url).model_dump(), **written, **practice})


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    """The application as a respondent of this machine meets it."""
    app = create_app(settings_for(database_url))
    app.testing = True
    yield app
    database: Database = app.extensions["database"]
    database.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without script, as far as the application can tell."""
    return app.test_client()


@pytest.fixture
def cli(app: Flask) -> FlaskCliRunner:
    """Types commands: `cli.invoke(args=["waves", "list"])`."""
    return app.test_cli_runner()
