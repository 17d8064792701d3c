"""What came back of each wave; waves that asked the same questions of the same audience add up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from reports.dataset import Answered
from surveys.interview import Response
from surveys.questionnaire import MultipleChoice, OpenEnded, Question, Questionnaire, Scale, SingleChoice
from surveys.redaction.quotation import Quotation
from surveys.text import Names


@dataclass(frozen=True)
class Fieldwork:
    """What came back of one wave, and of those that asked a shorter form of its questionnaire."""

    questionnaire: Questionnaire
    names: Names
    responses: Sequence[Response]
    invited: int | None = None
    shorter: tuple[Answered, ...] = ()
    quotations: tuple[Quotation, ...] = ()

    @property
    def everybody(self) -> list[Response]:
        """The responses of all of them."""
        return [*self.responses, *(response for _, answered in self.shorter for response in answered)]


def pooled(waves: Iterable[Fieldwork]) -> list[Fieldwork]:
    """The waves, each with those that asked nothing but its questions, or some: the form for texts, say."""
    there: list[Fieldwork] = []
    for wave in sorted(waves, key=lambda wave: -len(wave.questionnaire.questions)):
        place = next((n for n, each in enumerate(there) if is_form_of(wave.questionnaire, each.questionnaire)), None)
        if place is None:
            there.append(wave)
        else:
            there[place] = _with(there[place], wave)
    return there


def is_form_of(shorter: Questionnaire, longer: Questionnaire) -> bool:
    """True where the shorter asks only what the longer asks, of the same audience, with the same possible answers."""
    return shorter.audience == longer.audience and all(
        (theirs := longer.by_id.get(question.id)) is not None and _measures(question) == _measures(theirs)
        for question in shorter.questions
    )


def _measures(question: Question) -> object:
    """What may be counted of the question, and of whom, whatever its wording."""
    match question:
        case SingleChoice() | MultipleChoice():
            kept = tuple((each.code, each.in_base, each.exclusive) for each in question.categories)
            return question.type, kept, question.ask_if
        case Scale():
            return question.type, question.minimum, question.maximum, question.ask_if
        case OpenEnded():
            return question.type, question.ask_if
        case _:
            assert_never(question)


def _with(longer: Fieldwork, shorter: Fieldwork) -> Fieldwork:
    known = longer.invited is not None and shorter.invited is not None
    return replace(
        longer,
        invited=(longer.invited or 0) + (shorter.invited or 0) if known else None,
        shorter=(*longer.shorter, (shorter.questionnaire, shorter.responses)),
        quotations=(*longer.quotations, *shorter.quotations),
    )
