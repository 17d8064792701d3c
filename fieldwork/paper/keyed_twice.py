"""What two people keyed of one booklet, compared: which answers differ, and what becomes of a booklet in the end."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.answers import Answer, NoAnswer, Silence, Verbatim
from surveys.questionnaire import OpenEnded, Questionnaire
from surveys.routing import route

Keyed = Mapping[str, Answer]
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


@dataclass(frozen=True, slots=True)
class Compared:
    """The ids of the questions that were keyed differently, in order, and how many were compared. Words count apart."""

    differing: tuple[str, ...]
    answers: int
    answers_differed: int
    words: int
    words_differed: int


def compare(questionnaire: Questionnaire, first: Keyed, second: Keyed) -> Compared:
    """What the two have in common, and what not. An answer that only one of them keyed differs."""
    keyed = [question for question in questionnaire.questions if question.id in first or question.id in second]
    differing = [question for question in keyed if not same(first.get(question.id), second.get(question.id))]
    words = [question for question in keyed if isinstance(question, OpenEnded)]
    words_differed = [question for question in differing if isinstance(question, OpenEnded)]
    return Compared(
        tuple(question.id for question in differing),
        len(keyed) - len(words),
        len(differing) - len(words_differed),
        len(words),
        len(words_differed),
    )


def same(one: Answer | None, other: Answer | None) -> bool:
    """True if both say the same. Nothing keyed is as good as no answer; of words, capitals and blanks do not count."""
    if isinstance(one, Verbatim) and isinstance(other, Verbatim):
        return one.may_quote == other.may_quote and _plainly(one.text) == _plainly(other.text)
    nothing = NoAnswer(Silence.SKIPPED)
    return (one or nothing) == (other or nothing)


def _plainly(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).casefold().split())


def agreed(first: Keyed, second: Keyed) -> dict[str, Answer]:
    """What both keyed, where nothing differs: words as the first wrote them."""
    return {**second, **first}


def finished(questionnaire: Questionnaire, keyed: Keyed) -> dict[str, Answer]:
    """The answers of the response: what was said, on or off the route, and a silence for each question asked.

    Follow-ups that should have been skipped are kept, and no report looks at them.
    """
    said = {question_id: answer for question_id, answer in keyed.items() if answer.says_something}
    asked = route(questionnaire, said)
    silent = {question.id: keyed.get(question.id) or NoAnswer(Silence.SKIPPED) for question in asked}
    return {**silent, **said}
