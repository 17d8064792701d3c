"""A text as words: capitals, accents, marks and ways to write a digit are folded away; each word knows its place."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

Phrase = tuple[str, ...]

SIGNS = {"&": " and ", "+": " and ", "/": " / ", "\N{FRACTION SLASH}": " / ", "%": " % ", "\N{KEYCAP TEN}": " 10 "}
SIGNS |= dict.fromkeys("=<>|~\N{NUMERO SIGN}", " ")
SIGNS |= {"\N{OBJECT REPLACEMENT CHARACTER}": ""}  # where a picture stood
SIGNS |= dict.fromkeys("'`‘’‛′ʼ´＇", "")  # an apostrophe joins: "I'm" is the word "im"
SIGNS |= dict.fromkeys(".!;\n\r…", ".") | {"?": "?"}
BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s*([-‐‑‒–—])\s*(?=\d)")
BEFORE_A_NUMBER = re.compile(r"(?:^|(?<=\s))([-‐‑‒–—−])(?=\d)")
PLUS_AT_THE_START = re.compile(r"^\s*(\+)(?=\d)")
END = "$"  # so that a phrase can ask to stand at the end
WORD = re.compile(r"([^\s.,?]+)([\s.,?]*)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, its place in the text, and the marks up to the next: `.` and `?` end a sentence, `,` is any other."""

    text: str
    start: int
    end: int
    marks: frozenset[str]

    @property
    def ends_sentence(self) -> bool:
        """True where a sentence ends after it."""
        return bool(self.marks & {".", "?"})


@lru_cache(maxsize=1)  # whoever reads a text takes it apart several times; no more than that one is remembered
def words_of(text: str) -> tuple[Word, ...]:
    """The words of any text, in order."""
    letters, places = _folded_letters(text)
    return tuple(
        Word(found[1], places[found.start(1)], places[found.end(1) - 1] + 1, frozenset(found[2]) - {" "})
        for found in WORD.finditer(letters)
    )


def folded(text: str) -> Phrase:
    """The words alone."""
    return tuple(word.text for word in words_of(text))


def to_the_end(text: str) -> Phrase:
    """The words, and `END` after the last."""
    return *folded(text), END


def _folded_letters(text: str) -> tuple[str, list[int]]:
    """The text letter by letter as it is compared, and the place in the text that each letter came from."""
    read_aloud = {place.start(1): " to " for place in BETWEEN_NUMBERS.finditer(text)}
    read_aloud |= {place.start(1): " minus " for place in BEFORE_A_NUMBER.finditer(text)}
    read_aloud |= {place.start(1): " " for place in PLUS_AT_THE_START.finditer(text)}
    parts = [read_aloud.get(place) or _folded_letter(letter) for place, letter in enumerate(text)]
    return "".join(parts), [place for place, part in enumerate(parts) for _ in part]


def _folded_letter(letter: str) -> str:
    if letter in SIGNS:
        return SIGNS[letter]
    if letter.isalnum() and letter.isascii():
        return letter.lower()
    return " " if letter.isspace() else _folded_rare_letter(letter)


def _folded_rare_letter(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    kind = unicodedata.category(letter)
    if kind == "No" or (kind.startswith("S") and kind != "Sk"):  # Sk: accents that stand alone, and colours of skin
        return f" {_sign(letter)} "
    return "," if kind.startswith("P") else _plain(letter)


def _sign(letter: str) -> str:
    """A circled or raised number as its number; any other sign as itself."""
    plain = unicodedata.normalize("NFKC", letter)
    return plain if plain.isdecimal() else letter


def _plain(letter: str) -> str:
    """Small and without accents: ŵ is w, as many phones have no ŵ. What does not show, or half an emoji, is nothing."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", letter).casefold())
    return "".join(each for each in apart if each.isalnum())
