"""Numbers on a scale, summed up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.findings import Point
from reports.scales import Spread, rounded
from surveys.questionnaire import Scale
from surveys.text import Text

WORDS = Text(en="Good", cy="Da")


def scale(minimum: int, maximum: int) -> Scale:
    ends = {"minimum": minimum, "maximum": maximum, "low_label": WORDS, "high_label": WORDS}
    return Scale.model_validate({"id": "rating", "type": "scale", "wording": WORDS, **ends})


OUT_OF_TEN = scale(1, 10)
numbers = st.lists(st.integers(1, 10), min_size=1, max_size=60)


def spread_of(given_numbers: list[int]) -> Spread:
    return Spread({value: given_numbers.count(value) for value in set(given_numbers)})


def test_south_tees_has_a_mean_a_median_and_a_range() -> None:
    spread = Spread({10: 9, 9: 5, 8: 3, 7: 2})
    assert (spread.size, spread.lowest, spread.highest, spread.median) == (19, 7, 10, 9.0)
    assert spread.mean == Fraction(173, 19)
    assert round(spread.deviation, 3) == 1.021
    assert rounded(spread.mean, OUT_OF_TEN) == Point(9, 10)


def test_thresholds_count_the_number_itself() -> None:
    spread = Spread({69: 1, 70: 2, 100: 3})
    assert (spread.at_least(70), spread.at_least(100), spread.at_most(69), spread.at_most(70)) == (5, 3, 1, 3)


@given(numbers)
def test_the_median_is_the_middle(given_numbers: list[int]) -> None:
    in_order = sorted(given_numbers)
    middle = (in_order[(len(in_order) - 1) // 2] + in_order[len(in_order) // 2]) / 2
    assert spread_of(given_numbers).median == middle


@pytest.mark.parametrize(
    ("mean", "point"),
    [
        (Fraction(17, 2), Point(9, 10)),
        (Fraction(10), Point(10, 10)),
        (Fraction(1), Point(1, 10)),
        (Fraction(96, 10), Point(9.6, 10)),
        (Fraction(996, 100), Point(9.9, 10, beyond=1)),
        (Fraction(14, 10), Point(1.4, 10)),
        (Fraction(101, 100), Point(1.1, 10, beyond=-1)),
    ],
)
def test_a_mean_is_rounded_but_never_to_an_end_that_not_everyone_gave(mean: Fraction, point: Point) -> None:
    assert rounded(mean, OUT_OF_TEN) == point


@given(numbers)
def test_a_rounded_mean_claims_no_end_that_is_not_true(given_numbers: list[int]) -> None:
    mean = spread_of(given_numbers).mean
    point = rounded(mean, OUT_OF_TEN)
    if point.value in {1, 10}:
        assert mean == point.value
    if point.beyond:
        assert (mean - Fraction(str(point.value))) * point.beyond > 0
    else:
        assert abs(mean - Fraction(str(point.value))) <= Fraction(1, 2)
