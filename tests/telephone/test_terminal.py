"""A phone in the terminal."""

import threading
from collections.abc import Iterator
from queue import Queue
from typing import Self

import pytest

from telephone.running import RunningTelephone
from telephone.terminal import NobodyThere, converse
from tests.telephone.conftest import client_of
from tests.telephone.service import Service
from tests.telephone.test_provider import PHONE, send


class Typist:
    """Somebody at the terminal: types when told to, and remembers what was shown."""

    def __init__(self, telephone: RunningTelephone) -> None:
        self.telephone = telephone
        self.shown: list[str] = []
        self._typed: Queue[str | None] = Queue()
        self._new = threading.Condition()
        self._thread = threading.Thread(target=converse, args=(telephone.url, "07700 900123", self._ask, self._say))

    def __enter__(self) -> Self:
        self._thread.start()
        self.sees("You are 07700 900123")
        return self

    def __exit__(self, *_: object) -> None:
        self._typed.put("/quit")
        self._thread.join(10)
        assert not self._thread.is_alive()

    def types(self, line: str) -> None:
        self._typed.put(line)

    def sees(self, words: str) -> None:
        """Wait until these words were shown."""
        with self._new:
            assert self._new.wait_for(lambda: words in "\n".join(self.shown), 10), self.shown

    def _ask(self) -> str:
        line = self._typed.get()
        if line is None:
            raise EOFError
        return line

    def _say(self, line: str) -> None:
        with self._new:
            self.shown.append(line)
            self._new.notify_all()


@pytest.fixture
def typist(telephone: RunningTelephone) -> Iterator[Typist]:
    with Typist(telephone) as somebody:
        yield somebody


def told(service: Service, telephone: RunningTelephone, count: int = 1) -> list[str]:
    """What the service was told, once it was told so many texts."""
    telephone.wait_for(lambda _: len(service.texts) >= count)
    telephone.wait_quiet()
    return [post.form["Body"] for post in service.texts]


def test_a_text_is_shown_as_it_comes_with_its_parts(telephone: RunningTelephone, typist: Typist) -> None:
    send(client_of(telephone), telephone, "2 o 7: Wyt ti'n siŵr?\n1 Ydw")
    typist.sees("They  1 Ydw")
    typist.sees("1 part, UCS-2 because of ŵ · delivered")
    send(client_of(telephone), telephone, "another")
    typist.sees("another")
    assert sum("Wyt ti'n siŵr?" in line for line in typist.shown) == 1


def test_what_came_before_is_shown_first(telephone: RunningTelephone) -> None:
    send(client_of(telephone), telephone, "earlier")
    telephone.wait_quiet()
    with Typist(telephone) as typist:
        assert "earlier" in typist.shown[0]


def test_a_line_is_a_text(telephone: RunningTelephone, typist: Typist, service: Service) -> None:
    typist.types("1")
    assert told(service, telephone) == ["1"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["/twice 2"], ["2", "2"]),
        (["/twice", "2"], ["2", "2"]),
        (["/overtaken 1", "2"], ["2", "1"]),
        (["/late 0.2 2"], ["2"]),
        (["/late 0.2", "/twice", "2"], ["2", "2"]),
        (["", "2"], ["2"]),
    ],
    ids=str,
)
def test_a_text_is_sent_as_told(
    lines: list[str], expected: list[str], telephone: RunningTelephone, typist: Typist, service: Service
) -> None:
    for line in lines:
        typist.types(line)
    assert told(service, telephone, len(expected)) == expected


def test_a_picture_may_have_words(telephone: RunningTelephone, typist: Typist, service: Service) -> None:
    typist.types("/picture")
    typist.types("/picture 2")
    told(service, telephone, 2)
    assert {(post.form["Body"], post.form["NumMedia"]) for post in service.texts} == {("", "1"), ("2", "1")}


def test_a_phone_becomes_a_landline_and_a_mobile_again(telephone: RunningTelephone, typist: Typist) -> None:
    typist.types("/landline")
    typist.sees("This phone reads texts aloud.")
    send(client_of(telephone), telephone, "Hello")
    typist.sees("read aloud to whoever answered")
    typist.types("/landline")
    typist.sees("This phone takes texts.")
    assert telephone.faults.rules() == []


def test_what_goes_wrong_is_said(telephone: RunningTelephone, typist: Typist, service: Service) -> None:
    service.answers = [403] * 6
    typist.types("1")
    typist.sees("! You: “1” The service answered 403 after 6 tries")
    telephone.faults.add("unreachable", PHONE)
    send(client_of(telephone), telephone, "Hello")
    typist.sees("! They: “Hello” Not delivered: Unreachable destination handset (30003)")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/dance", "There is no /dance"),
        ("/late soon", "Say how many seconds"),
        ("/help", "/landline"),
        ("/late 1e9 1", "Say how many"),
    ],
)
def test_a_slip_is_explained_and_the_phone_goes_on(
    line: str, words: str, telephone: RunningTelephone, typist: Typist, service: Service
) -> None:
    typist.types(line)
    typist.sees(words)
    typist.types("1")
    assert told(service, telephone) == ["1"]


def test_the_end_of_the_input_ends_it(telephone: RunningTelephone) -> None:
    def ask() -> str:
        raise EOFError

    converse(telephone.url, PHONE, ask, lambda _: None)


def test_where_nothing_is_served_it_says_how_to_start() -> None:
    with pytest.raises(NobodyThere, match=r"at http://127\.0\.0\.1:9\. Start it with \./run"):
        converse("http://127.0.0.1:9", PHONE, lambda: "", lambda _: None)


def test_where_somebody_else_is_served_it_says_the_same(service: Service) -> None:
    service.answers = [200]
    with pytest.raises(NobodyThere):
        converse(service.address + "/", PHONE, lambda: "", lambda _: None)


def test_a_number_that_is_none_is_refused(telephone: RunningTelephone) -> None:
    with pytest.raises(ValueError, match="is no telephone number"):
        converse(telephone.url, "12", lambda: "", lambda _: None)
