"""Times, no finer than is needed: the minute while an interview lasts, the month once it is a response."""

from datetime import datetime

HOUR = 60


def minute_of(now: datetime) -> int:
    """Whole minutes since 1970 in universal time, so that no summer time and no time zone shortens a visit."""
    return int(now.timestamp() // 60)


def month_of(now: datetime) -> str:
    """The month, as a response keeps it: `2026-11`."""
    return f"{now:%Y-%m}"
