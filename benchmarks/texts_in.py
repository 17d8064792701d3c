"""Texts brought to a service as the provider brings them: signed before the clock starts, over kept connections.

One thread watches every connection: driver and server share the same cores.
"""

import selectors
import socket
import time
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from telephone import tellings, webhooks
from telephone.account import Account
from telephone.texts import Text

PATH = "/texts/in"
MOST_TRIES = 3
PATIENCE = 30.0  # seconds in which nothing at all happens
CHUNK = 65_536
HEAD_ENDS = b"\r\n\r\n"


class Signed(NamedTuple):
    """A text as it goes over the wire."""

    request: bytes
    due: float | None = None
    """Seconds from the start; none where it goes as soon as a connection is free."""


class Brought(NamedTuple):
    """How a text was answered, and the seconds from when it was due, or else sent, until then."""

    status: int
    took: float
    tries: int


def signed(account: Account, address: str, number: str, body: str, due: float | None = None) -> Signed:
    """A text from that number to the service at that address, signed for the URL that the account knows."""
    now = datetime.now(UTC)
    text = Text(f"SM{uuid4().hex}", 0, "inbound", number, account.number, body, "received", now, now)
    parameters = tellings.inbound(text, account)
    url = str(account.inbound_url).partition("#")[0]
    form = urlencode(parameters).encode()
    lines = (
        f"POST {PATH} HTTP/1.1",
        f"Host: {address}",
        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
        f"X-Twilio-Signature: {webhooks.signature(url, parameters, account.token)}",
        f"Content-Length: {len(form)}",
        "User-Agent: TwilioProxy/1.1",
    )
    return Signed("\r\n".join((*lines, "", "")).encode() + form, due)


def bring(address: str, texts: Sequence[Signed], connections: int) -> list[Brought]:
    """How each of the texts was answered, in their order; never more than so many under way at a time.

    Raises:
        ConnectionError: one was not answered, several times over.
        TimeoutError: nothing happens any more.
    """
    with selectors.DefaultSelector() as selector:
        return _Bringer(address, texts, connections, selector).bring()


class _Line:
    """One connection, with the text that is under way on it."""

    def __init__(self, to: socket.socket) -> None:
        self.socket = to
        self.place: int | None = None
        self.received = b""


class _Bringer:
    def __init__(
        self, address: str, texts: Sequence[Signed], connections: int, selector: selectors.BaseSelector
    ) -> None:
        host, _, port = address.partition(":")
        self._address, self._texts, self._most, self._selector = (host, int(port)), texts, connections, selector
        self._waiting = deque(range(len(texts)))
        self._free: list[_Line] = []
        self._open = 0
        self._tries, self._sent = [0] * len(texts), [0.0] * len(texts)
        self._brought: dict[int, Brought] = {}
        self._began = 0.0

    def bring(self) -> list[Brought]:
        self._began = time.perf_counter()
        while len(self._brought) < len(self._texts):
            while self._may_send():
                self._send(self._waiting.popleft())
            happened = self._selector.select(self._pause())
            if not happened and not self._is_early():
                raise TimeoutError(f"{len(self._texts) - len(self._brought)} texts were not answered.")
            for key, _ in happened:
                self._read(key.data)
        for key in list(self._selector.get_map().values()):
            self._close(key.data)
        return [self._brought[place] for place in range(len(self._texts))]

    def _now(self) -> float:
        return time.perf_counter() - self._began

    def _is_early(self) -> bool:
        """True while the next text is not due."""
        due = self._texts[self._waiting[0]].due if self._waiting else None
        return due is not None and due <= self._now() + PATIENCE

    def _may_send(self) -> bool:
        if not self._waiting or not (self._free or self._open < self._most):
            return False
        return (self._texts[self._waiting[0]].due or 0.0) <= self._now()

    def _pause(self) -> float:
        if not self._waiting or not (self._free or self._open < self._most):
            return PATIENCE
        return max(0.0, (self._texts[self._waiting[0]].due or 0.0) - self._now())

    def _send(self, place: int) -> None:
        line = self._free.pop() if self._free else self._opened()
        line.place, line.received = place, b""
        self._tries[place] += 1
        self._sent[place] = self._sent[place] or self._now()
        try:
            line.socket.sendall(self._texts[place].request)
        except OSError:
            self._broke(line)

    def _opened(self) -> _Line:
        line = _Line(socket.create_connection(self._address, timeout=PATIENCE))
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(line.socket, selectors.EVENT_READ, line)
        self._open += 1
        return line

    def _close(self, line: _Line) -> None:
        self._selector.unregister(line.socket)
        line.socket.close()
        self._open -= 1
        if line in self._free:
            self._free.remove(line)

    def _broke(self, line: _Line) -> None:
        """A server may close a kept connection just when a text goes over it: the provider brings it again."""
        self._close(line)
        if line.place is None:
            return
        if self._tries[line.place] >= MOST_TRIES:
            raise ConnectionError("A text was not answered, several times over.")
        self._waiting.appendleft(line.place)

    def _read(self, line: _Line) -> None:
        try:
            more = line.socket.recv(CHUNK)
        except OSError:
            more = b""
        if not more:
            self._broke(line)
            return
        line.received += more
        head, ends, body = line.received.partition(HEAD_ENDS)
        if not ends or len(body) < _length(head):
            return
        place, line.place = line.place, None
        assert place is not None, "answered without being asked"
        due = self._texts[place].due
        began = self._sent[place] if due is None else due
        self._brought[place] = Brought(int(head.split(None, 2)[1]), self._now() - began, self._tries[place])
        if b"connection: close" in head.lower():
            self._close(line)
        else:
            self._free.append(line)


def _length(head: bytes) -> int:
    """How long the body is that follows."""
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0]) if found else 0
