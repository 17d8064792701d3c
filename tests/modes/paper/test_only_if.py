"""Conditions in the words of a booklet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from modes.paper.only_if import Asked, only_if
from modes.paper.words import Words
from surveys.conditions import Condition
from surveys.loading import definition, shipped
from surveys.text import LANGUAGES
from tests.surveys.strategies import NAMES, answered

CHILDREN = definition("children-2012")
CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)


def asked() -> Asked:
    numbers = {question.id: number for number, question in enumerate(CHILDREN.questions, start=1)}
    return Asked(numbers, CHILDREN.by_id, NAMES)


SAID = (
    (
        {"question": "afraid", "any_of": ["yes"]},
        "Only answer this if you said “Yes” to question 12.",
        "Dim ond os dywedaist ti “Oes” yng nghwestiwn 12 mae angen ateb hwn.",
    ),
    (
        {"question": "afraid", "any_of": ["yes", "no", "not_sure"]},
        "Only answer this if you said “Yes”, “No” or “I'm not sure” to question 12.",
        "Dim ond os dywedaist ti “Oes”, “Nac oes” neu “Dydw i ddim yn siŵr” yng nghwestiwn 12 mae angen ateb hwn.",
    ),
    (
        {"question": "less_likely_to_offend", "none_of": ["not_sure"]},
        "Only answer this if you answered question 18 and did not say “I'm not sure”.",
        "Dim ond os atebaist ti gwestiwn 18 heb ddweud “Dydw i ddim yn siŵr” mae angen ateb hwn.",
    ),
    (
        {"question": "helped_with", "all_of": ["health", "housing"]},
        "Only answer this if you ticked all of these at question 14: “My health”, “Where I live”.",
        (
            "Dim ond os ticiaist ti bob un o'r rhain yng nghwestiwn 14: “Fy iechyd”, “Lle rydw i'n byw” "
            "mae angen ateb hwn."
        ),
    ),
    (
        {"question": "rating_0_to_100", "at_least": 50},
        "Only answer this if you wrote 50 or more at question 20.",
        "Dim ond os ysgrifennaist ti 50 neu fwy yng nghwestiwn 20 mae angen ateb hwn.",
    ),
    (
        {"question": "helped_with_more", "answered": True},
        "Only answer this if you answered question 15.",
        "Dim ond os atebaist ti gwestiwn 15 mae angen ateb hwn.",
    ),
    (
        {"not": {"question": "afraid", "any_of": ["yes"]}},
        "Only answer this if you did not say “Yes” to question 12.",
        "Dim ond os na ddywedaist ti “Oes” yng nghwestiwn 12 mae angen ateb hwn.",
    ),
    (
        {"not": {"question": "afraid", "none_of": ["yes"]}},
        "Only answer this if you said “Yes” to question 12, or left it empty.",
        "Dim ond os dywedaist ti “Oes” yng nghwestiwn 12, neu ei adael yn wag mae angen ateb hwn.",
    ),
    (
        {"not": {"question": "helped_with_more", "answered": True}},
        "Only answer this if you left question 15 empty.",
        "Dim ond os gadawaist ti gwestiwn 15 yn wag mae angen ateb hwn.",
    ),
    (
        {"and": [{"question": "afraid", "any_of": ["yes"]}, {"question": "rating_0_to_100", "at_least": 5}]},
        "Only answer this if you said “Yes” to question 12, and also if you wrote 5 or more at question 20.",
        (
            "Dim ond os dywedaist ti “Oes” yng nghwestiwn 12, a hefyd os ysgrifennaist ti 5 neu fwy yng nghwestiwn 20 "
            "mae angen ateb hwn."
        ),
    ),
    (
        {"not": {"and": [{"question": "afraid", "any_of": ["yes"]}, {"question": "rating_0_to_100", "at_least": 5}]}},
        "Only answer this if you did not say “Yes” to question 12, or if you did not write 5 or more at question 20.",
        (
            "Dim ond os na ddywedaist ti “Oes” yng nghwestiwn 12, neu os nad ysgrifennaist ti 5 neu fwy yng nghwestiwn "
            "20 mae angen ateb hwn."
        ),
    ),
)


@pytest.mark.parametrize(("condition", "english", "welsh"), SAID)
def test_a_condition_is_said_in_plain_words(condition: dict[str, object], english: str, welsh: str) -> None:
    read = CONDITION.validate_python(condition)
    assert only_if(read, asked(), Words("en", "children")) == english
    assert only_if(read, asked(), Words("cy", "children")) == welsh


def test_adults_are_told_in_the_polite_form() -> None:
    read = CONDITION.validate_python({"question": "afraid", "any_of": ["yes"]})
    assert "dywedoch chi" in only_if(read, asked(), Words("cy", "victims"))


@given(answered(), st.sampled_from(LANGUAGES))
def test_every_condition_can_be_said_and_names_the_questions_it_looks_at(pair: tuple, language: str) -> None:  # type: ignore[type-arg]
    questionnaire, _ = pair
    numbers = {question.id: number for number, question in enumerate(questionnaire.questions, start=1)}
    for question in questionnaire.questions:
        if question.ask_if:
            said = only_if(question.ask_if, Asked(numbers, questionnaire.by_id, NAMES), Words(language, "children"))  # type: ignore[arg-type]
            assert "{" not in said
            assert said.endswith(".")


def test_what_children_are_told_to_leave_out_is_in_short_sentences() -> None:
    for name in shipped():
        questionnaire = definition(name)
        if questionnaire.audience == "children":
            numbers = {question.id: number for number, question in enumerate(questionnaire.questions, start=1)}
            for question in questionnaire.questions:
                if question.ask_if:
                    said = only_if(question.ask_if, Asked(numbers, questionnaire.by_id, NAMES), Words("en", "children"))
                    assert len(said.split()) <= 25, said
