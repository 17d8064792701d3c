"""What becomes of a text on its way to a phone: the statuses it goes through, by what is planted for that phone."""

from dataclasses import dataclass

from telephone.faults import Fault, Faults
from telephone.numbers import is_landline
from telephone.texts import Status, Text

OPTED_OUT, FILTERED, TOO_OLD = 21610, 30007, 30036


@dataclass(frozen=True, slots=True)
class Stage:
    """The next status, so many seconds after the one before."""

    status: Status
    wait: float = 0.0
    error: int | None = None
    read_aloud: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """The stages of one text, at least one."""

    stages: tuple[Stage, ...]
    told_backwards: bool
    """Whether our service is told of all of them at the end, the last first."""


def journey(text: Text, faults: Faults) -> Journey:
    """The way of that text."""
    return Journey(_stages(text, faults), told_backwards=faults.take(Fault.REORDER, text.to, "status") is not None)


def _stages(text: Text, faults: Faults) -> tuple[Stage, ...]:
    queued = Stage("queued")
    if faults.take(Fault.OPTED_OUT_LATER, text.to):
        return (Stage("failed", error=OPTED_OUT),)
    if faults.take(Fault.FILTERED, text.to):
        return (queued, Stage("failed", error=FILTERED))
    late = faults.take(Fault.LATE, text.to)
    wait = late.seconds if late else 0.0
    if wait > text.validity:
        return (queued, Stage("failed", wait=text.validity, error=TOO_OLD))
    sent = Stage("sent", wait=wait)
    if faults.take(Fault.STUCK, text.to):
        return (queued, sent)
    if rule := faults.take(Fault.UNREACHABLE, text.to):
        return (queued, sent, Stage("undelivered", error=rule.code))
    aloud = is_landline(text.to) or faults.take(Fault.LANDLINE, text.to) is not None
    return (queued, sent, Stage("delivered", read_aloud=aloud))
