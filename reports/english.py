"""The clauses of a bullet in English. A statement is a predicate in the past tense: "knew why they had to come"."""

from dataclasses import dataclass

from reports.findings import WHO_ANSWERED, Finding
from reports.numerals import figure, in_words
from reports.percentages import Programme
from reports.positions import Position
from reports.runs import Run, Runs, written
from reports.shapes import Shape, after_count, in_bracket, phrased, shape

_SPOKEN = {"said ": "say ", "rated ": "rate "}  # to deny these is to say that they were not said
FIRST_TOTAL = 100  # from this base on, a count that opens a sentence is "a total of", so that both stay in digits


@dataclass(frozen=True)
class English:
    """How the programme's reports put findings into English."""

    programme: Programme

    def clause(self, finding: Finding, position: Position, *, rest: bool = False) -> Runs:
        """What the finding says in that position, without a capital or a full stop."""
        if finding.measure == "mean":
            return self._mean(finding, position)
        match position:
            case Position.AGAIN:
                return self._again(finding, rest=rest)
            case Position.LINK | Position.NEXT_LINK:
                return self._link(finding, "those" if position is Position.LINK else "the")
            case _:
                return self._of_base(finding, position)

    def joint(self, finding: Finding, position: Position, *, listed: bool, last: bool) -> str:
        """What joins a clause to the one before it in the sentence; in a list of what was named most, semicolons."""
        if position is Position.NEXT_LINK or (finding.base == 1 and not listed):
            return "; "
        return (";" if listed else ",") + (" and " if last else " ")

    def _of_base(self, finding: Finding, position: Position) -> Runs:
        if finding.base == 1:
            return written(Run(_the_one(finding, position), finding), f" {_said_or_not(finding)}")
        return written(*self._subject(finding, position), f" {finding.statement.en}")

    def _subject(self, finding: Finding, position: Position) -> tuple[str | Run, ...]:
        those = _whom(finding, position)
        match shape(finding):
            case Shape.BOTH:
                return _both(finding, position)
            case Shape.ALL | Shape.ONE:
                return Run(f"all {_size(finding)}", finding), those
            case Shape.NEITHER | Shape.NONE:
                return Run(f"{_none(finding)} of the {_size(finding)}", finding), those
            case Shape.EXCEPT:
                return Run(f"{phrased(finding, 'en').text} of the {_size(finding)}", finding), those
            case Shape.COUNT:
                return *_opening_count(finding), those, *self._percentage(finding)
            case Shape.PHRASE:
                return phrased(finding, "en"), _of_whom(finding, position), *self._bracket(finding)

    def _again(self, finding: Finding, *, rest: bool) -> Runs:
        said = f" {finding.statement.en}"
        match shape(finding):
            case Shape.ONE:
                return written(_of_the_one(finding))
            case Shape.BOTH:
                return written(Run("both", finding), said)
            case Shape.ALL:
                return written(Run(f"all {_size(finding)}", finding), said)
            case Shape.NEITHER | Shape.NONE:
                return written(Run(_none(finding), finding), said)
            case _:
                return written("the other " if rest else "", self._count(finding), said)

    def _link(self, finding: Finding, article: str) -> Runs:
        those, said = _of_those(finding, article), f" {finding.statement.en}"
        match shape(finding):
            case Shape.ONE:
                return written(Run(_that_one(finding, article), finding), f" {_said_or_not(finding)}")
            case Shape.BOTH:
                return written(Run("both", finding), _of_them(finding), said)
            case Shape.ALL:
                return written(Run(f"all {_size(finding)}", finding), _of_them(finding), said)
            case Shape.NEITHER | Shape.NONE:
                return written(Run(f"{_none(finding)} of {those}", finding), said)
            case _:
                return written("of ", Run(those, finding), ", ", self._count(finding), said)

    def _mean(self, finding: Finding, position: Position) -> Runs:
        score = Run(_score(finding), finding)
        if position is Position.AGAIN:
            return written("the average (mean) rating was ", score)
        people = Run(f"{in_words(finding.base, 'en')} {finding.people.called(finding.base, 'en')}", finding)
        then = ": " if finding.base == 1 else "; the average (mean) rating was "
        return written(people, _who(finding), f" {finding.statement.en}", then, score)

    def _bracket(self, finding: Finding) -> Runs:
        return written(" (", Run(in_bracket(finding, self.programme, "en"), finding), ")")

    def _count(self, finding: Finding) -> Run:
        """A count whose base has just been printed: `seven`, or `16 (17%)`."""
        percent = after_count(finding, self.programme, "en")
        count = figure(finding.numerator, "en")
        return Run(f"{count} ({percent})" if percent else count, finding)

    def _percentage(self, finding: Finding) -> Runs:
        percent = after_count(finding, self.programme, "en")
        return written(" (", Run(percent, finding), ")") if percent else ()


def _size(finding: Finding) -> str:
    return figure(finding.base, "en")


def _none(finding: Finding) -> str:
    return "neither" if shape(finding) is Shape.NEITHER else "none"


def _who(finding: Finding) -> str:
    return f" {finding.who.en}" if finding.who else ""


def _who_alone(finding: Finding) -> str:
    return _who(finding).replace(" who were ", " who was ")


def _whom(finding: Finding, position: Position) -> str:
    """The people after their number: " children and young people who answered"."""
    match position:
        case Position.FIRST:
            return f" {finding.people.many.en}{_who(finding)}"
        case Position.OTHER_BASE:
            return _who(finding)
        case _:
            return ""


def _of_whom(finding: Finding, position: Position) -> str:
    """The people after a phrase: " of the children and young people who answered"."""
    match position:
        case Position.FIRST:
            return f" of the {finding.people.many.en}{_who(finding)}"
        case Position.OTHER_BASE:
            return f" of those{_who(finding)}"
        case _:
            return ""


def _both(finding: Finding, position: Position) -> tuple[Run, str]:
    """`both victims`, but `both of the two children and young people`, who are not one group and another."""
    whom = _whom(finding, position)
    if position is Position.FIRST and " and " in finding.people.many.en:
        return Run("both of the two", finding), whom
    return Run("both", finding), f" of those{whom}" if position is Position.OTHER_BASE else whom


def _the_one(finding: Finding, position: Position) -> str:
    match position:
        case Position.FIRST:
            return f"the one {finding.people.one.en}{_who_alone(finding)}"
        case Position.OTHER_BASE:
            return f"the one{_who_alone(finding)}"
        case _:
            return "they"


def _said_or_not(finding: Finding) -> str:
    return finding.statement.en if finding.numerator else _denied(finding.statement.en)


def _denied(statement: str) -> str:
    """That they did not say so, which is true of a no, of a "not sure" and of any other answer."""
    for past, present in _SPOKEN.items():
        if statement.startswith(past):
            return f"did not {present}{statement.removeprefix(past)}"
    return f"did not say that they {statement}"


def _of_the_one(finding: Finding) -> str:
    """More about the only person in the base, whose "said “no”" reads better as their answer."""
    if finding.measure == "top" or not finding.numerator:
        return finding.statement.en if finding.numerator else f"they {_denied(finding.statement.en)}"
    answer = finding.statement.en.removeprefix("said ")
    return f"their answer was {answer}" if answer.startswith("“") else f"they {finding.statement.en}"


def _opening_count(finding: Finding) -> list[str | Run]:
    """A count that may open a sentence: in words, and its base too; or "a total of" before large numbers."""
    numerator, base = finding.numerator, finding.base
    if base < FIRST_TOTAL or numerator == 1:
        return [Run(f"{in_words(numerator, 'en')} of the {in_words(base, 'en')}", finding)]
    return ["a total of ", Run(f"{figure(numerator, 'en')} of the {_size(finding)}", finding)]


def _of_those(finding: Finding, article: str) -> str:
    """The base of a link: `those 42`, or `the 40 of them who answered` where fewer did."""
    if finding.base == finding.asked:
        return f"{article} {_size(finding)}"
    return f"the {_size(finding)} of them {WHO_ANSWERED.en}"


def _of_them(finding: Finding) -> str:
    return " of them" if finding.base == finding.asked else f" of them {WHO_ANSWERED.en}"


def _that_one(finding: Finding, article: str) -> str:
    if finding.asked > 1:
        return f"the one of them {WHO_ANSWERED.en}"
    return f"that {finding.people.one.en}" if article == "those" else "they"


def _score(finding: Finding) -> str:
    point = finding.scored
    side = {1: "over ", -1: "under ", 0: ""}[point.beyond]
    return f"{side}{point.value} out of {point.highest}"
