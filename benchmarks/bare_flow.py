"""The bare flow to measure beside: the same twenty questions, well written, with none of our promises.

A signed cookie names the respondent, a token in it is compared with the form's, each answer is one durable upsert and
a 303. There is no consent, route, language, check page or Send, and nothing is read back.
"""

import json
import secrets
import tomllib
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask, abort, redirect, render_template, request, session
from sqlalchemy import ForeignKey, create_engine, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker
from werkzeug.wrappers import Response

DEFINITION = tomllib.loads(Path(__file__).with_name("twenty_questions.toml").read_text(encoding="utf-8"))
QUESTIONS: list[dict[str, Any]] = [page for section in DEFINITION["sections"] for page in section["pages"]]
KINDS = {"single_choice": "radio", "multiple_choice": "checkbox"}

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Question {{ number }}</title><link rel="stylesheet" href="/static/styles.css"></head>
<body><main><p>Question {{ number }} of {{ of }}</p>
<form method="post"><input type="hidden" name="csrf_token" value="{{ session.csrf_token }}">
<fieldset><legend><h1>{{ question.wording.en }}</h1></legend>
{% if question.hint %}<p>{{ question.hint.en }}</p>{% endif %}
{% for category in question.categories %}
<div><input type="{{ kind }}" name="answer" id="answer-{{ loop.index }}" value="{{ category.code }}">
<label for="answer-{{ loop.index }}">{{ category.label.en }}</label></div>
{% else %}<textarea name="answer" rows="5"></textarea>{% endfor %}
</fieldset><button>Continue</button></form></main></body></html>"""


class Base(DeclarativeBase):
    """The root of both tables."""


class Respondent(Base):
    """Somebody who answers."""

    __tablename__ = "respondents"
    id: Mapped[str] = mapped_column(primary_key=True)


class Answer(Base):
    """What they said to one question, as JSON."""

    __tablename__ = "answers"
    respondent_id: Mapped[str] = mapped_column(ForeignKey(Respondent.id), primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    said: Mapped[str]


def prepare(database: Path) -> None:
    """Make the tables in a file that is written ahead: two workers that ask for that at once do not wait."""
    engine = create_engine(f"sqlite:///{database}")
    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    engine.dispose()


def create_app(database: str) -> Flask:
    """The application, on a database that is prepared."""
    app = Flask(__name__)
    app.secret_key = "a secret of the benchmark, guarding nothing"  # noqa: S105
    engine = create_engine(f"sqlite:///{database}")
    transaction = sessionmaker(engine).begin
    page = app.jinja_env.from_string(PAGE)

    @event.listens_for(engine, "connect")
    def _durable(connection: Any, _: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")

    @app.get("/")
    def start() -> Response:
        session.update(respondent=str(uuid4()), csrf_token=secrets.token_urlsafe())
        with transaction() as work:
            work.add(Respondent(id=session["respondent"]))
        return redirect("/question/1", 303)

    @app.get("/question/<int:number>")
    def ask(number: int) -> str:
        question = QUESTIONS[number - 1]
        return render_template(
            page, question=question, number=number, of=len(QUESTIONS), kind=KINDS.get(question["type"])
        )

    @app.post("/question/<int:number>")
    def answer(number: int) -> Response:
        if not secrets.compare_digest(request.form["csrf_token"], session["csrf_token"]):
            abort(403)
        said = json.dumps(request.form.getlist("answer"))
        row = {"respondent_id": session["respondent"], "question_id": QUESTIONS[number - 1]["id"], "said": said}
        with transaction() as work:
            work.execute(
                insert(Answer)
                .values(row)
                .on_conflict_do_update(index_elements=["respondent_id", "question_id"], set_={"said": said})
            )
        return redirect(f"/question/{number + 1}" if number < len(QUESTIONS) else "/sent", 303)

    @app.get("/sent")
    def sent() -> str:
        return "<!doctype html><title>Thank you</title><h1>Thank you</h1>"

    return app
