"""Somebody is told of many wrong codes, by mail, with a count and nothing else."""

from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage

import pytest

from fieldwork.database import Database
from fieldwork.entry import code_alarms, wrong_codes
from fieldwork.office import people
from fieldwork.office.audit import TERMINAL
from fieldwork.safeguarding.telling import Teller, keep_telling
from tests.fieldwork.samples import NOW, Office, later

FALLBACK = ("first@example.org", "second@example.org")


@dataclass
class Post:
    """Takes mails, or does not."""

    broken: bool = False
    taken: list[EmailMessage] = field(default_factory=list)

    def send(self, mail: EmailMessage) -> None:
        if self.broken:
            raise ConnectionRefusedError
        self.taken.append(mail)

    def try_out(self) -> None:
        """It would do."""


def count(database: Database, number: int = 101) -> None:
    with database.transaction() as session:
        for _ in range(number):
            wrong_codes.count(session, NOW)


def add_administrators(database: Database) -> None:
    with database.transaction() as session:
        for name in ("ann", "bob"):
            people.add(session, f"{name}@example.org", name, TERMINAL, NOW.date(), administrator=True)
        people.add(session, "inspector@example.org", "Ins", TERMINAL, NOW.date())
        gone = people.add(session, "gone@example.org", "Gone", TERMINAL, NOW.date(), administrator=True)
        people.close_account(session, gone, TERMINAL)


@pytest.mark.req("A13")
def test_every_administrator_is_told_once_with_a_count(database: Database) -> None:
    add_administrators(database)
    count(database, 130)
    post = Post()
    assert code_alarms.tell(database, post, "us@example.org", FALLBACK, NOW) == 2
    assert sorted(mail["To"] for mail in post.taken) == ["ann@example.org", "bob@example.org"]
    assert all("130 codes that cannot be used" in mail.get_content() for mail in post.taken)
    assert code_alarms.tell(database, post, "us@example.org", FALLBACK, later(5)) == 0
    assert len(post.taken) == 2


@pytest.mark.req("A13")
def test_where_there_is_no_administrator_the_two_named_people_are_told(database: Database) -> None:
    count(database)
    post = Post()
    assert code_alarms.tell(database, post, "us@example.org", FALLBACK, NOW) == 2
    assert sorted(mail["To"] for mail in post.taken) == sorted(FALLBACK)


@pytest.mark.req("A13")
def test_a_mail_that_could_not_be_sent_is_tried_again_within_five_minutes(database: Database) -> None:
    count(database)
    post = Post(broken=True)
    assert code_alarms.tell(database, post, "us@example.org", FALLBACK, NOW) == 0
    post.broken = False
    assert code_alarms.tell(database, post, "us@example.org", FALLBACK, NOW + timedelta(seconds=30)) == 0
    assert code_alarms.tell(database, post, "us@example.org", FALLBACK, NOW + timedelta(seconds=61)) == 2


@pytest.mark.req("A13")
def test_whoever_tells_of_concerns_tells_of_wrong_codes_too(office: Office) -> None:
    count(office.database)
    post = Post()
    keep_telling(Teller(office.database, post, "us@example.org", "https://x/office/", FALLBACK), NOW)
    assert {mail["Subject"] for mail in post.taken} == {code_alarms.SUBJECT}


@pytest.mark.req("A13")
def test_with_a_hundred_nobody_is_told(database: Database) -> None:
    add_administrators(database)
    count(database, 100)
    assert code_alarms.tell(database, Post(), "us@example.org", FALLBACK, NOW) == 0
