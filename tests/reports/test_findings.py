"""An impossible finding cannot be made."""

from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reports.findings import Finding, ImpossibleFinding, Point
from reports.people import People
from surveys.text import Text

CHILDREN = People(Text(en="child", cy="plentyn"), Text(en="children", cy="plant"))
WHO = Text(en="who answered", cy="a atebodd")
RIGHT: dict[str, Any] = {
    "question": "knows_plan",
    "measure": "share",
    "statement": Text(en="knew what a plan was", cy="eu bod yn gwybod beth oedd cynllun"),
    "people": CHILDREN,
    "categories": ("yes",),
    "numerator": 42,
    "base": 51,
    "asked": 92,
    "respondents": 92,
    "silent": 41,
    "who": WHO,
}


def test_a_right_finding_knows_its_label_and_its_exceptions() -> None:
    finding = Finding(**RIGHT)
    assert finding.base_label == Text(en="children who answered", cy="plant a atebodd")
    assert (finding.exceptions, finding.percentage.value) == (9, 82)
    with pytest.raises(FrozenInstanceError):
        finding.numerator = 43  # type: ignore[misc]  # that is what cannot be


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"base": 0, "numerator": 0, "silent": 92}, "nobody"),
        ({"numerator": 52}, "not possible"),
        ({"numerator": -1}, "not possible"),
        ({"asked": 50}, "not possible"),
        ({"respondents": 91}, "not possible"),
        ({"silent": 40}, "are not the 92 asked"),
        ({"silent": 42, "left_out": -1}, "are not the 92 asked"),
        ({"who": None}, "must be said who they are"),
        ({"statement": Text(en="", cy="")}, "words in both languages"),
        ({"statement": Text(en="knew", cy="")}, "words in both languages"),
        ({"people": People(Text(en="", cy=""), Text(en="", cy=""))}, "words in both languages"),
        ({"categories": ()}, "of categories"),
        ({"categories": ("yes", "no")}, "is a net"),
        ({"point": Point(70, 100)}, "not of a point"),
        ({"measure": "at_least"}, "a point on a scale"),
        ({"measure": "mean", "categories": (), "point": Point(9, 10)}, "everyone in its base"),
    ],
)
def test_an_impossible_finding_cannot_be_made(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(ImpossibleFinding, match=why):
        Finding(**RIGHT | wrong)


def test_of_categories_there_is_no_point_to_print() -> None:
    with pytest.raises(ImpossibleFinding, match="no scale"):
        _ = Finding(**RIGHT).scored


def link(**different: Any) -> Finding:
    """`of those 42`, as Essex might have printed it."""
    right = RIGHT | {
        "question": "plan_copy",
        "numerator": 35,
        "base": 40,
        "asked": 42,
        "silent": 2,
        "of": Finding(**RIGHT),
    }
    return Finding(**right | different)


def test_a_link_has_for_its_base_the_numerator_before_it_less_those_who_said_nothing() -> None:
    assert link().base == 42 - link().silent


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"asked": 41, "silent": 1}, '"of those" are 42'),
        ({"base": 39}, "are not the 42 asked"),
        ({"base": 39, "asked": 39, "silent": 0}, '"of those" are 42'),
        ({"silent": 1, "left_out": 1}, "does not say"),
        ({"respondents": 100}, "same wave"),
        ({"people": People(Text(en="victim", cy="dioddefwr"), Text(en="victims", cy="dioddefwyr"))}, "same wave"),
    ],
)
def test_a_chain_that_breaks_cannot_be_made(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(ImpossibleFinding, match=why):
        link(**wrong)


NAMES = ("numerator", "base", "asked", "respondents", "silent", "left_out")


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, st.integers(-3, 20))))
def test_whatever_numbers_come__only_what_is_possible_is_a_finding(numbers: dict[str, int]) -> None:
    numerator, base, asked, respondents, silent, left_out = (numbers[name] for name in NAMES)
    possible = 0 <= numerator <= base <= asked <= respondents and base > 0
    adds_up = min(silent, left_out) >= 0 and base + silent + left_out == asked
    try:
        Finding(**RIGHT | numbers)
    except ImpossibleFinding:
        assert not (possible and adds_up)
    else:
        assert possible
        assert adds_up


@given(right=st.integers(1, 20), silent=st.integers(0, 9), left_out=st.integers(0, 9), elsewhere=st.integers(0, 9))
def test_whatever_adds_up_is_a_finding(right: int, silent: int, left_out: int, elsewhere: int) -> None:
    asked = right + silent + left_out
    numbers = {"numerator": right, "base": right, "silent": silent, "left_out": left_out, "asked": asked}
    assert Finding(**RIGHT | numbers | {"respondents": asked + elsewhere}).share == 1


@given(st.integers(1, 30), st.integers(0, 30), st.integers(0, 30))
def test_whatever_the_numerator_before__only_its_people_are_a_link(before: int, base: int, silent: int) -> None:
    assume(base)
    parent = Finding(**RIGHT | {"numerator": before, "base": 51})
    numbers = {"numerator": 0, "base": base, "asked": base + silent, "silent": silent}
    try:
        Finding(**RIGHT | numbers | {"question": "plan_copy", "of": parent})
    except ImpossibleFinding:
        assert base + silent != before
    else:
        assert base + silent == before
