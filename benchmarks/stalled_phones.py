"""Phones that stall in the middle of sending: how much of their rate do the others keep?

./run python -m benchmarks.stalled_phones [--seconds 10] [--shape threads|nginx]
"""

import argparse
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks import our_side
from benchmarks.browser import Browser
from benchmarks.respondents import Flow, crowd
from benchmarks.servers import OURS, SHAPES, Server, Shape, serving
from benchmarks.tables import printed, verdict

STALLED = (0, 8, 200, 0)  # the last shows whether the service has recovered
RESPONDENTS = 16
LEAST_KEPT = 0.8
WARM_UP = 2 * RESPONDENTS


@contextmanager
def stalled(address: str, phones: int) -> Iterator[None]:
    """That many phones that have sent half a form, for as long as this lasts."""
    whole = Browser(address).request("POST", "/question/1", b"answer=" + b"a" * 2000)
    host, _, port = address.partition(":")
    with ExitStack() as stack:
        for _ in range(phones):
            phone = stack.enter_context(socket.create_connection((host, int(port)), timeout=10))
            phone.sendall(whole[:-1000])
        time.sleep(1)
        yield


def rate(server: Server, starts: list[str], seconds: float) -> float:
    """Answers acknowledged a second to the others."""
    with crowd(RESPONDENTS) as others:
        playing = others.play(Flow(server.address, patience=seconds), starts)
        time.sleep(seconds)
        others.stop()
        return sum(len(one.ledger) for one in playing) / seconds


def main() -> None:
    """Measure as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--shape", choices=[*SHAPES], help="one shape only")
    asked = parser.parse_args()
    for shape in [asked.shape] if asked.shape else SHAPES:
        print(SHAPES[shape])
        rates = _rates(shape, asked.seconds)
        undisturbed = statistics.mean((rates[0], rates[-1])) if rates[-1] else rates[0]
        rows = [
            (str(phones), f"{each:.0f}", f"{each / undisturbed:.2f}", verdict(reached=each >= LEAST_KEPT * undisturbed))
            for phones, each in zip(STALLED, rates, strict=True)
        ]
        printed(("stalled phones", "answers a second", "kept", f">= {LEAST_KEPT}"), rows)


def _rates(shape: Shape, seconds: float) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stalled.sqlite3"
        starts = our_side.prepare(file, our_side.MOST_LINKS)
        share = (len(starts) - WARM_UP) // len(STALLED)
        with serving(OURS, file.parent, shape, our_side.settings(file)) as server:
            with crowd(RESPONDENTS) as first:
                list(first.play(Flow(server.address), starts[:WARM_UP]))
            found = []
            for place, phones in enumerate(STALLED):
                with stalled(server.address, phones):
                    found.append(rate(server, starts[WARM_UP + place * share :][:share], seconds))
            return found


if __name__ == "__main__":
    main()
