"""Fifty texts a second, each at its time whatever became of the others: whole conversations, worker and telephone.

    ./run python -m benchmarks.steady_texts [--minutes 10] [--rate 50] [--gap 10] [--shape threads|nginx]

Everybody was invited; they agree, answer six questions and comment: eight texts, `--gap` seconds apart. One that comes
before its question was handed over is no answer to it, so that a conversation ends only if all replies went in time.
Times are of those minutes in which the full rate comes in; before and after it begins and ends bit by bit.
"""

import argparse
import math
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import case, func, select

from benchmarks import our_side, text_side
from benchmarks.respondents import percentile
from benchmarks.servers import LONGEST_START, SHAPES, Shape
from benchmarks.tables import printed, verdict
from benchmarks.text_service import TextService, with_telephone
from benchmarks.texts_in import Brought, Signed, bring, signed
from fieldwork.database import Database
from fieldwork.models.texts import Conversation, OutboundText

SAID = ("YES", "1", "2", "1", "3", "1", "2", "They were kind, and they came when they said.")
MOST_CONNECTIONS = 200
MOST_P99 = 500  # milliseconds
LOOK_EVERY = 0.5  # seconds between two looks at the queue
LONGEST_END = 120.0  # seconds for what is left of it
TAKEN = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for."""

    minutes: float
    rate: float
    """Texts a second."""
    gap: float
    """Seconds from one text of a person to the next."""

    @property
    def begins(self) -> float:
        """The second from which the full rate comes in."""
        return self.gap * (len(SAID) - 1)

    @property
    def ends(self) -> float:
        """The second at which no more conversations begin."""
        return self.begins + self.minutes * 60

    @property
    def people(self) -> int:
        """How many conversations begin."""
        return math.ceil(self.ends * self.rate / len(SAID))

    def due(self, person: int, text: int) -> float:
        """The second at which that person sends that text."""
        return person * len(SAID) / self.rate + text * self.gap


@dataclass(slots=True)
class Queue:
    """How long texts waited to be handed over, as far as looks at it tell."""

    oldest: float = 0.0
    """Seconds."""
    most: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def look(self, database: Database) -> int:
        """How many wait now."""
        count, oldest = text_side.waiting(database)
        self.oldest, self.most = max(self.oldest, oldest), max(self.most, count)
        return count

    def watch(self, database: Database) -> None:
        """Look again and again."""
        while not self.ended.wait(LOOK_EVERY):
            self.look(database)


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it."""

    brought: Sequence[Brought]
    took: Sequence[float]
    """Seconds, of those texts that came in at the full rate."""
    seconds: float
    """From the first text to the last answer."""
    queue: Queue
    stored: text_side.Stored
    finished: int
    delivered: int
    cpu: dict[str, float]


def measure(plan: Plan, shape: Shape) -> Found:
    """One run: everything fresh, and looked for in the database."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "steady.sqlite3"
        numbers = text_side.prepare(file, plan.people, "invited")
        database = Database(our_side.address(file))
        text_side.take_back_one(database)
        with with_telephone(file, shape) as service:
            texts = _signed(plan, service, numbers)
            wait_for_the_worker(database)
            cpu, began = service.cpu, time.perf_counter()
            with _watched(database) as queue:
                brought = bring(service.server.address, texts, MOST_CONNECTIONS)
                seconds = time.perf_counter() - began
                _wait_for_the_end(database, queue, plan.people * len(SAID))
            used = {part: spent - cpu[part] for part, spent in service.cpu.items()}
        stored, (finished, delivered) = text_side.stored(file), _counts(database)
    took = [each.took for text, each in zip(texts, brought, strict=True) if plan.begins <= (text.due or 0) < plan.ends]
    return Found(brought, took, seconds, queue, stored, finished, delivered, used)


def wait_for_the_worker(database: Database) -> None:
    """Wait until it has handed over the one text that waits."""
    give_up = time.monotonic() + LONGEST_START
    while text_side.waiting(database)[0]:
        assert time.monotonic() < give_up, "The worker hands nothing over."
        time.sleep(LOOK_EVERY)


def _signed(plan: Plan, service: TextService, numbers: Sequence[str]) -> list[Signed]:
    address, account = service.server.address, service.account
    texts = [
        signed(account, address, number, words, plan.due(person, place))
        for person, number in enumerate(numbers)
        for place, words in enumerate(SAID)
    ]
    return sorted(texts, key=lambda text: text.due or 0)


@contextmanager
def _watched(database: Database) -> Iterator[Queue]:
    queue = Queue()
    watching = threading.Thread(target=queue.watch, args=(database,), daemon=True)
    watching.start()
    yield queue
    queue.ended.set()
    watching.join()


def _wait_for_the_end(database: Database, queue: Queue, texts: int) -> None:
    """Let the worker hand over what is left, and the telephone tell of it."""
    give_up = time.monotonic() + LONGEST_END
    while time.monotonic() < give_up and (queue.look(database) or _counts(database)[1] < texts):
        time.sleep(LOOK_EVERY)


def _counts(database: Database) -> tuple[int, int]:
    """How many conversations came to their end, and how many replies were delivered."""
    with database.reading() as reading:
        finished = reading.scalar(select(func.count()).where(Conversation.state == "finished"))
        replies = func.sum(case((OutboundText.kind != "invitation", 1), else_=0))
        delivered = reading.scalar(select(replies).where(OutboundText.state == "delivered"))
    return finished or 0, delivered or 0


def shown(plan: Plan, shape: Shape, found: Found) -> bool:
    """Print the table; true if nothing was lost, and all of it came in time."""
    texts, p99 = plan.people * len(SAID), percentile(found.took, 0.99) * 1000
    acknowledged = sum(each.status == TAKEN for each in found.brought)
    rows = [
        ("texts sent", f"{texts:,}", "", ""),
        ("acknowledged", *_all_of(acknowledged, texts)),
        ("stored", *_all_of(found.stored.came_in, texts)),
        ("conversations finished", *_all_of(found.finished, plan.people)),
        ("responses", *_all_of(found.stored.responses, plan.people)),
        ("replies delivered", *_all_of(found.delivered, texts)),
        ("webhook p50 ms", f"{percentile(found.took, 0.5) * 1000:.0f}", "", ""),
        ("webhook p95 ms", f"{percentile(found.took, 0.95) * 1000:.0f}", "", ""),
        ("webhook p99 ms", f"{p99:.0f}", f"<= {MOST_P99}", verdict(reached=p99 <= MOST_P99)),
        ("oldest text waiting to be handed over, s", f"{found.queue.oldest:.1f}", "", ""),
        ("most texts waiting", f"{found.queue.most:,}", "", ""),
        *((f"cores used by {part}", f"{spent / found.seconds:.2f}", "", "") for part, spent in found.cpu.items()),
    ]
    print(f"{SHAPES[shape]}; {plan.rate:g} texts a second for {plan.minutes:g} min, {plan.gap:g} s between a person's")
    printed(("", "measured", "goal", ""), rows)
    everything = (acknowledged, found.stored.came_in, found.finished, found.stored.responses, found.delivered)
    return everything == (texts, texts, plan.people, plan.people, texts) and p99 <= MOST_P99


def _all_of(count: int, of: int) -> tuple[str, str, str]:
    return f"{count:,}", f"{of:,}", verdict(reached=count == of)


def main() -> None:
    """Measure as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0, help="of the full rate")
    parser.add_argument("--rate", type=float, default=50.0, help="texts a second")
    parser.add_argument("--gap", type=float, default=10.0, help="seconds from one text of a person to the next")
    parser.add_argument("--shape", choices=[*SHAPES], default="nginx")
    asked = parser.parse_args()
    plan = Plan(asked.minutes, asked.rate, asked.gap)
    sys.exit(0 if shown(plan, asked.shape, measure(plan, asked.shape)) else "Not everything was taken in time.")


if __name__ == "__main__":
    main()
