"""A chart of bars as it is drawn: places and lengths, worked out before the template. The table says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 360  # units; a phone shows them as pixels
MARGIN = 8  # for what stands at an end


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing counted. `of` is the whole it is a part of, `target` what is hoped for; none where not known."""

    label: str
    words: str
    count: int
    of: int | None = None
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words, how far it goes, and where its whole and its target are."""

    label: str
    words: str
    length: float
    whole: float
    target: float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """All bars on one scale."""

    title: str
    bars: tuple[Bar, ...]
    width: int = WIDTH


def chart(title: str, measured: Sequence[Measured]) -> Chart:
    """The chart of these counts; the largest of all numbers reaches to the right."""
    largest = max([1, *(number or 0 for each in measured for number in (each.count, each.of, each.target))])
    scale = (WIDTH - 2 * MARGIN) / largest
    bars = tuple(
        Bar(
            label=each.label,
            words=each.words,
            length=round(each.count * scale, 1),
            whole=round((each.of or 0) * scale, 1),
            target=None if each.target is None else round(MARGIN + each.target * scale, 1),
        )
        for each in measured
    )
    return Chart(title, bars)
