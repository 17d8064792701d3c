"""People to text, with numbers that belong to nobody, and what a test does with them in one line."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, text

from fieldwork import inspections, waves
from fieldwork.database import Database
from fieldwork.keeping import closing
from fieldwork.models.base import Base
from fieldwork.models.contacts import Contact
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Conversation, ConversationState, InboundText, OutboundText
from fieldwork.numbers import contact_file, contacts
from fieldwork.numbers.contact_columns import MAY_HOLD
from fieldwork.numbers.contact_file import ContactFile
from fieldwork.numbers.contacts import Imported
from fieldwork.sealing import Keys, Vault
from surveys.text import Language
from tests.fieldwork.samples import NOW, Office, an_inspection, small_questionnaire

TODAY = NOW.date()
SECOND = int(NOW.timestamp())
BEFORE = Keys(b"1" * 32, None, b"s" * 32)
KEYS = Keys(b"2" * 32, b"1" * 32, b"s" * 32)
AFTER = Keys(b"2" * 32, None, b"s" * 32)
GOOD = {"language": "en", "age": "child", "told": "yes", "agreed": "yes", "safe_to_text": "yes", "confirmed": ""}


def drama(number: int) -> str:
    """One of the thousand mobile numbers that belong to nobody, as it is kept."""
    return f"+447700900{number:03}"


def typed(number: int) -> str:
    return f"07700 900{number:03}"


def row(number: int, **other: str) -> dict[str, str]:
    return {"mobile": typed(number), **GOOD, **other}


def sheet(*rows: Mapping[str, str], columns: Sequence[str] = tuple(MAY_HOLD)) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def people(*numbers: int, **other: str) -> bytes:
    return sheet(*(row(number, **other) for number in numbers))


def read(content: bytes, today: date = TODAY, encoding: str = "utf-8") -> ContactFile:
    return contact_file.read(content, today, encoding=encoding, practice=True)


def told(content: bytes, today: date = TODAY, encoding: str = "utf-8") -> list[str]:
    """Every problem of the file in words; in a file with none, nothing."""
    return [str(problem) for problem in read(content, today, encoding).problems]


def take_in(office: Office, content: bytes, wave: Wave | None = None, keys: Keys = BEFORE) -> Imported:
    file = read(content)
    assert not file.problems, file.problems
    with office.database.transaction() as session:
        return contacts.add(session, wave or office.wave, file.rows, file.sha256, keys)


def open_another(office: Office, slug: str = "york-2012") -> Wave:
    with office.database.transaction() as session:
        inspection = inspections.create(session, an_inspection(slug))
        return waves.open_wave(session, inspection, small_questionnaire(), today=TODAY)


def count(database: Database, table: str) -> int:
    assert table in Base.metadata.tables
    with database.reading() as session:
        return session.scalar(text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608 - one of our tables


def close(office: Office, wave: Wave | None = None) -> None:
    with office.database.transaction() as session:
        closing.close_wave(session, waves.find_wave(session, (wave or office.wave).name), today=TODAY, keys=BEFORE)


def contact_of(office: Office, number: int, keys: Keys = BEFORE) -> Contact:
    (talk, *_) = talks_with(office, number, keys)
    with office.database.reading() as session:
        return session.get_one(Contact, talk.contact_id)


def talks_with(office: Office, number: int, keys: Keys = BEFORE) -> list[Conversation]:
    with office.database.reading() as session:
        return contacts.of_number(session, keys, drama(number))


def number_of(office: Office, contact: Contact, keys: Keys = BEFORE) -> str:
    with office.database.reading() as session:
        return contacts.number_of(session, keys, contact)


def put_in_state(office: Office, number: int, state: ConversationState, wave: Wave | None = None) -> None:
    wanted = wave or office.wave
    (talk,) = [each for each in talks_with(office, number) if each.wave_id == wanted.id]
    with office.database.transaction() as session:
        session.get_one(Conversation, talk.id).state = state


@dataclass(frozen=True)
class Exchange:
    """The keys of a text that went out and of the reply to it."""

    sent: UUID
    came: UUID


def exchange(office: Office, number: int, said: str, keys: Keys = BEFORE) -> Exchange:
    """A question to this person that was sent, one more that was not yet, and what they said."""
    (talk, *_) = talks_with(office, number, keys)
    both = Exchange(uuid4(), uuid4())
    with office.database.transaction() as session:
        vault = Vault(session, keys, office.wave.inspection_id)
        session.add(
            InboundText(
                id=both.came,
                mark=both.came.hex * 2,
                conversation_id=talk.id,
                received_second=SECOND,
                body=vault.seal(said, f"inbound_texts:{both.came}:body"),
                question_id="helped",
                rung="answer",
            )
        )
        session.flush()
        seconds = {"written_second": SECOND, "not_before_second": SECOND, "give_up_second": SECOND}
        for text_id, state, cause in ((both.sent, "delivered", None), (uuid4(), "waiting", both.came)):
            body = vault.seal("1 of 4: ...", f"outbound_texts:{text_id}:body")
            one = {"id": text_id, "conversation_id": talk.id, "cause_id": cause, "kind": "question", "parts": 1}
            session.add(OutboundText(**one, **seconds, state=state, body=body, question_id="helped"))
    return both


class Killed(BaseException):
    """Like the end of the process: nothing after it runs."""


class Countdown:
    """Kills at one step of many."""

    def __init__(self, left: int) -> None:
        self.left = left

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed

    def before(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, each call of which is a step that may be the last."""

        def counted(*given: Any, **named: Any) -> Any:
            self.step()
            return work(*given, **named)

        return counted


def states(office: Office) -> list[ConversationState]:
    with office.database.reading() as session:
        return sorted(session.scalars(select(Conversation.state)))


def chosen_language(office: Office, number: int) -> Language | None:
    return talks_with(office, number)[0].language
