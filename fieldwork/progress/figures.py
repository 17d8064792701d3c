"""The figures of a wave as the office may see them: they move by five answers or more, so that nobody sees who answers.

Whoever watches a count while one child is in the room would learn from it that this child has sent its answers. So
figures are renewed at the full hour alone, and those that say how many answered only when five more have.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Literal

from surveys.interview import Mode
from surveys.text import Frozen, Language

FEWEST = 5  # answers by which figures move

# How a conversation by text stands, as far as the office is shown it. Who is asked and who has answered the first
# question are one: between full hours nobody is to see somebody answering.
Standing = Literal[
    "waiting",
    "talking",
    "finished",
    "partial",
    "refused",
    "broken_off",
    "wrong_person",
    "unreachable",
    "closed",
]
ENDED_BY_ANSWERING: tuple[Standing, ...] = ("finished", "partial")


class Answered(Frozen):
    """How many answered by one mode in one language."""

    mode: Mode
    language: Language
    count: int


class Undelivered(Frozen):
    """How many texts did not arrive for one reason, by the provider's code; none where it gave none."""

    code: int | None
    count: int


class Figures(Frozen):
    """What is counted of a wave."""

    answered: tuple[Answered, ...] = ()
    conversations: Mapping[Standing, int] = {}
    undelivered: tuple[Undelivered, ...] = ()
    parts: int = 0
    """Parts of texts that were paid for."""

    @property
    def total(self) -> int:
        """How many answered."""
        return sum(each.count for each in self.answered)

    @property
    def by_mode(self) -> dict[Mode, int]:
        """How many answered by each mode that anybody answered by."""
        counts: Counter[Mode] = Counter()
        for each in self.answered:
            counts[each.mode] += each.count
        return dict(counts)

    @property
    def by_language(self) -> dict[Language, int]:
        """How many answered in each language that anybody answered in."""
        counts: Counter[Language] = Counter()
        for each in self.answered:
            counts[each.language] += each.count
        return dict(counts)


def stepped(shown: Figures, now: Figures) -> Figures:
    """What to show next: everything as it is now, but for answers of which too few have come or gone."""
    if _moved(shown, now) >= FEWEST or not _moved(shown, now):
        return now
    held = {each: min(shown.conversations.get(each, 0), now.conversations.get(each, 0)) for each in ENDED_BY_ANSWERING}
    newly = sum(now.conversations.get(each, 0) - count for each, count in held.items())
    conversations = dict(now.conversations) | held
    conversations["talking"] = now.conversations.get("talking", 0) + newly
    there = {standing: count for standing, count in conversations.items() if count}
    return now.model_copy(update={"answered": shown.answered, "conversations": there})


def _moved(shown: Figures, now: Figures) -> int:
    """By how many answers the two differ, whatever their mode or language."""
    before, after = _cells(shown), _cells(now)
    return sum(abs(after[cell] - before[cell]) for cell in before | after)


def _cells(figures: Figures) -> Counter[tuple[Mode, Language]]:
    return Counter({(each.mode, each.language): each.count for each in figures.answered})
