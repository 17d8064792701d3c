"""Work that takes longer than a page may: who asked for it, how far it is, and what came of it."""

import uuid
from typing import Literal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import Base, one_of

JobState = Literal[
    "waiting",
    "running",  # by whoever holds its lease
    "done",
    "failed",  # `told` says what happened; it may be run again
    "stopped",  # nobody wants it any more
]


class Job(Base):
    """One piece of work. The row is the truth: whoever runs it holds it for a while, and then another may."""

    __tablename__ = "jobs"
    __table_args__ = (
        one_of("state", JobState),
        CheckConstraint("kind <> ''", name="kind"),
        CheckConstraint("done >= 0 AND done <= total", name="done"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    kind: Mapped[str]
    inspection_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("inspections.id"), index=True)
    arguments: Mapped[str]  # JSON: names and numbers of ours, nothing about a person
    state: Mapped[JobState] = mapped_column(types.Text, default="waiting", index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    told: Mapped[str] = mapped_column(default="")
    started_by: Mapped[uuid.UUID | None] = mapped_column(index=True)
    started_by_name: Mapped[str]
    asked_second: Mapped[int] = mapped_column(BigInteger)
    ended_minute: Mapped[int | None]
    lease_second: Mapped[int] = mapped_column(BigInteger, default=0)
    tries: Mapped[int] = mapped_column(default=0)
    run: Mapped[uuid.UUID | None]  # which try holds it


class JobInput(Base):
    """A file that a job was given to work on. It goes when the job is done."""

    __tablename__ = "job_inputs"

    job_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class JobResult(Base):
    """A file that a job has made. It goes a day later, or a quarter of an hour after it was fetched."""

    __tablename__ = "job_results"

    job_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    until_minute: Mapped[int] = mapped_column(index=True)
