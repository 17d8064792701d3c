"""100,000 responses as CSV, by our command and by the bare minimum, in turns; and whether memory stays flat.

./run python -m benchmarks.csv_export [--rounds 3]
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import our_side
from benchmarks.servers import ROOT
from benchmarks.stored_responses import BIG, IN_A_BIG_WAVE, IN_THE_SMALL_WAVE, SMALL, database_with
from benchmarks.tables import goal, printed
from fieldwork import waves
from fieldwork.database import Database

MOST_TIMES = 3.0
MOST_GROWTH = 1.25
A_GULP = 1 << 20


@dataclass(frozen=True, slots=True)
class Exported:
    """One export, in a process of its own."""

    seconds: float
    first_bytes: float
    cpu: float
    peak: float
    lines: int


def exported(command: Sequence[str], environment: dict[str, str]) -> Exported:
    """What the command took until it had written everything."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment) as process:
        assert process.stdout
        first, lines = 0.0, 0
        while gulp := os.read(process.stdout.fileno(), A_GULP):
            first = first or time.perf_counter() - began
            lines += gulp.count(b"\n")
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{command} ended with {process.returncode}"
    return Exported(time.perf_counter() - began, first, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, lines)


class Exports:
    """Both ways to export a wave of one database."""

    def __init__(self, file: Path) -> None:
        """Find the keys of its waves."""
        self._file = file
        with Database(our_side.address(file)).reading() as reading:
            self._keys = {name: waves.find_wave(reading, name).id.hex for name in (SMALL, BIG)}

    def ours(self, wave: str) -> Exported:
        """By the command of the office."""
        command = [sys.executable, "-m", "flask", "--app", "app.py", "responses", "export", wave]
        return exported(command, our_side.settings(self._file))

    def bare(self, wave: str) -> Exported:
        """By one statement and the standard library."""
        return exported([sys.executable, "-m", "benchmarks.bare_export", str(self._file), self._keys[wave]], {})


def main() -> None:
    """Measure as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = range(parser.parse_args().rounds)
    exports = Exports(database_with(IN_A_BIG_WAVE))
    small = exports.ours(SMALL)
    both = [(exports.ours(BIG), exports.bare(BIG)) for _ in rounds]
    ours, bare = [each for each, _ in both], [each for _, each in both]
    assert ours[0].lines > IN_A_BIG_WAVE <= bare[0].lines, "Not every response was exported."
    printed(
        ("", "seconds", "CPU s", "first bytes s", "peak MB"),
        [
            _row(f"ours, {IN_A_BIG_WAVE:,} responses", ours),
            _row(f"bare, {IN_A_BIG_WAVE:,} responses", bare),
            _row(f"ours, {IN_THE_SMALL_WAVE} responses", [small]),
        ],
    )
    times = _median(ours, "seconds") / _median(bare, "seconds")
    growth = _median(ours, "peak") / small.peak
    goal("time, ours : bare", times, MOST_TIMES)
    goal(f"peak memory, {IN_A_BIG_WAVE:,} : {IN_THE_SMALL_WAVE} responses", growth, MOST_GROWTH)


def _row(name: str, runs: Sequence[Exported]) -> tuple[str, ...]:
    return (name, *(f"{_median(runs, each):.2f}" for each in ("seconds", "cpu", "first_bytes", "peak")))


def _median(runs: Sequence[Exported], name: str) -> float:
    values: list[float] = [getattr(run, name) for run in runs]
    return statistics.median(values)


if __name__ == "__main__":
    main()
