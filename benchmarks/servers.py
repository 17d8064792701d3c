"""Servers to measure: gunicorn as ./run starts it, or behind nginx as in docs/deployment.md."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[1]
WORKERS = 2
LONGEST_START = 30.0
PAUSE = 0.05
TICK = os.sysconf("SC_CLK_TCK")
SECRETS = {"SECRET_KEY": "k" * 43, "CODE_PEPPER": "p" * 43}
OURS = "app:serve()"

Shape = Literal["threads", "nginx"]
SHAPES: dict[Shape, str] = {
    "threads": "./run: 2 workers of 128 threads, no proxy",
    "nginx": "documented: 2 sync workers behind nginx",
}

NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes 2;
events {{ worker_connections 1024; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  gzip on; gzip_comp_level 5; gzip_proxied any;   # ours compresses itself; the bare one leaves it to nginx, as is usual
  server {{
    listen {address}; client_max_body_size 64k; client_body_timeout 30s;
    proxy_request_buffering on; proxy_http_version 1.1;
    location / {{
      proxy_pass http://{behind}; proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto http;
    }}
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is up."""

    address: str
    gunicorn: int
    others: tuple[int, ...] = ()

    @property
    def workers(self) -> list[int]:
        """The processes that answer requests."""
        return [process for process, parent, *_ in _processes() if parent == self.gunicorn]

    @property
    def cpu(self) -> float:
        """Seconds of processor time that it has used, nginx included."""
        return cpu_of(self.gunicorn, *self.others)


def cpu_of(*sessions: int) -> float:
    """Seconds of processor time that all processes of these sessions have used."""
    return sum(spent for _, _, session, spent in _processes() if session in sessions)


def _processes() -> Iterator[tuple[int, int, int, float]]:
    """Process, parent, session, and the processor seconds of it and of its children that have ended."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended meanwhile
                continue
            yield int(entry.name), int(stat[1]), int(stat[3]), sum(map(int, stat[11:15])) / TICK


@contextmanager
def serving(
    application: str, folder: Path, shape: Shape, settings: dict[str, str] | None = None, address: str = ""
) -> Iterator[Server]:
    """The application, served in that shape; at that address, or at one that is free."""
    address = address or free_address()
    if shape == "threads":
        with _gunicorn(application, address, settings or {}) as process:
            yield Server(address, process)
        return
    behind = free_address()
    with (
        _gunicorn(application, behind, {**(settings or {}), "BEHIND_PROXY": "1"}) as process,
        _nginx(address, behind, folder) as proxy,
    ):
        yield Server(address, process, (proxy,))


def free_address() -> str:
    """An address on this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@contextmanager
def _gunicorn(application: str, address: str, settings: dict[str, str]) -> Iterator[int]:
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "config/gunicorn.conf.py"), application]
    with running(command, {**settings, "ADDRESS": address, "WORKERS": str(WORKERS)}) as process:
        wait_for(address)
        yield process


@contextmanager
def _nginx(address: str, behind: str, folder: Path) -> Iterator[int]:
    nginx = shutil.which("nginx")
    assert nginx, "This shape needs nginx, and there is none on the PATH."
    settings = folder / f"nginx-{address.rpartition(':')[2]}.conf"
    settings.write_text(NGINX.format(folder=folder, address=address, behind=behind))
    with running([nginx, "-p", str(folder), "-e", str(folder / "nginx.log"), "-c", str(settings)], {}) as process:
        wait_for(address)
        yield process


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[int]:
    """The process, in a session of its own, so that its children can be told from everybody else's."""
    signal.signal(signal.SIGTERM, _leave)  # whoever stops the measurement stops its servers too
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(LONGEST_START)


def _leave(*_: object) -> None:
    sys.exit("Stopped.")


def wait_for(address: str) -> None:
    """Wait until somebody listens there."""
    host, _, port = address.partition(":")
    give_up = time.monotonic() + LONGEST_START
    while True:
        try:
            with socket.create_connection((host, int(port)), timeout=1):
                return
        except OSError:
            assert time.monotonic() < give_up, f"Nobody answers at {address}."
            time.sleep(PAUSE)
