"""Texts that come in: our webhook beside the bare one, in turns, with the same texts over the same connections.

    ./run python -m benchmarks.inbound_texts [--texts 2000] [--rounds 3] [--shape threads|nginx]

Ours has as many conversations, each with its first question out, and every text answers one. Each acknowledged text
must be in the database: at the bare one as a row, at ours as a row, an answer and the next question in the outbox.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bare_inbound, text_side
from benchmarks.beside import Line, Side, compared, in_turns
from benchmarks.respondents import percentile
from benchmarks.servers import OURS, SHAPES, Server, Shape, serving
from benchmarks.texts_in import Brought, Signed, bring, signed
from telephone.account import Account

CONNECTIONS = 16
WARM_UP = 200  # texts before anything is measured
PUBLIC_URL = "http://127.0.0.1"
ACCOUNT = Account.practising(PUBLIC_URL)
ANSWER = "1"
TAKEN = 200


@dataclass(frozen=True, slots=True)
class Measured:
    """One run."""

    rate: float
    """Texts acknowledged a second."""
    took: tuple[float, ...]
    cpu: float
    """Processor milliseconds of the server for each text."""


def run(side: Side, shape: Shape, texts: int) -> Measured:
    """One run: everything fresh, warmed up, measured, and looked for in the database."""
    everything = texts + WARM_UP
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "measured.sqlite3"
        application, settings = _prepared(side, file, everything)
        with serving(application, file.parent, shape, settings) as server:
            signed_texts = [signed(ACCOUNT, server.address, number, ANSWER) for number in text_side.numbers(everything)]
            _refuse_faults(bring(server.address, signed_texts[texts:], CONNECTIONS))
            measured = _measured(server, signed_texts[:texts])
        _look_for(side, file, everything)
    return measured


def _prepared(side: Side, file: Path, texts: int) -> tuple[str, dict[str, str]]:
    if side == "ours":
        text_side.prepare(file, texts, "asked", in_a_wave=texts)
        return OURS, text_side.settings(file, ACCOUNT, PUBLIC_URL)
    bare_inbound.prepare(file)
    return f"benchmarks.bare_inbound:create_app({str(file)!r}, {PUBLIC_URL!r}, {ACCOUNT.token!r})", {}


def _measured(server: Server, texts: Sequence[Signed]) -> Measured:
    cpu, began = server.cpu, time.perf_counter()
    brought = bring(server.address, texts, CONNECTIONS)
    took, cpu = time.perf_counter() - began, server.cpu - cpu
    _refuse_faults(brought)
    return Measured(len(texts) / took, tuple(each.took for each in brought), cpu * 1000 / len(texts))


def _refuse_faults(brought: Sequence[Brought]) -> None:
    faults = [each.status for each in brought if each.status != TAKEN]
    assert not faults, f"{len(faults)} texts were not taken: {faults[:3]}"


def _look_for(side: Side, file: Path, texts: int) -> None:
    """Find everything that was acknowledged."""
    if side == "bare":
        there = bare_inbound.stored(file)
        assert there == texts, f"{texts} were acknowledged and {there} are stored."
        return
    found = text_side.stored(file)
    assert (found.came_in, found.answers, found.replies) == (texts,) * 3, f"{texts} were acknowledged; {found}"


LINES: tuple[Line[Measured], ...] = (
    Line("texts a second", lambda run: run.rate, least=0.5),
    Line("CPU ms a text", lambda run: run.cpu),
    Line("p50 ms", lambda run: percentile(run.took, 0.5) * 1000),
    Line("p95 ms", lambda run: percentile(run.took, 0.95) * 1000),
    Line("p99 ms", lambda run: percentile(run.took, 0.99) * 1000),
)


def compare(shape: Shape, rounds: int, texts: int) -> None:
    """Measure both sides in turns, and print the table."""
    runs = in_turns(rounds, lambda side: run(side, shape, texts))
    print(f"{SHAPES[shape]}; {CONNECTIONS} connections, {texts:,} texts a run; best of {rounds} (all)")
    compared(LINES, runs)


def main() -> None:
    """Measure as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=2000, help="texts in each run")
    parser.add_argument("--rounds", type=int, default=10, help="of each; the best of each side counts")
    parser.add_argument("--shape", choices=[*SHAPES], help="one shape only")
    asked = parser.parse_args()
    for shape in [asked.shape] if asked.shape else SHAPES:
        compare(shape, asked.rounds, asked.texts)


if __name__ == "__main__":
    main()
