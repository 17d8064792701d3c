"""As little of a browser as answering needs: cookies, a kept connection, gzip.

The standard library's costs as much as the page it asks for, and driver and server share the same cores.
"""

import gzip
import socket
import time
from collections.abc import Sequence
from typing import BinaryIO, NamedTuple
from urllib.parse import urlencode

GONE = {502, 503, 504}  # what a proxy says while the server behind it is away

Fields = Sequence[tuple[str, str]]


class Broken(Exception):
    """The connection broke, or nobody was there: nothing was acknowledged."""


class Reply(NamedTuple):
    """One answer of the server, the seconds it took, and its bytes on the wire."""

    status: int
    headers: dict[str, str]
    page: bytes
    took: float
    size: int


class Browser:
    """Somebody's browser, on one site."""

    def __init__(self, address: str, patience: float = 60.0) -> None:
        """Remember where to go, and how many seconds to wait for an answer; nothing is opened yet."""
        self._patience = patience
        host, _, port = address.partition(":")
        self._address, self._host = (host, int(port)), address
        self._cookies: dict[str, str] = {}
        self._socket: socket.socket | None = None

    def ask(self, method: str, path: str, fields: Fields = ()) -> Reply:
        """The server's answer.

        Raises:
            Broken: there was none.
        """
        began = time.perf_counter()
        try:
            reply = self._exchange(self.request(method, path, urlencode(fields).encode()))
        except (OSError, ValueError, IndexError) as error:
            self.close()
            raise Broken(repr(error)) from None
        if reply.status in GONE:
            raise Broken(f"status {reply.status}")
        return reply._replace(took=time.perf_counter() - began)

    def request(self, method: str, path: str, body: bytes) -> bytes:
        """What goes over the wire."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}", "Accept-Encoding: gzip", "Accept-Language: en"]
        if self._cookies:
            lines.append("Cookie: " + "; ".join(map("=".join, self._cookies.items())))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        if self._socket:
            self._socket.close()
        self._socket = None

    def _exchange(self, request: bytes) -> Reply:
        self._socket = self._socket or socket.create_connection(self._address, timeout=self._patience)
        self._socket.sendall(request)
        with self._socket.makefile("rb") as stream:
            head = _head(stream)
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
            body, framing = _body(stream, headers)
        self._remember(head)
        if headers.get("connection", "").lower() == "close":
            self.close()
        page = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
        return Reply(
            int(head[0].split()[1]), headers, page, 0.0, sum(map(len, head)) + 2 * len(head) + 2 + len(body) + framing
        )

    def _remember(self, head: list[str]) -> None:
        for line in head:
            if line.lower().startswith("set-cookie: "):
                name, _, rest = line.partition(": ")[2].partition("=")
                self._cookies[name] = rest.partition(";")[0]


def _head(stream: BinaryIO) -> list[str]:
    lines = []
    while (line := stream.readline()) != b"\r\n":
        if not line:
            raise ConnectionError("closed before the answer was whole")
        lines.append(line.decode("latin-1").rstrip())
    return lines


def _body(stream: BinaryIO, headers: dict[str, str]) -> tuple[bytes, int]:
    """The body, and the bytes that only say where its chunks end."""
    if headers.get("transfer-encoding") != "chunked":
        return _exactly(stream, int(headers.get("content-length", 0))), 0
    body, framing = b"", 0
    while True:
        line = stream.readline()
        length = int(line, 16)
        body, framing = body + _exactly(stream, length), framing + len(line) + len(stream.readline())
        if not length:
            return body, framing


def _exactly(stream: BinaryIO, length: int) -> bytes:
    read = stream.read(length)
    if len(read) < length:
        raise ConnectionError("closed before the answer was whole")
    return read
