"""Codes that can be typed and cannot be guessed."""

import secrets
from collections import Counter
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork.entry import brake, codes
from fieldwork.entry.codes import ALPHABET, fingerprint, is_rude, new_code, new_link_token, well_formed

GROUPS = 3
TO_FOLLOW = 60 * 60 * 24 * 42  # seconds of fieldwork
LIVE_CODES = 2_000


def bare(code: str) -> str:
    return code.replace("-", "")


@pytest.fixture(scope="module")
def many() -> list[str]:
    return [new_code() for _ in range(20_000)]


@pytest.mark.req("A1")
def test_a_code_is_twelve_symbols_in_three_groups_of_four(many: list[str]) -> None:
    assert {tuple(map(len, code.split("-"))) for code in many} == {(4, 4, 4)}
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert set("".join(map(bare, many))) == set(ALPHABET)
    assert not set(ALPHABET) & set("0O1IL")


@pytest.mark.req("A1")
def test_no_symbol_and_no_place_is_favoured(many: list[str]) -> None:
    for place in range(12):
        counts = Counter(bare(code)[place] for code in many)
        expected = len(many) / 31
        chi_square = sum((counts[symbol] - expected) ** 2 / expected for symbol in ALPHABET)
        assert chi_square < 90, f"place {place}"  # 30 degrees of freedom: by chance once in ten million


@pytest.mark.req("A1")
def test_codes_come_from_the_operating_system_and_not_from_a_generator_one_could_foresee() -> None:
    names = vars(codes)
    assert names["secrets"] is secrets
    assert "random" not in names


@pytest.mark.req("A1")
def test_every_single_wrong_symbol_is_caught(many: list[str]) -> None:
    for code in map(bare, many[:50]):
        wrong = (
            code[:place] + symbol + code[place + 1 :]
            for place, symbol in product(range(12), ALPHABET)
            if code[place] != symbol
        )
        assert not any(map(well_formed, wrong))


@pytest.mark.req("A1")
def test_every_swap_of_neighbours_is_caught(many: list[str]) -> None:
    for code in map(bare, many[:2_000]):
        swapped = (
            code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            for place in range(11)
            if code[place] != code[place + 1]
        )
        assert not any(map(well_formed, swapped))


@pytest.mark.req("A2")
def test_nobody_guesses_a_live_code_in_six_weeks_at_the_speed_the_brake_allows(many: list[str]) -> None:
    screened = sum(is_rude(code_without_screening(code)) for code in many) / len(many)
    possible = len(ALPHABET) ** codes.RANDOM_SYMBOLS * (1 - 2 * screened)
    guesses = brake.WRONG_GUESSES_A_SECOND * TO_FOLLOW
    assert guesses * LIVE_CODES / possible <= 1e-6
    assert guesses * LIVE_CODES / (possible / len(ALPHABET)) > 1e-6, "one symbol fewer would do: the bar is too low"


def code_without_screening(code: str) -> str:
    """A code as it would come if nobody looked at it: the same symbols, turned around."""
    return bare(code)[::-1]


@pytest.mark.req("A12")
@given(st.data())
def test_a_code_may_be_typed_in_any_case_with_spaces_and_dashes_anywhere(data: Any) -> None:
    code = new_code()
    between = st.sampled_from(
        ["", " ", "-", "\N{EN DASH}", "\N{NO-BREAK SPACE}", "\t", " - ", "\N{ZERO WIDTH SPACE}", "."]
    )
    typed = "".join(data.draw(between) + data.draw(st.sampled_from([symbol, symbol.lower()])) for symbol in bare(code))
    assert well_formed(typed + data.draw(between)) == bare(code)


def test_full_width_symbols_are_read() -> None:
    code = bare(new_code())
    wide = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code)
    assert well_formed(wide) == code


@pytest.mark.parametrize(
    "typed", ["", "-", "ABCD", "2222-2222-222", "OOOO-1111-IIII", "2" * 1_000, "ÅBCD-EFGH-JKMN", "\ud800" * 12]
)
def test_what_no_code_looks_like_is_no_code(typed: str) -> None:
    assert well_formed(typed) is None


@given(st.text())
def test_whatever_is_typed_is_a_code_or_none(typed: str) -> None:
    found = well_formed(typed)
    assert found is None or (len(found) == 12 and set(found) <= set(ALPHABET))


@pytest.mark.req("A12")
def test_no_code_has_a_rude_word_in_it(many: list[str]) -> None:
    for word in ("FUCK", "CUNT", "ARSE", "SEX", "TWAT", "CACH", "FFWC"):
        assert not any(word in bare(code) for code in many)
        assert is_rude(f"2222{word}2222"[:12])


@pytest.mark.req("A12")
@pytest.mark.parametrize(
    "code", ["22FU-CK22-2222", "2222-2CAC-H222", "222S-EX22-2222", "22FV-CK22-2222", "2AR5-E222-2222", "22B4-5T4R-D222"]
)
def test_a_rude_word_is_seen_across_groups_and_in_digits_that_look_like_letters(code: str) -> None:
    assert is_rude(code)


@pytest.mark.req("A12")
def test_few_codes_are_thrown_away_for_their_words(many: list[str]) -> None:
    assert 0 < sum(is_rude(code_without_screening(code)) for code in many) < len(many) / 10


@pytest.mark.req("A7")
def test_a_link_token_has_more_than_128_bits_and_fits_an_address() -> None:
    tokens = {new_link_token() for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert codes.LINK_BYTES * 8 >= 128
    assert all(token.replace("-", "").replace("_", "").isalnum() for token in tokens)


@pytest.mark.req("A5")
def test_a_fingerprint_needs_the_pepper() -> None:
    assert fingerprint("ABC", b"one") != fingerprint("ABC", b"other")
    assert "ABC" not in fingerprint("ABC", b"one")
    with pytest.raises(ValueError, match="pepper"):
        fingerprint("ABC", b"")
