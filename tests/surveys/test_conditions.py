"""What `ask_if` may say, and what it means when nothing was said."""

import pytest

from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.conditions import AllOf, And, Answered, AnyOf, AtLeast, Condition, NoneOf, Not, Or, holds

YES = AnyOf(question="afraid", any_of=("yes",))
SAID_YES: dict[str, Answer] = {"afraid": Chosen(("yes",))}
SAID_NO: dict[str, Answer] = {"afraid": Chosen(("no",))}
SKIPPED: dict[str, Answer] = {"afraid": NoAnswer(Silence.SKIPPED)}
TICKED_TWO: dict[str, Answer] = {"needs": Chosen(("drugs", "alcohol"))}


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (YES, SAID_YES, True),
        (YES, SAID_NO, False),
        (YES, SKIPPED, False),
        (YES, {}, False),
        (NoneOf(question="afraid", none_of=("yes",)), SAID_NO, True),
        (NoneOf(question="afraid", none_of=("yes",)), SKIPPED, False),
        (AllOf(question="needs", all_of=("drugs", "alcohol")), TICKED_TWO, True),
        (AllOf(question="needs", all_of=("drugs", "home")), TICKED_TWO, False),
        (Answered(question="why", answered=True), {"why": Verbatim("So.")}, True),
        (Answered(question="afraid", answered=True), SKIPPED, False),
        (AtLeast(question="rating", at_least=7), {"rating": Number(7)}, True),
        (AtLeast(question="rating", at_least=7), {"rating": Number(6)}, False),
        (AtLeast(question="rating", at_least=0), {}, False),
        (Not.model_validate({"not": YES}), {}, True),
        (And.model_validate({"and": (YES, YES)}), SAID_YES, True),
        (Or.model_validate({"or": (YES, AtLeast(question="rating", at_least=1))}), SAID_YES, True),
    ],
)
def test_a_condition_holds_where_the_answers_meet_it(
    condition: Condition, answers: dict[str, Answer], expected: bool
) -> None:
    assert holds(condition, answers) is expected
