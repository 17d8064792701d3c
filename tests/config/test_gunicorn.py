"""gunicorn, started with our configuration."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = "HX7KQ2"

APPLICATION = """
import gc

def app(environ, start_response):
    if environ["PATH_INFO"] == "/fails":
        raise ValueError("wrong code: " + environ["QUERY_STRING"])
    if environ["PATH_INFO"] == "/frozen" and not gc.get_freeze_count():
        raise ValueError("what was read at the start is looked through again and again")
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]
"""


@contextmanager
def gunicorn(folder: Path, **environment: str) -> Iterator[tuple[int, list[str]]]:
    """A port where gunicorn serves a small application, and what it has logged once the block is left."""
    (folder / "small.py").write_text(APPLICATION, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = folder / "log"
    said: list[str] = []
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.conf.py", "small:app"],
            cwd=ROOT,
            env={"ADDRESS": f"127.0.0.1:{port}", "PYTHONPATH": str(folder), "HOME": str(folder)} | environment,
            stderr=output,
        )
        try:
            _wait_for(port)
            yield port, said
        finally:
            server.terminate()
            server.wait()
    said.append(log.read_text())


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("gunicorn did not start")


def status_of(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def refused(port: int, sent: bytes) -> bool:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as caller:
        caller.sendall(sent)
        return caller.recv(1000).startswith(b"HTTP/1.1 4")


@pytest.mark.parametrize("behind_proxy", ["0", "1"])
def test_nothing_that_was_sent_is_logged(tmp_path: Path, behind_proxy: str) -> None:
    with gunicorn(tmp_path, BEHIND_PROXY=behind_proxy) as (port, said):
        assert status_of(port, f"/?{CODE}") == 200
        assert status_of(port, f"/fails?{CODE}") == 500
        assert refused(port, f"GET /{CODE} nonsense\r\n\r\n".encode())
    assert "A request was not answered: ValueError" in said[0]
    assert "A malformed request was refused" in said[0]
    assert CODE not in said[0]
    assert "127.0.0.1" not in said[0]


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"GET /" + b"a" * 3000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", id="address"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 60 + b"\r\n", id="fields"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 9000 + b"\r\n\r\n", id="field"),
    ],
)
def test_what_is_too_long_is_refused(tmp_path: Path, sent: bytes) -> None:
    with gunicorn(tmp_path) as (port, _):
        assert refused(port, sent)


def test_phones_that_stall_do_not_stop_the_others(tmp_path: Path) -> None:
    half = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nanswer="
    with gunicorn(tmp_path) as (port, _), ExitStack() as stalled:
        for _phone in range(12):
            phone = stalled.enter_context(socket.create_connection(("127.0.0.1", port)))
            phone.sendall(half)
        assert status_of(port, "/") == 200


def test_what_was_read_at_the_start_is_not_looked_through_again(tmp_path: Path) -> None:
    with gunicorn(tmp_path) as (port, _):
        assert status_of(port, "/frozen") == 200


def test_nothing_is_left_in_the_home_of_the_user(tmp_path: Path) -> None:
    with gunicorn(tmp_path) as (port, _):
        assert status_of(port, "/") == 200
    assert not (tmp_path / ".gunicorn").exists()
