"""Is the account set up as we need it? Each fault is named with what is needed and how to change it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from modes.sms.doctor import Finding, findings
from modes.sms.provider import Denied, Provider, ServiceSettings, Unreachable
from telephone.account import Account
from telephone.running import RunningTelephone, running_telephone

PUBLIC_URL = "https://survey.example.org"
GOOD = ServiceSettings(
    inbound_url=f"{PUBLIC_URL}/texts/in#rc=5&rp=all&ct=2000",
    inbound_method="POST",
    fallback_url="https://other.example.org/texts/in",
    fallback_method="POST",
    status_callback="",
    smart_encoding=False,
    sticky_sender=True,
    validity_period=36_000,
    webhook_of_the_number=False,
    numbers=("+447700900999",),
    short_codes=(),
    names=(),
)


class Answers:
    """A provider that says this of its settings."""

    def __init__(self, answer: ServiceSettings | Exception) -> None:
        self.answer = answer

    def settings(self) -> ServiceSettings:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def faults(answer: ServiceSettings | Exception) -> list[Finding]:
    return [each for each in findings(Answers(answer), PUBLIC_URL) if not each.fine]


def test_nothing_is_wrong_with_an_account_that_is_right() -> None:
    assert faults(GOOD) == []


@pytest.mark.req("W10")
@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"inbound_url": f"{PUBLIC_URL}/texts/in"}, "where texts that come in are sent"),
        ({"inbound_url": f"{PUBLIC_URL}/texts/in#rc=1&rp=ct"}, "where texts that come in are sent"),
        ({"inbound_url": "https://elsewhere.example.org/texts/in#rc=5&rp=all&ct=2000"}, "where texts that come in"),
        ({"inbound_method": "GET"}, "where texts that come in are sent"),
        ({"fallback_url": ""}, "and where, if that fails"),
        ({"fallback_method": "GET"}, "and where, if that fails"),
        ({"fallback_url": "https://survey.example.org/"}, "and where, if that fails"),
        ({"webhook_of_the_number": True}, "the number's own webhook"),
        ({"status_callback": f"{PUBLIC_URL}/elsewhere"}, "where news of texts is sent"),
    ],
)
def test_addresses_that_are_not_ours(wrong: dict[str, Any], what: str) -> None:
    (fault,) = faults(replace(GOOD, **wrong))
    assert fault.what.startswith(what)
    assert "needed: " in str(fault)
    assert "change: Twilio console > " in str(fault)


@pytest.mark.req("M18")
@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"numbers": ()}, "the number we text from"),
        ({"numbers": ("+442079460123",)}, "the number we text from"),
        ({"numbers": ("+15005550006",)}, "the number we text from"),
        ({"numbers": ("+447700900998", "+447700900999")}, "the number we text from"),
        ({"names": ("HMIProbatio",)}, "other senders"),
        ({"short_codes": ("60006",)}, "other senders"),
        ({"smart_encoding": True}, "letters"),
        ({"sticky_sender": False}, "one number for one person"),
        ({"validity_period": 14_400}, "longest time to deliver in"),
    ],
)
def test_a_sender_that_nobody_can_reply_to_and_words_that_would_be_changed(wrong: dict[str, Any], what: str) -> None:
    (fault,) = faults(replace(GOOD, **wrong))
    assert fault.what.startswith(what)


@pytest.mark.parametrize(
    ("answer", "found", "remedy"),
    [
        (Unreachable(), "no answer", "Is this machine online?"),
        (Denied(20003), "the account or its token is wrong", "TWILIO_AUTH_TOKEN"),
        (Denied(20404), "is not there", "TWILIO_MESSAGING_SERVICE"),
        (Denied(20999), "not known here", "https://www.twilio.com/docs/errors/20999"),
    ],
)
def test_offline_or_refused_it_says_so_and_no_more(answer: Exception, found: str, remedy: str) -> None:
    (fault,) = faults(answer)
    assert found in fault.found
    assert remedy in fault.remedy


@pytest.fixture(scope="module")
def telephone() -> Iterator[RunningTelephone]:
    with running_telephone("http://127.0.0.1:9", account=Account.practising("http://127.0.0.1:9")) as running:
        yield running


@pytest.mark.req("W10")
def test_the_settings_are_read_over_http(telephone: RunningTelephone) -> None:
    account = telephone.account
    provider = Provider(account.sid, account.token, account.service, telephone.url)
    assert [str(each) for each in findings(provider, "http://127.0.0.1:9") if not each.fine] == []
    assert any(not each.fine for each in findings(provider, "http://127.0.0.1:10"))
