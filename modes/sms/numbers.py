"""Numbers as people write them: in digits of any script, in English words, in Welsh by tens or by twenties; "8/10".

Folded words go in (`modes.sms.folding`), so ٢, 1️⃣ and ２ have become digits already.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from modes.sms.folding import Phrase
from surveys.reading import LONGEST_NUMBER
from surveys.text import Language

HUNDRED, TEN = 100, 10
OUT_OF: tuple[Phrase, ...] = (("/",), ("out", "of"), ("of",), ("allan", "o"), ("mas", "o"), ("o",))
PER_CENT: tuple[Phrase, ...] = (("%",), ("per", "cent"), ("percent",), ("y", "cant"))

_ENGLISH_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WELSH_DIGITS = ("un", "dau", "tri", "pedwar", "pump", "chwech", "saith", "wyth", "naw")
_WELSH_BEFORE_TEN = ("un", "dau", "tri", "pedwar", "pum", "chwe", "saith", "wyth", "naw")

# What Welsh puts for a word before a woman or a noun, and after a word that softens it.
_OTHER_FORMS: Mapping[str, tuple[str, ...]] = {
    "dau": ("dwy", "ddau", "ddwy"),
    "tri": ("tair", "dri", "dair", "thri", "thair"),
    "pedwar": ("pedair", "bedwar", "bedair", "phedwar", "phedair"),
    "pump": ("pum", "bump", "bum", "phump", "phum"),
    "chwech": ("chwe",),
    "deg": ("deng", "ddeg", "ddeng"),
    "deuddeg": ("ddeuddeg", "deuddeng"),
    "pymtheg": ("bymtheg", "pymtheng", "phymtheg"),
    "deunaw": ("ddeunaw",),
    "ugain": ("hugain",),
    "deugain": ("ddeugain",),
    "trigain": ("thrigain",),
    "cant": ("gant", "chant"),
}
_SAME = {other: word for word, others in _OTHER_FORMS.items() for other in others}


@dataclass(frozen=True, slots=True)
class Said:
    """A number at a place among words, where its words end, and in which language they are; None for digits."""

    value: int
    end: int
    language: Language | None


def number_at(words: Sequence[str], place: int) -> Said | None:
    """The longest number that starts there; None where none does, or it has more digits than any answer."""
    word = words[place]
    if word.isdecimal():
        return Said(int(word), place + 1, None) if len(word) <= LONGEST_NUMBER else None
    for end in range(min(len(words), place + _longest()), place, -1):
        for language, written in _written().items():
            value = written.get(_usual(words[place:end], language))
            if value is not None:
                return Said(value, end, language)
    return None


def mark_at(words: Sequence[str], place: int, most: int) -> Said | None:
    """The mark that starts there: a number, alone or out of `most`; None where it is out of anything else."""
    said = number_at(words, place)
    if said is None:
        return None
    for divider in OUT_OF:
        if _follow(words, said.end, divider):
            after = said.end + len(divider)
            whole = number_at(words, after) if after < len(words) else None
            return Said(said.value, whole.end, said.language) if whole and whole.value == most else None
    if most == HUNDRED:
        end = next((said.end + len(each) for each in PER_CENT if _follow(words, said.end, each)), said.end)
        return Said(said.value, end, said.language)
    return said


def _follow(words: Sequence[str], place: int, phrase: Phrase) -> bool:
    return tuple(words[place : place + len(phrase)]) == phrase


def _usual(words: Sequence[str], language: Language) -> Phrase:
    return tuple(_SAME.get(word, word) for word in words) if language == "cy" else tuple(words)


@cache
def _longest() -> int:
    return max(len(phrase) for written in _written().values() for phrase in written)


@cache
def _written() -> Mapping[Language, Mapping[Phrase, int]]:
    welsh = [*_welsh_by_tens(), *_welsh_by_twenties()]
    return {
        "en": {tuple(words.split()): value for words, value in _english()},
        "cy": {_usual(words.split(), "cy"): value for words, value in welsh},
    }


def _english() -> Iterator[tuple[str, int]]:
    yield from ((word, value) for value, word in enumerate(_ENGLISH_SMALL))
    for tens, word in enumerate(_ENGLISH_TENS, start=2):
        yield word, tens * TEN
        for ones, small in enumerate(_ENGLISH_SMALL[1:TEN], start=1):
            yield from ((f"{word}{between}{small}", tens * TEN + ones) for between in (" ", ""))
    yield from (("nought", 0), ("naught", 0), ("nil", 0), ("fourty", 40), ("ninty", 90))
    yield from ((words, HUNDRED) for words in ("hundred", "a hundred", "one hundred"))


def _welsh_by_tens() -> Iterator[tuple[str, int]]:
    """Un deg un, dau ddeg, naw deg naw."""
    yield from (("dim", 0), ("sero", 0), ("deg", TEN), ("cant", HUNDRED), ("un cant", HUNDRED))
    yield from ((word, value) for value, word in enumerate(_WELSH_DIGITS, start=1))
    for tens, before in enumerate(_WELSH_BEFORE_TEN, start=1):
        yield f"{before} deg", tens * TEN
        yield from ((f"{before} deg {word}", tens * TEN + ones) for ones, word in enumerate(_WELSH_DIGITS, start=1))


def _welsh_by_twenties() -> Iterator[tuple[str, int]]:
    """Un ar ddeg, deunaw ar hugain, pedwar ar bymtheg a phedwar ugain."""
    below_twenty = {word: value for value, word in enumerate(_WELSH_DIGITS, start=1)}
    below_twenty |= {f"{word} ar deg": TEN + below_twenty[word] for word in ("un", "tri", "pedwar")}
    below_twenty |= {f"{word} ar pymtheg": 15 + below_twenty[word] for word in ("un", "dau", "tri", "pedwar")}
    below_twenty |= {"deg": TEN, "deuddeg": 12, "pymtheg": 15, "deunaw": 18}
    yield from below_twenty.items()
    for score, (twenties, joined) in enumerate(
        (
            ("ugain", "ar hugain"),
            ("deugain", "a deugain"),
            ("trigain", "a thrigain"),
            ("pedwar ugain", "a phedwar ugain"),
        ),
        start=1,
    ):
        yield twenties, score * 20
        yield from ((f"{words} {joined}", score * 20 + value) for words, value in below_twenty.items())
    yield "hanner cant", 50
