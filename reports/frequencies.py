"""The counts of each question on its base: who was asked, who answered, what they said, and why others said nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from reports.dataset import Answered, silent, tall
from reports.scales import Spread
from surveys.answers import Silence
from surveys.interview import Response
from surveys.questionnaire import MultipleChoice, Question, Questionnaire, SingleChoice

_SILENCES = {silent(reason): reason for reason in Silence}


@dataclass(frozen=True)
class Frequency:
    """One question, counted. The counts have what is not counted in the base too, each with its number of people."""

    question: Question
    respondents: int
    base: int
    counts: Mapping[str, int]
    silences: Mapping[Silence, int]

    @property
    def asked(self) -> int:
        """Those whose route had the question on it."""
        return self.respondents - self.silences.get(Silence.NOT_ASKED, 0)

    @property
    def silent(self) -> int:
        """Those who were asked and said nothing."""
        return sum(people for reason, people in self.silences.items() if reason is not Silence.NOT_ASKED)

    @property
    def left_out(self) -> int:
        """Those who answered, but only with what does not count in the base."""
        return self.asked - self.base - self.silent

    @cached_property
    def spread(self) -> Spread:
        """The numbers given, where the question is a scale."""
        return Spread({int(value): people for value, people in self.counts.items()})


class Frequencies(Mapping[str, Frequency]):
    """Question id -> its frequency, for every question of a wave, and of waves that asked some of them."""

    def __init__(self, questionnaire: Questionnaire, responses: Sequence[Response], *shorter: Answered) -> None:
        """Count everything once."""
        self._table = tall(questionnaire, responses, *shorter)
        people = _counted(self._table)
        respondents = len(responses) + sum(len(answered) for _, answered in shorter)
        self._of = {
            question.id: self._frequency(question, respondents, people.get(question.id, {}))
            for question in questionnaire.questions
        }

    def __getitem__(self, question_id: str) -> Frequency:
        return self._of[question_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)

    def choosing(self, question_id: str, codes: Collection[str]) -> int:
        """How many chose one of these categories, or more than one; each person once."""
        frequency = self[question_id]
        if _can_meet(frequency.question, codes):
            return self._people(question_id, codes)
        return sum(frequency.counts.get(code, 0) for code in codes)

    def _people(self, question_id: str, codes: Collection[str]) -> int:
        chose = (self._table["question"] == question_id) & self._table["said"].isin(list(codes))
        return int(self._table.loc[chose, "respondent"].nunique())

    def _frequency(self, question: Question, respondents: int, people: Mapping[str, int]) -> Frequency:
        silences = {reason: people[said] for said, reason in _SILENCES.items() if said in people}
        counts = {said: number for said, number in people.items() if said not in _SILENCES}
        if isinstance(question, SingleChoice | MultipleChoice):
            counts = {category.code: counts.get(category.code, 0) for category in question.categories}
        base = self._base(question, counts, respondents - sum(silences.values()))
        return Frequency(question, respondents, base, counts, silences)

    def _base(self, question: Question, counts: Mapping[str, int], answered: int) -> int:
        """Those who answered, but for those who chose only what does not count."""
        match question:
            case SingleChoice():
                return sum(counts[category.code] for category in question.categories if category.in_base)
            case MultipleChoice() if not all(category.in_base for category in question.categories):
                return self._people(question.id, [each.code for each in question.categories if each.in_base])
            case _:
                return answered


def _can_meet(question: Question, codes: Collection[str]) -> bool:
    """True where one person may have chosen two of the categories."""
    if not isinstance(question, MultipleChoice):
        return False
    return sum(category.code in codes and not category.exclusive for category in question.categories) > 1


def _counted(table: pd.DataFrame) -> dict[str, dict[str, int]]:
    """How many said each thing to each question."""
    sizes = table.groupby(["question", "said"], sort=False).size()
    people: dict[str, dict[str, int]] = {}
    for (question, said), size in zip(sizes.index, sizes.tolist(), strict=True):
        people.setdefault(question, {})[said] = size
    return people
