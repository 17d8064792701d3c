"""Twenty questions, one a page: our web flow beside the bare one, in turns, with the same respondents.

    ./run python -m benchmarks.web_flow [--people 240] [--rounds 3] [--shape threads|nginx]

Every run has a fresh database with durable commits, and must have stored all that it acknowledged.
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks import bare_flow, our_side
from benchmarks.respondents import Crowd, Flow, crowd, percentile
from benchmarks.servers import OURS, SHAPES, Server, Shape, serving
from benchmarks.statements import statements_an_answer
from benchmarks.tables import printed, verdict

QUESTIONS = 20
MOST_STATEMENTS = 4
WARM_UP = 2  # completions of each respondent before anything is measured
Side = Literal["ours", "bare"]
SIDES: tuple[Side, ...] = ("ours", "bare")


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


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a figure of each run, and the least or the most that ours should be of the bare one."""

    name: str
    of: Callable[[Measured], float]
    least: float | None = None
    most: float | None = None

    def judged(self, ratio: float) -> tuple[str, str]:
        """The goal, and whether the ratio reaches it."""
        if self.least is not None:
            return f">= {self.least:g}", verdict(reached=ratio >= self.least)
        if self.most is not None:
            return f"<= {self.most:g}", verdict(reached=ratio <= self.most)
        return "", ""


LINES = (
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
    runs: dict[Side, list[Measured]] = defaultdict(list)
    for number in range(rounds):
        for side in SIDES if number % 2 else reversed(SIDES):
            runs[side].append(run(side, shape, respondents, people))
    print(f"{SHAPES[shape]}; {respondents} respondents, {people} completions a run; best of {rounds} (all)")
    printed(("", "ours", "bare", "ours : bare", "goal", ""), [_row(line, runs["ours"], runs["bare"]) for line in LINES])


def _row(line: Line, ours: Sequence[Measured], bare: Sequence[Measured]) -> tuple[str, ...]:
    """Each side's best run: whatever else the machine does makes a run worse, never better."""
    best = max if line.least is not None else min
    ratio = best(map(line.of, ours)) / best(map(line.of, bare))
    return (
        line.name,
        *(_shown(best, [*map(line.of, side)]) for side in (ours, bare)),
        f"{ratio:.2f}",
        *line.judged(ratio),
    )


def _shown(best: Callable[[Sequence[float]], float], values: Sequence[float]) -> str:
    digits = 0 if min(values) >= 100 else 2  # noqa: PLR2004 - how many digits are worth printing
    return f"{best(values):,.{digits}f} ({min(values):,.{digits}f}-{max(values):,.{digits}f})"


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
