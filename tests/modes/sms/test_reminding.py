"""One reminder after three days of silence, and none to anybody who may not want it or not be well."""

from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import update

from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Conversation, ConversationState
from fieldwork.office.audit import Who
from fieldwork.safeguarding import concern_steps, concerns
from fieldwork.sealing import Vault
from fieldwork.texting import text_plans
from modes.sms import wording
from modes.sms.reminding import remind
from surveys.loading import definition
from tests.modes.sms.texting import KEYS, Exchange, open_exchange


def days(exchange: Exchange, count: float) -> None:
    """So many days go by; now and then whoever is due is reminded, and texts are carried."""
    end = exchange.clock() + timedelta(days=count)
    while exchange.clock() < end:
        exchange.clock.on(hours=2 if count < 4 else 12)
        remind(exchange.database, KEYS, exchange.clock())
        exchange.carry()


@pytest.mark.req("M10")
def test_an_invitation_without_an_answer_is_followed_by_one_reminder_after_three_days(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    days(exchange, 2.8)
    assert phone.arrived() == []
    days(exchange, 0.2)
    assert phone.arrived() == [wording.line("reminder", "en")]
    days(exchange, 20)
    assert phone.arrived() == []


@pytest.mark.req("M10")
def test_somebody_who_stopped_half_way_is_asked_the_same_question_once_more(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    (first,) = phone.texts("YES")
    (second,) = phone.texts("1")
    assert second != first
    days(exchange, 3.1)
    assert phone.arrived() == [second]
    days(exchange, 10)
    assert phone.arrived() == []
    (third,) = phone.texts("1")
    assert third not in {first, second}


def test_an_answer_starts_the_three_days_anew(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    days(exchange, 2.5)
    phone.texts("YES")
    days(exchange, 2)
    assert phone.arrived() == []
    days(exchange, 1.1)
    assert len(phone.arrived()) == 1


@pytest.mark.req("M10")
@pytest.mark.parametrize("said", ["STOP", "WRONG", "no thanks, leave me alone"])
def test_nobody_is_reminded_who_has_gone(exchange: Exchange, said: str) -> None:
    phone = exchange.phone()
    phone.invited()
    phone.texts(said, opt_out="STOP" if said == "STOP" else None)
    days(exchange, 10)
    assert phone.arrived() == []


@pytest.mark.req("M10")
def test_nobody_is_reminded_who_was_in_distress_not_even_when_it_goes_on(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    phone.texts("YES")
    phone.texts("I want to die")
    assert phone.state == "paused"
    days(exchange, 10)
    assert phone.arrived() == []
    with exchange.database.transaction() as work:
        key = exchange.concerns()[0].id
        concern_steps.acknowledge(work, key, Who(None, "A. Lead"), exchange.clock())
        concern_steps.close(work, key, Who(None, "A. Lead"), exchange.clock(), outcome="Called.")
        work.execute(update(Conversation).values(state="asking"))
    days(exchange, 10)
    assert phone.arrived() == []


def test_nobody_is_reminded_while_a_person_is_looking(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    phone.texts("YES")
    with exchange.database.transaction() as work:
        talk = work.get_one(Conversation, phone.conversation_id)
        vault = Vault(work, KEYS, exchange.wave.inspection_id)
        concerns.raise_concern(work, talk, "picture", None, "1", vault, exchange.clock())
    days(exchange, 5)
    assert phone.arrived() == []


@pytest.mark.parametrize("state", ["waiting", "finished", "partial", "unreachable", "closed", "paused"])
def test_only_who_is_silent_is_reminded(exchange: Exchange, state: ConversationState) -> None:
    phone = exchange.phone()
    phone.invited()
    with exchange.database.transaction() as work:
        work.execute(update(Conversation).values(state=state))
    days(exchange, 5)
    assert phone.arrived() == []


def test_nobody_is_reminded_in_a_wave_that_is_stopped_or_closed(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    with exchange.database.transaction() as work:
        text_plans.stop(work, work.merge(exchange.wave))
    days(exchange, 4)
    with exchange.database.transaction() as work:
        text_plans.start(work, work.merge(exchange.wave), 1000, exchange.clock().date())
        work.execute(update(Wave).values(closed=exchange.clock().date()))
    days(exchange, 1)
    assert phone.arrived() == []


def test_a_reminder_in_wales_is_in_both_languages_until_one_is_chosen(database_url: str) -> None:
    with closing(open_exchange(database_url, definition("victims-text"), "wales")) as exchange:
        phone = exchange.phone(language=None)
        phone.invited()
        days(exchange, 3.1)
        (reminder,) = phone.arrived()
    assert "YES" in reminder
    assert "IE" in reminder
