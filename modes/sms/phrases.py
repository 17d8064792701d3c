"""Lists of phrases, and whether words are made of nothing else. Never likeness: "now" is as near to "no" as "nah" is.

A phrase in a list may have choices, `stop (texting|messaging) (me|)`, and a star for any one word, `not * phone`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from modes.sms.folding import folded

PARTS = re.compile(r"[()|]|[^()|\s]+")
ANY_WORD = "*"
START = 0


class Found(Protocol):
    """Anything that was found at a place among words."""

    @property
    def end(self) -> int:
        """The place after its last word."""


Some = TypeVar("Some", bound=Found)


class Phrases:
    """A list of phrases that can be looked for at a place among words, in time that grows with the words alone."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Read every pattern into steps from word to word.

        Raises:
            ValueError: a bracket opens or closes alone.
        """
        drawing = _Drawing()
        ends = {drawing.pattern(pattern) for pattern in patterns}
        reached = [drawing.reached_without_a_word(point) for point in range(len(drawing.steps))]
        self._ends = [bool(points & ends) for points in reached]
        self._steps = [_together(drawing.steps[each] for each in points) for points in reached]
        self._first = self._steps[START].keys()  # most texts begin with no phrase of most lists

    def ends(self, words: Sequence[str], start: int) -> Iterable[int]:
        """Where each phrase that starts there ends: the place after its last word."""
        begins = start < len(words) and not self._first.isdisjoint((words[start], ANY_WORD))
        return self._every_end(words, start) if begins else ()

    def _every_end(self, words: Sequence[str], start: int) -> Iterator[int]:
        points = {START}
        for place in range(start, len(words)):
            known = (words[place], ANY_WORD)
            points = {to for point in points for word in known for to in self._steps[point].get(word, ())}
            if not points:
                return
            if any(self._ends[point] for point in points):
                yield place + 1


class _Drawing:
    """Points, with steps between them that take a word or none."""

    def __init__(self) -> None:
        self.steps: list[dict[str, set[int]]] = [{}]
        self.free: list[set[int]] = [set()]

    def pattern(self, pattern: str) -> int:
        """Draw it from the start; where it ends."""
        parts = PARTS.findall(pattern)
        end = self._sequence(parts, self._free_step(START))
        if parts:
            raise ValueError(f"a bracket stands alone in “{pattern}”")
        return end

    def reached_without_a_word(self, point: int) -> set[int]:
        """That point, and each that free steps lead to."""
        reached, ahead = set[int](), [point]
        while ahead:
            here = ahead.pop()
            if here not in reached:
                reached.add(here)
                ahead.extend(self.free[here])
        return reached

    def _sequence(self, parts: list[str], here: int) -> int:
        while parts and parts[0] not in {"|", ")"}:
            part = parts.pop(0)
            here = self._choices(parts, here) if part == "(" else self._words(part, here)
        return here

    def _choices(self, parts: list[str], here: int) -> int:
        end = self._point()
        while True:
            self.free[self._sequence(parts, here)].add(end)
            if not parts:
                raise ValueError("a bracket does not close")
            if parts.pop(0) == ")":
                return end

    def _words(self, part: str, here: int) -> int:
        for word in (ANY_WORD,) if part.startswith(ANY_WORD) else folded(part):
            there = self._point()
            self.steps[here].setdefault(word, set()).add(there)
            here = there
        return here

    def _free_step(self, here: int) -> int:
        there = self._point()
        self.free[here].add(there)
        return there

    def _point(self) -> int:
        self.steps.append({})
        self.free.append(set())
        return len(self.steps) - 1


def _together(steps: Iterable[dict[str, set[int]]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for each in steps:
        for word, points in each.items():
            found.setdefault(word, set()).update(points)
    return found


def made_of(words: Sequence[str], core: Phrases, around: Phrases) -> bool:
    """True where the words are phrases of `core`, at least one, and of `around`, and nothing is left over."""
    without, with_core = {0}, set[int]()
    for place in range(len(words)):
        for reached in (without, with_core):
            if place in reached:
                reached.update(around.ends(words, place))
        if place in without or place in with_core:
            with_core.update(core.ends(words, place))
    return len(words) in with_core


def begins_with(words: Sequence[str], core: Phrases, around: Phrases) -> bool:
    """True where the words begin with a phrase of `core`, or with phrases of `around` and then one."""
    reached = {0}
    for place in range(len(words)):
        if place in reached:
            if any(core.ends(words, place)):
                return True
            reached.update(around.ends(words, place))
    return False


def holds(words: Sequence[str], core: Phrases) -> bool:
    """True where a phrase of `core` stands anywhere among the words."""
    return any(any(True for _ in core.ends(words, place)) for place in range(len(words)))


def passed(words: Sequence[str], places: Iterable[int], around: Phrases) -> set[int]:
    """Those places, and each that is reached from them over phrases of `around`."""
    reached, ahead = set[int](), list(places)
    while ahead:
        place = ahead.pop()
        if place not in reached:
            reached.add(place)
            ahead.extend(around.ends(words, place))
    return reached


def in_a_row(
    words: Sequence[str], at: Callable[[Sequence[str], int], Some | None], before: Phrases, between: Phrases
) -> list[Some]:
    """What `at` finds after phrases of `before`, and then one after another, with phrases of `between` or none."""
    found: list[Some] = []
    places = passed(words, {0}, before)
    while one := next(filter(None, (at(words, place) for place in sorted(places) if place < len(words))), None):
        found.append(one)
        places = passed(words, {one.end}, between)
    return found
