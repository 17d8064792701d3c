"""Who is asked a question, in words for a reader with a pen: "Only answer this if you said “Yes” to question 3"."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from modes.paper.words import Words
from surveys.conditions import AllOf, And, Answered, AnyOf, AtLeast, Comparison, Condition, NoneOf, Not, Or
from surveys.questionnaire import MultipleChoice, Question, SingleChoice
from surveys.text import Names


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions as the booklet numbers them."""

    numbers: Mapping[str, int]
    by_id: Mapping[str, Question]
    names: Names


def only_if(condition: Condition, asked: Asked, words: Words) -> str:
    """The instruction that says of whom the question is asked."""
    return words("only.sentence", condition=_in_words(condition, asked, words, denied=False, within=None))


def _in_words(
    condition: Condition, asked: Asked, words: Words, *, denied: bool, within: type[And] | type[Or] | None
) -> str:
    """The condition, or its contrary: a "not" is taken inwards, to the comparisons."""
    match condition:
        case Not():
            return _in_words(condition.condition, asked, words, denied=not denied, within=within)
        case And() | Or():
            kind = And if isinstance(condition, And) is not denied else Or
            parts = [_in_words(each, asked, words, denied=denied, within=kind) for each in condition.conditions]
            joined = f", {words('only.both' if kind is And else 'only.either')} ".join(parts)
            return f"({joined})" if within not in {None, kind} else joined
        case _:
            return _comparison(condition, asked, words, denied=denied)


def _comparison(comparison: Comparison, asked: Asked, words: Words, *, denied: bool) -> str:
    begins = "only.not_" if denied else "only."
    number = asked.numbers[comparison.question]
    match comparison:
        case AnyOf():
            labels = _labels(comparison.question, comparison.any_of, asked, words)
            return words(f"{begins}chose", labels=_listed(labels, words("only.label_or")), number=number)
        case NoneOf():
            labels = _labels(comparison.question, comparison.none_of, asked, words)
            between = words("only.label_or" if denied else "only.label_nor")
            return words(f"{begins}chose_none", labels=_listed(labels, between), number=number)
        case AllOf():
            labels = _labels(comparison.question, comparison.all_of, asked, words)
            return words(f"{begins}chose_all", labels=", ".join(labels), number=number)
        case Answered():
            return words(f"{begins}answered", number=number)
        case AtLeast():
            return words(f"{begins}at_least", edge=comparison.at_least, number=number)
        case _:
            assert_never(comparison)


def _labels(question_id: str, codes: tuple[str, ...], asked: Asked, words: Words) -> list[str]:
    question = asked.by_id[question_id]
    categories = question.categories if isinstance(question, SingleChoice | MultipleChoice) else ()
    labels = [asked.names.piped(each.label, words.language) for each in categories if each.code in codes]
    return [words("only.label", label=label) for label in labels]


def _listed(labels: list[str], before_the_last: str) -> str:
    return f" {before_the_last} ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)
