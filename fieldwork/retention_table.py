"""The one table of what is kept, and for how long: jobs, privacy page and documentation are made from it."""

import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from surveys.text import Language

FILE = Path(__file__).with_name("retention.toml")
Row = Literal[
    "unsent",
    "tablet",
    "codes",
    "networks",
    "uploads",
    "sheets",
    "contacts",
    "keys",
    "texts",
    "marks",
    "keyings",
    "files",
    "jobs",
    "responses",
    "concerns",
    "sign_in",
    "audit",
]


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing that is kept, and for how long after what."""

    what: str
    after: str
    days: int = 0
    hours: int = 0
    minutes: int = 0
    says: dict[Language, str] = field(default_factory=dict)

    @property
    def period(self) -> timedelta:
        """For how long it is kept."""
        return timedelta(days=self.days, hours=self.hours, minutes=self.minutes)

    @property
    def in_words(self) -> str:
        """The same, as the documentation says it: `72 hours`, `at once`."""
        for count, unit in ((self.days, "day"), (self.hours, "hour"), (self.minutes, "minute")):
            if count:
                return f"{count} {unit}{'' if count == 1 else 's'}"
        return "at once"


@cache
def table() -> dict[str, Kept]:
    """Every row, by its name, in the order of the file."""
    return {name: Kept(**row) for name, row in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}


def kept(row: Row) -> Kept:
    """One row of the table."""
    return table()[row]
