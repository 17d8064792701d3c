"""An interview is a questionnaire with the answers so far; a response is one that is over, as reports read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from surveys.answers import Answer, NoAnswer, Silence
from surveys.questionnaire import Page, Question, Questionnaire
from surveys.routing import next_question, pages_on_route, route
from surveys.text import Language

Mode = Literal["web", "kiosk", "sms", "paper"]


class UnknownQuestion(LookupError):
    """The questionnaire has no question with this id."""


@dataclass(frozen=True)
class Interview:
    """A questionnaire and the answers so far. It never changes: `keep` gives a new one."""

    questionnaire: Questionnaire
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def keep(self, question_id: str, answer: Answer) -> "Interview":
        """The interview with this answer in it, in the place of any earlier one to the same question.

        Raises:
            UnknownQuestion: the questionnaire does not ask that.
        """
        if question_id not in self.questionnaire.by_id:
            raise UnknownQuestion(question_id)
        return replace(self, answers={**self.answers, question_id: answer})

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages on this respondent's route."""
        return pages_on_route(self.questionnaire, self.answers)

    @property
    def route(self) -> tuple[Question, ...]:
        """The questions on this respondent's route."""
        return route(self.questionnaire, self.answers)

    @property
    def next_question(self) -> Question | None:
        """The first question without an answer; none at the end."""
        return next_question(self.questionnaire, self.answers)

    def finished(self) -> dict[str, Answer]:
        """The answers of the finished interview: what was said, on or off the route, and a silence for each one asked.

        Before the last question that was reached a silence is a skip; after it, the question was not reached.
        """
        asked = self.route
        reached = max((place for place, question in enumerate(asked) if question.id in self.answers), default=-1)
        silences: dict[str, Answer] = {
            question.id: NoAnswer(Silence.SKIPPED if place < reached else Silence.NOT_REACHED)
            for place, question in enumerate(asked)
        }
        return {**silences, **self.answers}


@dataclass(frozen=True, slots=True)
class Response:
    """A finished interview: nothing in it says who, and its date is a month (`2026-11`)."""

    answers: Mapping[str, Answer]
    mode: Mode
    language: Language
    month: str
