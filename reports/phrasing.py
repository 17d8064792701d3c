"""Findings into words: each bullet a few sentences, in either language, every number one of its finding's own."""

from collections.abc import Sequence
from typing import NamedTuple

from reports.english import English
from reports.findings import Finding
from reports.percentages import Programme
from reports.positions import Position, is_the_rest, position
from reports.runs import Run, Runs, joined, opening_with_capital, written
from reports.welsh import Welsh
from surveys.text import Language

Grammar = English | Welsh


class Placed(NamedTuple):
    """A finding and where it stands; `rest` where it counts all whom the one before it does not."""

    finding: Finding
    position: Position
    rest: bool = False


def grammar(language: Language, programme: Programme) -> Grammar:
    """The grammar of that language, with the programme's per cent."""
    return Welsh(programme) if language == "cy" else English(programme)


def bullet(findings: Sequence[Finding], speech: Grammar) -> Runs:
    """The findings as sentences, in their order."""
    return joined([_sentence(placed, speech) for placed in _sentences(findings)], " ")


def _sentences(findings: Sequence[Finding]) -> list[list[Placed]]:
    """Findings that share a sentence: those on one question, and the links of a chain."""
    sentences: list[list[Placed]] = []
    before: Finding | None = None
    for finding in findings:
        here = position(finding, before)
        rest = before is not None and here is Position.AGAIN and is_the_rest(finding, before)
        if here in {Position.AGAIN, Position.NEXT_LINK}:
            sentences[-1].append(Placed(finding, here, rest))
        else:
            sentences.append([Placed(finding, here)])
        before = finding
    return sentences


def _sentence(placed: Sequence[Placed], speech: Grammar) -> Runs:
    listed = any(each.finding.measure == "top" for each in placed)
    whole: list[Run] = []
    for number, each in enumerate(placed, start=1):
        if number > 1:
            whole.append(Run(speech.joint(each.finding, each.position, listed=listed, last=number == len(placed))))
        whole.extend(speech.clause(each.finding, each.position, rest=each.rest))
    return written(*opening_with_capital(tuple(whole)), ".")
