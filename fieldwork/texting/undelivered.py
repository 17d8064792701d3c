"""Why a text did not arrive: the provider's error codes, whose fault each is, and plain words for the office."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

FILE = Path(__file__).with_suffix(".toml")
Blame = Literal["number", "stop", "network", "ours"]


@dataclass(frozen=True, slots=True)
class Reason:
    """What one error code means."""

    code: int
    blame: Blame
    words: str

    def __str__(self) -> str:
        """As the office reads it."""
        subject = "this number " if self.blame in {"number", "stop"} else ""
        return f"{subject}{self.words} ({self.code})"


def reason(code: int) -> Reason:
    """What the code means. One that we do not know is for a person, and nothing is lost meanwhile."""
    return _reasons().get(code) or Reason(code, "ours", "the provider gave a reason that is not known here")


@cache
def _reasons() -> dict[int, Reason]:
    read: dict[Blame, dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))  # type: ignore[assignment]  # the file's own four groups
    return {int(code): Reason(int(code), blame, words) for blame, some in read.items() for code, words in some.items()}
