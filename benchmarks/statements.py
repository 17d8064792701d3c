"""How many SQL statements one answered page takes: counted in this process, in the real application."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, Response, g, request
from sqlalchemy import event
from werkzeug.serving import make_server

from app import create_app
from benchmarks import our_side
from benchmarks.respondents import Flow, Respondent
from config.settings import Settings

PEOPLE = 2  # the first one also reads what is read once in a process


def statements_an_answer(folder: Path) -> int:
    """The most that any answer took: its POST and the page that follows it, without BEGIN and COMMIT."""
    file = folder / "counted.sqlite3"
    starts = our_side.prepare(file, PEOPLE)
    app = create_app(Settings.model_validate({name.lower(): value for name, value in our_side.settings(file).items()}))
    taken: dict[str, int] = {}
    _count(app, taken)
    with _served(app) as address:
        for number, start in enumerate(starts):
            taken.clear()
            played = Respondent(Flow(address), number).play(start)
            assert played.finished, played.fault
    return taken["web.answer"] + taken["web.question"]


def _count(app: Flask, taken: dict[str, int]) -> None:
    @event.listens_for(app.extensions["database"].engine, "before_cursor_execute")
    def _one_more(*_: object) -> None:
        g.statements = g.get("statements", 0) + 1

    @app.after_request
    def _note(response: Response) -> Response:
        route = request.endpoint or ""
        taken[route] = max(taken.get(route, 0), g.get("statements", 0))
        return response


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
