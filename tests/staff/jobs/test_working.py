"""The worker: told of a job it runs it at once; what it is not told of, its sweep finds."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from huey import MemoryHuey

from fieldwork import jobs
from fieldwork.database import Database
from fieldwork.job_runs import Made, Work
from fieldwork.models.jobs import Job
from fieldwork.office.audit import TERMINAL
from fieldwork.queues import queue_at
from staff.jobs.hurrying import Queue
from staff.jobs.working import QUEUE, Worker, with_task
from tests.application import settings_for

ROOT = Path(__file__).parents[3]
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def asked(database: Database) -> UUID:
    with database.transaction() as session:
        return jobs.ask(session, "count", {}, TERMINAL).id


def state(database: Database, job_id: UUID) -> str:
    with database.reading() as session:
        return session.get_one(Job, job_id).state


def counted(work: Work) -> Made:
    return Made("Counted.")


def worker_of(app: Flask) -> Worker:
    return Worker(app.extensions["office"], MemoryHuey(QUEUE, immediate=True), {"count": counted})


@on_sqlite
def test_a_task_runs_its_job_and_a_second_one_does_nothing(app: Flask) -> None:
    database: Database = app.extensions["database"]
    worker, job_id = worker_of(app), asked(database)
    tell = with_task(worker.huey, worker.run_job)
    tell(str(job_id))
    tell(str(job_id))
    assert state(database, job_id) == "done"


@on_sqlite
def test_the_sweep_finds_what_the_queue_lost_and_whose_worker_died(app: Flask) -> None:
    database: Database = app.extensions["database"]
    worker, lost, died = worker_of(app), asked(database), asked(database)
    with database.transaction() as session:
        assert jobs.claim(session, died, datetime.now(UTC) - timedelta(minutes=5)) is not None
    worker.sweep(with_task(worker.huey, worker.run_job))
    assert (state(database, lost), state(database, died)) == ("done", "done")


@on_sqlite
def test_the_page_and_the_worker_mean_the_same_task(app: Flask, tmp_path: Path) -> None:
    address, secret = f"sqlite:///{tmp_path}/queue.sqlite3", "s" * 32
    database: Database = app.extensions["database"]
    job_id = asked(database)
    Queue(address, secret)(job_id)
    worker = Worker(app.extensions["office"], queue_at(address, secret, QUEUE), {"count": counted})
    with_task(worker.huey, worker.run_job)
    worker.huey.execute(worker.huey.dequeue())
    assert state(database, job_id) == "done"


def test_a_task_that_somebody_else_wrote_is_thrown_away(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/queue.sqlite3"
    Queue(address, "t" * 32)(UUID(int=1))
    with pytest.raises(ValueError, match=r"[Ss]ignature"):
        queue_at(address, "s" * 32, QUEUE).dequeue()


@pytest.mark.parametrize("address", ["http://127.0.0.1", "queue"])
def test_a_queue_that_we_do_not_know_is_told(address: str) -> None:
    with pytest.raises(ValueError, match="QUEUE_URL: write it like"):
        queue_at(address, "s" * 32, QUEUE)


# --- The command, as it is started ---


@contextmanager
def working(database_url: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`flask jobs work`, until the block is left."""
    settings = settings_for(database_url)
    environment = {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "SECRET_KEY": settings.secret_key,
        "CODE_PEPPER": settings.code_pepper,
        "PUBLIC_URL": settings.public_url,
        "DATABASE_URL": database_url,
        "QUEUE_URL": f"sqlite:///{folder}/queue.sqlite3",
    }
    command = [sys.executable, "-m", "flask", "--app", str(ROOT / "app.py"), "jobs", "work"]
    with subprocess.Popen(command, env=environment, cwd=folder, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
        try:
            yield process
        finally:
            process.kill()


@on_sqlite
def test_the_command_runs_what_waits_and_stops_when_it_is_told_to(
    app: Flask, database_url: str, tmp_path: Path
) -> None:
    database: Database = app.extensions["database"]
    job_id = asked(database)
    with working(database_url, tmp_path) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "Jobs are run. Ctrl-C stops, when what is under way is done.\n"
        ended = _until(lambda: state(database, job_id) == "failed")  # it knows no job of that kind, and says so
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    assert ended


def _until(holds: Callable[[], bool], seconds: float = 60.0) -> bool:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if holds():
            return True
        time.sleep(0.1)
    return False
