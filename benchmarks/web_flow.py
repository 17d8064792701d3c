"""Twenty questions, one a page: our web flow beside the bare one, in turns, with the same respondents.

    ./run python -m benchmarks.web_flow [--people 240] [--rounds 3] [--shape threads|nginx]

Every run has a fresh database with durable commits, and must have stored all that it acknowledged.
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bare_flow, our_side
from benchmarks.beside import Line, Side, compared, in_turns
from benchmarks.respondents import Crowd, Flow, crowd, percentile
from benchmarks.servers import OURS, SHAPES, Server, Shape, serving
from benchmarks.statements import statements_an_answer
from benchmarks.tables import verdict

QUESTIONS = 20
MOST_STATEMENTS = 4
WARM_UP = 2  # completions of each respondent before anything is measured


@dataclass(frozen=True, slots=True)
class Measured:
    """One run."""

    completed_a_minute: float
    posts: tuple[float, ...]
    answers: tuple[float, ...]
    cpu: float
    size: float

    @property
    def cpu_an_answer(self) -> float:
        """Processor milliseconds for each question answered, all else that the flow needs included."""
        return self.cpu * 1000 / len(self.answers)

    @property
    def cpu_a_form(self) -> float:
        """Processor milliseconds for each form sent, those that answer no question included."""
        return self.cpu * 1000 / len(self.posts)


def run(side: Side, shape: Shape, respondents: int, people: int) -> Measured:
    """One run: everything fresh, warmed up, measured, and looked for in the database."""
    everybody = people + respondents * WARM_UP
    with tempfile.TemporaryDirectory() as folder, crowd(respondents) as theirs:
        file = Path(folder) / "measured.sqlite3"
        starts, application, settings = _prepared(side, file, everybody)
        with serving(application, file.parent, shape, settings) as server:
            _measured(server, theirs, starts[people:])
            measured = _measured(server, theirs, starts[:people])
        stored = _stored(side, file)
    assert stored == everybody, f"{everybody} were acknowledged and {stored} are stored."
    return measured


def _prepared(side: Side, file: Path, people: int) -> tuple[list[str], str, dict[str, str]]:
    if side == "ours":
        return our_side.prepare(file, people), OURS, our_side.settings(file)
    bare_flow.prepare(file)
    return ["/"] * people, f"benchmarks.bare_flow:create_app({str(file)!r})", {}


def _measured(server: Server, respondents: Crowd, starts: Sequence[str]) -> Measured:
    cpu, began = server.cpu, time.perf_counter()
    played = list(respondents.play(Flow(server.address), starts))
    took, cpu = time.perf_counter() - began, server.cpu - cpu
    faults = [each.fault for each in played if not each.finished]
    assert not faults, f"{len(faults)} did not come to the end: {faults[:3]}"
    posts = [each for one in played for each in one.ledger]
    answers = tuple(each.took for each in posts if each.path.startswith("/question/"))
    size = statistics.mean(one.size for one in played)
    return Measured(len(played) / took * 60, tuple(each.took for each in posts), answers, cpu, size)


def _stored(side: Side, file: Path) -> int:
    if side == "ours":
        return our_side.sent(file)
    with sqlite3.connect(file) as bare:
        number: int = bare.execute("SELECT count(*) FROM answers").fetchone()[0]
    return number // QUESTIONS


LINES: tuple[Line[Measured], ...] = (
    Line("completed a minute", lambda run: run.completed_a_minute, least=0.6),
    Line("CPU ms a page answered", lambda run: run.cpu_a_form, most=1.7),
    Line("CPU ms a question answered", lambda run: run.cpu_an_answer),
    Line("POST p50 ms", lambda run: percentile(run.posts, 0.5) * 1000),
    Line("POST p95 ms", lambda run: percentile(run.posts, 0.95) * 1000),
    Line("POST p99 ms", lambda run: percentile(run.posts, 0.99) * 1000, most=4),
    Line("p99 ms of answers alone", lambda run: percentile(run.answers, 0.99) * 1000),
    Line("pages answered a completion", lambda run: len(run.posts) / len(run.answers) * QUESTIONS),
    Line("bytes a completion", lambda run: run.size),
)


def compare(shape: Shape, rounds: int, respondents: int, people: int) -> None:
    """Measure both sides in turns, and print the table."""
    runs = in_turns(rounds, lambda side: run(side, shape, respondents, people))
    print(f"{SHAPES[shape]}; {respondents} respondents, {people} completions a run; best of {rounds} (all)")
    compared(LINES, runs)


def main() -> None:
    """Measure as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=240, help="completions in each run")
    parser.add_argument("--respondents", type=int, default=16, help="how many answer at a time")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shape", choices=[*SHAPES], help="one shape only")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        taken = statements_an_answer(Path(folder))
    print(f"statements an answer: {taken}, goal <= {MOST_STATEMENTS}: {verdict(reached=taken <= MOST_STATEMENTS)}\n")
    for shape in [asked.shape] if asked.shape else SHAPES:
        compare(shape, asked.rounds, asked.respondents, asked.people)


if __name__ == "__main__":
    main()
