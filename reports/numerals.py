"""Whole numbers as words, in English and in Welsh, and the rule for when a number is a word."""

from typing import Literal

from reports.mutation import aspirate, begins_with_vowel, soft
from surveys.text import Language

Gender = Literal["masculine", "feminine"]
LAST_IN_WORDS = 10  # inside a sentence one to ten are words, 11 and over are digits
LARGEST = 999_999
TWO, HUNDRED, THOUSAND = 2, 100, 1000

_ENGLISH = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WELSH = ("dim", "un", "dau", "tri", "pedwar", "pump", "chwech", "saith", "wyth", "naw", "deg")
_WELSH_FEMININE = {2: "dwy", 3: "tair", 4: "pedair"}
_WELSH_BEFORE_NOUN = {5: "pum", 6: "chwe"}


class NoWords(ValueError):
    """The number is below nought or too large to be written out."""


def in_words(number: int, language: Language) -> str:
    """The number in words; nought is "no" and "dim".

    >>> in_words(154, "en"), in_words(42, "cy")
    ('one hundred and fifty-four', 'pedwar deg dau')
    """
    if not 0 <= number <= LARGEST:
        raise NoWords(number)
    return _welsh(number, "masculine") if language == "cy" else _english(number)


def figure(number: int, language: Language) -> str:
    """The number as it stands inside a sentence: one to ten in words, 11 and over in digits.

    >>> figure(7, "en"), figure(11, "en"), figure(1200, "cy")
    ('seven', '11', '1,200')
    """
    return in_words(number, language) if 1 <= number <= LAST_IN_WORDS else f"{number:,}"


def _english(number: int) -> str:
    if number < len(_ENGLISH):
        return _ENGLISH[number]
    if number < HUNDRED:
        tens, units = divmod(number, 10)
        return _ENGLISH_TENS[tens] + (f"-{_ENGLISH[units]}" if units else "")
    unit, name = (THOUSAND, "thousand") if number >= THOUSAND else (HUNDRED, "hundred")
    large, rest = divmod(number, unit)
    if not rest:
        return f"{_english(large)} {name}"
    return f"{_english(large)} {name}{' and' if rest < HUNDRED else ''} {_english(rest)}"


def _welsh(number: int, gender: Gender) -> str:
    if number <= LAST_IN_WORDS:
        return _WELSH_FEMININE.get(number, _WELSH[number]) if gender == "feminine" else _WELSH[number]
    if number < HUNDRED:
        tens, units = divmod(number, 10)
        whole = f"{_before_noun(tens)} {'ddeg' if tens == TWO else 'deg'}"
        return f"{whole} {_welsh(units, gender)}" if units else whole
    if number < THOUSAND:
        hundreds, rest = divmod(number, HUNDRED)
        return _joined(_hundreds(hundreds), rest, gender)
    thousands, rest = divmod(number, THOUSAND)
    return _joined(_thousands(thousands), rest, gender)


def _before_noun(number: int, gender: Gender = "masculine") -> str:
    return _WELSH_BEFORE_NOUN.get(number) or _welsh(number, gender)


def _hundreds(number: int) -> str:
    return "cant" if number == 1 else _mutated_by(number, "masculine", "cant")


def _thousands(number: int) -> str:
    if number == 1:
        return "mil"
    return counted(number, "mil", "miloedd", "feminine")


def _joined(large: str, rest: int, gender: Gender) -> str:
    if not rest:
        return large
    words = _welsh(rest, gender)
    return f"{large} {and_then(words)}" if rest <= LAST_IN_WORDS else f"{large} {words}"


def and_then(words: str) -> str:
    """The words after the Welsh "and", which is "ac" before a vowel and otherwise makes the aspirate mutation.

    >>> and_then("un"), and_then("tri")
    ('ac un', 'a thri')
    """
    return f"ac {words}" if begins_with_vowel(words) else f"a {aspirate(words)}"


def _mutated_by(number: int, gender: Gender, noun: str) -> str:
    match number, gender:
        case (1, "feminine"):
            changed = noun if noun.lower().startswith(("ll", "rh")) else soft(noun)
        case (2, _):
            changed = soft(noun)
        case (3, "masculine") | (6, _):
            changed = aspirate(noun)
        case _:
            changed = noun
    return f"{_before_noun(number, gender)} {changed}"


def counted(number: int, one: str, many: str, gender: Gender = "masculine") -> str:
    """So many of a thing in Welsh: up to ten the noun is singular and mutates, above ten it is "o" and the plural.

    >>> counted(3, "plentyn", "plant"), counted(22, "plentyn", "plant"), counted(2, "merch", "merched", "feminine")
    ('tri phlentyn', 'dau ddeg dau o blant', 'dwy ferch')
    """
    if number == 0:
        return f"dim {many}"
    if number <= LAST_IN_WORDS:
        return _mutated_by(number, gender, one)
    return f"{_welsh(number, gender)} o {soft(many)}"
