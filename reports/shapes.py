"""The shape of a claim: all, none, all except one, a phrase or a count. It depends on numbers alone."""

from enum import Enum, auto

from reports.findings import Finding
from reports.numerals import figure
from reports.percentages import Programme, in_print
from reports.quantifiers import Quantifier, phrase, quantifier
from reports.runs import Run
from surveys.text import Language

BASE_FOR_PHRASES = 30  # below it counts only
BASE_FOR_PERCENTAGES = 50
PAIR = 2
_OF = {"en": "of", "cy": "o"}


class Shape(Enum):
    """What a share looks like before it has words."""

    ONE = auto()  # a base of one person, who said so or did not
    BOTH = auto()
    ALL = auto()
    NEITHER = auto()
    NONE = auto()
    EXCEPT = auto()  # all except one, two or three of a base too small for phrases with brackets
    PHRASE = auto()
    COUNT = auto()


def shape(finding: Finding) -> Shape:
    """The shape of the finding's share."""
    if finding.base == 1:
        return Shape.ONE
    said = quantifier(finding.numerator, finding.base)
    if said is Quantifier.ALL:
        return Shape.BOTH if finding.base == PAIR else Shape.ALL
    if said is Quantifier.NONE:
        return Shape.NEITHER if finding.base == PAIR else Shape.NONE
    if finding.measure == "count" or said is Quantifier.COUNT:
        return Shape.COUNT
    if finding.base >= BASE_FOR_PHRASES:
        return Shape.PHRASE
    return Shape.EXCEPT if said is Quantifier.ALL_EXCEPT else Shape.COUNT


def phrased(finding: Finding, language: Language) -> Run:
    """The phrase for the share; it opens its evidence where it prints a number ("all except two") itself."""
    words = phrase(finding.numerator, finding.base, language)
    prints_number = quantifier(finding.numerator, finding.base) is Quantifier.ALL_EXCEPT
    return Run(words, finding if prints_number else None)


def in_bracket(finding: Finding, programme: Programme, language: Language) -> str:
    """What stands in brackets after a phrase: `38 of 47`, and from a base of fifty `80%, 74 of 92`."""
    counts = f"{figure(finding.numerator, language)} {_OF[language]} {figure(finding.base, language)}"
    percent = after_count(finding, programme, language)
    return f"{percent}, {counts}" if percent else counts


def after_count(finding: Finding, programme: Programme, language: Language) -> str:
    """The percentage that may follow a count whose base has been printed; nothing under a base of fifty."""
    return in_print(finding.percentage, programme, language) if finding.base >= BASE_FOR_PERCENTAGES else ""
