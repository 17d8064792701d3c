"""A planned bullet and the counts become findings. Of a base of nobody nothing is said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.findings import WHO_ANSWERED, Finding, Point
from reports.frequencies import Frequencies, Frequency
from reports.people import People
from reports.plans import MOST_FINDINGS, THOSE, PlannedBullet, PlannedFinding
from reports.scales import rounded
from surveys.questionnaire import Choice, MultipleChoice, Question, Scale, SingleChoice
from surveys.text import Names, Text


@dataclass(frozen=True)
class Counted:
    """The counts of one wave, and what its inspection calls the people and the service."""

    frequencies: Frequencies
    people: People
    names: Names

    def bullet(self, planned: PlannedBullet) -> tuple[Finding, ...]:
        """The findings of the bullet; none where nobody answered, or there is nobody to tell of."""
        found: list[Finding] = []
        room = MOST_FINDINGS - len(planned.findings) + 1
        for each in planned.findings:
            frequency = self.frequencies.get(each.question)
            if frequency is not None and frequency.base:
                found.extend(self._findings(each, frequency, found, room))
        return tuple(found)

    def _findings(
        self, planned: PlannedFinding, frequency: Frequency, earlier: Sequence[Finding], room: int
    ) -> Iterator[Finding]:
        of = next((each for each in earlier if each.question == planned.of), None)
        match frequency.question:
            case Scale() as scale:
                yield from self._of_scale(planned, frequency, scale)
            case MultipleChoice() as question if planned.measure == "top":
                yield from self._top(planned, frequency, question, of, room)
            case SingleChoice() | MultipleChoice() as question:
                yield from self._of_categories(planned, frequency, question, of)

    def _of_categories(
        self, planned: PlannedFinding, frequency: Frequency, question: Choice, of: Finding | None
    ) -> Iterator[Finding]:
        chose = self.frequencies.choosing(question.id, planned.categories)
        numerator = frequency.base - chose if planned.measure == "complement" else chose
        if numerator or not planned.only_if_occupied:
            statement = planned.statement or _quoted(question, planned.categories)
            yield self._finding(planned, frequency, statement, numerator, planned.categories, of=of)

    def _of_scale(self, planned: PlannedFinding, frequency: Frequency, scale: Scale) -> Iterator[Finding]:
        numerator, point = _on_scale(planned, frequency, scale)
        if planned.statement and (numerator or not planned.only_if_occupied):
            yield self._finding(planned, frequency, _with_points(planned.statement, point), numerator, point=point)

    def _top(
        self, planned: PlannedFinding, frequency: Frequency, question: MultipleChoice, of: Finding | None, room: int
    ) -> Iterator[Finding]:
        for place, code in enumerate(_commonest(planned, frequency, question, room)):
            phrase = planned.phrases[code]
            statement = phrase if place or planned.statement is None else _after(planned.statement, phrase)
            yield self._finding(planned, frequency, statement, frequency.counts[code], (code,), of=of)

    def _finding(  # noqa: PLR0913 - a claim has that many parts, and none may be missing
        self,
        planned: PlannedFinding,
        frequency: Frequency,
        statement: Text,
        numerator: int,
        categories: tuple[str, ...] = (),
        *,
        point: Point | None = None,
        of: Finding | None = None,
    ) -> Finding:
        return Finding(
            question=planned.question,
            measure=planned.measure,
            statement=self._piped(statement),
            people=self.people,
            numerator=numerator,
            base=frequency.base,
            asked=frequency.asked,
            respondents=frequency.respondents,
            categories=categories,
            silent=frequency.silent,
            left_out=frequency.left_out,
            who=self._who(frequency),
            point=point,
            one_answer=isinstance(frequency.question, SingleChoice),
            of=of,
        )

    def _who(self, frequency: Frequency) -> Text | None:
        """Who the base is: nothing where it is everyone."""
        label = frequency.question.base_label
        if label is None:
            return WHO_ANSWERED if frequency.silent or frequency.asked < frequency.respondents else None
        who = self._piped(Text(en=label.en.removeprefix(THOSE.en), cy=label.cy.removeprefix(THOSE.cy)))
        if not frequency.silent or _says_who_is_counted(frequency.question):
            return who
        return Text(en=f"{who.en} and {WHO_ANSWERED.en}", cy=f"{who.cy} ac {WHO_ANSWERED.cy}")

    def _piped(self, text: Text) -> Text:
        return Text(en=self.names.piped(text, "en"), cy=self.names.piped(text, "cy"))


def _says_who_is_counted(question: Question) -> bool:
    """True where the base label tells of a category that is not counted: only who answered can be in that base."""
    return isinstance(question, SingleChoice | MultipleChoice) and not all(each.in_base for each in question.categories)


def _on_scale(planned: PlannedFinding, frequency: Frequency, scale: Scale) -> tuple[int, Point]:
    spread = frequency.spread
    threshold = scale.maximum if planned.threshold is None else planned.threshold
    match planned.measure:
        case "mean":
            return frequency.base, rounded(spread.mean, scale)
        case "at_most":
            return spread.at_most(threshold), Point(threshold, scale.maximum)
        case _:  # at_least, and maximum, which has no threshold of its own
            return spread.at_least(threshold), Point(threshold, scale.maximum)


def _commonest(planned: PlannedFinding, frequency: Frequency, question: MultipleChoice, room: int) -> list[str]:
    """The codes chosen most, in descending order; of categories chosen alike all or none, where there is room."""
    known = (each.code for each in question.categories if each.in_base and not each.exclusive)
    chosen = [code for code in known if frequency.counts[code] and code in planned.phrases]
    ranked = sorted(chosen, key=lambda code: -frequency.counts[code])
    wanted = planned.top or room
    if len(ranked) <= wanted:
        return ranked
    edge = frequency.counts[ranked[wanted - 1]]
    alike = [code for code in ranked if frequency.counts[code] >= edge]
    ahead = [code for code in ranked if frequency.counts[code] > edge]
    return alike if len(alike) <= room else ahead or ranked[:wanted]


def _after(statement: Text, phrase: Text) -> Text:
    return Text(en=f"{statement.en} {phrase.en}", cy=f"{statement.cy} {phrase.cy}")


def _with_points(statement: Text, point: Point) -> Text:
    return Text(en=_filled(statement.en, point), cy=_filled(statement.cy, point))


def _filled(words: str, point: Point) -> str:
    return words.replace("{threshold}", str(point.value)).replace("{highest}", str(point.highest))


def _quoted(question: Choice, codes: Sequence[str]) -> Text:
    """The categories in their own words: said “not much” or “not at all”."""
    named = [category.label for category in question.categories if category.code in codes]
    return Text(
        en="said " + " or ".join(f"“{_in_sentence(label.en)}”" for label in named),
        cy=" neu ".join(f"“{_in_sentence(label.cy)}”" for label in named),
    )


def _in_sentence(label: str) -> str:
    """The label without its capital, unless that is "I" or part of a name in capitals."""
    if re.match(r"I\b|[A-Z]{2}", label):
        return label
    return label[:1].lower() + label[1:]
