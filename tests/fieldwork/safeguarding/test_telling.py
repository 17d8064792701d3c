"""People are told of a concern within the minute, whatever happens to whoever tells them, and of nothing else."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from fieldwork import heartbeats
from fieldwork.models.concerns import Notice
from fieldwork.safeguarding import notices
from fieldwork.safeguarding.telling import Teller, keep_telling
from tests.fieldwork.concerned import COVER, WORDS, acknowledge, name_people, practise, raise_comment, want_to_talk
from tests.fieldwork.samples import Office

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SENDER, HERE = "perspective@example.org", "https://survey.example.org/office/"
BOTH = ["ann@example.org", "ben@example.org"]


@dataclass
class Drawer:
    """Takes mails, unless it is told not to."""

    mails: list[EmailMessage] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    is_broken: bool = False

    def send(self, mail: EmailMessage) -> None:
        if self.is_broken or str(mail["To"]) in self.refuses:
            raise ConnectionRefusedError
        self.mails.append(mail)

    def try_out(self) -> None:
        if self.is_broken:
            raise ConnectionRefusedError

    def to(self, address: str) -> list[EmailMessage]:
        return [each for each in self.mails if each["To"] == address]


def teller(office: Office, drawer: Drawer, text: Callable[[str, str], bool] | None = None) -> Teller:
    return Teller(office.database, drawer, SENDER, HERE, ("one@example.org", "two@example.org"), text)


def at(**how_far: float) -> datetime:
    return MONDAY + timedelta(**how_far)


@pytest.fixture
def named(office: Office) -> Office:
    """An inspection whose cover is Ann, Ben and Dee."""
    name_people(office)
    return office


@pytest.mark.req("T3")
@pytest.mark.parametrize("concern", [want_to_talk, raise_comment])
def test_both_people_are_told_once_and_nothing_of_what_was_written(
    named: Office, concern: Callable[[Office, datetime], object]
) -> None:
    concern(named, MONDAY)
    drawer = Drawer()
    telling = teller(named, drawer)
    assert telling.go_round(MONDAY) == 2
    assert sorted(str(mail["To"]) for mail in drawer.mails) == BOTH
    for mail in drawer.mails:
        whole = mail.as_string().casefold()
        for canary in (*WORDS.casefold().split(), "sam", "900123", "small", "leeds", "comment", "talk to"):
            assert not re.search(rf"\b{re.escape(canary)}\b", whole), canary
        assert "flask concerns list" in whole
        assert HERE in whole
    for minute in range(1, 20):
        assert telling.go_round(at(minutes=minute)) == 0


@pytest.mark.req("T3")
def test_a_teller_that_dies_is_followed_by_one_that_tells_within_a_minute(named: Office) -> None:
    want_to_talk(named, MONDAY)

    class Dead(Exception):
        pass

    class Dying(Drawer):
        def send(self, mail: EmailMessage) -> None:
            super().send(mail)
            raise Dead

    with pytest.raises(Dead):
        teller(named, Dying()).go_round(at(seconds=5))
    drawer = Drawer()
    another, second = teller(named, drawer), 5
    while len(drawer.mails) < 2:
        second += 5
        another.go_round(at(seconds=second))
    assert second <= 60


@pytest.mark.req("T3")
def test_a_mail_that_cannot_be_sent_is_tried_until_it_goes_and_the_other_is_not_sent_twice(
    named: Office, caplog: pytest.LogCaptureFixture
) -> None:
    want_to_talk(named, MONDAY)
    drawer = Drawer(refuses={BOTH[0]})
    telling = teller(named, drawer)
    with caplog.at_level(logging.CRITICAL):
        for turn in range(10):
            telling.go_round(at(seconds=31 * turn))
    assert [str(mail["To"]) for mail in drawer.mails] == [BOTH[1]]
    assert "could not be sent" in caplog.text
    assert "example.org" not in caplog.text
    drawer.refuses.clear()
    telling.go_round(at(seconds=31 * 10))
    assert [str(mail["To"]) for mail in drawer.mails] == [BOTH[1], BOTH[0]]


@pytest.mark.req("T3")
def test_while_no_mail_goes_a_text_does(named: Office) -> None:
    name_people(named, replace(COVER, first_phone="07700 900801"), seen=1)
    want_to_talk(named, MONDAY)
    texts: list[tuple[str, str]] = []

    def text(number: str, words: str) -> bool:
        texts.append((number, words))
        return True

    assert teller(named, Drawer(is_broken=True), text).go_round(MONDAY) == 1
    ((number, words),) = texts
    assert number == "+447700900801"
    assert words == "Perspective: a concern is waiting. Please sign in. This text says no more on purpose."


def test_a_text_that_did_not_go_is_tried_again(named: Office, caplog: pytest.LogCaptureFixture) -> None:
    name_people(named, replace(COVER, first_phone="07700 900801"), seen=1)
    want_to_talk(named, MONDAY)
    goes = iter([False, True])
    telling = teller(named, Drawer(), lambda *_: next(goes))
    assert telling.go_round(MONDAY) == 2, "the two mails"
    assert "(text, try 1)" in caplog.text
    assert "900801" not in caplog.text
    assert telling.go_round(at(seconds=31)) == 1


@pytest.mark.req("T16")
def test_five_hundred_concerns_in_ten_minutes_are_a_few_mails_that_count_them_all(named: Office) -> None:
    drawer = Drawer()
    telling, raised = teller(named, drawer), 0
    for second in range(0, 665, 5):
        while raised < 500 and raised * 600 <= second * 500:
            want_to_talk(named, at(seconds=second))
            raised += 1
        telling.go_round(at(seconds=second))
    assert raised == 500
    for address in BOTH:
        mails = drawer.to(address)
        assert len(mails) <= 16, "no more than one in forty seconds"
        assert sum(count_in(mail) for mail in mails) == 500, "and none is left out"
        assert "In all 500 wait that nobody has acknowledged." in mails[-1].get_content()
    with named.database.reading() as session:
        assert session.query(Notice).filter(Notice.sent_minute.is_(None)).count() == 0


@pytest.mark.req("T16")
def test_five_hundred_concerns_at_once_are_one_mail(named: Office) -> None:
    for _ in range(500):
        want_to_talk(named, MONDAY)
    drawer = Drawer()
    assert teller(named, drawer).go_round(MONDAY) == 2
    assert [count_in(mail) for mail in drawer.mails] == [500, 500]


def count_in(mail: EmailMessage) -> int:
    """How many concerns it says are waiting that nobody was told of before."""
    said = re.search(r"^(A|[\d,]+) concerns? (?:is|are) waiting", mail.get_content(), re.MULTILINE)
    assert said
    return 1 if said[1] == "A" else int(said[1].replace(",", ""))


@pytest.mark.req("T3", "T16")
def test_what_comes_while_a_mail_has_just_gone_is_told_of_within_the_minute(named: Office) -> None:
    drawer = Drawer()
    telling = teller(named, drawer)
    want_to_talk(named, MONDAY)
    telling.go_round(MONDAY)
    want_to_talk(named, at(seconds=1))
    second = 1
    while len(drawer.to(BOTH[0])) < 2:
        second += 5
        telling.go_round(at(seconds=second))
    assert second <= 60


@pytest.mark.req("T4")
def test_the_duty_manager_is_told_why(named: Office) -> None:
    want_to_talk(named, MONDAY)
    drawer = Drawer()
    telling = teller(named, drawer)
    for minute in range(61):
        telling.go_round(at(minutes=minute))
    (mail,) = drawer.to("dee@example.org")
    assert "Nobody has acknowledged a concern for an hour" in mail.get_content()
    second = drawer.to(BOTH[1])
    assert "Nobody has acknowledged a concern for half an hour" in second[1].get_content()
    assert [len(drawer.to(address)) for address in BOTH] == [1, 2]


def test_a_practice_says_that_it_is_one_and_is_not_counted(named: Office) -> None:
    practise(named, MONDAY)
    drawer = Drawer()
    telling = teller(named, drawer)
    telling.go_round(MONDAY)
    assert all("PRACTICE" in str(mail["Subject"]) for mail in drawer.mails)
    assert all("concern is waiting in Perspective" not in mail.get_content() for mail in drawer.mails)
    raise_comment(named, at(minutes=2))
    telling.go_round(at(minutes=2))
    assert "PRACTICE" not in str(drawer.mails[-1]["Subject"])
    assert "A concern is waiting" in drawer.mails[-1].get_content()


def test_where_nobody_is_named_the_log_says_so(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    want_to_talk(office, MONDAY)
    nobody = Teller(office.database, Drawer(), SENDER, HERE)
    assert nobody.go_round(MONDAY) == 0
    assert "nobody is named" in caplog.text


def test_somebody_who_looks_before_the_mail_goes_is_not_told(named: Office) -> None:
    acknowledge(named, want_to_talk(named, MONDAY))
    assert teller(named, Drawer()).go_round(at(seconds=5)) == 0


# --- The heartbeat ---


def is_silent(office: Office, now: datetime) -> bool:
    with office.database.reading() as session:
        return heartbeats.is_silent(session, now)


@pytest.mark.req("T17")
def test_when_the_teller_stops_its_silence_is_noticed_within_seventy_five_minutes(named: Office) -> None:
    assert is_silent(named, MONDAY), "what was never heard is silent"
    telling = teller(named, Drawer())
    for minute in range(0, 180, 5):
        keep_telling(telling, at(minutes=minute))
        assert not is_silent(named, at(minutes=minute))
    last = at(minutes=175)
    assert is_silent(named, last + timedelta(minutes=76))


@pytest.mark.req("T17")
def test_a_teller_whose_mails_do_not_go_is_silent_and_says_so(named: Office, caplog: pytest.LogCaptureFixture) -> None:
    drawer = Drawer()
    telling = teller(named, drawer)
    keep_telling(telling, MONDAY)
    drawer.is_broken = True
    for minute in range(1, 77):
        keep_telling(telling, at(minutes=minute))
    assert is_silent(named, at(minutes=76))
    assert "no mail can be sent" in caplog.text
    assert drawer.mails == [], "it is tried out without a mail"


def test_the_number_waiting_is_of_those_whom_one_looks_after(named: Office) -> None:
    want_to_talk(named, MONDAY)
    want_to_talk(named, MONDAY, from_nowhere=True)
    with named.database.reading() as session:
        waiting = notices.waiting_for(session, ("one@example.org", "two@example.org"))
    assert waiting == {"ann@example.org": 1, "ben@example.org": 1, "one@example.org": 1, "two@example.org": 1}
