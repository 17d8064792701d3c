"""The API, driven with Twilio's own client."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from telephone.account import Account
from telephone.running import RunningTelephone, running_telephone
from tests.telephone.conftest import client_of
from tests.telephone.service import Service

PHONE = "+447700900123"
OTHER = "+447700900124"


def send(client: Client, telephone: RunningTelephone, body: str = "Hello", to: str = PHONE, **more: Any) -> Any:
    return client.messages.create(to=to, body=body, messaging_service_sid=telephone.account.service, **more)


def code_of(call: Any, *arguments: Any, **named: Any) -> tuple[int, int | None]:
    """The HTTP status and Twilio's code of the refusal."""
    with pytest.raises(TwilioRestException) as refusal:
        call(*arguments, **named)
    return refusal.value.status, refusal.value.code


# --- Sending ---


def test_a_text_is_accepted_and_arrives(client: Client, telephone: RunningTelephone, service: Service) -> None:
    made = send(client, telephone, "Shwmae, siŵr?", status_callback=f"{service.address}/texts/status/a1?x=1#rc=2")
    assert made.sid.startswith("SM")
    assert len(made.sid) == 34
    assert (made.status, made.direction, made.from_, made.num_segments) == ("accepted", "outbound-api", None, "0")
    assert abs(made.date_created - datetime.now(UTC)) < timedelta(seconds=5)
    telephone.wait_quiet()
    now = made.fetch()
    assert (now.status, now.from_, now.to, now.body) == ("delivered", telephone.account.number, PHONE, "Shwmae, siŵr?")
    assert (now.num_segments, now.error_code, now.date_sent is None) == ("1", None, False)
    assert service.statuses == ["queued", "sent", "delivered"]


def test_statuses_are_signed_over_the_address_without_its_fragment(
    client: Client, telephone: RunningTelephone, service: Service
) -> None:
    address = f"{service.address}/texts/status/a1?x=1&y=%20"
    send(client, telephone, status_callback=f"{address}#rc=2")
    telephone.wait_quiet()
    assert len(service.posts) == 3
    for post in service.posts:
        assert post.is_signed_with(telephone.account.token, address)
        assert not post.is_signed_with("another token", address)
        assert {name: post.form[name] for name in ("To", "From", "AccountSid", "MessagingServiceSid")} == {
            "To": PHONE,
            "From": telephone.account.number,
            "AccountSid": telephone.account.sid,
            "MessagingServiceSid": telephone.account.service,
        }


def test_without_a_callback_the_services_own_is_told(service: Service) -> None:
    account = Account.practising(service.address, status_callback=f"{service.address}/told")
    with running_telephone(service.address, account=account) as telephone:
        send(client_of(telephone), telephone)
        telephone.wait_quiet()
    assert [post.url for post in service.posts] == [f"{service.address}/told"] * 3


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"to": "07700900123"}, (400, 21211)),
        ({"to": "nobody"}, (400, 21211)),
        ({"to": ""}, (400, 21604)),
        ({"body": ""}, (400, 21602)),
        ({"body": "x" * 1601}, (400, 21617)),
        ({"messaging_service_sid": "MG" + "0" * 32}, (404, 21701)),
        ({"status_callback": "/texts/status"}, (400, 21609)),
        ({"validity_period": 0}, (400, 20001)),
        ({"validity_period": 36_001}, (400, 20001)),
    ],
)
def test_what_cannot_be_sent_is_refused(
    wrong: dict[str, Any], expected: tuple[int, int], client: Client, telephone: RunningTelephone
) -> None:
    given = {"to": PHONE, "body": "Hello", "messaging_service_sid": telephone.account.service} | wrong
    assert code_of(client.messages.create, **given) == expected
    assert telephone.exchange.store.all_texts() == []


def test_a_text_to_our_own_number_or_from_nobody_is_refused(client: Client, telephone: RunningTelephone) -> None:
    assert code_of(send, client, telephone, to=telephone.account.number) == (400, 21266)
    assert code_of(client.messages.create, to=PHONE, body="Hello") == (400, 21603)


# --- Who may ask ---


def test_a_wrong_token_opens_nothing(telephone: RunningTelephone) -> None:
    stranger = client_of(telephone, "another token")
    assert code_of(send, stranger, telephone) == (401, 20003)
    assert code_of(stranger.messages("SM" + "0" * 32).fetch) == (401, 20003)
    assert requests.get(f"{telephone.url}/v1/Services/{telephone.account.service}", timeout=5).status_code == 401


def test_a_second_token_opens_it_too(service: Service) -> None:
    account = Account.practising(service.address, second_token="the next one")  # noqa: S106 - opens a fake
    with running_telephone(service.address, account=account) as telephone:
        assert send(client_of(telephone, "the next one"), telephone).status == "accepted"
        assert send(client_of(telephone), telephone).status == "accepted"


def test_another_account_or_service_is_not_there(client: Client, telephone: RunningTelephone) -> None:
    assert code_of(client.api.v2010.accounts("AC" + "0" * 32).messages("SM1").fetch) == (404, 20404)
    assert code_of(client.messaging.v1.services("MG" + "0" * 32).fetch) == (404, 20404)


# --- Reading, blanking, deleting ---


def test_words_are_blanked_once_the_text_is_final(client: Client, telephone: RunningTelephone) -> None:
    telephone.faults.add("stuck", OTHER)
    under_way, arrived = send(client, telephone, to=OTHER), send(client, telephone)
    telephone.wait_quiet()
    assert code_of(under_way.update, body="") == (409, 20009)
    assert code_of(under_way.delete) == (409, 20009)
    assert under_way.fetch().body == "Hello"
    assert arrived.update(body="").body == ""
    assert arrived.fetch().body == ""
    assert telephone.sent_to(PHONE)[0].body == ""


def test_words_cannot_be_rewritten(client: Client, telephone: RunningTelephone) -> None:
    made = send(client, telephone)
    telephone.wait_quiet()
    assert code_of(made.update, body="something else") == (400, 20001)


def test_a_deleted_text_is_gone(client: Client, telephone: RunningTelephone) -> None:
    made = send(client, telephone)
    telephone.wait_quiet()
    assert made.delete()
    assert code_of(made.fetch) == (404, 20404)
    assert code_of(made.update, body="") == (404, 20404)
    assert telephone.sent_to(PHONE) == []


def test_a_text_that_came_in_can_be_read_and_blanked(client: Client, telephone: RunningTelephone) -> None:
    came = telephone.text(PHONE, "2 he never rang")
    found = client.messages(came.sid).fetch()
    assert (found.direction, found.from_, found.status, found.body) == ("inbound", PHONE, "received", "2 he never rang")
    assert found.update(body="").body == ""


# --- Lists ---


def test_a_list_comes_in_pages_with_the_latest_first(client: Client, telephone: RunningTelephone) -> None:
    for number in range(7):
        send(client, telephone, f"text {number}")
    pages = [client.messages.page(page_size=3)]
    assert pages[0].previous_page_url is None
    send(client, telephone, "arrived meanwhile")  # shifts no page
    while following := pages[-1].next_page():
        pages.append(following)
    assert [[each.body[-1] for each in page] for page in pages] == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    assert len(client.messages.list(page_size=2)) == 8
    assert len(client.messages.list(limit=5)) == 5


def test_a_list_is_narrowed_by_number_and_day(service: Service) -> None:
    now = [datetime(2026, 3, 2, 9, 0, tzinfo=UTC)]
    with running_telephone(service.address, now=lambda: now[0]) as telephone:
        client = client_of(telephone)
        for day in range(3):
            now[0] = datetime(2026, 3, 2 + day, 9, 0, tzinfo=UTC)
            send(client, telephone, f"out {day}")
            send(client, telephone, f"other {day}", to=OTHER)
            telephone.text(PHONE, f"in {day}")
            telephone.wait_quiet()

        def bodies(**filters: Any) -> list[str]:
            return [each.body for each in client.messages.list(**filters)]

        assert bodies(to=PHONE) == ["out 2", "out 1", "out 0"]
        assert bodies(from_=PHONE) == ["in 2", "in 1", "in 0"]
        assert bodies(to=PHONE, date_sent=date(2026, 3, 3)) == ["out 1"]
        assert bodies(to=PHONE, date_sent_after=datetime(2026, 3, 3, 8, tzinfo=UTC)) == ["out 2", "out 1"]
        assert bodies(to=PHONE, date_sent_after=datetime(2026, 3, 3, 10, tzinfo=UTC)) == ["out 2"]
        assert bodies(to=PHONE, date_sent_before=datetime(2026, 3, 3, 8, tzinfo=UTC)) == ["out 0"]
        assert bodies(from_=PHONE, date_sent_after=date(2026, 3, 4)) == ["in 2"]


@pytest.mark.parametrize("query", ["DateSent=soon", "PageSize=-1", "PageToken=PAx", "Page=one"])
def test_a_list_that_cannot_be_read_is_refused(query: str, telephone: RunningTelephone) -> None:
    account = telephone.account
    address = f"{telephone.url}/2010-04-01/Accounts/{account.sid}/Messages.json?{query}"
    assert requests.get(address, auth=(account.sid, account.token), timeout=5).json()["code"] == 20001


# --- How the service is set up ---


def test_the_messaging_service_says_where_it_posts(client: Client, telephone: RunningTelephone) -> None:
    account = telephone.account
    found = client.messaging.v1.services(account.service).fetch()
    assert found.inbound_request_url == account.inbound_url
    assert account.inbound_url is not None
    assert account.inbound_url.endswith("/texts/in#rc=5&rp=all&ct=2000")
    assert (found.inbound_method, found.fallback_url) == ("POST", account.fallback_url)
    assert (found.status_callback, found.use_inbound_webhook_on_number, found.smart_encoding) == (None, False, False)
    assert (found.validity_period, found.account_sid, found.date_created.year) == (36_000, account.sid, 2026)


def test_its_senders_are_one_long_number(client: Client, telephone: RunningTelephone) -> None:
    service = client.messaging.v1.services(telephone.account.service)
    numbers = service.phone_numbers.list()
    assert [(each.phone_number, each.country_code, "SMS" in each.capabilities) for each in numbers] == [
        ("+447700900999", "GB", True)
    ]
    assert service.alpha_senders.list() == []
    assert service.short_codes.list() == []


def test_it_may_be_set_up_in_other_ways(service: Service) -> None:
    account = Account.practising(
        service.address, names=("HMIP",), short_codes=("60070",), sticky_sender=False, inbound_url=None
    )
    with running_telephone(service.address, account=account) as telephone:
        found = client_of(telephone).messaging.v1.services(account.service)
        assert [each.alpha_sender for each in found.alpha_senders.list()] == ["HMIP"]
        assert [each.short_code for each in found.short_codes.list()] == ["60070"]
        assert (found.fetch().sticky_sender, found.fetch().inbound_request_url) == (False, None)
        telephone.text(PHONE, "1")
        telephone.wait_quiet()
    assert service.posts == []


def test_the_account_is_there(client: Client, telephone: RunningTelephone) -> None:
    found = client.api.v2010.accounts(telephone.account.sid).fetch()
    assert (found.sid, found.status) == (telephone.account.sid, "active")


# --- In memory ---


def test_the_oldest_texts_go_when_there_are_too_many(service: Service) -> None:
    with running_telephone(service.address, most_texts=3) as telephone:
        client = client_of(telephone)
        for number in range(5):
            send(client, telephone, f"text {number}")
        telephone.wait_quiet()
        assert [each.body for each in telephone.sent_to(PHONE)] == ["text 2", "text 3", "text 4"]
        assert len(client.messages.list()) == 3
