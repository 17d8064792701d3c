"""The audit: every act that shows, lets out, approves or deletes something is written down with it, or does not happen.

Each entry carries the mark of the one before, so that none can be changed, taken out or put between without all later
marks being wrong. Whoever can rewrite all of them is found by the head that is kept elsewhere: `flask audit head`.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from fieldwork.models.audit import Act, AuditEntry

NOTHING_BEFORE = "0" * 64
ONE_AT_A_TIME = 7_301_946  # PostgreSQL's number for the lock under which entries are numbered


@dataclass(frozen=True, slots=True)
class Who:
    """Who did something: one of the staff, or somebody at the terminal, who has no id."""

    id: UUID | None
    name: str


TERMINAL = Who(None, "at the terminal")


def record(  # noqa: PLR0913 - who, what, where, about what, why, when
    session: Session,
    act: Act,
    who: Who,
    *,
    inspection_id: UUID | None = None,
    about: str = "",
    why: str = "",
    now: datetime | None = None,
) -> None:
    """Write down the act, in the transaction that does it. `about` holds ids and counts; never words or names."""
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ONE_AT_A_TIME})
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        second=int((now or datetime.now(UTC)).timestamp()),
        act=act,
        who_id=who.id,
        who=who.name,
        inspection_id=inspection_id,
        about=about,
        why=why,
        mark_before=last.mark if last else NOTHING_BEFORE,
    )
    entry.mark = mark_of(entry)
    session.add(entry)
    session.flush()


def mark_of(entry: AuditEntry) -> str:
    """The mark that the entry must carry."""
    parts = [
        entry.mark_before,
        entry.number,
        entry.second,
        entry.act,
        str(entry.who_id),
        entry.who,
        str(entry.inspection_id),
        entry.about,
        entry.why,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """Where the audit ends: kept elsewhere, it shows later whether anything up to there was changed."""

    number: int
    mark: str

    def __str__(self) -> str:
        return f"{self.number}:{self.mark}"

    @classmethod
    def read(cls, written: str) -> "Head":
        """The head as it was written down.

        Raises:
            ValueError: that is not one.
        """
        number, _, mark = written.strip().partition(":")
        if not number.isdigit() or len(mark) != len(NOTHING_BEFORE):
            raise ValueError("write the head as `flask audit head` printed it: 12:3f0a…")
        return cls(int(number), mark)


def head(session: Session) -> Head:
    """The last entry's number and mark; nought and noughts where there is none."""
    last = session.execute(
        select(AuditEntry.number, AuditEntry.mark).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    return Head(*last) if last else Head(0, NOTHING_BEFORE)


def forget(session: Session, before: datetime) -> int:
    """Delete the entries written before then, and write down up to which; how many. No young one goes."""
    old = AuditEntry.second <= int(before.timestamp())
    last = session.scalar(select(func.max(AuditEntry.number)).where(old))
    if last is None:
        return 0
    gone = session.connection().execute(delete(AuditEntry).where(AuditEntry.number <= last)).rowcount
    record(session, "forgot_entries", TERMINAL, about=_up_to(last))
    return gone


def faults(session: Session, anchors: Sequence[Head] = ()) -> Iterator[str]:
    """What is wrong with the audit, in words, entry by entry; nothing where it is whole.

    `anchors` are heads that were kept elsewhere: what was cut off the end, or written anew, disagrees with them.
    """
    wanted = {anchor.number: anchor.mark for anchor in anchors if anchor.number}
    first = session.scalar(select(func.min(AuditEntry.number))) or 1
    before, mark = first - 1, NOTHING_BEFORE
    forgotten = set()
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number), execution_options={"yield_per": 1000}):
        if entry.number != before + 1:
            yield f"entry {before + 1}: missing"
        elif entry.mark_before != mark and entry.number != first:
            yield f"entry {entry.number}: does not follow the one before it"
        if entry.mark != mark_of(entry):
            yield f"entry {entry.number}: changed after it was written"
        if wanted.pop(entry.number, entry.mark) != entry.mark:
            yield f"entry {entry.number}: not the one whose mark was kept elsewhere"
        if entry.act == "forgot_entries":
            forgotten.add(entry.about)
        before, mark = entry.number, entry.mark
    if first > 1 and _up_to(first - 1) not in forgotten:
        yield f"entries up to {first - 1}: missing, and not because their time was over"
    yield from (
        f"entry {number}: missing, though its mark was kept elsewhere" for number in sorted(wanted) if number > before
    )


def _up_to(number: int) -> str:
    return f"entries up to {number}"


def entries(  # noqa: PLR0913 - each narrows down what is listed
    session: Session,
    *,
    inspection_ids: Sequence[UUID] | None = None,
    act: str | None = None,
    before: int | None = None,
    most: int = 100,
    without: Collection[Act] = (),
) -> list[AuditEntry]:
    """The latest entries first: of these inspections, or of all; of one act, or without some; before that number."""
    wanted = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(most)
    if inspection_ids is not None:
        wanted = wanted.where(AuditEntry.inspection_id.in_(inspection_ids))
    if act:
        wanted = wanted.where(AuditEntry.act == cast("Act", act))
    if without:
        wanted = wanted.where(AuditEntry.act.not_in(without))
    if before is not None:
        wanted = wanted.where(AuditEntry.number < before)
    return list(session.scalars(wanted))
