"""What is keyed, read as answers."""

import pytest
from hypothesis import given

from modes.paper import keying
from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.questionnaire import OpenEnded, Questionnaire
from tests.fieldwork.samples import EVERY_KIND, small_questionnaire
from tests.surveys.strategies import answered

SMALL = small_questionnaire()


def read(**typed: str | list[str]) -> keying.Keyed:
    fields = {name.replace("__", "-"): [value] if isinstance(value, str) else value for name, value in typed.items()}
    return keying.read(SMALL, lambda field: fields.get(field, []))


def test_a_code_a_number_and_words_are_answers() -> None:
    found = read(
        answer__helped="yes",
        answer__with_what=["school", "home"],
        answer__rating=" 70 ",
        answer__comment="They listened. Diolch ŵ \N{GRINNING FACE}",
        quote__comment="yes",
    )
    assert found.answers == EVERY_KIND
    assert not found.faults


@pytest.mark.parametrize("question", [question.id for question in SMALL.questions])
@pytest.mark.parametrize(("typed", "reason"), [("-", Silence.SKIPPED), ("*", Silence.NOT_UNDERSTOOD)])
def test_no_answer_and_unreadable_are_told_apart(question: str, typed: str, reason: Silence) -> None:
    assert read(**{f"answer__{question}": typed}).answers == {question: NoAnswer(reason)}


def test_what_was_not_keyed_is_in_neither() -> None:
    found = read(answer__comment="   ", answer__rating="")
    assert (found.answers, found.faults) == ({}, {})


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("answer__rating", "101"),
        ("answer__rating", "many"),
        ("answer__helped", "perhaps"),
        ("answer__helped", ["yes", "no"]),
        ("answer__with_what", ["school", "none"]),
        ("answer__with_what", ["school", "-"]),
        ("answer__comment", "x" * 201),
    ],
)
def test_what_cannot_be_is_told_with_a_remedy_and_the_rest_is_kept(field: str, typed: str | list[str]) -> None:
    question = field.removeprefix("answer__")
    other = "helped" if question != "helped" else "rating"
    found = read(**{field: typed, f"answer__{other}": "-"})
    assert list(found.faults) == [question]
    assert found.faults[question].endswith(".")
    assert list(found.answers) == [other]


def test_what_is_left_to_key_is_what_the_route_asks() -> None:
    no: Answer = Chosen(("no",))
    assert [each.id for each in keying.left_to_key(SMALL, {})] == ["helped", "with_what", "rating", "comment"]
    assert [each.id for each in keying.left_to_key(SMALL, {"helped": no})] == ["rating", "comment"]
    none = NoAnswer(Silence.SKIPPED)
    assert keying.left_to_key(SMALL, {"helped": no, "rating": Number(1), "comment": none}) == []


@given(answered())
def test_what_is_shown_of_an_answer_is_read_as_the_same_answer(pair: tuple[Questionnaire, dict[str, Answer]]) -> None:
    questionnaire, answers = pair
    typed = {keying.field_of(questionnaire.by_id[id_]): keying.values_of(answer) for id_, answer in answers.items()}
    for question in questionnaire.questions:
        answer = answers.get(question.id)
        if isinstance(question, OpenEnded) and isinstance(answer, Verbatim) and answer.may_quote:
            typed[keying.quote_field_of(question)] = (keying.MAY_QUOTE,)
    found = keying.read(questionnaire, lambda field: typed.get(field, ()))
    assert found.answers == answers
