"""The phrase for a share is true of it, for every share there can be of up to three hundred people."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.percentages import in_print, percentage
from reports.quantifiers import TABLE, Quantifier, phrase, quantifier
from surveys.text import LANGUAGES
from tests.reports.proofreading import CLAIMS

EVERY_SHARE = [(numerator, base) for base in range(1, 301) for numerator in range(base + 1)]


def test_every_phrase_is_true_of_every_share_it_is_said_of() -> None:
    for numerator, base in EVERY_SHARE:
        share = Fraction(numerator, base)
        match quantifier(numerator, base):
            case Quantifier.ALL:
                assert share == 1
            case Quantifier.NONE:
                assert share == 0
            case Quantifier.ALL_EXCEPT:
                assert 1 <= base - numerator <= 3
                assert share >= Fraction(85, 100)
            case Quantifier.COUNT:
                assert 0 < share < Fraction(1, 4)
            case found:
                for language in LANGUAGES:
                    assert CLAIMS[language][found.value.in_language(language)](share), (numerator, base, found)


def test_the_table_is_the_house_style() -> None:
    """The proposal of the house style, row by row, with decimals that divide exactly."""
    said = [
        *((93, 100, "almost all"), (92, 100, "the great majority"), (85, 100, "the great majority")),
        *((84, 100, "over three-quarters"), (76, 100, "over three-quarters"), (75, 100, "three-quarters")),
        *((74, 100, "almost three-quarters"), (70, 100, "almost three-quarters"), (69, 100, "over two-thirds")),
        *((67, 100, "over two-thirds"), (200, 300, "two-thirds"), (66, 100, "almost two-thirds")),
        *((62, 100, "almost two-thirds"), (61, 100, "over half"), (51, 100, "over half"), (50, 100, "half")),
        *((49, 100, "just under half"), (46, 100, "just under half"), (45, 100, "more than one-third")),
        *((34, 100, "more than one-third"), (100, 300, "one-third"), (33, 100, "more than one-quarter")),
        *((26, 100, "more than one-quarter"), (25, 100, "one-quarter"), (24, 100, ""), (1, 100, "")),
        *((100, 100, "all"), (99, 100, "all except one"), (97, 100, "all except three"), (0, 100, "none")),
        *((17, 20, "all except three"), (5, 6, "over three-quarters"), (6, 7, "all except one")),
    ]
    assert [(numerator, base, phrase(numerator, base, "en")) for numerator, base, _ in said] == said


def test_the_rows_go_down_and_none_is_said_twice() -> None:
    edges = [(row.edge, row.side == ">") for row in TABLE]
    assert edges == sorted(edges, reverse=True)
    assert len({row.phrase for row in TABLE}) == len(TABLE)


def test_what_essex_printed_of_23_of_92_cannot_be_said() -> None:
    assert phrase(23, 92, "en") == "one-quarter"
    assert phrase(23, 91, "en") == "more than one-quarter"


def test_no_share_of_nineteen_is_three_quarters() -> None:
    assert "three-quarters" not in {phrase(numerator, 19, "en") for numerator in range(20)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_phrase_has_its_own_words(language: str) -> None:
    words = [each.value.en if language == "en" else each.value.cy for each in Quantifier]
    assert len(set(words)) == len(words)


def test_percentages_are_rounded_half_up_and_never_claim_all_or_none() -> None:
    for numerator, base in EVERY_SHARE:
        share, printed = Fraction(100 * numerator, base), percentage(numerator, base)
        if printed.beyond:
            assert (printed.value, 0 < numerator < base) in {(99, True), (1, True)}
            assert (share - printed.value) * printed.beyond > 0
        else:
            assert printed.value == floor(share + Fraction(1, 2))
            assert (printed.value == 100) is (numerator == base)
            assert (printed.value == 0) is (numerator == 0)


@given(st.integers(1, 5000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_a_percentage_is_feasible_on_its_base(share: tuple[int, int]) -> None:
    numerator, base = share
    printed = percentage(numerator, base)
    near = Fraction(1, 2) if not printed.beyond else Fraction(1)
    assert abs(Fraction(100 * numerator, base) - printed.value) <= near


def test_percentages_are_printed_as_the_programme_does() -> None:
    four_fifths = percentage(4, 5)
    assert [in_print(four_fifths, programme, "en") for programme in ("cci", "sqs", "2018", "today")] == [
        *("80%", "80%", "80 per cent", "80 per cent")
    ]
    assert in_print(four_fifths, "today", "cy") == "80 y cant"
    assert in_print(percentage(999, 1000), "cci", "en") == "more than 99%"
    assert in_print(percentage(1, 1000), "cci", "en") == "less than 1%"
    assert in_print(percentage(999, 1000), "cci", "cy") == "mwy na 99%"
    assert in_print(percentage(1, 1000), "cci", "cy") == "llai nag 1%"
