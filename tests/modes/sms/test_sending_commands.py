"""`flask texts start, stop, go-on, status, waiting, release, doctor`: typed by the office, told in plain words."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from sqlalchemy import select, update

from fieldwork.hours import MOST_A_MINUTE
from fieldwork.models.contacts import Contact
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Conversation, OutboundText, TextPlan
from fieldwork.numbers import suppression
from fieldwork.texting.permission import Terms
from modes.sms.inviting import moments_for
from telephone.account import Account
from telephone.running import RunningTelephone, running_telephone
from tests.modes.sms.posting import number
from tests.modes.sms.texting import KEYS, NUMBER, Exchange
from tests.staff.commands.conftest import Terminal

WAVE = "leeds-2011/victims-text"


@pytest.fixture
def terminal(exchange: Exchange) -> Terminal:
    return Terminal(exchange.app.test_cli_runner())


@pytest.fixture
def ten(exchange: Exchange) -> Exchange:
    """Ten people who were not invited yet."""
    for place in range(10):
        exchange.phone(number(place))
    with exchange.database.transaction() as work:
        work.execute(update(Contact).values(confirmed=datetime.now(UTC).date()))
        work.delete(work.get_one(TextPlan, exchange.wave.id))
    return exchange


def texts(exchange: Exchange) -> list[OutboundText]:
    with exchange.database.reading() as work:
        return list(work.scalars(select(OutboundText).order_by(OutboundText.not_before_second)))


def plan(exchange: Exchange) -> TextPlan | None:
    with exchange.database.reading() as work:
        return work.get(TextPlan, exchange.wave.id)


@pytest.mark.req("M17")
def test_the_number_of_people_has_to_be_typed(ten: Exchange, terminal: Terminal) -> None:
    told = terminal.refuses("texts", "start", WAVE, "--people", "12", "--budget", "50")
    assert "10 people would be invited, not 12." in told
    assert texts(ten) == []
    assert plan(ten) is None


@pytest.mark.req("M10")
def test_everybody_is_invited_once_and_over_the_day(ten: Exchange, terminal: Terminal) -> None:
    told = terminal.says("texts", "start", WAVE, "--people", "10", "--budget", "50")
    assert told.startswith("10 people will be invited, ")
    assert "of £50.00" in told or "costs £" in told
    written = texts(ten)
    assert [each.kind for each in written] == ["invitation"] * 10
    gaps = {b.not_before_second - a.not_before_second for a, b in pairwise(written)}
    assert min(gaps) >= 60 // MOST_A_MINUTE
    with ten.database.reading() as work:
        assert work.get_one(Wave, ten.wave.id).codes_made == 10
    refused = terminal.refuses("texts", "start", WAVE, "--people", "10", "--budget", "50")
    assert "0 people would be invited, not 10." in refused
    assert len(texts(ten)) == 10


def test_in_practice_all_go_at_once(ten: Exchange) -> None:
    now = datetime(2026, 11, 22, 3, tzinfo=UTC)
    terms = Terms(KEYS, practice=True, pence_per_part=4.0)
    assert moments_for(3, ten.wave, terms, now) == [now] * 3


def test_who_asked_not_to_be_texted_or_was_confirmed_long_ago_is_left_out(ten: Exchange, terminal: Terminal) -> None:
    with ten.database.transaction() as work:
        suppression.suppress(work, number(1), KEYS, date(2026, 11, 1))
        (some, *_) = work.scalars(select(Contact.id)).all()
        others = select(Conversation.contact_id).where(Conversation.state == "waiting")
        assert some in set(work.scalars(others))
        work.execute(update(Contact).where(Contact.id == some).values(confirmed=date(2020, 1, 1)))
    told = terminal.refuses("texts", "start", WAVE, "--people", "10", "--budget", "50")
    assert re.search(r"[89] people would be invited, not 10\.", told)
    assert "1 number asked not to be texted." in told or "must be confirmed again" in told


def test_a_budget_that_is_too_small_is_told_before_anybody_is_texted(ten: Exchange, terminal: Terminal) -> None:
    told = terminal.refuses("texts", "start", WAVE, "--people", "10", "--budget", "0.10")
    assert "the invitations alone cost £" in told
    assert texts(ten) == []


def test_a_closed_wave_is_not_started(ten: Exchange, terminal: Terminal) -> None:
    with ten.database.transaction() as work:
        work.execute(update(Wave).values(closed=date(2027, 1, 1)))
    assert "closed on 01 January 2027" in terminal.refuses("texts", "start", WAVE, "--people", "10", "--budget", "50")


def test_a_wave_is_stopped_and_goes_on(ten: Exchange, terminal: Terminal) -> None:
    assert "has not been texted" in terminal.refuses("texts", "stop", WAVE)
    assert "has not been started" in terminal.refuses("texts", "go-on", WAVE, "--budget", "1")
    terminal.says("texts", "start", WAVE, "--people", "10", "--budget", "50")
    assert "sends no more texts" in terminal.says("texts", "stop", WAVE)
    assert (found := plan(ten))
    assert found.stopped
    assert "goes on, with £60.50 in all" in terminal.says("texts", "go-on", WAVE, "--budget", "60.5")
    assert (found := plan(ten))
    assert (found.stopped, found.budget_pence) == (False, 6050)


@pytest.mark.req("M6")
def test_the_status_counts_people_and_texts_and_says_why_in_plain_words(exchange: Exchange, terminal: Terminal) -> None:
    for place, code in enumerate((None, 30006, 30006, 30007)):
        phone = exchange.phone(number(place))
        if code:
            exchange.provider.faults = [code]
        phone.invited()
    told = terminal.says("texts", "status", WAVE)
    assert re.search(r"^ +2  no text arrives$", told, re.MULTILINE)
    assert re.search(
        r"^ +2  not delivered: this number is a landline, or its network takes no texts \(30006\)$", told, re.MULTILINE
    )
    assert re.search(r"^ +1  not delivered: a network took the text for spam \(30007\)$", told, re.MULTILINE)
    assert re.search(r"Spent £0\.\d\d of £10,000\.00 \(\d parts?\)\.", told)
    assert "900" not in told.replace("£10,000.00", "")


def test_what_waits_for_a_person_is_listed_by_the_end_of_the_number(exchange: Exchange, terminal: Terminal) -> None:
    assert terminal.says("texts", "waiting") == "No text waits for a person.\n"
    exchange.provider.faults = [20003]
    exchange.phone(NUMBER).invited()
    told = terminal.says("texts", "waiting", WAVE)
    assert "…123  invitation   held    the account or its token is wrong" in told
    assert "900" not in told


@pytest.mark.req("M11")
def test_what_is_held_goes_when_a_person_says_so(exchange: Exchange, terminal: Terminal) -> None:
    exchange.provider.faults = [20003]
    phone = exchange.phone(NUMBER)
    assert phone.invited() == []
    assert terminal.says("texts", "release", WAVE, "--yes") == "1 text released.\n"
    exchange.carry()
    assert len(phone.arrived()) == 1


@pytest.mark.req("M11")
def test_or_it_is_dropped(exchange: Exchange, terminal: Terminal) -> None:
    exchange.provider.faults = [20003]
    phone = exchange.phone(NUMBER)
    phone.invited()
    assert terminal.says("texts", "release", WAVE, "--drop", "--yes") == "1 text dropped.\n"
    exchange.carry()
    assert phone.arrived() == []


@pytest.mark.req("M3")
def test_what_nobody_knows_of_goes_again_only_when_that_is_said(exchange: Exchange, terminal: Terminal) -> None:
    phone = exchange.phone(NUMBER)
    phone.invited()
    with exchange.database.transaction() as work:
        work.execute(update(OutboundText).values(state="unsure", provider_name=None))
    exchange.provider.texts.clear()
    phone.read = 0
    assert terminal.says("texts", "release", WAVE, "--yes") == "0 texts released.\n"
    assert "may arrive twice" in terminal.run("texts", "release", WAVE, "--unsure").output
    assert terminal.says("texts", "release", WAVE, "--unsure", "--yes") == "1 text released.\n"
    exchange.carry()
    assert len(phone.arrived()) == 1


@pytest.mark.req("M11")
def test_what_a_backup_had_sent_before_is_not_sent_by_releasing_it(exchange: Exchange, terminal: Terminal) -> None:
    phone = exchange.phone(NUMBER)
    phone.invited()
    with exchange.database.transaction() as work:
        old = {"state": "held", "provider_name": None, "attempt": None, "posted_second": None}
        work.execute(update(OutboundText).values(old))
    terminal.says("texts", "release", WAVE, "--yes")
    exchange.clock.on(days=0)
    exchange.carry()
    assert len(exchange.provider.sent_to(NUMBER)) == 1


@pytest.fixture
def telephone() -> Iterator[RunningTelephone]:
    with running_telephone("http://127.0.0.1:8000", account=Account.practising("http://127.0.0.1:8000")) as running:
        yield running


@pytest.mark.req("W10")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_doctor_says_what_is_wrong_and_exits_with_1(
    exchange: Exchange, telephone: RunningTelephone, terminal: Terminal
) -> None:
    settings = exchange.app.extensions["settings"]
    account = telephone.account
    there = {
        "twilio_api_url": telephone.url,
        "twilio_account_sid": account.sid,
        "twilio_auth_token": account.token,
        "twilio_messaging_service": account.service,
    }
    exchange.app.extensions["settings"] = settings.model_copy(update=there)
    told = terminal.says("texts", "doctor")
    assert "WRONG" not in told
    assert "Advanced Opt-Out" in told
    wrong = {**there, "twilio_auth_token": "x" * 32}
    exchange.app.extensions["settings"] = settings.model_copy(update=wrong)
    run = terminal.run("texts", "doctor")
    assert run.exit_code == 1
    assert "WRONG  provider: the account or its token is wrong" in run.output
    offline = {**there, "twilio_api_url": "http://127.0.0.1:9"}
    exchange.app.extensions["settings"] = settings.model_copy(update=offline)
    run = terminal.run("texts", "doctor")
    assert run.exit_code == 1
    assert "Is this machine online?" in run.output


def test_without_an_account_nobody_can_be_texted(exchange: Exchange, terminal: Terminal) -> None:
    settings = exchange.app.extensions["settings"]
    exchange.app.extensions["settings"] = settings.model_copy(update={"twilio_account_sid": None})
    assert "TWILIO_ACCOUNT_SID" in terminal.refuses("texts", "doctor")
