"""Concerns of every kind, and what a test does about them in one line."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from fieldwork import inspections
from fieldwork.office import people
from fieldwork.office.audit import TERMINAL, Who
from fieldwork.safeguarding import concern_queue, concern_steps, concerns, cover
from fieldwork.safeguarding.concern_queue import Waiting
from fieldwork.safeguarding.concern_reading import Opened, read
from fieldwork.safeguarding.cover import NewCover
from fieldwork.sealing import Keys
from tests.fieldwork.samples import NOW, Office
from tests.fieldwork.texted import BEFORE

ANN, BEN = Who(None, "Ann Lead"), Who(None, "Ben Second")
WORDS = "my uncle hits me, heulwen 7f3a"
COVER = NewCover(
    first_name="Ann Lead",
    first_email="ann@example.org",
    second_name="Ben Second",
    second_email="ben@example.org",
    duty_name="Dee Manager",
    duty_email="dee@example.org",
    days="12345",
    childrens_services="Leeds duty team, 0113 496 0000",
    police="Leeds, 101",
)


def want_to_talk(office: Office, now: datetime = NOW, *, from_nowhere: bool = False) -> UUID:
    with office.database.transaction() as session:
        place = None if from_nowhere else inspections.of_wave(session, office.wave.id)
        return concerns.ask_to_talk(session, place, "Sam", "07700 900123", WORDS, "en", now).id


def raise_comment(office: Office, now: datetime = NOW, keys: Keys | None = BEFORE, words: str = WORDS) -> UUID:
    with office.database.transaction() as session:
        return concerns.raise_from_comment(session, office.wave.id, words, ANN, keys, now)


def practise(office: Office, now: datetime = NOW) -> UUID:
    with office.database.transaction() as session:
        return concerns.raise_practice(session, office.wave.inspection_id, ANN, now)


def step(office: Office, take: Callable[..., Any], key: UUID, who: Who = ANN, now: datetime = NOW, **said: Any) -> None:
    with office.database.transaction() as session:
        take(session, key, who, now, **said)


def acknowledge(office: Office, key: UUID, who: Who = ANN, now: datetime = NOW) -> None:
    step(office, concern_steps.acknowledge, key, who, now)


def listed(office: Office, now: datetime = NOW, *, closed: bool = False) -> list[Waiting]:
    with office.database.reading() as session:
        return concern_queue.queue(session, None, now, closed=closed)


def opened(office: Office, key: UUID, now: datetime = NOW, keys: Keys | None = BEFORE) -> Opened:
    with office.database.transaction() as session:
        return read(session, keys, key, None, ANN, now)


def name_people(office: Office, new: NewCover = COVER, seen: int = 0) -> None:
    with office.database.transaction() as session:
        cover.save(session, office.wave.inspection_id, new, ANN, seen, practice=True)


def let_in(office: Office, *emails: str) -> None:
    """Give these addresses an account, and the part of a safeguarding lead."""
    with office.database.transaction() as session:
        place = inspections.of_wave(session, office.wave.id)
        for email in emails:
            member = people.add(session, email, email.partition("@")[0].title(), TERMINAL, NOW.date())
            people.set_roles(session, member, place, frozenset({"safeguarding"}), TERMINAL)
