"""Where a finding stands in its bullet decides how much of its base must be said again."""

from enum import Enum, auto

from reports.findings import Finding


class Position(Enum):
    """What the reader already knows when they come to the finding."""

    FIRST = auto()  # nothing: the people and the base are said in full
    SAME_BASE = auto()  # the same people as in the sentence before: only their number
    OTHER_BASE = auto()  # the same audience, another base: who they are
    LINK = auto()  # a base that is the numerator of an earlier finding: "of those 42"
    NEXT_LINK = auto()  # the same, after another link: "of the 42"
    AGAIN = auto()  # the same question and base: only the count


def position(finding: Finding, before: Finding | None) -> Position:
    """The position of a finding after another one in the same bullet."""
    if before is not None and (finding.question, finding.base) == (before.question, before.base):
        return Position.AGAIN
    if finding.of is not None:
        return Position.NEXT_LINK if before is not None and before.of == finding.of else Position.LINK
    if before is None or before.of is not None:
        return Position.FIRST
    if finding.who is None:
        return Position.SAME_BASE if before.who is None else Position.FIRST
    return Position.SAME_BASE if _are_the_same(finding, before) else Position.OTHER_BASE


def is_the_rest(finding: Finding, before: Finding) -> bool:
    """True where the finding counts everyone whom the one before it, on the same question, does not."""
    if not (finding.one_answer and before.one_answer) or "complement" in {finding.measure, before.measure}:
        return False
    return set(finding.categories).isdisjoint(before.categories) and finding.numerator == before.exceptions > 0


def _are_the_same(finding: Finding, before: Finding) -> bool:
    """True where both bases are everyone asked: of two who stayed silent, we do not know that they are the same two."""
    everyone = finding.base == finding.asked and before.base == before.asked
    return everyone and (finding.who, finding.base) == (before.who, before.base)
