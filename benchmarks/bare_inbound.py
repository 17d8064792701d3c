"""The bare webhook to measure beside: the provider's own libraries, one durable row, a reply; none of our promises.

The signature is over a configured URL, the row is committed, and the reply goes back in the answer. Nothing is sealed,
read as an answer, screened, asked next or kept for a conversation.
"""

import sqlite3
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request
from sqlalchemy import create_engine, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

REPLY = "2 of 7: Did you get a chance to talk about your worries?\n1 Yes\n2 No\n3 Not sure"


class Base(DeclarativeBase):
    """The root of the table."""


class Inbound(Base):
    """A text that came in."""

    __tablename__ = "inbound"
    sid: Mapped[str] = mapped_column(primary_key=True)
    sender: Mapped[str]
    body: Mapped[str]


def prepare(database: Path) -> None:
    """Make the table in a file that is written ahead: two workers that ask for that at once do not wait."""
    engine = create_engine(f"sqlite:///{database}")
    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    engine.dispose()


def stored(database: Path) -> int:
    """How many texts it has."""
    with sqlite3.connect(database) as connection:
        number: int = connection.execute("SELECT count(*) FROM inbound").fetchone()[0]
    return number


def create_app(database: str, public_url: str, token: str) -> Flask:
    """The application, on a database that is prepared."""
    app = Flask(__name__)
    engine = create_engine(f"sqlite:///{database}")
    transaction = sessionmaker(engine).begin
    validator = RequestValidator(token)

    @event.listens_for(engine, "connect")
    def _durable(connection: Any, _: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")

    @app.post("/texts/in")
    def text_came_in() -> Response:
        url, signature = public_url + request.path, request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(url, request.form, signature):
            abort(403)
        row = {"sid": request.form["MessageSid"], "sender": request.form["From"], "body": request.form["Body"]}
        with transaction() as work:
            work.execute(insert(Inbound).values(row).on_conflict_do_nothing(index_elements=["sid"]))
        reply = MessagingResponse()
        reply.message(REPLY)
        return Response(str(reply), mimetype="text/xml")

    return app
