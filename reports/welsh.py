"""The clauses of a bullet in Welsh. A statement is a clause after "Dywedodd ...": "eu bod yn gwybod pam ...".

Welsh opens with the verb, so no sentence opens with a number. A group is "o'r 22 o blant": no number mutates its noun.
"""

from dataclasses import dataclass

from reports.findings import OF_SCALE, WHO_ANSWERED, Finding
from reports.mutation import begins_with_vowel, soft
from reports.numerals import figure, in_words
from reports.percentages import Programme
from reports.positions import Position
from reports.runs import Run, Runs, written
from reports.shapes import Shape, after_count, in_bracket, phrased, shape

_GENITIVE = ("hanner", "chwarter")  # "hanner y plant", but "traean o'r plant"


@dataclass(frozen=True)
class Welsh:
    """How the programme's reports put findings into Welsh."""

    programme: Programme

    def clause(self, finding: Finding, position: Position, *, rest: bool = False) -> Runs:
        """What the finding says in that position, without a capital or a full stop."""
        if finding.measure == "mean":
            return self._mean(finding, position)
        match position:
            case Position.AGAIN:
                return self._again(finding, rest=rest)
            case Position.LINK | Position.NEXT_LINK:
                return self._link(finding, " hynny" if position is Position.LINK else "")
            case _:
                return self._of_base(finding, position)

    def joint(self, finding: Finding, position: Position, *, listed: bool, last: bool) -> str:
        """What joins a clause to the one before it in the sentence; in a list of what was named most, semicolons."""
        if finding.base == 1 or listed or finding.measure == "mean" or position is Position.NEXT_LINK:
            return "; "
        if not last:
            return ", "
        return ", a " if finding.numerator else ", ac "

    def _of_base(self, finding: Finding, position: Position) -> Runs:
        verb, said = _verb(finding), f" {finding.statement.cy}"
        if finding.base == 1:
            return written(Run(f"{verb}{_the_one(finding, position)}", finding), said)
        return written(f"{verb} ", *self._subject(finding, position), said)

    def _subject(self, finding: Finding, position: Position) -> tuple[str | Run, ...]:
        those = _whom(finding, position)
        match shape(finding):
            case Shape.BOTH:
                return Run("y ddau", finding), those
            case Shape.ALL | Shape.ONE:
                return Run(f"pob un {_of(finding)}", finding), those
            case Shape.NEITHER | Shape.NONE:
                return Run(f"yr un {_of(finding)}", finding), those
            case Shape.EXCEPT:
                return Run(f"{phrased(finding, 'cy').text} {_of(finding)}", finding), those
            case Shape.COUNT:
                return Run(f"{_count(finding)} {_of(finding)}", finding), those, *self._percentage(finding)
            case Shape.PHRASE:
                return phrased(finding, "cy"), _of_whom(finding, position), *self._bracket(finding)

    def _again(self, finding: Finding, *, rest: bool) -> Runs:
        verb = "" if finding.measure == "top" else f"{_verb(finding)} "
        said = f" {finding.statement.cy}"
        match shape(finding):
            case Shape.ONE:
                return written(_of_the_one(finding))
            case Shape.BOTH:
                return written(verb, Run("y ddau", finding), said)
            case Shape.ALL:
                return written(verb, Run(f"pob un {_of(finding)}", finding), said)
            case Shape.NEITHER | Shape.NONE:
                return written(verb, Run("yr un", finding), said)
            case _:
                count = _the_other(finding) if rest else _count(finding)
                return written(verb, self._with_percentage(count, finding), said)

    def _link(self, finding: Finding, hynny: str) -> Runs:
        verb, said, those = _verb(finding), f" {finding.statement.cy}", _of_those(finding, hynny)
        match shape(finding):
            case Shape.ONE:
                return written(Run(f"{verb}{_that_one(finding, hynny)}", finding), said)
            case Shape.BOTH:
                return written(f"{verb} ", Run("y ddau", finding), _of_them(finding), said)
            case Shape.ALL:
                return written(f"{verb} ", Run(f"pob un {those}", finding), said)
            case Shape.NEITHER | Shape.NONE:
                return written(f"{verb} ", Run(f"yr un {those}", finding), said)
            case _:
                count = self._with_percentage(_count(finding), finding)
                return written(Run(those, finding), f", {verb} ", count, said)

    def _mean(self, finding: Finding, position: Position) -> Runs:
        score = Run(_score(finding), finding)
        if position is Position.AGAIN:
            return written("y sgôr cyfartalog (cymedrig) oedd ", score)
        noun = finding.people.one.cy if finding.base == 1 else f"o {soft(finding.people.many.cy)}"
        people = Run(f"{figure(finding.base, 'cy')} {noun}", finding)
        then = ": " if finding.base == 1 else "; y sgôr cyfartalog (cymedrig) oedd "
        return written("rhoddodd ", people, f"{_who(finding)} {finding.statement.cy}", then, score)

    def _bracket(self, finding: Finding) -> Runs:
        return written(" (", Run(in_bracket(finding, self.programme, "cy"), finding), ")")

    def _with_percentage(self, count: str, finding: Finding) -> Run:
        """A count whose base has just been printed: `saith`, or `16 (17%)`."""
        percent = after_count(finding, self.programme, "cy")
        return Run(f"{count} ({percent})" if percent else count, finding)

    def _percentage(self, finding: Finding) -> Runs:
        percent = after_count(finding, self.programme, "cy")
        return written(" (", Run(percent, finding), ")") if percent else ()


def _verb(finding: Finding) -> str:
    """They said, or gave a score; or nobody did."""
    gave = finding.measure in OF_SCALE
    if not finding.numerator:
        return "ni roddodd" if gave else "ni ddywedodd"
    return "rhoddodd" if gave else "dywedodd"


def _count(finding: Finding) -> str:
    return figure(finding.numerator, "cy")


def _the_other(finding: Finding) -> str:
    """All who are left: `y pump arall`, `yr wyth arall`, `y ddau arall`."""
    article = "yr" if begins_with_vowel(in_words(finding.numerator, "cy")) else "y"
    return f"{article} {soft('dau') if finding.numerator == 2 else _count(finding)} arall"  # noqa: PLR2004 - two mutates


def _who(finding: Finding) -> str:
    return f" {finding.who.cy}" if finding.who else ""


def _of(finding: Finding) -> str:
    """Out of so many: `o'r 22`, `o'r ddau`."""
    return f"o'r {soft('dau') if finding.base == 2 else figure(finding.base, 'cy')}"  # noqa: PLR2004 - two mutates


def _whom(finding: Finding, position: Position) -> str:
    """The people after their number: " o blant a phobl ifanc a atebodd"."""
    match position:
        case Position.FIRST if finding.base == 2:  # noqa: PLR2004 - a noun after "dau" is singular, and mutates
            return f" {soft(finding.people.one.cy)}{_who(finding)}"
        case Position.FIRST:
            return f" o {soft(finding.people.many.cy)}{_who(finding)}"
        case Position.OTHER_BASE:
            return _who(finding)
        case _:
            return ""


def _of_whom(finding: Finding, position: Position) -> str:
    """The people after a phrase: " o'r plant a'r bobl ifanc a atebodd"."""
    article = " y " if phrased(finding, "cy").text.endswith(_GENITIVE) else " o'r "
    match position:
        case Position.FIRST if finding.people.welsh_after_the is None:
            return f" {_of(finding)}{_whom(finding, position)}"
        case Position.FIRST:
            return f"{article}{finding.people.welsh_after_the}{_who(finding)}"
        case Position.OTHER_BASE:
            return f"{article}rhai{_who(finding)}"
        case _:
            return ""


def _the_one(finding: Finding, position: Position) -> str:
    match position:
        case Position.FIRST:
            return f" yr unig {soft(finding.people.one.cy)}{_who(finding)}"
        case Position.OTHER_BASE:
            return f" yr unig un{_who(finding)}"
        case _:
            return ""


def _of_the_one(finding: Finding) -> str:
    """More about the only person in the base: what they said in quotation marks reads better as their answer."""
    statement = finding.statement.cy
    if statement.startswith("“") and finding.numerator:
        return f"eu hateb oedd {statement}"
    return statement if finding.measure == "top" and finding.numerator else f"{_verb(finding)} {statement}"


def _of_those(finding: Finding, hynny: str) -> str:
    """The base of a link: `o'r 42 hynny`, or `o'r 40 ohonynt a atebodd` where fewer did."""
    return f"{_of(finding)}{hynny}" if finding.base == finding.asked else f"{_of(finding)} ohonynt {WHO_ANSWERED.cy}"


def _of_them(finding: Finding) -> str:
    return " ohonynt" if finding.base == finding.asked else f" ohonynt {WHO_ANSWERED.cy}"


def _that_one(finding: Finding, hynny: str) -> str:
    if finding.asked > 1:
        return f" yr unig un ohonynt {WHO_ANSWERED.cy}"
    return f" y {finding.people.one.cy} hwnnw" if hynny else ""


def _score(finding: Finding) -> str:
    point = finding.scored
    side = {1: "dros ", -1: "dan ", 0: ""}[point.beyond]
    return f"{side}{point.value} allan o {point.highest}"
