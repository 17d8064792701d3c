"""Two people changing the same thing: the second is told, and loses nothing."""

from typing import Protocol


class ChangedMeanwhile(Exception):
    """Somebody else has changed this since it was shown. Nothing was kept; what was typed goes back to who typed it."""


class Edited(Protocol):
    """Something with a count of its changes."""

    edition: int


def take(row: Edited, seen: int) -> None:
    """Count one more change of what was seen in that edition.

    Raises:
        ChangedMeanwhile: it has been changed since.
    """
    if row.edition != seen:
        raise ChangedMeanwhile
    row.edition += 1
