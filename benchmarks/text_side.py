"""Our side of a measurement with texts: people to text, conversations as far as is wanted, and what came of them."""

import base64
import math
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice, product
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select, update

from benchmarks import our_side
from fieldwork import waves
from fieldwork.database import Database, Session
from fieldwork.inspections import NewInspection, create
from fieldwork.models.interviews import DraftAnswer
from fieldwork.models.responses import StoredResponse
from fieldwork.models.texts import Conversation, InboundText, Kind, OutboundText
from fieldwork.numbers import contacts
from fieldwork.numbers.contact_rows import ContactRow
from fieldwork.sealing import Keys, Vault
from fieldwork.texting import conversations, outbox, text_interviews, text_plans
from fieldwork.texting.conversations import ConversationNow
from modes.sms.wording import invitation, prompt
from surveys.interview import Interview
from surveys.loading import definition
from telephone.account import Account
from telephone.numbers import OURS

KEYS = Keys(b"c" * 32, None, b"s" * 32)
QUESTIONNAIRE = "victims-text"
NOBODYS = "http://127.0.0.1:9"  # an API at which nobody listens
BUDGET = 10_000_000  # pence: no measurement ends because its money does
MOST_IN_A_WAVE = 500  # nine texts each, and a wave sends no more than 5,000 a day

# Ofcom's numbers for drama, which nobody has: a thousand behind each of these.
DRAMA = (
    "+447700900", "+441134960", "+441144960", "+441154960", "+441164960", "+441174960", "+441214960", "+441314960",
    "+441414960", "+441514960", "+441614960", "+441914980", "+441632960", "+442079460", "+442896496", "+442920180",
)  # fmt: skip

Stage = Literal["waiting", "invited", "asked"]
"""Of everybody: not invited yet; the invitation was handed over; they agreed, and so was the first question."""


def numbers(count: int) -> list[str]:
    """So many numbers that nobody has, and from which the practice service does not text either."""
    every = (f"{start}{end:03}" for start, end in product(DRAMA, range(1000)))
    found = list(islice((number for number in every if number != OURS), count))
    assert len(found) == count, f"There are {len(found):,} such numbers."
    return found


def settings(file: Path, account: Account, public_url: str, api_url: str = NOBODYS) -> dict[str, str]:
    """The environment of our application on that database, with that account."""
    return {
        **our_side.settings(file),
        "PUBLIC_URL": public_url,
        "CONTACT_KEY": base64.b64encode(KEYS.current).decode(),
        "SUPPRESSION_KEY": base64.b64encode(KEYS.suppression).decode(),
        "TWILIO_ACCOUNT_SID": account.sid,
        "TWILIO_AUTH_TOKEN": account.token,
        "TWILIO_MESSAGING_SERVICE": account.service,
        "TWILIO_API_URL": api_url,
        "QUEUE_URL": f"sqlite:///{file.with_name('queue.sqlite3')}",
        "MAIL_URL": f"file:{file.with_name('mail')}",
        "CONCERN_PEOPLE": "first.person@example.org,second.person@example.org",
    }


def prepare(file: Path, people: int, stage: Stage, in_a_wave: int = MOST_IN_A_WAVE) -> list[str]:
    """A new database with so many people in as many waves as they need; their numbers."""
    database, now = Database(our_side.address(file)), datetime.now(UTC) - timedelta(minutes=1)
    database.upgrade()
    everybody = numbers(people)
    for place in range(math.ceil(people / in_a_wave)):
        theirs = everybody[place * in_a_wave :][:in_a_wave]
        with database.transaction() as work:
            _open_wave(work, f"area-{place + 1}", theirs, stage, now)
    database.engine.dispose()
    return everybody


def _open_wave(work: Session, slug: str, theirs: list[str], stage: Stage, now: datetime) -> None:
    inspection = create(work, NewInspection(slug=slug, name=slug, programme="today", names=our_side.NAMES))
    wave, today = waves.open_wave(work, inspection, definition(QUESTIONNAIRE)), now.date()
    text_plans.start(work, wave, BUDGET, today)
    rows = [ContactRow(line, number, "en", "adult", today) for line, number in enumerate(theirs, start=2)]
    contacts.add(work, wave, rows, slug.encode(), KEYS)
    if stage == "waiting":
        return
    going = _Going(work, Vault(work, KEYS, inspection.id), now)
    for key in work.scalars(select(Conversation.id).where(Conversation.wave_id == wave.id)).all():
        going.bring(conversations.hold_one(work, key), stage)


@dataclass(frozen=True, slots=True)
class _Going:
    """Brings conversations as far as the outbox and the provider would have."""

    work: Session
    vault: Vault
    now: datetime

    def bring(self, one: ConversationNow, stage: Stage) -> None:
        """Bring that conversation there."""
        if stage == "invited":
            self._hand_over(one, "invitation", invitation("england", "en"))
            conversations.save(self.work, replace(one, state="invited"))
            return
        asks = definition(QUESTIONNAIRE)
        first = asks.questions[0]
        self._hand_over(one, "question", prompt(asks, Interview(asks, {}), first, our_side.NAMES, "en"), first.id)
        visit_id = text_interviews.begin_interview(self.work, one, self.now)
        conversations.save(self.work, replace(one, state="asking", visit_id=visit_id, question_id=first.id))

    def _hand_over(self, one: ConversationNow, kind: Kind, body: str, question_id: str | None = None) -> None:
        text_id = outbox.write(self.work, one, kind, body, self.vault, self.now, question_id=question_id)
        text = self.work.get_one(OutboundText, text_id)
        text.state, text.posted_second = "delivered", text.written_second


def take_back_one(database: Database) -> None:
    """Let the invitation of one person wait again: once it is handed over, the worker is known to be at work."""
    one = select(func.min(OutboundText.id)).scalar_subquery()
    back = update(OutboundText).where(OutboundText.id == one).values(state="waiting", posted_second=None)
    with database.transaction() as work:
        work.execute(back, execution_options={"synchronize_session": False})


def waiting(database: Database) -> tuple[int, float]:
    """How many texts wait to be handed over, and for how many seconds at least the oldest of them has."""
    waits = OutboundText.state.in_(("waiting", "claimed"))
    with database.reading() as reading:
        count, since = reading.execute(select(func.count(), func.min(OutboundText.written_second)).where(waits)).one()
    return count, max(0.0, time.time() - since - 1) if count else 0.0


@dataclass(frozen=True, slots=True)
class Stored:
    """What is in the database."""

    came_in: int
    answers: int
    replies: int
    """Texts written because of one that came in, whatever became of them."""
    responses: int


def stored(file: Path) -> Stored:
    """What came of the texts."""
    counted = (
        select(func.count()).select_from(InboundText),
        select(func.count()).select_from(DraftAnswer),
        select(func.count()).select_from(OutboundText).where(OutboundText.cause_id.is_not(None)),
        select(func.count()).select_from(StoredResponse),
    )
    with Database(our_side.address(file)).reading() as reading:
        return Stored(*(reading.scalar(each) or 0 for each in counted))
