"""A fault in a definition, said so that its author can mend it: file, place, fault, remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one place of one file."""

    file: str
    place: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        """The problem as one line."""
        return f"{self.file}, {self.place}: {self.fault}. {self.remedy}"


class BrokenDefinition(Exception):
    """A definition that cannot be used, with all that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem, to be shown at once."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(written: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy: the known word nearest to what was written, or else another sentence."""
    near = get_close_matches(written, list(known), n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else otherwise


def listed(words: Iterable[str]) -> str:
    """The words in quotation marks, for a remedy: `"a", "b"`."""
    return ", ".join(f'"{word}"' for word in words)
