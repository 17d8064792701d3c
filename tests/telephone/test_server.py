"""Where the telephone is served, and who may ask it."""

import socket
import threading
from threading import Event

import click
import pytest
import requests

from telephone.__main__ import serve
from telephone.account import Account
from telephone.exchange import Exchange
from telephone.running import RunningTelephone
from telephone.server import NotThisMachine, Server, parts_of

GOOD = {
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
    "TWILIO_AUTH_TOKEN": "t" * 32,
    "TWILIO_MESSAGING_SERVICE": "MG" + "2" * 32,
    "ADDRESS_OF_TELEPHONE": "127.0.0.1:0",
}


@pytest.mark.parametrize(
    "address", ["0.0.0.0:8001", "192.168.1.5:8001", ":8001", "127.0.0.1", "example.org:80", "[::]:1", "127.0.0.1:x"]
)
def test_another_address_is_refused(address: str) -> None:
    with pytest.raises(NotThisMachine, match="no password"):
        parts_of(address)


def test_this_machines_own_is_taken() -> None:
    assert parts_of("127.0.0.1:8001") == ("127.0.0.1", 8001)
    assert parts_of("localhost:9") == ("localhost", 9)


def test_the_server_itself_refuses_another_address_too() -> None:
    with pytest.raises(NotThisMachine):
        Server(Exchange(Account.practising("http://127.0.0.1:8000")), "0.0.0.0")  # noqa: S104 - it must not


@pytest.mark.parametrize("path", ["/", "/faults", "/phone/07700900123", "/phones/07700900123"])
def test_another_name_for_this_machine_opens_nothing(path: str, telephone: RunningTelephone) -> None:
    assert requests.get(telephone.url + path, timeout=5).status_code == 200
    reply = requests.get(telephone.url + path, headers={"Host": "evil.example:8001"}, timeout=5)
    assert reply.status_code == 400


@pytest.mark.parametrize("path", ["/phone/07700900123/text", "/phone/07700900123/kind", "/clear", "/faults"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_of_another_site_is_refused(path: str, site: str, telephone: RunningTelephone) -> None:
    headers = {"Sec-Fetch-Site": site}
    reply = requests.post(telephone.url + path, data={"words": "1"}, headers=headers, timeout=5)
    assert reply.status_code == 403
    assert telephone.thread("07700900123") == []


def test_pages_load_nothing_from_elsewhere(telephone: RunningTelephone) -> None:
    reply = requests.get(telephone.url, timeout=5)
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["Cache-Control"] == "no-store"


def test_what_is_too_long_is_refused(telephone: RunningTelephone) -> None:
    reply = requests.post(f"{telephone.url}/phone/07700900123/text", data={"words": "x" * 70_000}, timeout=5)
    assert reply.status_code == 413


def test_a_control_that_cannot_be_read_says_why(telephone: RunningTelephone) -> None:
    assert requests.post(f"{telephone.url}/phones/07700900123", json={"copies": 0}, timeout=5).status_code == 400
    reply = requests.post(f"{telephone.url}/phones/12", json={"body": "1"}, timeout=5)
    assert (reply.status_code, reply.json()) == (
        400,
        {"wrong": '"12" is no telephone number. Write it like 07700 900123.'},
    )


# --- As a process of its own ---


def test_it_is_served_from_the_environment(capsys: pytest.CaptureFixture[str]) -> None:
    until = Event()
    thread = threading.Thread(target=serve, args=(GOOD, until))
    thread.start()
    try:
        address = _announced(capsys)
        account = f"{address}/2010-04-01/Accounts/{GOOD['TWILIO_ACCOUNT_SID']}.json"
        credentials = (GOOD["TWILIO_ACCOUNT_SID"], GOOD["TWILIO_AUTH_TOKEN"])
        assert requests.get(account, auth=credentials, timeout=5).json()["status"] == "active"
        service = requests.get(f"{address}/v1/Services/{GOOD['TWILIO_MESSAGING_SERVICE']}", auth=credentials, timeout=5)
        assert service.json()["inbound_request_url"].startswith("http://127.0.0.1:8000/texts/in#")
    finally:
        until.set()
        thread.join()
    with pytest.raises(requests.ConnectionError):
        requests.get(address, timeout=5)


def _announced(capsys: pytest.CaptureFixture[str]) -> str:
    said = ""
    for _ in range(500):
        said += capsys.readouterr().err
        if "\n" in said:
            break
        Event().wait(0.01)
    return said.split()[-1]


def test_every_missing_setting_is_named() -> None:
    with pytest.raises(click.ClickException) as fault:
        serve({"PUBLIC_URL": "http://127.0.0.1:8000"}, Event())
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_MESSAGING_SERVICE"):
        assert name in fault.value.message


def test_an_address_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(click.ClickException, match=f"{address} cannot be used"):
            serve(GOOD | {"ADDRESS_OF_TELEPHONE": address}, Event())


def test_an_address_elsewhere_is_said() -> None:
    with pytest.raises(click.ClickException, match="this machine alone"):
        serve(GOOD | {"ADDRESS_OF_TELEPHONE": "0.0.0.0:8001"}, Event())
