"""Words in runs: pieces of text, each of which may stand for a finding, so that a page can open every number."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reports.findings import Finding


class Run(NamedTuple):
    """A piece of text, and the finding whose numbers it prints."""

    text: str
    finding: Finding | None = None


Runs = tuple[Run, ...]


def written(*pieces: str | Run) -> Runs:
    """The pieces as runs, empty ones left out."""
    runs = (Run(piece) if isinstance(piece, str) else piece for piece in pieces)
    return tuple(run for run in runs if run.text)


def text_of(runs: Iterable[Run]) -> str:
    """The words alone."""
    return "".join(run.text for run in runs)


def with_capital(words: str) -> str:
    """The same words, the first letter large."""
    return words[:1].upper() + words[1:]


def opening_with_capital(runs: Runs) -> Runs:
    """The same runs, the first letter large."""
    first, *rest = runs
    return (first._replace(text=with_capital(first.text)), *rest)


def joined(clauses: Sequence[Runs], between: str, last: str | None = None) -> Runs:
    """The clauses with the separator between them, and another before the last one."""
    whole: list[Run] = []
    for place, clause in enumerate(clauses):
        if place:
            whole.append(Run(last if last is not None and place == len(clauses) - 1 else between))
        whole.extend(clause)
    return tuple(whole)
