"""The worker of the office: runs jobs, and does what has to be done every so often.

Huey is told of a job so that it is run at once. What Huey loses, the sweep finds: the row is the truth
(docs/decisions/0009).
"""

import logging
import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Flask
from huey import Huey, crontab
from huey.consumer import Consumer

from fieldwork import job_runs, jobs
from fieldwork.database import Database
from fieldwork.faults import Busy
from fieldwork.job_runs import Run

log = logging.getLogger(__name__)

QUEUE = "jobs"
HEALTH_EVERY = 10.0
RUN_OUT = 600  # seconds after which a task is dropped: by then the sweep has found its job

Task = Callable[[str], Any]


def with_task(huey: Huey, run: Callable[[str], object]) -> Task:
    """The one task that Huey knows: run the job of this key. Its name is the same for who asks and for who works."""

    def run_job(job_id: str) -> None:
        run(job_id)

    task: Task = huey.task(expires=RUN_OUT)(run_job)
    return task


@dataclass(slots=True)
class Worker:
    """One worker. A second one beside it does no harm."""

    app: Flask
    huey: Huey
    kinds: Mapping[str, Run]
    minutely: Callable[[], object] = field(default=lambda: None)
    hourly: Mapping[str, Callable[[], object]] = field(default_factory=dict)
    at_once: int = 2
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def database(self) -> Database:
        """The one database."""
        found: Database = self.app.extensions["database"]
        return found

    def run_job(self, job_id: str) -> None:
        """Run the job, if it is to be run now."""
        try:
            with self.app.app_context():
                job_runs.run(self.database, self.kinds, UUID(job_id), self.now)
        except Busy:
            log.warning("A job was put off: the database was busy.")

    def sweep(self, hurry: Task) -> None:
        """Hurry every job that waits, and those whose worker died; delete files that are due; and what else is due."""
        with self.database.reading() as session:
            found = jobs.due(session, self.now())
        for job_id in found:
            hurry(str(job_id))
        with self.database.transaction() as session:
            jobs.forget(session, self.now())
        self.minutely()

    def run(self) -> None:
        """Work until SIGINT or SIGTERM, and finish what is under way."""
        hurry = with_task(self.huey, self.run_job)
        sweep = self._every(crontab(minute="*"), "sweep", lambda: self.sweep(hurry))
        for place, (name, chore) in enumerate(self.hourly.items()):
            self._every(crontab(minute=str(7 + place)), name, chore)
        consumer = Consumer(self.huey, workers=self.at_once, max_delay=1.0, initial_delay=0.1)
        consumer.start()
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_: self.stopping.set())
        sweep()
        while not self.stopping.wait(HEALTH_EVERY):
            consumer.check_worker_health()
        consumer.stop(graceful=True)

    def _every(self, times: Any, name: str, chore: Callable[[], object]) -> Callable[[], Any]:
        """The chore as a task that Huey begins at these times; what goes wrong is a line in the log."""

        def run() -> None:
            try:
                with self.app.app_context():
                    chore()
            except Busy:
                log.warning("“%s” was put off: the database was busy.", name)
            except Exception as fault:  # noqa: BLE001 - the next round must come whatever went wrong in this one
                log.error("“%s” failed: %s.", name, type(fault).__name__)  # noqa: TRY400 - a traceback holds values

        task: Callable[[], Any] = self.huey.periodic_task(times, name=name, expires=60)(run)
        return task
