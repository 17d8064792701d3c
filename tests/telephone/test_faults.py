"""What can be planted to go wrong, each shown to go wrong as it should, and nothing else with it."""

import time
from typing import Any

import pytest
import requests
from pydantic import ValidationError
from twilio.rest import Client

from telephone.faults import MOST_RULES, Fault, Faults
from telephone.running import RunningTelephone
from tests.telephone.service import Service
from tests.telephone.test_provider import OTHER, PHONE, code_of, send


def told(client: Client, telephone: RunningTelephone, service: Service) -> tuple[Any, Any, list[str]]:
    """The last status of a text that is sent now, its error, and what the service heard."""
    made = send(client, telephone, status_callback=f"{service.address}/status")
    telephone.wait_quiet()
    now = made.fetch()
    return now.status, now.error_code, service.statuses


# --- When a text is handed over ---


def test_too_many_at_once(client: Client, telephone: RunningTelephone) -> None:
    telephone.faults.add("too_many", times=2)
    assert [code_of(send, client, telephone) for _ in range(2)] == [(429, 20429)] * 2
    assert telephone.sent_to(PHONE) == []
    assert send(client, telephone).status == "accepted"


def test_too_many_for_a_while(client: Client, telephone: RunningTelephone) -> None:
    telephone.faults.add("too_many", lasting=0.3)
    assert code_of(send, client, telephone) == (429, 20429)
    time.sleep(0.3)
    assert send(client, telephone).status == "accepted"


def test_an_error_before_accepting(client: Client, telephone: RunningTelephone) -> None:
    telephone.faults.add("error", times=1)
    assert code_of(send, client, telephone) == (500, 20500)
    assert telephone.sent_to(PHONE) == []


def test_an_error_after_accepting(client: Client, telephone: RunningTelephone) -> None:
    telephone.faults.add("error_after", times=1)
    assert code_of(send, client, telephone) == (500, 20500)
    assert len(telephone.sent_to(PHONE)) == 1


def test_a_slow_answer_to_a_text_that_was_accepted(client: Client, telephone: RunningTelephone) -> None:
    telephone.faults.add("slow", times=1, seconds=5)
    client.http_client.timeout = 0.2
    with pytest.raises(requests.ReadTimeout):
        send(client, telephone)
    assert len(telephone.sent_to(PHONE)) == 1


@pytest.mark.parametrize(("fault", "accepted"), [("drop", 0), ("accept_then_drop", 1)])
def test_a_connection_that_ends(fault: str, accepted: int, client: Client, telephone: RunningTelephone) -> None:
    telephone.faults.add(fault, times=1)
    with pytest.raises(requests.ConnectionError):
        send(client, telephone)
    assert len(telephone.sent_to(PHONE)) == accepted
    assert send(client, telephone).status == "accepted"


def test_a_phone_that_opted_out(client: Client, telephone: RunningTelephone) -> None:
    telephone.faults.add("opted_out", PHONE)
    assert code_of(send, client, telephone) == (400, 21610)
    assert send(client, telephone, to=OTHER).status == "accepted"
    telephone.faults.remove("opted_out", PHONE)
    assert send(client, telephone).status == "accepted"


def test_everything_down(client: Client, telephone: RunningTelephone) -> None:
    made = send(client, telephone)
    telephone.faults.add("down")
    assert code_of(send, client, telephone) == (503, 20503)
    assert code_of(made.fetch) == (503, 20503)
    telephone.faults.clear()
    assert made.fetch().sid == made.sid


def test_nobody_listening(client: Client, telephone: RunningTelephone) -> None:
    send(client, telephone)
    telephone.faults.add("refuse")
    telephone.wait_quiet()
    for _ in range(2):
        with pytest.raises(requests.ConnectionError, match="Connection refused"):
            send(client, telephone)
    telephone.faults.clear()
    telephone.wait_quiet()
    assert send(client, telephone).status == "accepted"
    assert len(telephone.sent_to(PHONE)) == 2


def test_nobody_listening_for_a_while(client: Client, telephone: RunningTelephone) -> None:
    answer = requests.post(f"{telephone.url}/faults", json={"fault": "refuse", "lasting": 0.3}, timeout=5)
    assert answer.status_code == 201
    time.sleep(0.15)
    with pytest.raises(requests.ConnectionError, match="Connection refused"):
        send(client, telephone)
    telephone.wait_quiet()
    assert send(client, telephone).status == "accepted"


# --- What becomes of a text ---


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        ({"fault": "unreachable"}, ("undelivered", 30003, ["queued", "sent", "undelivered"])),
        ({"fault": "unreachable", "code": 30005}, ("undelivered", 30005, ["queued", "sent", "undelivered"])),
        ({"fault": "unreachable", "code": 30006}, ("undelivered", 30006, ["queued", "sent", "undelivered"])),
        ({"fault": "filtered"}, ("failed", 30007, ["queued", "failed"])),
        ({"fault": "opted_out_later"}, ("failed", 21610, ["failed"])),
        ({"fault": "stuck"}, ("sent", None, ["queued", "sent"])),
        ({"fault": "landline"}, ("delivered", None, ["queued", "sent", "delivered"])),
    ],
    ids=lambda value: "-".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_what_becomes_of_a_text(
    planted: dict[str, Any],
    expected: tuple[str, int | None, list[str]],
    client: Client,
    telephone: RunningTelephone,
    service: Service,
) -> None:
    telephone.faults.add(number=PHONE, **planted)
    assert told(client, telephone, service) == expected
    codes = [post.form.get("ErrorCode") for post in service.posts]
    assert codes[-1] == (str(expected[1]) if expected[1] else None)
    assert telephone.sent_to(PHONE)[0].read_aloud == (planted["fault"] == "landline")


@pytest.mark.parametrize("number", ["+442079460123", "+441632960123"])
def test_a_landline_reads_a_text_aloud(number: str, client: Client, telephone: RunningTelephone) -> None:
    send(client, telephone, to=number)
    telephone.wait_quiet()
    (text,) = telephone.sent_to(number)
    assert (text.status, text.read_aloud) == ("delivered", True)


def test_a_late_text(client: Client, telephone: RunningTelephone, service: Service) -> None:
    telephone.faults.add("late", seconds=0.3)
    made = send(client, telephone, status_callback=f"{service.address}/status")
    time.sleep(0.1)
    assert made.fetch().status == "queued"
    telephone.wait_quiet()
    assert made.fetch().status == "delivered"


def test_a_text_that_is_late_beyond_its_validity_never_arrives(client: Client, telephone: RunningTelephone) -> None:
    telephone.faults.add("late", seconds=3600)
    made = send(client, telephone, validity_period=1)
    telephone.wait_quiet()
    assert (made.fetch().status, made.fetch().error_code) == ("failed", 30036)


# --- How our service is told ---


def test_statuses_in_the_other_order(client: Client, telephone: RunningTelephone, service: Service) -> None:
    telephone.faults.add("reorder")
    assert told(client, telephone, service) == ("delivered", None, ["delivered", "sent", "queued"])


def test_statuses_several_times(client: Client, telephone: RunningTelephone, service: Service) -> None:
    telephone.faults.add("duplicate", copies=2, times=1, webhook="status")
    assert told(client, telephone, service)[2] == ["queued"] * 3 + ["sent", "delivered"]


def test_lost_statuses(client: Client, telephone: RunningTelephone, service: Service) -> None:
    telephone.faults.add("lose", webhook="status")
    telephone.text(PHONE, "1")
    assert told(client, telephone, service) == ("delivered", None, [])
    assert len(service.texts) == 1


def test_a_lost_text_is_still_in_the_list(client: Client, telephone: RunningTelephone, service: Service) -> None:
    telephone.faults.add("lose", times=1, webhook="inbound")
    telephone.text(PHONE, "lost")
    telephone.text(PHONE, "told")
    telephone.wait_quiet()
    assert [post.form["Body"] for post in service.texts] == ["told"]
    assert [each.body for each in client.messages.list(from_=PHONE)] == ["told", "lost"]


def test_forged_signatures(client: Client, telephone: RunningTelephone, service: Service) -> None:
    telephone.faults.add("forge", every=2)
    assert told(client, telephone, service)[2] == ["queued", "sent", "delivered"]
    assert [post.is_signed_with(telephone.account.token) for post in service.posts] == [True, False, True]


# --- The rules themselves ---


def test_every_third_time() -> None:
    faults = Faults()
    faults.add("error", every=3)
    assert [bool(faults.take(Fault.ERROR)) for _ in range(7)] == [False, False, True] * 2 + [False]


def test_a_rule_ends_with_its_time() -> None:
    now = [0.0]
    faults = Faults(clock=lambda: now[0])
    faults.add("error", lasting=60)
    now[0] = 59.9
    assert faults.holds(Fault.ERROR)
    now[0] = 60.0
    assert not faults.holds(Fault.ERROR)
    assert faults.rules() == []


def test_asking_uses_nothing_up() -> None:
    faults = Faults()
    faults.add("error", times=1)
    assert faults.holds(Fault.ERROR)
    assert faults.holds(Fault.ERROR, PHONE)
    assert faults.take(Fault.ERROR, PHONE)
    assert not faults.holds(Fault.ERROR)


def test_no_more_rules_than_can_be_kept() -> None:
    faults = Faults()
    for _ in range(MOST_RULES):
        faults.add("late")
    with pytest.raises(ValueError, match="Clear some first"):
        faults.add("late")


@pytest.mark.parametrize("wrong", [{"fault": "nonsense"}, {"fault": "error", "times": 0}, {"fault": "error", "no": 1}])
def test_a_rule_that_makes_no_sense_is_refused(wrong: dict[str, Any], telephone: RunningTelephone) -> None:
    with pytest.raises(ValidationError):
        telephone.faults.add(**wrong)
    answer = requests.post(f"{telephone.url}/faults", json=wrong, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["wrong"][0]["where"]


def test_rules_over_http(telephone: RunningTelephone) -> None:
    address = f"{telephone.url}/faults"
    requests.post(address, json={"fault": "landline", "number": "07700 900123"}, timeout=5)
    requests.post(address, json={"fault": "error", "times": 2}, timeout=5)
    assert [(rule["fault"], rule.get("number")) for rule in requests.get(address, timeout=5).json()] == [
        ("landline", PHONE),
        ("error", None),
    ]
    requests.delete(address, params={"fault": "landline", "number": PHONE}, timeout=5)
    assert [rule.fault for rule in telephone.faults.rules()] == ["error"]
    assert requests.delete(address, timeout=5).status_code == 204
    assert telephone.faults.rules() == []
