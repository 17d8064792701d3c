"""Telling the worker of a job at once. If it cannot be told, it looks for itself within the minute."""

import logging
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import current_app

log = logging.getLogger("perspective")


class Queue:
    """The queue of jobs. It is opened when the first job is asked for: until then nobody needs Huey."""

    def __init__(self, address: str, secret: str) -> None:
        """Where the queue is, and what its tasks are signed with."""
        self._address, self._secret = address, secret

    def __call__(self, job_id: UUID) -> None:
        """Put the job into the queue."""
        self._task(str(job_id))

    @cached_property
    def _task(self) -> Any:
        from fieldwork.queues import queue_at  # noqa: PLC0415 - a sixth of a second that only who asks for a job pays
        from staff.jobs.working import QUEUE, with_task  # noqa: PLC0415 - as above

        return with_task(queue_at(self._address, self._secret, QUEUE), lambda _: None)


def hurry(job_id: UUID) -> None:
    """Let a worker look at once."""
    try:
        current_app.extensions["jobs"](job_id)
    except Exception as fault:  # noqa: BLE001 - the row is the truth; the queue is only quicker
        log.warning("no worker could be hurried: %s", type(fault).__name__)
