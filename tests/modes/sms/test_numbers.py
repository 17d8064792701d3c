"""Numbers in digits of any script, in English, and in Welsh by tens and by twenties."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modes.sms.folding import folded, words_of
from modes.sms.numbers import mark_at, number_at

# fmt: off
NUMBERS = {
    "8": 8, "08": 8, "8️⃣": 8, "🔟": 10, "1️⃣0️⃣": 10, "٨": 8, "٤٢": 42, "８": 8, "⑧": 8, "८": 8, "zero": 0,
    "nought": 0, "nil": 0, "one": 1, "Two": 2, "eight": 8, "ten": 10, "twelve": 12, "nineteen": 19, "twenty": 20,
    "twenty one": 21, "twenty-one": 21, "twentyone": 21, "ninety nine": 99, "a hundred": 100, "one hundred": 100,
    "hundred": 100, "fourty": 40, "dim": 0, "sero": 0, "un": 1, "dau": 2, "dwy": 2, "tri": 3, "tair": 3, "pedwar": 4,
    "pedair": 4, "pump": 5, "pum": 5, "chwech": 6, "chwe": 6, "saith": 7, "wyth": 8, "naw": 9, "deg": 10, "ddwy": 2,
    "dair": 3, "phedair": 4, "un deg un": 11, "un deg dau": 12, "dau ddeg": 20, "dau ddeg un": 21,
    "tri deg pump": 35, "pum deg": 50, "chwe deg tri": 63, "wyth deg": 80, "naw deg naw": 99, "cant": 100,
    "un cant": 100, "un ar ddeg": 11, "deuddeg": 12, "tri ar ddeg": 13, "tair ar ddeg": 13, "pedwar ar ddeg": 14,
    "pymtheg": 15, "un ar bymtheg": 16, "dau ar bymtheg": 17, "dwy ar bymtheg": 17, "deunaw": 18,
    "pedair ar bymtheg": 19, "ugain": 20, "un ar hugain": 21, "deg ar hugain": 30, "un ar ddeg ar hugain": 31,
    "pymtheg ar hugain": 35, "deunaw ar hugain": 38, "deugain": 40, "dwy a deugain": 42, "hanner cant": 50,
    "deg a deugain": 50, "trigain": 60, "un a thrigain": 61, "deg a thrigain": 70, "pedwar ugain": 80,
    "un a phedwar ugain": 81, "deg a phedwar ugain": 90, "pedwar ar bymtheg a phedwar ugain": 99,
}
# fmt: on


@pytest.mark.req("C9")
@pytest.mark.parametrize(("text", "value"), NUMBERS.items(), ids=NUMBERS)
def test_a_number_is_read(text: str, value: int) -> None:
    words = folded(text)
    said = number_at(words, 0)
    assert said is not None
    assert (said.value, said.end) == (value, len(words))


@pytest.mark.parametrize(
    "text", ["to", "too", "for", "ate", "won", "tu", "deg un deg", "½", "8½ ", "i", "a", "deuddegg"]
)
def test_what_only_sounds_or_looks_like_a_number_is_none(text: str) -> None:
    words = folded(text)
    said = number_at(words, 0)
    assert said is None or said.end < len(words)


@pytest.mark.parametrize(
    ("text", "most", "value"),
    [
        ("8/10", 10, 8),
        ("8 / 10", 10, 8),
        ("8 out of 10", 10, 8),
        ("eight out of ten", 10, 8),
        ("8 allan o 10", 10, 8),
        ("wyth mas o ddeg", 10, 8),
        ("wyth o ddeg", 10, 8),
        ("80/100", 100, 80),
        ("80%", 100, 80),
        ("80 per cent", 100, 80),
        ("80 y cant", 100, 80),
        ("8", 10, 8),
        ("8/100", 10, None),
        ("8/10", 100, None),
        ("4 out of 5", 10, None),
        ("8/", 10, None),
    ],
)
def test_a_mark_is_a_number_out_of_the_most_there_is(text: str, most: int, value: int | None) -> None:
    words = folded(text)
    said = mark_at(words, 0, most)
    assert (said and (said.value, said.end)) == (None if value is None else (value, len(words)))


def test_more_digits_than_any_answer_has_are_no_number() -> None:
    assert number_at(folded("9" * 5000), 0) is None


def test_words_know_their_place_in_the_text() -> None:
    text = "  “Ydw”, diolch… I'm 1️⃣8-2４ \u200b✓"
    words = words_of(text)
    assert [word.text for word in words] == ["ydw", "diolch", "im", "18", "to", "24", "✓"]
    assert [text[word.start : word.end] for word in words[:3]] == ["Ydw", "diolch", "I'm"]
    assert [word.ends_sentence for word in words[:3]] == [False, True, False]


@given(st.text(st.characters(codec=None)))
def test_any_text_has_words_in_order(text: str) -> None:
    words = words_of(text)
    assert all(word.text and 0 <= word.start < word.end <= len(text) for word in words)
    assert all(before.start <= after.start for before, after in pairwise(words))
    for place in range(len(words)):
        number_at([word.text for word in words], place)
