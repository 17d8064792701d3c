"""Raw input of any mode becomes an answer, or a fault with its remedy in the respondent's language."""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum
from typing import assert_never

from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.questionnaire import Choice, MultipleChoice, OpenEnded, Question, Scale, SingleChoice
from surveys.text import Language, Text

LONGEST_NUMBER = 9
_SPACES_TO_KEEP = "\n\t"


class Fault(Enum):
    """What can be wrong with what came in, in the words the respondent reads."""

    UNKNOWN_CATEGORY = Text(
        en="We do not know that answer. Pick one from the list.",
        cy="Dydyn ni ddim yn adnabod yr ateb hwnnw. Mae angen dewis un o'r rhestr.",
    )
    MORE_THAN_ONE = Text(
        en="You picked more than one answer. Pick just one.",
        cy="Mae mwy nag un ateb wedi'i ddewis. Mae angen dewis un yn unig.",
    )
    STANDS_ALONE = Text(
        en="You picked “{label}” and something else. Pick one or the other.",
        cy="Mae “{label}” a rhywbeth arall wedi'u dewis. Mae angen dewis y naill neu'r llall.",
    )
    NOT_A_NUMBER = Text(
        en="Type a number from {minimum} to {maximum}, like {maximum}.",
        cy="Mae angen teipio rhif o {minimum} i {maximum}, fel {maximum}.",
    )
    OUT_OF_RANGE = Text(
        en="That number does not fit. Type one from {minimum} to {maximum}.",
        cy="Dydy'r rhif hwnnw ddim yn ffitio. Mae angen teipio rhif o {minimum} i {maximum}.",
    )
    TOO_LONG = Text(
        en="That is too long. Take out {excess} letters or more.",
        cy="Mae hynny'n rhy hir. Mae angen tynnu {excess} llythyren neu fwy allan.",
    )


class InvalidAnswer(ValueError):
    """What came in is no answer to this question. Nothing was kept of it."""

    def __init__(self, question: Question, fault: Fault, **details: str | int | Text) -> None:
        """Remember where and what, to be said in either language."""
        self.question, self.fault, self.details = question, fault, details
        super().__init__(f"{question.id}: {self.message('en')}")

    def message(self, language: Language) -> str:
        """The fault and its remedy, in words."""
        words = self.fault.value.in_language(language)
        for name, detail in self.details.items():
            shown = detail.in_language(language) if isinstance(detail, Text) else str(detail)
            words = words.replace("{" + name + "}", shown)
        return words


def read_answer(question: Question, raw: Sequence[str], *, may_quote: bool = False) -> Answer:
    """The answer that the raw values give; none at all, or only blanks, is a skip.

    Raises:
        InvalidAnswer: the values are no answer to this question.
    """
    values = [value.strip() for value in raw if value.strip()]
    match question:
        case SingleChoice() | MultipleChoice():
            return _read_choice(question, values)
        case Scale():
            return _read_number(question, values)
        case OpenEnded():
            return _read_verbatim(question, raw, may_quote=may_quote)
        case _:
            assert_never(question)


def _read_choice(question: Choice, values: Sequence[str]) -> Answer:
    if not values:
        return NoAnswer(Silence.SKIPPED)
    if not set(values) <= {category.code for category in question.categories}:
        raise InvalidAnswer(question, Fault.UNKNOWN_CATEGORY)
    chosen = [category for category in question.categories if category.code in values]
    if len(chosen) > 1:
        if isinstance(question, SingleChoice):
            raise InvalidAnswer(question, Fault.MORE_THAN_ONE)
        alone = next((category for category in chosen if category.exclusive), None)
        if alone:
            raise InvalidAnswer(question, Fault.STANDS_ALONE, label=alone.label)
    return Chosen(tuple(category.code for category in chosen))


def _read_number(question: Scale, values: Sequence[str]) -> Answer:
    if not values:
        return NoAnswer(Silence.SKIPPED)
    ends = {"minimum": question.minimum, "maximum": question.maximum}
    if len(set(values)) > 1:
        raise InvalidAnswer(question, Fault.MORE_THAN_ONE)
    written = unicodedata.normalize("NFKC", values[0])
    if not re.fullmatch(r"[+-]?\d+", written) or len(written) > LONGEST_NUMBER:
        raise InvalidAnswer(question, Fault.NOT_A_NUMBER, **ends)
    if not question.minimum <= int(written) <= question.maximum:
        raise InvalidAnswer(question, Fault.OUT_OF_RANGE, **ends)
    return Number(int(written))


def _read_verbatim(question: OpenEnded, raw: Sequence[str], *, may_quote: bool) -> Answer:
    text = tidy("\n".join(raw))
    if not text:
        return NoAnswer(Silence.SKIPPED)
    if len(text) > question.max_length:
        raise InvalidAnswer(question, Fault.TOO_LONG, excess=len(text) - question.max_length)
    return Verbatim(text, may_quote)


def tidy(text: str) -> str:
    """The words as they can be kept and shown safely: composed, one kind of line end, no control or invisible marks.

    Half an emoji (a lone surrogate), NUL and marks that turn the direction of writing are taken out; emoji stay whole.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(letter for letter in composed if _can_be_kept(letter)).strip()


def _can_be_kept(letter: str) -> bool:
    if letter in _SPACES_TO_KEEP or letter == "\N{ZERO WIDTH JOINER}":
        return True
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs"}
