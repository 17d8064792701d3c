"""Parts are counted as networks count them, by hand and by nature; letters are made plain without losing any Welsh."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.gsm import ALONE, BASIC, EXTENSION, JOINED, UnknownLetter, count_parts, plain

WELSH = "âêîôûŵŷÂÊÎÔÛŴŶàèéïöëáíóúýẁỳẃẅÿ"
IN_GSM_7 = "àèéùìòäöüÄÖÜÉñÑåÅøØæÆßÇ£¥§¿¡"
ANY = st.text(st.characters(codec="utf-8"))
IN_THE_ALPHABET = st.text(st.sampled_from(sorted(BASIC | EXTENSION)))
SENDABLE = st.text(st.sampled_from([*sorted(BASIC | EXTENSION), *WELSH, *"“’–…\u00a0\u200b👍"]))

HAND_COUNTED = [
    # text, encoding, units, parts
    ("", "GSM-7", 0, 0),
    ("a", "GSM-7", 1, 1),
    ("a" * 160, "GSM-7", 160, 1),
    ("a" * 161, "GSM-7", 161, 2),
    ("a" * 306, "GSM-7", 306, 2),  # 2 x 153
    ("a" * 307, "GSM-7", 307, 3),
    ("a" * 459, "GSM-7", 459, 3),
    ("a" * 460, "GSM-7", 460, 4),
    ("€" * 80, "GSM-7", 160, 1),
    ("€" * 80 + "a", "GSM-7", 161, 2),
    ("a" * 152 + "€" + "a" * 151, "GSM-7", 305, 2),  # 152 | 2 + 151 = 153
    ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),  # 306 units would be two parts, could the € be cut
    ("a" * 151 + "€" + "a" * 153, "GSM-7", 306, 2),  # 153 | 153
    ("€" * 153, "GSM-7", 306, 3),  # 76 a part, as 153 is odd
    ("[" * 152, "GSM-7", 304, 2),  # 76 | 76
    ("ŵ", "UCS-2", 1, 1),
    ("ŵ" + "a" * 69, "UCS-2", 70, 1),
    ("ŵ" + "a" * 70, "UCS-2", 71, 2),
    ("ŵ" + "a" * 133, "UCS-2", 134, 2),  # 2 x 67
    ("ŵ" + "a" * 134, "UCS-2", 135, 3),
    ("ŵ" + "€" * 69, "UCS-2", 70, 1),  # what counts two in GSM-7 counts one here
    ("👍" * 35, "UCS-2", 70, 1),
    ("👍" * 36, "UCS-2", 72, 2),
    ("a" * 66 + "👍" + "a" * 66, "UCS-2", 134, 3),  # 66 | 2 + 65 | 1
    ("a" * 65 + "👍" + "a" * 67, "UCS-2", 134, 2),  # 67 | 67
    ("👍" * 67, "UCS-2", 134, 3),  # 33 a part
    ("a" * 183 + "’", "UCS-2", 184, 3),  # an English question with one curly apostrophe
    ("a" * 187 + "ŵ", "UCS-2", 188, 3),  # a Welsh one with the ŵ of siŵr
    ("a" * 188, "GSM-7", 188, 2),  # and without it
]


@pytest.mark.parametrize(("text", "encoding", "units", "parts"), HAND_COUNTED)
def test_a_text_counted_by_hand_is_counted_so(text: str, encoding: str, units: int, parts: int) -> None:
    counted = count_parts(text)
    assert (counted.encoding, counted.units, counted.parts) == (encoding, units, parts)


def test_the_alphabet_is_that_of_the_network() -> None:
    assert len(BASIC) == 127  # 128 places, one of which leads to the extension
    assert BASIC.isdisjoint(EXTENSION)
    assert set(IN_GSM_7) <= BASIC
    assert {letter for letter in WELSH if letter not in BASIC} == set("âêîôûŵŷÂÊÎÔÛŴŶïëáíóúýẁỳẃẅÿ")


def test_the_letters_that_force_the_wide_alphabet_are_named_once_in_order() -> None:
    assert count_parts("Dydw i ddim yn siŵr, grŵp, tŷ.").forcing == ("ŵ", "ŷ")
    assert count_parts("Ydw, à, €.").forcing == ()


@given(SENDABLE)
def test_a_text_takes_as_many_parts_as_its_units_need_or_little_more(text: str) -> None:
    counted = count_parts(text)
    assert (counted.encoding == "UCS-2") == bool(counted.forcing)
    assert (counted.parts <= 1) == (counted.units <= ALONE[counted.encoding])
    if counted.parts > 1:
        room = JOINED[counted.encoding]
        assert -(-counted.units // room) <= counted.parts <= -(-counted.units // (room - 1))


@given(SENDABLE, SENDABLE)
def test_more_letters_never_take_fewer_parts(text: str, more: str) -> None:
    assert count_parts(text).parts <= count_parts(text + more).parts


@given(ANY)
def test_units_of_the_wide_alphabet_are_words_of_utf_16(text: str) -> None:
    counted = count_parts(text)
    if counted.encoding == "UCS-2":
        assert counted.units == len(text.encode("utf-16-le")) // 2
    else:
        assert counted.units == len(text) + sum(text.count(letter) for letter in EXTENSION)


@given(IN_THE_ALPHABET)
def test_what_is_in_the_alphabet_never_forces_the_wide_one(text: str) -> None:
    assert count_parts(text).encoding == "GSM-7"


@given(ANY)
def test_any_text_can_be_counted(text: str) -> None:
    assert count_parts(text).parts >= bool(text)


def test_half_an_emoji_is_counted_as_what_it_takes() -> None:
    assert count_parts("\ud83d").units == 1


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("‘Yes’ – “no”…", "'Yes' - \"no\"..."),
        ("it’s", "it's"),
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("a\u200bb\ufeffc\u2060d\u00ade", "abcde"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("w\u0302", "ŵ"),
        ("w\u200b\u0302", "ŵ"),
        ("\u1fef", "'"),
        (WELSH, WELSH),
        (IN_GSM_7, IN_GSM_7),
        ("Diolch 👍🏽 👩‍👧", "Diolch 👍🏽 👩‍👧"),
    ],
)
def test_a_text_is_made_plain_and_keeps_its_letters(typed: str, sent: str) -> None:
    assert plain(typed) == sent


@pytest.mark.parametrize(
    ("letter", "named"),
    [
        ("\x00", "U+0000"),
        ("\t", "U+0009"),
        ("\x1b", "U+001B"),
        ("\ud83d", "U+D83D"),
        ("\u0378", "U+0378"),
        ("\ue000", "U+E000"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
    ],
)
def test_a_letter_that_no_phone_is_sure_to_show_is_refused(letter: str, named: str) -> None:
    with pytest.raises(UnknownLetter) as unknown:
        plain(f"Yes{letter}No")
    assert unknown.value.letter == letter
    assert str(unknown.value) == named


@given(ANY)
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    try:
        once = plain(text)
    except UnknownLetter:
        return
    assert plain(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert count_parts(once).parts <= count_parts(unicodedata.normalize("NFC", text)).parts + text.count("…")


@given(SENDABLE)
def test_making_plain_costs_no_letter_of_any_word(text: str) -> None:
    try:
        sent = plain(text)
    except UnknownLetter:
        assert "\f" in text
        return
    assert [letter for letter in sent if letter.isalnum()] == [letter for letter in text if letter.isalnum()]
