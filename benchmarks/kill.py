"""Workers are killed in mid-load (SIGKILL), again and again: is every answer that was acknowledged in the database?

    ./run python -m benchmarks.kill [--kills 20] [--shape threads|nginx]
    ./run python -m benchmarks.kill --sabotage

The second plants a fault that has to be found: answers are acknowledged before they are kept.

What this cannot show is a power cut: what a killed process has written, the machine still has. Durability is SQLite's
`synchronous=FULL`, which the start of the service insists on.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select, text

from app import create_app
from benchmarks import our_side
from benchmarks.respondents import Flow, Played, crowd
from benchmarks.servers import OURS, SHAPES, Server, Shape, serving
from benchmarks.tables import printed
from fieldwork import waves
from fieldwork.database import Database
from fieldwork.entry import drafts
from fieldwork.entry.answer_json import read
from fieldwork.faults import AlreadySent
from fieldwork.models.interviews import DraftAnswer
from fieldwork.returns import responses
from surveys.answers import Answer, Verbatim
from surveys.loading import load
from surveys.reading import read_answer

RESPONDENTS = 16
PATIENCE = 200
UNTIL_FIRST = 5.0  # seconds; workers are up and busy by then
BETWEEN_KILLS = (0.5, 2.5)
QUIET = {"GUNICORN_CMD_ARGS": "--log-level=critical"}  # that workers die is no news here
FORGETFUL = "benchmarks.kill:forgetful()"
LATE = 0.5

Kept = Mapping[str, Mapping[str, Answer]]


def forgetful() -> Flask:
    """Our application with a fault planted in it: every answer is acknowledged half a second before it is kept."""
    app, keep = create_app(), drafts.keep
    database: Database = app.extensions["database"]

    def keep_at_last(*answer: Any) -> None:
        try:
            with database.transaction() as work:
                keep(work, *answer)
        except AlreadySent:
            pass  # lost too

    drafts.keep = lambda _, *answer: threading.Timer(LATE, keep_at_last, answer).start()
    return app


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was acknowledged, and what became of it."""

    kills: int
    broken: int
    answers: int
    lost: int
    sent: int
    not_arrived: int
    twice: int

    @property
    def is_sound(self) -> bool:
        """True where nothing was lost and nothing came twice."""
        return not (self.lost or self.not_arrived or self.twice)


def outcome(shape: Shape, kills: int, *, sabotage: bool) -> Outcome:
    """One run with that many kills."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "killed.sqlite3"
        starts = our_side.prepare(file, our_side.MOST_LINKS)
        with serving(FORGETFUL if sabotage else OURS, file.parent, shape, our_side.settings(file) | QUIET) as server:
            played = _played(server, starts, kills)
        return _compared(file, played, kills)


def _played(server: Server, starts: list[str], kills: int) -> list[Played]:
    chance = random.Random()  # noqa: S311 - kills should come at any moment
    with crowd(RESPONDENTS) as respondents:
        playing = respondents.play(Flow(server.address, tries=PATIENCE), starts)
        time.sleep(UNTIL_FIRST)
        for _ in range(kills):
            time.sleep(chance.uniform(*BETWEEN_KILLS))
            os.kill(chance.choice(server.workers), signal.SIGKILL)
        time.sleep(max(BETWEEN_KILLS))
        respondents.stop()
        return list(playing)


def _compared(file: Path, played: list[Played], kills: int) -> Outcome:
    database = Database(our_side.address(file))
    with database.reading() as reading:
        assert reading.scalar(text("PRAGMA integrity_check")) == "ok"
        so_far = _by_words(_drafts(reading))
        arrived = [each.answers for each in responses.responses(reading, waves.find_wave(reading, our_side.WAVE))]
    sent, times = _by_words(arrived), Counter(_words(each) for each in arrived)
    acknowledged = [(one.words, question, answer) for one in played for question, answer in _ledger(one)]
    said_sent = [one.words for one in played if any(each.path == "/send" for each in one.ledger)]
    kept = {**so_far, **sent}
    return Outcome(
        kills=kills,
        broken=sum(one.broken for one in played),
        answers=len(acknowledged),
        lost=sum(kept.get(words, {}).get(question) != answer for words, question, answer in acknowledged),
        sent=len(said_sent),
        not_arrived=sum(words not in sent for words in said_sent),
        twice=sum(number - 1 for words, number in times.items() if words),
    )


def _ledger(one: Played) -> Iterator[tuple[str, Answer]]:
    """Question and answer of everything that was acknowledged; each page is sent until it is, and not again."""
    pages = load(our_side.TWENTY).questions
    for each in one.ledger:
        if each.path.startswith("/question/"):
            question = pages[int(each.path.rpartition("/")[2]) - 1]
            yield question.id, read_answer(question, each.answer)


def _drafts(reading: Any) -> list[dict[str, Answer]]:
    found: dict[Any, dict[str, Answer]] = {}
    for draft, question, answer in reading.execute(
        select(DraftAnswer.draft_id, DraftAnswer.question_id, DraftAnswer.answer)
    ):
        found.setdefault(draft, {})[question] = read(answer)
    return [*found.values()]


def _by_words(kept: list[Any]) -> Kept:
    return {_words(answers): answers for answers in kept}


def _words(answers: Mapping[str, Answer]) -> str:
    """Whose answers these are: every respondent writes something of their own first."""
    first = answers.get("best_thing")
    return first.text if isinstance(first, Verbatim) else ""


def main() -> None:
    """Kill as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--shape", choices=[*SHAPES], help="one shape only")
    parser.add_argument("--sabotage", action="store_true")
    asked = parser.parse_args()
    shapes: list[Shape] = [asked.shape] if asked.shape else [*SHAPES]
    found = {shape: outcome(shape, asked.kills, sabotage=asked.sabotage) for shape in shapes}
    header = ("", "kills", "requests broken", "answers acknowledged", "lost", "sent", "not arrived", "arrived twice")
    printed(
        header,
        [(SHAPES[shape], *(f"{getattr(each, name):,}" for name in each.__slots__)) for shape, each in found.items()],
    )
    sound = all(each.is_sound for each in found.values())
    if asked.sabotage:
        sys.exit("The planted fault was NOT found: this measures nothing." if sound else 0)
    sys.exit(0 if sound else "Something that was acknowledged is not there.")


if __name__ == "__main__":
    main()
