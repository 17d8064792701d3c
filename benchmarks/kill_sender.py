"""Senders of texts are killed (SIGKILL) at random, again and again, while the provider fails: does each text go once?

    ./run python -m benchmarks.kill_sender [--kills 1000]
    ./run python -m benchmarks.kill_sender --kills 100 --sabotage

The second plants a fault that has to be found: a text of which nobody knows whether it went is sent again.

Senders are processes that carry texts to the practice telephone over HTTP; it refuses, answers late or not at all, and
takes texts without saying so. With each kill the clocks of all are put on by half a minute, so that leases end. What a
text became is counted at the telephone, by its words: each text has its own.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select

from benchmarks.tables import printed
from fieldwork import inspections, waves
from fieldwork.database import Database, Session
from fieldwork.inspections import NewInspection
from fieldwork.models.contacts import Contact
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Conversation, OutboundText
from fieldwork.numbers.contacts import place_of
from fieldwork.sealing import Keys, Vault
from fieldwork.texting import carriage, outbox, text_plans
from fieldwork.texting.permission import Terms
from modes.sms.breaker import Breaker
from modes.sms.outbox import Sender, settle_unsure
from modes.sms.provider import Provider, Unreachable
from modes.sms.worker import LOOK_EVERY, Rounds
from staff.commands.questionnaires import EXAMPLE_NAMES
from surveys.loading import definition
from telephone.running import RunningTelephone, running_telephone

KEYS = Keys(current=b"c" * 32, before=None, suppression=b"s" * 32)
NOBODY_LISTENS = "http://127.0.0.1:9"  # news of texts is lost too
PEOPLE = 60
FRESH_TEXTS = 2  # for each kill
LIFE = (0.02, 0.5)  # seconds that a sender lives
PUT_ON = timedelta(seconds=31)
SETTLES_EVERY = 4  # looks into the outbox
LONGEST_DRAIN = 20_000  # looks into the outbox
FAULTS = {"accept_then_drop": 7, "too_many": 11, "error_after": 13, "error": 31, "drop": 37, "slow": 17}
OPEN = {"waiting", "claimed", "posting"}
FOR_A_PERSON = {"unsure", "held"}


@dataclass
class Clock:
    """The time here, put on."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        """Now."""
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the texts."""

    kills: int
    texts: int
    arrived: int
    for_a_person: int
    lost: int
    falsely_sent: int
    doubled: int

    @property
    def is_sound(self) -> bool:
        """True where no text was lost, none came twice, and none is called sent that did not go."""
        return not (self.lost or self.doubled or self.falsely_sent)


@dataclass
class Wavelet:
    """A wave of people who are texted, and the words of each text."""

    database: Database
    wave: Wave
    talks: list[Conversation]
    words: dict[UUID, str] = field(default_factory=dict)

    def write(self, now: datetime) -> None:
        """Some more texts, to some of them."""
        with self.database.transaction() as work:
            vault = Vault(work, KEYS, self.wave.inspection_id)
            for talk in random.sample(self.talks, FRESH_TEXTS):
                words = f"text {len(self.words)}"
                self.words[outbox.write(work, talk, "question", words, vault, now)] = words

    def states(self) -> Mapping[UUID, str]:
        """Where each text stands."""
        with self.database.reading() as work:
            return dict(work.execute(select(OutboundText.id, OutboundText.state)).all())


def outcome(kills: int, *, sabotage: bool) -> Outcome:
    """One run with that many kills."""
    if sabotage:
        carriage.due = due_again
        carriage._is_claimable = lambda *_: True  # noqa: SLF001 - asked again of a text that is locked
        carriage._may_be_out_since = lambda *_: None  # noqa: SLF001 - and the net under it taken away
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder, running_telephone(NOBODY_LISTENS, now=clock) as telephone:
        there = prepared(Path(folder) / "killed.sqlite3")
        account = telephone.account
        provider = Provider(account.sid, account.token, account.service, telephone.url)
        terms = Terms(KEYS, practice=True, pence_per_part=1.0)
        sender = Sender(there.database, terms, provider, NOBODY_LISTENS, clock)
        for fault, every in FAULTS.items():
            telephone.faults.add(fault, every=every, seconds=0.2)
        for _ in range(kills):
            there.write(clock())
            with another_sender(sender) as process:
                time.sleep(random.uniform(*LIFE))  # noqa: S311 - kills should come at any moment
                os.kill(process, signal.SIGKILL)
            clock.ahead += PUT_ON
        telephone.faults.clear()
        drain(sender, there, clock)
        return compared(there, telephone, kills)


def due_again(session: Session, terms: Terms, now: datetime, most: int) -> list[UUID]:  # noqa: ARG001 - as `due`
    """The planted fault: what may have gone is taken as what has not."""
    return list(session.scalars(select(OutboundText.id).where(OutboundText.state.in_(OPEN))))


def prepared(file: Path) -> Wavelet:
    """A wave with people to text, in a database of its own."""
    file.touch()
    database = Database(f"sqlite:///{file}")
    database.upgrade()
    with database.transaction() as work:
        new = NewInspection(slug="killed", name="Killed", programme="today", names=EXAMPLE_NAMES)
        wave = waves.open_wave(work, inspections.create(work, new), definition("victims-text"))
        text_plans.start(work, wave, 100_000_000, date.today())  # noqa: DTZ011 - any day
        vault, talks = Vault(work, KEYS, wave.inspection_id), []
        for place in range(PEOPLE):
            contact_id, number = uuid4(), f"+447700900{place:03d}"
            sealed, index = vault.seal(number, place_of(contact_id)), vault.index(number)
            contact = {"number": sealed, "number_index": index, "age": "adult", "confirmed": wave.opened}
            work.add(Contact(id=contact_id, wave_id=wave.id, **contact))
            work.flush()
            talks.append(Conversation(wave_id=wave.id, contact_id=contact_id, state="asking"))
        work.add_all(talks)
    return Wavelet(database, wave, talks)


@contextmanager
def another_sender(sender: Sender) -> Iterator[int]:
    """A process that carries texts until it dies."""
    process = os.fork()
    if process == 0:
        try:
            sender.database.engine.dispose(close=False)  # connections of its own
            carry_on(sender)
        finally:
            os._exit(0)
    try:
        yield process
    finally:
        os.waitpid(process, 0)


def carry_on(sender: Sender) -> None:
    """What a worker does, without its other jobs."""
    rounds, looks = Rounds(sender, Breaker(), at_once=4), 0
    while True:
        rounds.look()
        if looks % SETTLES_EVERY == 0:
            settle(sender)
        looks += 1
        time.sleep(LOOK_EVERY / 10)


def settle(sender: Sender) -> None:
    """Look for what nobody knows of."""
    try:
        settle_unsure(sender)
    except Unreachable:
        return


def drain(sender: Sender, there: Wavelet, clock: Clock) -> None:
    """Nobody is killed any more: carry on until every text has gone or waits for a person."""
    rounds = Rounds(sender, Breaker(), at_once=4)
    for _ in range(LONGEST_DRAIN):
        rounds.look()
        settle(sender)
        time.sleep(0.1)
        clock.ahead += PUT_ON
        if not OPEN & set(there.states().values()):
            break
    rounds.finish()


def compared(there: Wavelet, telephone: RunningTelephone, kills: int) -> Outcome:
    """The database held against what has arrived."""
    arrived = Counter(text.body for text in telephone.exchange.store.all_texts())
    states = there.states()
    there.database.engine.dispose()
    absent = [states[text_id] for text_id, words in there.words.items() if not arrived[words]]
    return Outcome(
        kills=kills,
        texts=len(there.words),
        arrived=len(arrived),
        for_a_person=sum(state in FOR_A_PERSON for state in states.values()),
        lost=sum(state in OPEN | {"dropped", "failed"} for state in absent),
        falsely_sent=sum(state not in OPEN | FOR_A_PERSON | {"dropped", "failed"} for state in absent),
        doubled=sum(number - 1 for number in arrived.values()),
    )


def main() -> None:
    """Kill as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--sabotage", action="store_true")
    asked = parser.parse_args()
    found = outcome(asked.kills, sabotage=asked.sabotage)
    header = ("kills", "texts", "arrived", "for a person", "lost", "called sent and not there", "arrived twice")
    printed(header, [tuple(f"{getattr(found, name):,}" for name in found.__slots__)])
    if asked.sabotage:
        sys.exit("The planted fault was NOT found: this measures nothing." if found.is_sound else 0)
    sys.exit(0 if found.is_sound else "A text was lost, or came twice.")


if __name__ == "__main__":
    main()
