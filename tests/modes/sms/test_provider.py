"""The provider over real HTTP: what an answer means, what silence means, and what stands in no log."""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest

from fieldwork.faults import Busy
from modes.sms import calls
from modes.sms.provider import Denied, Posted, Provider, Refused, TryLater, Unreachable, Unsure, Withdrawn
from telephone.running import RunningTelephone, running_telephone

NOWHERE = "http://127.0.0.1:9"
PHONE = "+447700900123"
CALLBACK = f"{NOWHERE}/texts/status/a1"


@pytest.fixture(scope="module")
def telephone() -> Iterator[RunningTelephone]:
    with running_telephone(NOWHERE) as running:
        yield running


@pytest.fixture
def provider(telephone: RunningTelephone) -> Iterator[Provider]:
    account = telephone.account
    yield Provider(account.sid, account.token, account.service, telephone.url)
    telephone.faults.clear()
    telephone.exchange.store.__init__(lambda: datetime.now(UTC))  # type: ignore[misc]  # an empty one


def wanted() -> AbstractContextManager[bool]:
    return nullcontext(True)  # noqa: FBT003 - what a last look yields


def post(provider: Provider, body: str = "Did it help? 1 Yes 2 No") -> object:
    return provider.post(PHONE, body, CALLBACK, 600, wanted)


def test_a_text_is_handed_over_as_it_was_written(provider: Provider, telephone: RunningTelephone) -> None:
    words = "Oedd hi'n ŵyl? £5 & 100% + «yes» = 1\n2 No {x} [y] ~ € ^"
    answer = post(provider, words)
    (text,) = telephone.sent_to(PHONE)
    assert answer == Posted(text.sid)
    assert (text.body, text.validity, text.callback) == (words, 600, CALLBACK)


@pytest.mark.req("M3")
@pytest.mark.parametrize(
    ("fault", "answer", "arrived"),
    [
        ("too_many", TryLater(), 0),
        ("error", Unsure(), 0),
        ("error_after", Unsure(), 1),
        ("drop", Unsure(), 0),
        ("accept_then_drop", Unsure(), 1),
        ("opted_out", Refused(21610), 0),
        ("down", Unsure(), 0),
    ],
)
def test_what_each_answer_means(
    provider: Provider, telephone: RunningTelephone, fault: str, answer: object, arrived: int
) -> None:
    telephone.faults.add(fault, times=1)
    assert post(provider) == answer
    assert len(telephone.sent_to(PHONE)) == arrived


@pytest.mark.req("M4")
def test_nobody_listening_means_that_it_did_not_go() -> None:
    assert post(Provider("AC" + "0" * 32, "t" * 32, "MG" + "0" * 32, NOWHERE)) == TryLater()


@pytest.mark.req("M3")
def test_a_connection_that_ends_after_the_words_left_means_that_nobody_knows() -> None:
    with one_connection(lambda _: None) as url:
        assert post(Provider("AC" + "0" * 32, "t" * 32, "MG" + "0" * 32, url)) == Unsure()


@pytest.mark.req("M3")
def test_an_answer_that_is_none_means_that_nobody_knows() -> None:
    def nonsense(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello")

    with one_connection(nonsense) as url:
        assert post(Provider("AC" + "0" * 32, "t" * 32, "MG" + "0" * 32, url)) == Unsure()


@pytest.mark.req("M5")
def test_nobody_waits_for_a_slow_provider_for_ever(
    provider: Provider, telephone: RunningTelephone, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (calls.CONNECT, calls.READ) == (5, 15)
    monkeypatch.setattr(calls, "READ", 0.3)
    telephone.faults.add("slow", seconds=5)
    began = monotonic()
    assert post(provider) == Unsure()
    assert monotonic() - began < 3
    assert len(telephone.sent_to(PHONE)) == 1


@pytest.mark.req("M8")
def test_the_last_look_comes_when_the_connection_is_there_and_its_no_is_obeyed(
    provider: Provider, telephone: RunningTelephone
) -> None:
    looked = []

    @contextmanager
    def stopped() -> Iterator[bool]:
        looked.append("began")
        try:
            yield False
        finally:
            looked.append("ended")

    assert provider.post(PHONE, "Did it help?", CALLBACK, 600, stopped) == Withdrawn()
    assert looked == ["began", "ended"]
    telephone.wait_quiet()
    assert telephone.thread(PHONE) == []


def test_a_last_look_that_could_not_be_had_sends_nothing(provider: Provider, telephone: RunningTelephone) -> None:
    def busy() -> AbstractContextManager[bool]:
        raise Busy

    with pytest.raises(Busy):
        provider.post(PHONE, "Did it help?", CALLBACK, 600, busy)
    assert telephone.thread(PHONE) == []


@pytest.mark.req("M3")
def test_our_texts_to_a_number_are_listed(provider: Provider, telephone: RunningTelephone) -> None:
    telephone.text(PHONE, "STOP")  # which the provider confirms by itself
    telephone.text(PHONE, "START")
    names = [answer.name for answer in (post(provider, "one"), post(provider, "two")) if isinstance(answer, Posted)]
    listed = provider.to_number(PHONE, datetime.now(UTC) - timedelta(minutes=1))
    assert {each.name for each in listed} == set(names)
    assert {each.body for each in listed} == {"one", "two"}
    assert provider.to_number(PHONE, datetime.now(UTC) + timedelta(minutes=1)) == []


@pytest.mark.req("W11")
def test_texts_that_came_in_are_listed_a_page_at_a_time(
    provider: Provider, telephone: RunningTelephone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("modes.sms.provider.LARGEST_PAGE", 2)
    monkeypatch.setattr("modes.sms.provider.REST", 0)
    for words in ("1", "2", "3", "4"):
        telephone.text(PHONE, words)
    post(provider)
    pages = list(provider.inbound_since(datetime.now(UTC) - timedelta(minutes=1)))
    assert [[each.body for each in page] for page in pages] == [["4"], ["3", "2"], ["1"]]
    assert {(each.number, each.inbound) for page in pages for each in page} == {(PHONE, True)}
    assert not any(provider.inbound_since(datetime.now(UTC) + timedelta(minutes=1)))


@pytest.mark.req("M16")
def test_words_are_taken_out_when_the_network_is_done(provider: Provider, telephone: RunningTelephone) -> None:
    telephone.faults.add("stuck", times=1)
    stuck, done = post(provider, "stuck"), post(provider, "done")
    telephone.wait_quiet()
    assert isinstance(stuck, Posted)
    assert isinstance(done, Posted)
    assert provider.blank(done.name)
    assert not provider.blank(stuck.name)  # later
    assert provider.blank("SM" + "0" * 32)  # it is not there, and has no words
    assert [text.body for text in telephone.sent_to(PHONE)] == ["stuck", ""]


def test_who_is_not_let_in_is_told_so(telephone: RunningTelephone) -> None:
    stranger = Provider(telephone.account.sid, "x" * 32, telephone.account.service, telephone.url)
    with pytest.raises(Denied) as denied:
        stranger.settings()
    assert denied.value.code == 20003
    assert post(stranger) == Refused(20003)


def test_who_does_not_answer_cannot_be_asked(provider: Provider, telephone: RunningTelephone) -> None:
    telephone.faults.add("down")
    for ask in (provider.settings, lambda: provider.to_number(PHONE, datetime.now(UTC))):
        with pytest.raises(Unreachable) as fault:
            ask()
        assert fault.value.__cause__ is None
        assert PHONE not in repr(fault.value)


@pytest.mark.req("K8")
def test_no_log_holds_a_number_or_a_word(
    provider: Provider, telephone: RunningTelephone, caplog: pytest.LogCaptureFixture
) -> None:
    """Even where somebody has turned every log on."""
    with caplog.at_level(logging.DEBUG):
        for fault in (None, "too_many", "error", "accept_then_drop", "opted_out", "down"):
            if fault:
                telephone.faults.add(fault, times=1)
            post(provider, "canary in a text")
        provider.to_number(PHONE, datetime.now(UTC))
        list(provider.inbound_since(datetime.now(UTC)))
        provider.settings()
    logged = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    for canary in ("900123", "canary", telephone.account.token):
        assert canary not in logged


@contextmanager
def one_connection(answer: object) -> Iterator[str]:
    """Somebody who reads one request, and does that."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.settimeout(1)
            answer(connection)  # type: ignore[operator]  # a function of a connection

    served = threading.Thread(target=serve)
    served.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    served.join()
    listener.close()
