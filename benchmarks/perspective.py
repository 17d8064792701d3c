"""The perspective of a wave of 100 responses, with 100,000 and with 1,000,000 responses stored beside it.

    ./run python -m benchmarks.perspective [--million] [--repeats 30]

What is measured is everything but the drawing of the page: reading the responses, counting, and saying it in words.
The same statements are executed bare, by the driver alone, and taken off. Making the larger database takes some
minutes and 1.5 GB, once.
"""

import argparse
import sqlite3
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.our_side import address
from benchmarks.stored_responses import SMALL, database_with
from benchmarks.tables import goal, printed, verdict
from fieldwork import waves
from fieldwork.database import Database
from fieldwork.models.inspections import Wave
from fieldwork.returns import responses
from reports.perspective import Occasion, perspective
from reports.pooling import Fieldwork

MOST_CPU = 10.0
MOST_GROWTH = 1.3
Statement = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of processor time; `total` is on the clock."""

    sql: float
    reading: float
    all_of_it: float
    total: float

    @property
    def beyond_sql(self) -> float:
        """All but the SQL itself."""
        return self.all_of_it - self.sql


class Subject:
    """One database, its small wave, and the statements that its perspective takes."""

    def __init__(self, file: Path) -> None:
        """Open it."""
        self._database = Database(address(file))
        self._driver = sqlite3.connect(file)
        self._statements: list[Statement] = []
        with self._database.reading() as reading:
            self._wave: Wave = waves.find_wave(reading, SMALL)
        self._listened(self.all_of_it)

    def _listened(self, work: Callable[[], None]) -> None:
        work()  # what is read once in a process is read now

        def remember(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            self._statements.append((statement, parameters))

        event.listen(self._database.engine, "before_cursor_execute", remember)
        work()
        event.remove(self._database.engine, "before_cursor_execute", remember)

    def bare(self) -> None:
        """The statements alone."""
        for statement, parameters in self._statements:
            self._driver.execute(statement, parameters).fetchall()

    def reading(self) -> None:
        """The responses, read."""
        with self._database.reading() as reading:
            responses.responses(reading, self._wave)

    def all_of_it(self) -> None:
        """The perspective, in words."""
        with self._database.reading() as reading:
            asked = waves.asked_in(reading, self._wave.id)
            given = responses.responses(reading, self._wave)
        occasion = Occasion("small", asked.inspection_name, asked.programme)
        made = perspective(occasion, [Fieldwork(asked.questionnaire, asked.names, given, self._wave.number_invited)])
        assert made.audiences[0].bullets, "There is nothing to measure: the perspective has no bullets."


def measured(subjects: list[Subject], repeats: int) -> list[Measured]:
    """Each of the databases in turns, so that whatever else the machine does falls on all alike."""
    times: list[dict[str, list[float]]] = [{"sql": [], "reading": [], "all_of_it": [], "total": []} for _ in subjects]
    for _ in range(repeats):
        for subject, taken in zip(subjects, times, strict=True):
            taken["sql"].append(_cpu(subject.bare))
            taken["reading"].append(_cpu(subject.reading))
            began = time.perf_counter()
            taken["all_of_it"].append(_cpu(subject.all_of_it))
            taken["total"].append((time.perf_counter() - began) * 1000)
    return [_middle(taken) for taken in times]


def _middle(taken: dict[str, list[float]]) -> Measured:
    """Medians; of the time on the clock the least, which is the one that nobody else disturbed."""
    medians = {name: statistics.median(values) for name, values in taken.items()}
    return Measured(**medians | {"total": min(taken["total"])})


def _cpu(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def main() -> None:
    """Measure as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--million", action="store_true", help="with 1,000,000 responses stored, too")
    parser.add_argument("--repeats", type=int, default=30)
    asked = parser.parse_args()
    stored = [100_000, 1_000_000] if asked.million else [100_000]
    found = measured([Subject(database_with(number)) for number in stored], asked.repeats)
    rows = [
        (
            f"{number:,}",
            *(f"{value:.2f}" for value in (each.sql, each.reading, each.all_of_it, each.beyond_sql, each.total)),
            verdict(reached=each.beyond_sql <= MOST_CPU),
        )
        for number, each in zip(stored, found, strict=True)
    ]
    printed(
        ("responses stored", "SQL alone", "reading", "all", "beyond SQL", "total time", f"<= {MOST_CPU:.0f} ms"), rows
    )
    growth = found[-1].total / found[0].total
    if asked.million:
        goal("total time, 1,000,000 : 100,000", growth, MOST_GROWTH)


if __name__ == "__main__":
    main()
