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
from sqlalchemy.pool import QueuePool

from app import serve
from fieldwork.database import Database
from tests.application import settings_for

ROOT = Path(__file__).parents[2]
CODE = "HX7KQ2"
GUNICORN = (sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.conf.py")

APPLICATION = """
import gc, os, pathlib

LOADED_BY = os.getpid()
with (pathlib.Path(__file__).parent / "loaded").open("a") as loaded:
    print(LOADED_BY, file=loaded)

def app(environ, start_response):
    if environ["PATH_INFO"] == "/fails":
        raise ValueError("wrong code: " + environ["QUERY_STRING"])
    if environ["PATH_INFO"] == "/frozen" and not gc.get_freeze_count():
        raise ValueError("what was read at the start is looked through again and again")
    if environ["PATH_INFO"] == "/copied" and os.getpid() == LOADED_BY:
        raise ValueError("this worker loaded the application for itself")
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]
"""


SMALL, OURS = "small:app", "app:serve()"


@contextmanager
def gunicorn(folder: Path, *more: str, of: str = SMALL, **environment: str) -> Iterator[tuple[int, list[str]]]:
    """A port where gunicorn serves an application, and what it has logged once the block is left."""
    (folder / "small.py").write_text(APPLICATION, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = folder / "log"
    said: list[str] = []
    with log.open("w") as output:
        server = subprocess.Popen(  # noqa: S603 - our own words
            [*GUNICORN, *more, of],
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


def settings_of(database_url: str) -> dict[str, str]:
    settings = settings_for(database_url)
    names = ("secret_key", "code_pepper", "database_url", "public_url", "queue_url", "mail_url")
    return {name.upper(): getattr(settings, name) for name in names}


def refusal_to_start(settings: dict[str, str]) -> str:
    ended = subprocess.run(  # noqa: S603 - our own words
        [*GUNICORN, OURS], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode != 0
    return ended.stderr.strip()


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


def test_the_application_is_loaded_once_however_often_workers_are_renewed(tmp_path: Path) -> None:
    with gunicorn(tmp_path, "--max-requests", "3", "--max-requests-jitter", "0") as (port, _):
        assert [status_of(port, "/copied") for _ in range(30)] == [200] * 30
    assert len((tmp_path / "loaded").read_text().splitlines()) == 1


def test_a_process_that_is_copied_has_nothing_of_the_database_open(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings_of(database_url).items():
        monkeypatch.setenv(name, value)
    database: Database = serve().extensions["database"]
    assert isinstance(database.engine.pool, QueuePool)
    assert database.engine.pool.checkedin() == database.engine.pool.checkedout() == 0


@pytest.mark.parametrize("behind_proxy", ["0", "1"])
def test_whoever_comes_while_workers_are_renewed_is_served(
    tmp_path: Path, database_url: str, behind_proxy: str
) -> None:
    renewed = ("--max-requests", "4", "--max-requests-jitter", "0")
    with gunicorn(tmp_path, *renewed, of=OURS, **settings_of(database_url), BEHIND_PROXY=behind_proxy) as (port, _):
        assert [status_of(port, f"/l/{CODE}") for _ in range(40)] == [200] * 40


def test_who_starts_it_with_a_wrong_setting_or_database_is_told_what_to_do_and_no_more(tmp_path: Path) -> None:
    settings = settings_of(f"sqlite:///{tmp_path}/none.sqlite3")
    assert refusal_to_start({**settings, "PUBLIC_URL": ""}).startswith("PUBLIC_URL: ")
    remedy = "Name the right database in DATABASE_URL. For a new one: `flask database upgrade`."
    assert refusal_to_start(settings) == f"{tmp_path}/none.sqlite3: there is no such file. {remedy}"


def test_nothing_is_left_in_the_home_of_the_user(tmp_path: Path) -> None:
    with gunicorn(tmp_path) as (port, _):
        assert status_of(port, "/") == 200
    assert not (tmp_path / ".gunicorn").exists()
