"""What `ask_if` may say about earlier answers: a closed grammar, evaluated without code in definitions.

    ask_if = { question = "afraid", any_of = ["yes"] }
    ask_if = { and = [ { question = "age", at_least = 14 }, { not = { question = "order", any_of = ["fine"] } } ] }

Nothing said is nothing known: every comparison with a question that has no answer is false. `not` turns that to true,
so "everyone who did not say yes" is `{ not = { question = "afraid", any_of = ["yes"] } }`, silence included, and
"everyone who answered something else" is `{ question = "afraid", none_of = ["yes"] }`.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, assert_never

from pydantic import Discriminator, Field, Tag

from surveys.answers import Answer, Chosen, Number
from surveys.text import Frozen


class AnyOf(Frozen):
    """At least one of these categories was chosen."""

    question: str
    any_of: tuple[str, ...] = Field(min_length=1)


class AllOf(Frozen):
    """Every one of these categories was chosen."""

    question: str
    all_of: tuple[str, ...] = Field(min_length=1)


class NoneOf(Frozen):
    """Something was chosen, and none of these."""

    question: str
    none_of: tuple[str, ...] = Field(min_length=1)


class Answered(Frozen):
    """There is an answer, whatever it says."""

    question: str
    answered: Literal[True]


class AtLeast(Frozen):
    """The number given is this or more."""

    question: str
    at_least: int


class And(Frozen):
    """All of the conditions hold."""

    conditions: tuple["Condition", ...] = Field(alias="and", min_length=2)


class Or(Frozen):
    """One of the conditions holds, or more."""

    conditions: tuple["Condition", ...] = Field(alias="or", min_length=2)


class Not(Frozen):
    """The condition does not hold."""

    condition: "Condition" = Field(alias="not")


GRAMMAR = ("any_of", "all_of", "none_of", "answered", "at_least", "and", "or", "not")


def _which(raw: Any) -> str | None:
    if isinstance(raw, Frozen):
        return next(tag for tag, kind in _KINDS.items() if isinstance(raw, kind))
    return next((word for word in GRAMMAR if isinstance(raw, dict) and word in raw), None)


Condition = Annotated[
    Annotated[AnyOf, Tag("any_of")]
    | Annotated[AllOf, Tag("all_of")]
    | Annotated[NoneOf, Tag("none_of")]
    | Annotated[Answered, Tag("answered")]
    | Annotated[AtLeast, Tag("at_least")]
    | Annotated[And, Tag("and")]
    | Annotated[Or, Tag("or")]
    | Annotated[Not, Tag("not")],
    Discriminator(
        _which,
        custom_error_type="condition",
        custom_error_message="a condition needs one of " + ", ".join(GRAMMAR),
    ),
]
Comparison = AnyOf | AllOf | NoneOf | Answered | AtLeast
_KINDS: dict[str, type[Frozen]] = {
    "any_of": AnyOf,
    "all_of": AllOf,
    "none_of": NoneOf,
    "answered": Answered,
    "at_least": AtLeast,
    "and": And,
    "or": Or,
    "not": Not,
}


def holds(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    """True where the answers given so far meet the condition.

    >>> holds(AnyOf(question="afraid", any_of=("yes",)), {"afraid": Chosen(("yes",))})
    True
    >>> holds(NoneOf(question="afraid", none_of=("yes",)), {})
    False
    """
    match condition:
        case And():
            return all(holds(each, answers) for each in condition.conditions)
        case Or():
            return any(holds(each, answers) for each in condition.conditions)
        case Not():
            return not holds(condition.condition, answers)
        case _:
            return _compares(condition, answers.get(condition.question))


def _compares(comparison: Comparison, answer: Answer | None) -> bool:
    chosen = answer.codes if isinstance(answer, Chosen) else ()
    match comparison:
        case AnyOf():
            return any(code in chosen for code in comparison.any_of)
        case AllOf():
            return all(code in chosen for code in comparison.all_of)
        case NoneOf():
            return bool(chosen) and not any(code in chosen for code in comparison.none_of)
        case Answered():
            return answer is not None and answer.says_something
        case AtLeast():
            return isinstance(answer, Number) and answer.value >= comparison.at_least
        case _:
            assert_never(comparison)


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Every comparison in the condition, in the order it is written."""
    match condition:
        case And() | Or():
            for each in condition.conditions:
                yield from comparisons(each)
        case Not():
            yield from comparisons(condition.condition)
        case _:
            yield condition


def codes_compared(comparison: Comparison) -> tuple[str, ...]:
    """The category codes that the comparison names."""
    match comparison:
        case AnyOf():
            return comparison.any_of
        case AllOf():
            return comparison.all_of
        case NoneOf():
            return comparison.none_of
        case Answered() | AtLeast():
            return ()
        case _:
            assert_never(comparison)
