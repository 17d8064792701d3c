"""Ours beside the bare one: both measured in turns, and a table in which each is represented by its best run."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from benchmarks.tables import printed, verdict

Side = Literal["ours", "bare"]
SIDES: tuple[Side, ...] = ("ours", "bare")
Run = TypeVar("Run")


@dataclass(frozen=True, slots=True)
class Line(Generic[Run]):
    """One line of the table: a figure of each run, and the least or the most that ours should be of the bare one."""

    name: str
    of: Callable[[Run], float]
    least: float | None = None
    most: float | None = None

    def judged(self, ratio: float) -> tuple[str, str]:
        """The goal, and whether the ratio reaches it."""
        if self.least is not None:
            return f">= {self.least:g}", verdict(reached=ratio >= self.least)
        if self.most is not None:
            return f"<= {self.most:g}", verdict(reached=ratio <= self.most)
        return "", ""


def in_turns(rounds: int, run: Callable[[Side], Run]) -> Mapping[Side, Sequence[Run]]:
    """Every run of both sides; who begins changes with every round."""
    runs: dict[Side, list[Run]] = defaultdict(list)
    for number in range(rounds):
        for side in SIDES if number % 2 else reversed(SIDES):
            runs[side].append(run(side))
    return runs


def compared(lines: Sequence[Line[Run]], runs: Mapping[Side, Sequence[Run]]) -> None:
    """Print the table."""
    printed(("", "ours", "bare", "ours : bare", "goal", ""), [_row(line, runs["ours"], runs["bare"]) for line in lines])


def _row(line: Line[Run], ours: Sequence[Run], bare: Sequence[Run]) -> tuple[str, ...]:
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
