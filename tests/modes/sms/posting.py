"""A wave whose people are texted, and a provider that does what a test tells it to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update

from fieldwork import inspections, waves
from fieldwork.database import Database, Session
from fieldwork.models.contacts import Contact
from fieldwork.models.inspections import Nation, Wave
from fieldwork.models.texts import Conversation, ConversationState, Kind, OutboundText, TextPlan
from fieldwork.numbers.contacts import place_of
from fieldwork.sealing import Keys, Vault
from fieldwork.texting import outbox, text_plans
from fieldwork.texting.permission import Terms
from modes.sms.calls import LastLook
from modes.sms.outbox import Sender
from modes.sms.provider import Answer, Listed, Posted, Refused, TryLater, Unreachable, Unsure, Withdrawn
from surveys.text import Language
from tests.fieldwork.samples import an_inspection, small_questionnaire

KEYS = Keys(current=b"c" * 32, before=None, suppression=b"s" * 32)
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # at ten in the morning, in London too
NUMBER = "+447700900123"
PUBLIC_URL = "https://survey.example.org"


@dataclass
class Clock:
    """A clock that goes when it is told to."""

    moment: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.moment

    def on(self, **how_far: float) -> datetime:
        self.moment += timedelta(**how_far)
        return self.moment


@dataclass
class MadeUpProvider:
    """Takes every text, unless a fault is planted for its next call."""

    now: Callable[[], datetime]
    texts: list[Listed] = field(default_factory=list)
    calls: list[tuple[str, str, str, int]] = field(default_factory=list)
    faults: list[str | int] = field(default_factory=list)
    """Of the next calls, in order: `drop`, `accept then drop`, `too many`, or the code of a refusal."""
    down: bool = False
    as_it_leaves: Callable[[], None] = lambda: None
    while_waiting: Callable[[], None] = lambda: None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def post(self, to: str, body: str, callback: str, validity_seconds: int, last_look: LastLook) -> Answer:
        with last_look() as wanted:
            if not wanted:
                return Withdrawn()
            self.as_it_leaves()
        self.while_waiting()
        with self.lock:
            self.calls.append((to, body, callback, validity_seconds))
            fault = self.faults.pop(0) if self.faults else None
            if self.down or fault == "too many":
                return TryLater()
            if isinstance(fault, int):
                return Refused(fault)
            if fault == "drop":
                return Unsure()
            name = f"SM{uuid4().hex}"
            self.texts.append(Listed(name, to, body, "sent", None, 0, inbound=False, ours=True, created=self.now()))
        return Unsure() if fault == "accept then drop" else Posted(name)

    def to_number(self, number: str, since: datetime) -> list[Listed]:
        self._be_there()
        mine = [each for each in self.texts if each.number == number and not each.inbound and each.created >= since]
        return sorted(mine, key=lambda each: each.created, reverse=True)

    def inbound_since(self, since: datetime) -> Iterator[list[Listed]]:
        self._be_there()
        came_in = [each for each in reversed(self.texts) if each.inbound and each.created >= since]
        for start in range(0, len(came_in), 2):
            yield came_in[start : start + 2]

    def blank(self, name: str) -> bool:
        self._be_there()
        self.texts = [replace(each, body="") if each.name == name else each for each in self.texts]
        return True

    def came_in(self, number: str, body: str) -> Listed:
        text = Listed(
            f"SM{uuid4().hex}", number, body, "received", None, 0, inbound=True, ours=True, created=self.now()
        )
        self.texts.append(text)
        return text

    def sent_to(self, number: str) -> list[str]:
        return [each.body for each in self.texts if each.number == number and not each.inbound]

    def _be_there(self) -> None:
        if self.down:
            raise Unreachable


@dataclass
class Post:
    """A wave that is texted, on a database, with a clock and a provider that a test holds in its hand."""

    database: Database
    wave: Wave
    clock: Clock
    provider: MadeUpProvider
    practice: bool = False
    pence_per_part: float = 4.0

    @property
    def sender(self) -> Sender:
        terms = Terms(KEYS, practice=self.practice, pence_per_part=self.pence_per_part)
        return Sender(self.database, terms, self.provider, PUBLIC_URL, self.clock)

    def vault(self, work: Session) -> Vault:
        return Vault(work, KEYS, self.wave.inspection_id)

    def conversation(
        self, number: str = NUMBER, state: ConversationState = "asking", language: Language | None = "en"
    ) -> Conversation:
        with self.database.transaction() as work:
            vault = self.vault(work)
            contact_id = uuid4()
            work.add(
                Contact(
                    id=contact_id,
                    wave_id=self.wave.id,
                    number=vault.seal(number, place_of(contact_id)),
                    number_index=vault.index(number),
                    language=language,
                    age="adult",
                    confirmed=date(2026, 11, 1),
                )
            )
            work.flush()
            talk = Conversation(wave_id=self.wave.id, contact_id=contact_id, state=state, language=language)
            work.add(talk)
            work.flush()
            return talk

    def write(
        self,
        talk: Conversation,
        kind: Kind = "question",
        body: str = "1 of 3: Did it help? 1 Yes 2 No",
        *,
        not_before: datetime | None = None,
        question_id: str | None = "helped",
    ) -> UUID:
        with self.database.transaction() as work:
            vault = self.vault(work)
            now = self.clock()
            return outbox.write(work, talk, kind, body, vault, now, question_id=question_id, not_before=not_before)

    def text(self, text_id: UUID) -> OutboundText:
        with self.database.reading() as work:
            return work.get_one(OutboundText, text_id)

    def state(self, text_id: UUID) -> str:
        return self.text(text_id).state

    def texts(self) -> list[OutboundText]:
        with self.database.reading() as work:
            return list(work.scalars(select(OutboundText)))

    def talk(self, talk: Conversation) -> Conversation:
        with self.database.reading() as work:
            return work.get_one(Conversation, talk.id)

    def plan(self) -> TextPlan:
        with self.database.reading() as work:
            return work.get_one(TextPlan, self.wave.id)

    def becomes(self, talk: Conversation, state: ConversationState) -> None:
        with self.database.transaction() as work:
            work.execute(update(Conversation).where(Conversation.id == talk.id).values(state=state))


class Watched(Database):
    """A database that says when it is about to be worked on, and for which time, counted from 0."""

    def __init__(self, inner: Database, before: Callable[[int], None]) -> None:
        super().__init__(inner.url.render_as_string(hide_password=False))
        self.engine, self.inner, self.before, self.times = inner.engine, inner, before, 0

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        self._say_so()
        with self.inner.transaction() as work:
            yield work

    @contextmanager
    def reading(self) -> Iterator[Session]:
        self._say_so()
        with self.inner.reading() as work:
            yield work

    def _say_so(self) -> None:
        here, self.times = self.times, self.times + 1
        self.before(here)


def open_post(database: Database, budget_pence: int = 100_000, nation: Nation = "england") -> Post:
    with database.transaction() as work:
        new = replace(an_inspection(), nation=nation)
        wave = waves.open_wave(work, inspections.create(work, new), small_questionnaire(), today=date(2026, 11, 1))
        text_plans.start(work, wave, budget_pence, MONDAY.date())
    clock = Clock()
    return Post(database, wave, clock, MadeUpProvider(clock))


def another_wave(post: Post) -> Post:
    """A wave of another inspection, on the same database, clock and provider."""
    with post.database.transaction() as work:
        there = inspections.create(work, an_inspection("york-2011"))
        wave = waves.open_wave(work, there, small_questionnaire(), today=date(2026, 11, 1))
        text_plans.start(work, wave, 100_000, MONDAY.date())
    return replace(post, wave=wave)


def number(place: int) -> str:
    """One of a thousand mobile numbers that belong to nobody."""
    return f"+447700900{place:03d}"
