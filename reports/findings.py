"""A finding is the only way to claim something: a numerator on a base with its label. An impossible one cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from reports.people import People
from reports.percentages import Percentage, percentage
from surveys.text import Text

Measure = Literal["share", "count", "net", "complement", "top", "at_least", "at_most", "maximum", "mean"]
OF_SCALE: tuple[Measure, ...] = ("at_least", "at_most", "maximum", "mean")
WHO_ANSWERED = Text(en="who answered", cy="a atebodd")


class ImpossibleFinding(ValueError):
    """These numbers, or these words, cannot be a finding."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a scale: a threshold, its maximum, or a rounded mean."""

    value: int | float
    highest: int
    beyond: Literal[-1, 0, 1] = (
        0  # the mean is over (1) or under (-1) this, which is as near to an end as may be claimed
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """So many (`numerator`) of those asked and answering (`base`, in words `base_label`) to whom the statement applies.

    `asked` is made up of the base, those who said something that is not counted (`left_out`) and the `silent`.
    A finding `of` another is about those whom the other counts: they, and nobody else, were asked, and those of them
    who are not in its base were silent.
    """

    question: str
    measure: Measure
    statement: Text
    people: People
    numerator: int
    base: int
    asked: int
    respondents: int
    categories: tuple[str, ...] = ()
    silent: int = 0
    left_out: int = 0
    who: Text | None = None
    point: Point | None = None
    one_answer: bool = False  # whoever is counted here is not counted in another category of the question
    of: "Finding | None" = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            ImpossibleFinding: with every reason.
        """
        faults = [*_in_number(self), *_in_words(self), *_in_measure(self), *_in_chain(self)]
        if faults:
            raise ImpossibleFinding(f"{self.question}: {'; '.join(faults)}")

    @property
    def base_label(self) -> Text:
        """Whom the base counts, in words."""
        if self.who is None:
            return self.people.many
        return Text(en=f"{self.people.many.en} {self.who.en}", cy=f"{self.people.many.cy} {self.who.cy}")

    @property
    def share(self) -> Fraction:
        """The exact share."""
        return Fraction(self.numerator, self.base)

    @property
    def percentage(self) -> Percentage:
        """The share in whole per cent."""
        return percentage(self.numerator, self.base)

    @property
    def exceptions(self) -> int:
        """Those of the base to whom the statement does not apply."""
        return self.base - self.numerator

    @property
    def scored(self) -> Point:
        """The point on the scale.

        Raises:
            ImpossibleFinding: the finding is of categories.
        """
        if self.point is None:
            raise ImpossibleFinding(f"{self.question}: there is no scale in it")
        return self.point

    @property
    def numbers(self) -> frozenset[int | float]:
        """Every number that may be printed about this finding."""
        own = {self.numerator, self.base, self.asked, self.exceptions, self.percentage.value}
        return frozenset(own | ({self.point.value, self.point.highest} if self.point else set()))


def _in_number(finding: Finding) -> Iterator[str]:
    numerator, base, asked = finding.numerator, finding.base, finding.asked
    if base <= 0:
        yield f"the base is {base}; nothing can be said of nobody"
    if not 0 <= numerator <= base <= asked <= finding.respondents:
        yield f"{numerator} of {base}, of {asked} asked, of {finding.respondents} respondents, is not possible"
    if min(finding.silent, finding.left_out) < 0 or base + finding.left_out + finding.silent != asked:
        yield f"a base of {base}, {finding.left_out} not counted and {finding.silent} silent are not the {asked} asked"


def _in_words(finding: Finding) -> Iterator[str]:
    words = [finding.statement, finding.people.one, finding.people.many, *([finding.who] if finding.who else [])]
    if not all(text.en and text.cy for text in words):
        yield "the statement and the base need words in both languages"
    if finding.who is None and finding.base != finding.respondents:
        yield f"the base is {finding.base} of {finding.respondents}: it must be said who they are"


def _in_measure(finding: Finding) -> Iterator[str]:
    if finding.measure in OF_SCALE:
        if finding.point is None or finding.categories:
            yield f'"{finding.measure}" is said of a point on a scale, not of categories'
    elif finding.point is not None or not finding.categories:
        yield f'"{finding.measure}" is said of categories, not of a point on a scale'
    if finding.measure == "mean" and finding.numerator != finding.base:
        yield "a mean is of everyone in its base"
    if finding.measure in {"share", "top"} and len(finding.categories) > 1:
        yield f"one figure for {len(finding.categories)} categories is a net"


def _in_chain(finding: Finding) -> Iterator[str]:
    if finding.of is None:
        return
    if finding.asked != finding.of.numerator:
        yield f'"of those" are {finding.of.numerator} ({finding.of.question}), but {finding.asked} were asked'
    if finding.respondents != finding.of.respondents or finding.people != finding.of.people:
        yield '"of those" must be people of the same wave'
    if finding.left_out:
        yield f'{finding.left_out} of those answered and are not counted, which "of those" does not say'
