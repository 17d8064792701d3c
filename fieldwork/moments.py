"""Times, no finer than is needed: the minute while an interview lasts, the month once it is a response."""

from datetime import UTC, datetime

HOUR = 60


def minute_of(now: datetime) -> int:
    """Whole minutes since 1970 in universal time, so that no summer time and no time zone shortens a visit."""
    return int(now.timestamp() // 60)


def moment_of(minute: int) -> datetime:
    """The moment, in universal time, at which that minute began."""
    return datetime.fromtimestamp(minute * 60, UTC)


def month_of(now: datetime) -> str:
    """The month, as a response keeps it: `2026-11`."""
    return f"{now:%Y-%m}"
