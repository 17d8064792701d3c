"""People with telephones: they text, our webhook hears of it, signed as the provider signs; our sender carries replies.

Nothing here is a stand-in but the provider: texts come in through the application, and go out through the outbox.
"""

import base64
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from app import create_app
from config.settings import Settings
from fieldwork import inspections, waves
from fieldwork.database import Database
from fieldwork.models.concerns import Concern
from fieldwork.models.contacts import Age, Contact
from fieldwork.models.inspections import Nation, Wave
from fieldwork.models.texts import Conversation, ConversationState, InboundText, OutboundText
from fieldwork.numbers.contacts import place_of
from fieldwork.returns import responses
from fieldwork.sealing import Keys, Vault
from fieldwork.texting import carriage, outbox, text_plans
from fieldwork.texting.permission import Terms
from modes.sms import wording
from modes.sms.outbox import Sender, carry
from surveys.answers import Answer
from surveys.interview import Response
from surveys.questionnaire import Questionnaire
from surveys.text import Language
from tests.fieldwork.samples import an_inspection
from tests.modes.sms.posting import MadeUpProvider

TOKEN = "t" * 32
BEFORE = "b" * 32
ACCOUNT = "AC" + "0" * 32
PUBLIC_URL = "http://127.0.0.1:8000"
OUR_NUMBER = "+447700900999"
NUMBER = "+447700900123"
KEYS = Keys(current=b"c" * 32, before=None, suppression=b"s" * 32)
MOST_AT_ONCE = 100


def settings_for_texts(database_url: str, public_url: str = PUBLIC_URL, **more: Any) -> Settings:
    """Settings that are good for a test and for nothing else."""
    given = {
        "secret_key": "s" * 32,
        "code_pepper": "p" * 32,
        "database_url": database_url,
        "public_url": public_url,
        "contact_key": base64.b64encode(KEYS.current).decode(),
        "suppression_key": base64.b64encode(KEYS.suppression).decode(),
        "twilio_account_sid": ACCOUNT,
        "twilio_auth_token": TOKEN,
        "twilio_auth_token_before": BEFORE,
        "twilio_messaging_service": "MG" + "0" * 32,
        "concern_people": "one@example.org,two@example.org",
    }
    return Settings(**{**given, **more})


@dataclass
class Clock:
    """A clock that goes when it is told to."""

    moment: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    def __call__(self) -> datetime:
        return self.moment

    def on(self, **how_far: float) -> None:
        self.moment += timedelta(**how_far)


@dataclass
class Exchange:
    """The application with a wave whose people are texted."""

    app: Flask
    wave: Wave
    clock: Clock
    provider: MadeUpProvider

    @property
    def database(self) -> Database:
        found: Database = self.app.extensions["database"]
        return found

    def close(self) -> None:
        """Let go of the database."""
        self.database.engine.dispose()

    def phone(
        self,
        number: str = NUMBER,
        language: Language | None = "en",
        age: Age = "adult",
        state: ConversationState = "waiting",
        wave: Wave | None = None,
    ) -> "Phone":
        """The telephone of somebody whom the wave may text."""
        of_wave = wave or self.wave
        with self.database.transaction() as work:
            vault, contact_id = Vault(work, KEYS, of_wave.inspection_id), uuid4()
            work.add(
                Contact(
                    id=contact_id,
                    wave_id=of_wave.id,
                    number=vault.seal(number, place_of(contact_id)),
                    number_index=vault.index(number),
                    language=language,
                    age=age,
                    confirmed=date(2026, 11, 1),
                )
            )
            work.flush()
            talk = Conversation(wave_id=of_wave.id, contact_id=contact_id, state=state, language=language)
            work.add(talk)
            work.flush()
            return Phone(self, number, talk.id, age)

    def post(self, fields: dict[str, str], address: str = "/texts/in", **more: Any) -> TestResponse:
        """Post these fields as the provider does, signed."""
        signature = RequestValidator(TOKEN).compute_signature(
            self.app.extensions["settings"].public_url + address, fields
        )
        headers = {"X-Twilio-Signature": signature, **more.pop("headers", {})}
        return self.app.test_client().post(
            address,
            data=urlencode(fields),
            headers=headers,
            content_type="application/x-www-form-urlencoded; charset=UTF-8",
            **more,
        )

    @property
    def sender(self) -> Sender:
        return Sender(
            self.database, Terms(KEYS, practice=True, pence_per_part=4.0), self.provider, PUBLIC_URL, self.clock
        )

    def carry(self) -> int:
        """Carry everything that waits, until nothing does; how many texts."""
        carried = 0
        for _ in range(MOST_AT_ONCE):
            with self.database.reading() as work:
                due = carriage.due(work, self.sender.terms, self.clock(), MOST_AT_ONCE)
            if not due:
                break
            for text_id in due:
                carry(self.sender, text_id)
            carried += len(due)
        return carried

    def responses(self) -> list[Response]:
        with self.database.reading() as work:
            return responses.responses(work, self.wave)

    def answers(self) -> dict[str, Answer]:
        """The answers of the one response there is."""
        (response,) = self.responses()
        return dict(response.answers)

    def count(self, table: Any, *where: Any) -> int:
        with self.database.reading() as work:
            return work.scalar(select(func.count()).select_from(table).where(*where)) or 0

    def concerns(self) -> list[Concern]:
        with self.database.reading() as work:
            return list(work.scalars(select(Concern).order_by(Concern.raised_minute)))

    def rows(self, table: Any) -> list[Any]:
        with self.database.reading() as work:
            return list(work.scalars(select(table)))


@dataclass
class Phone:
    """Somebody's telephone, and what has arrived on it."""

    exchange: Exchange
    number: str
    conversation_id: UUID
    age: Age = "adult"
    read: int = 0
    last: dict[str, str] = field(default_factory=dict)

    def invited(self) -> list[str]:
        """The invitation goes out; what has arrived."""
        exchange = self.exchange
        with exchange.database.transaction() as work:
            talk = work.get_one(Conversation, self.conversation_id)
            talk.state = "invited"
            words = wording.invitation(exchange.wave.inspection.nation, talk.language, self.age)
            vault = Vault(work, KEYS, exchange.wave.inspection_id)
            outbox.write(work, talk, "invitation", words, vault, exchange.clock())
        exchange.carry()
        return self.arrived()

    def texts(self, body: str, *, media: int = 0, opt_out: str | None = None, carry: bool = True) -> list[str]:
        """Text us; what has arrived since."""
        assert self.delivered(body, media=media, opt_out=opt_out).status_code == 200
        if carry:
            self.exchange.carry()
        return self.arrived()

    def delivered(self, body: str, *, media: int = 0, opt_out: str | None = None) -> TestResponse:
        """Our reply to the provider that brings this text."""
        sid = f"SM{uuid4().hex}"
        self.last = {
            "MessageSid": sid,
            "SmsSid": sid,
            "AccountSid": ACCOUNT,
            "From": self.number,
            "To": OUR_NUMBER,
            "Body": body,
            "NumMedia": str(media),
            "FromCity": "",
            "ApiVersion": "2010-04-01",
            **({"OptOutType": opt_out} if opt_out else {}),
        }
        return self.again()

    def again(self) -> TestResponse:
        """The last text is brought once more."""
        return self.exchange.post(self.last)

    def stops(self, word: str = "STOP") -> list[str]:
        return self.texts(word, opt_out="STOP")

    def arrived(self) -> list[str]:
        """What has arrived since one last looked."""
        everything = self.exchange.provider.sent_to(self.number)
        fresh, self.read = everything[self.read :], len(everything)
        return fresh

    @property
    def talk(self) -> Conversation:
        with self.exchange.database.reading() as work:
            return work.get_one(Conversation, self.conversation_id)

    @property
    def state(self) -> str:
        return self.talk.state

    def inbound(self) -> list[InboundText]:
        rows = self.exchange.rows(InboundText)
        return sorted((each for each in rows), key=lambda each: each.received_second)

    def outbound(self) -> list[OutboundText]:
        return [each for each in self.exchange.rows(OutboundText) if each.conversation_id == self.conversation_id]


def open_exchange(
    database_url: str,
    questionnaire: Questionnaire,
    nation: Nation = "england",
    *,
    partial_counts: bool = False,
    **more: Any,
) -> Exchange:
    """The application on this database, with one wave whose people are texted."""
    app = create_app(settings_for_texts(database_url, **more))
    app.testing = True
    clock = Clock()
    app.extensions["clock"] = clock
    database: Database = app.extensions["database"]
    with database.transaction() as work:
        inspection = inspections.create(work, replace(an_inspection(), nation=nation))
        wave = waves.open_wave(work, inspection, questionnaire)
        text_plans.start(work, wave, 1_000_000, clock().date(), partial_counts=partial_counts)
    return Exchange(app, wave, clock, MadeUpProvider(clock))
