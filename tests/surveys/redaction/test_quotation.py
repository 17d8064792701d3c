"""A quotation that two people have not agreed on cannot be made."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.redaction.quotation import Approval, NotApproved, Quotation, binding, mark_of
from surveys.text import Text

ANNA, BEN = uuid4(), uuid4()
QUESTION = Text(en="What is good?", cy="Beth sy'n dda?")
MARK = mark_of("Kerry listened")


def quotation(words: str, approval: Approval, question: Text = QUESTION, mark: str = MARK) -> Quotation:
    return Quotation("good", question, "en", words, mark, approval)


def approval(words: str) -> Approval:
    return Approval(ANNA, BEN, binding(QUESTION.en, MARK, words))


@pytest.mark.req("T12")
def test_what_two_people_agreed_on_is_a_quotation() -> None:
    assert quotation("[The worker] listened", approval("[The worker] listened")).words == "[The worker] listened"


@pytest.mark.req("T12")
@given(st.text(max_size=20), st.text(max_size=20))
def test_no_other_words_are(approved: str, printed: str) -> None:
    if approved == printed:
        quotation(printed, approval(approved))
        return
    with pytest.raises(NotApproved, match="changed"):
        quotation(printed, approval(approved))


@pytest.mark.req("T12")
def test_nor_the_same_words_of_another_question_or_another_comment() -> None:
    agreed = approval("listened")
    with pytest.raises(NotApproved):
        quotation("listened", agreed, question=Text(en="What is bad?", cy=QUESTION.cy))
    with pytest.raises(NotApproved):
        quotation("listened", agreed, mark=mark_of("Sam listened"))


@pytest.mark.req("T12")
def test_one_person_alone_makes_none() -> None:
    with pytest.raises(NotApproved, match="cannot approve"):
        quotation("listened", Approval(ANNA, ANNA, binding(QUESTION.en, MARK, "listened")))


def test_no_part_can_pass_for_the_next() -> None:
    assert binding("a", "b", "c") != binding("ab", "", "c") != binding("a", 'b", "c', "")
