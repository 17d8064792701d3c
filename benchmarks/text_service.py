"""Everything that texting takes, each a process of its own: the service, its worker, and the practice telephone."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import text_side
from benchmarks.servers import OURS, ROOT, Server, Shape, cpu_of, free_address, running, serving, wait_for
from telephone.account import Account

WORK = [sys.executable, "-m", "flask", "--app", str(ROOT / "app.py"), "texts", "work"]
TELEPHONE = [sys.executable, "-m", "telephone"]


@dataclass(frozen=True, slots=True)
class TextService:
    """A service that is up, with its worker."""

    server: Server
    account: Account
    worker: int
    telephone: int | None = None

    @property
    def cpu(self) -> dict[str, float]:
        """Seconds of processor time that each part has used."""
        used = {"the service": self.server.cpu, "the worker": cpu_of(self.worker)}
        return used | ({"the telephone": cpu_of(self.telephone)} if self.telephone else {})


@contextmanager
def with_telephone(file: Path, shape: Shape) -> Iterator[TextService]:
    """The service on that database, with a practice telephone in a process of its own."""
    address, of_telephone = free_address(), free_address()
    account = Account.practising(f"http://{address}")
    settings = text_side.settings(file, account, f"http://{address}", f"http://{of_telephone}")
    with running(TELEPHONE, settings | {"ADDRESS_OF_TELEPHONE": of_telephone}) as telephone:
        wait_for(of_telephone)
        with at_work(file, shape, address, settings) as (server, worker):
            yield TextService(server, account, worker, telephone)


@contextmanager
def at_work(file: Path, shape: Shape, address: str, settings: dict[str, str]) -> Iterator[tuple[Server, int]]:
    """The service at that address, and the worker's process."""
    with serving(OURS, file.parent, shape, settings, address) as server, running(WORK, settings) as worker:
        yield server, worker
