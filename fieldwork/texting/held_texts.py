"""Texts that go nowhere until a person decides: too old, refused for a fault of ours, or perhaps sent already."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, case, select, update
from sqlalchemy.orm import Session

from fieldwork.models.contacts import Contact
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Carriage, Conversation, Kind, OutboundText
from fieldwork.moments import moment_of
from fieldwork.numbers.contacts import number_of
from fieldwork.numbers.phone_numbers import masked
from fieldwork.sealing import Keys
from fieldwork.texting.outbox import KEEPS, UNASKED

ForAPerson = Literal["held", "unsure"]


@dataclass(frozen=True, slots=True)
class HeldText:
    """One text for a person to decide about, as the office may see it."""

    wave: str
    number: str
    """Its last three digits."""
    kind: Kind
    state: Carriage
    error_code: int | None
    written: datetime


def held_texts(session: Session, keys: Keys, wave: Wave | None = None) -> list[HeldText]:
    """Every text that waits for a person, of one wave or of all, the oldest first.

    Raises:
        Tampered: a number is not what was sealed in its row.
        WrongKey: we were not given the key they need.
    """
    rows = session.execute(
        select(OutboundText, Contact, Wave)
        .join(Conversation, Conversation.id == OutboundText.conversation_id)
        .join(Contact, Contact.id == Conversation.contact_id)
        .join(Wave, Wave.id == Conversation.wave_id)
        .where(OutboundText.state.in_(("held", "unsure")), *([Wave.id == wave.id] if wave else []))
        .order_by(OutboundText.written_second, OutboundText.id)
    )
    return [
        HeldText(
            wave=of.name,
            number=masked(number_of(session, keys, contact)),
            kind=text.kind,
            state=text.state,
            error_code=text.error_code,
            written=moment_of(text.written_second // 60),
        )
        for text, contact, of in rows
    ]


def release(session: Session, wave: Wave, which: ForAPerson, now: datetime) -> int:
    """Let these texts of the wave go after all; how many. What is held is looked for at the provider before it goes.

    Those of which nobody knows may arrive a second time.
    """
    second = int(now.timestamp())
    keeps = {unasked: second + int(keeps.total_seconds()) for unasked, keeps in KEEPS.items()}
    fresh = {
        "state": "waiting",
        "tries": 0,
        "lease_second": 0,
        "error_code": None,
        "not_before_second": second,
        "give_up_second": case((OutboundText.kind.in_(UNASKED), keeps[True]), else_=keeps[False]),
        "posted_second": OutboundText.written_second if which == "held" else None,
    }
    return session.connection().execute(update(OutboundText).where(*_of(wave, which)).values(fresh)).rowcount


def drop(session: Session, wave: Wave, which: ForAPerson) -> int:
    """Let these texts of the wave not go; how many."""
    return session.connection().execute(update(OutboundText).where(*_of(wave, which)).values(state="dropped")).rowcount


def _of(wave: Wave, which: ForAPerson) -> tuple[ColumnElement[bool], ...]:
    of_wave = select(Conversation.id).where(Conversation.wave_id == wave.id)
    return OutboundText.state == which, OutboundText.conversation_id.in_(of_wave)
