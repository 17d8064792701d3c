"""How the answers came: the note under each audience, with what is known of those who did not answer."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from reports.frequencies import Frequencies, Frequency
from reports.percentages import Percentage, percentage
from surveys.interview import Mode, Response
from surveys.questionnaire import Question, Questionnaire
from surveys.text import Language


@dataclass(frozen=True)
class Method:
    """The numbers of the note. What was not recorded is none, never nought."""

    invited: int | None
    answered: int
    modes: Mapping[Mode, int]
    languages: Mapping[Language, int]
    helped: Frequency | None
    first_month: str | None
    last_month: str | None
    without_answers: tuple[Question, ...]  # nothing can be said of these, because nobody who was asked answered

    @property
    def response_rate(self) -> Percentage | None:
        """Those who answered in per cent of those invited; none where that is unknown, or more answered than were."""
        if not self.invited or self.answered > self.invited:
            return None
        return percentage(self.answered, self.invited)


def method(
    questionnaire: Questionnaire,
    responses: Sequence[Response],
    frequencies: Frequencies,
    invited: int | None,
    planned: Collection[str],
) -> Method:
    """The method of one wave; `planned` are the questions that its section would tell of."""
    months = sorted(response.month for response in responses)
    return Method(
        invited=invited,
        answered=len(responses),
        modes=dict(Counter(response.mode for response in responses).most_common()),
        languages=dict(Counter(response.language for response in responses).most_common()),
        helped=frequencies.get(questionnaire.helped_question or ""),
        first_month=months[0] if months else None,
        last_month=months[-1] if months else None,
        without_answers=tuple(
            each.question
            for id_, each in frequencies.items()
            if id_ in planned and each.silent and each.silent == each.asked
        ),
    )
