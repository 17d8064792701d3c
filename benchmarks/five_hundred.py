"""Five hundred people answer by text, from the invitation to the thanks, while much goes wrong on the way.

    ./run python -m benchmarks.five_hundred [--people 500] [--shape threads|nginx] [--faultless]

Each phone answers when its question arrives. Of what they write some is brought twice at once, some once more at the
end; statuses come in the wrong order; the provider is too busy at times, or takes a text and breaks the connection.
Everybody must get each text exactly once, and what each phone said must be one response.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from benchmarks import our_side, text_side
from benchmarks.servers import SHAPES, Shape, free_address
from benchmarks.tables import printed, verdict
from benchmarks.text_service import at_work
from fieldwork import waves
from fieldwork.database import Database
from fieldwork.models.texts import OutboundText
from fieldwork.returns import responses
from fieldwork.texting.permission import Terms
from modes.sms import inviting
from surveys.answers import Answer, Verbatim
from surveys.loading import definition
from surveys.questionnaire import Question, SingleChoice
from surveys.reading import read_answer
from telephone.faults import Fault, Faults
from telephone.running import RunningTelephone, running_telephone
from telephone.texts import Text

PACE = 0.05  # seconds from one status of a text to the next
LOOK_EVERY = 0.1
LONGEST = 900.0  # seconds without an end
WHAT_COMES_LATE = 3.0  # seconds for a text that should not be
TWICE_EVERY, AGAIN_EVERY = 7, 10
QUESTIONS = definition(text_side.QUESTIONNAIRE).questions
TEXTS = len(QUESTIONS) + 2  # with the invitation and the thanks
PRACTICE = Terms(text_side.KEYS, practice=True, pence_per_part=4.0)


@dataclass(slots=True)
class Phone:
    """One person, who answers whatever arrives, once."""

    place: int
    number: str
    said: list[str] = field(default_factory=list)
    wrote: list[Text] = field(default_factory=list)
    got: int = 0

    @property
    def words(self) -> str:
        """Their comment, by which they are known again."""
        return f"They came on day {self.place}."

    def next_words(self) -> str | None:
        """What they write next: they agree, choose, comment; none after the thanks."""
        if not self.wrote:
            return "YES"
        if len(self.wrote) > len(QUESTIONS):
            return None
        question = QUESTIONS[len(self.wrote) - 1]
        return str(1 + (self.place + len(self.wrote)) % 3) if isinstance(question, SingleChoice) else self.words

    def answer(self, telephone: RunningTelephone) -> None:
        """Answer what arrived since the last look."""
        arrived = [text for text in telephone.sent_to(self.number) if text.status in {"sent", "delivered"}]
        while self.got < len(arrived):
            self.got += 1
            if (words := self.next_words()) is not None:
                copies = 2 if (self.place + self.got) % TWICE_EVERY == 0 else 1
                self.wrote.append(telephone.text(self.number, words, copies=copies))

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What they said to each question."""
        said = (text.body for text in self.wrote[1:])
        return {question.id: _meant(question, words) for question, words in zip(QUESTIONS, said, strict=False)}


def _meant(question: Question, words: str) -> Answer:
    if isinstance(question, SingleChoice):
        return read_answer(question, [question.categories[int(words) - 1].code])
    return read_answer(question, [words])


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it."""

    people: int
    finished: int
    """People who were thanked."""
    missing: int
    """Texts that a phone did not get."""
    doubled: int
    """Texts that a phone got more than once."""
    handed_over: int
    """Tries to hand a text over."""
    responses: int
    lost: int
    """People whose response is not there, or is not what they said."""
    twice: int
    """People who are there more than once."""
    seconds: float

    @property
    def is_sound(self) -> bool:
        """True where everybody got every text once, and is there once, as they said."""
        everybody = self.finished == self.responses == self.people
        return everybody and not (self.missing or self.doubled or self.lost or self.twice)


def plant(faults: Faults) -> None:
    """What goes wrong on the way."""
    faults.add(Fault.TOO_MANY, every=25)
    faults.add(Fault.ACCEPT_THEN_DROP, every=40)
    faults.add(Fault.ERROR_AFTER, every=60)
    faults.add(Fault.REORDER, every=5)
    faults.add(Fault.DUPLICATE, every=6, webhook="status")
    faults.add(Fault.DUPLICATE, every=9, webhook="inbound")


def measure(people: int, shape: Shape, *, faultless: bool) -> Found:
    """One run: everything fresh, and looked for on the phones and in the database."""
    with tempfile.TemporaryDirectory() as folder:
        file, address = Path(folder) / "people.sqlite3", free_address()
        numbers = text_side.prepare(file, people, "waiting", in_a_wave=people)
        phones = [Phone(place, number) for place, number in enumerate(numbers)]
        with running_telephone(f"http://{address}", pace=PACE) as telephone:
            if not faultless:
                plant(telephone.faults)
            settings = text_side.settings(file, telephone.account, f"http://{address}", telephone.url)
            with at_work(file, shape, address, settings):
                invite_everybody(file)
                began = time.monotonic()
                _converse(telephone, phones)
                seconds = time.monotonic() - began
                _bring_again(telephone, phones)
            return _found(file, telephone, phones, seconds)


def invite_everybody(file: Path) -> None:
    """Write an invitation to each person of the wave."""
    now = datetime.now(UTC)
    with Database(our_side.address(file)).transaction() as work:
        (wave,) = waves.all_waves(work)
        people = inviting.to_invite(work, wave, PRACTICE, now).people
        inviting.invite(work, wave, people, inviting.moments_for(len(people), wave, PRACTICE, now), PRACTICE, now)


def _converse(telephone: RunningTelephone, phones: Sequence[Phone]) -> None:
    """Let everybody answer until all are thanked, or nothing moves any more."""
    give_up = time.monotonic() + LONGEST
    while any(phone.got < TEXTS for phone in phones) and time.monotonic() < give_up:
        for phone in phones:
            if phone.got < TEXTS:
                phone.answer(telephone)
        time.sleep(LOOK_EVERY)
    telephone.wait_quiet(LONGEST)


def _bring_again(telephone: RunningTelephone, phones: Sequence[Phone]) -> None:
    """Some of what was said comes once more when all is over; nothing may come of it."""
    everything = [text for phone in phones for text in phone.wrote]
    for text in everything[::AGAIN_EVERY]:
        telephone.replay(text)
    time.sleep(WHAT_COMES_LATE)
    telephone.wait_quiet(LONGEST)


def _found(file: Path, telephone: RunningTelephone, phones: Sequence[Phone], seconds: float) -> Found:
    got = [Counter(text.body for text in telephone.sent_to(phone.number)) for phone in phones]
    there = list(_responses(file))
    times = Counter(words for words, _ in there)
    said, kept = {phone.words: phone for phone in phones}, dict(there)
    return Found(
        people=len(phones),
        finished=sum(len(each) == TEXTS for each in got),
        missing=sum(TEXTS - len(each) for each in got),
        doubled=sum(each.total() - len(each) for each in got),
        handed_over=_tries(file),
        responses=len(there),
        lost=sum(kept.get(words) != phone.answers for words, phone in said.items()),
        twice=sum(number - 1 for number in times.values()),
        seconds=seconds,
    )


def _responses(file: Path) -> Iterator[tuple[str, Mapping[str, Answer]]]:
    """Every response, by the words by which its person is known."""
    with Database(our_side.address(file)).reading() as reading:
        (wave,) = waves.all_waves(reading)
        for each in responses.responses(reading, wave):
            words = each.answers[QUESTIONS[-1].id]
            yield words.text if isinstance(words, Verbatim) else "", each.answers


def _tries(file: Path) -> int:
    with Database(our_side.address(file)).reading() as reading:
        return reading.scalar(select(func.sum(OutboundText.tries))) or 0


def shown(shape: Shape, found: Found) -> None:
    """Print the table."""
    of, texts = found.people, found.people * TEXTS
    rows = [
        ("texts that phones should get", f"{texts:,}", "", ""),
        ("tries to hand one over", f"{found.handed_over:,}", "", ""),
        ("missing", *_most(found.missing)),
        ("got twice", *_most(found.doubled)),
        ("people thanked", f"{found.finished:,}", f"{of:,}", verdict(reached=found.finished == of)),
        ("responses", f"{found.responses:,}", f"{of:,}", verdict(reached=found.responses == of)),
        ("not there, or not what was said", *_most(found.lost)),
        ("there twice", *_most(found.twice)),
        ("texts handed over a second", f"{texts / found.seconds:.1f}", "", ""),
    ]
    print(f"{SHAPES[shape]}; {of:,} people in {found.seconds:.0f} s")
    printed(("", "found", "goal", ""), rows)


def _most(count: int) -> tuple[str, str, str]:
    return f"{count:,}", "0", verdict(reached=not count)


def main() -> None:
    """Measure as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--shape", choices=[*SHAPES], default="nginx")
    parser.add_argument("--faultless", action="store_true", help="let nothing go wrong on the way")
    asked = parser.parse_args()
    found = measure(asked.people, asked.shape, faultless=asked.faultless)
    shown(asked.shape, found)
    sys.exit(0 if found.is_sound else "Something was lost, or came twice.")


if __name__ == "__main__":
    main()
