"""The words of a message, so plain that two ways to type one word are the same."""

import re
import unicodedata

_LEFT_OUT = re.compile(
    "['`\u00ad\u00b4\u02b9\u02bc\u061c\u180e\u200b-\u200f\u2018\u2019\u201b\u202a-\u202e\u2032\u2060\u2066-\u2069\ufeff\uff07]"
)  # apostrophes of every kind, and what nobody sees
_ACCENT = re.compile("[\u0300-\u036f\ufe00-\ufe0f]")
_WORD_OR_END = re.compile(r"[^\W_]+|[.!?;\n\r]")
_STRETCHED = re.compile(r"(.)\1\1+")
_DOUBLED = re.compile(r"(.)\1+")
_WELSH_ENDING = re.compile(r"[aeiouwy][rn]$")  # "cicio'r drws", "brifo'n ddrwg"
_MAY_BE_ANOTHER = re.compile(r"(.)\1|\d|[aeiouwy][rn]$|^f")
_DIGITS = str.maketrans("0134578", "oieastb")
ENDS = frozenset(".!?;\n\r")
SHORTEST_WITH_A_SLIP = 7
SHORTEST_WITH_A_DOUBLE = 5


def words_and_ends(text: str) -> list[str]:
    """The words in their order, without capitals, accents, apostrophes, emoji, and one of ENDS where a sentence ends.

    >>> words_and_ends("DON’T  tell him: mae'n tŷ 😢! No")
    ['dont', 'tell', 'him', 'maen', 'ty', '!', 'no']
    """
    plain = _LEFT_OUT.sub("", text)
    if not plain.isascii():
        folded = unicodedata.normalize("NFKD", plain).casefold()
        plain = _ACCENT.sub("", unicodedata.normalize("NFKD", folded))
    return _WORD_OR_END.findall(plain.casefold())


def words_of(text: str) -> list[str]:
    """The words in their order, without the ends of sentences."""
    return [word for word in words_and_ends(text) if word not in ENDS]


def guesses(word: str) -> list[str]:
    """What an unknown word may be, likeliest first: letters for digits, no stretches, no "'n" or "'r", "th" for "f".

    >>> guesses("heeelp"), guesses("k1lll"), guesses("cicior"), guesses("fink")
    (['heelp', 'help'], ['killl', 'kill', 'kil'], ['cicio'], ['think'])
    """
    if not _MAY_BE_ANOTHER.search(word):
        return []
    found = []
    if not word.isalpha() and not word.isdigit():
        word = word.translate(_DIGITS)
        found.append(word)
    if _DOUBLED.search(word):
        found += [_STRETCHED.sub(r"\1\1", word), _DOUBLED.sub(r"\1", word)]
    if _WELSH_ENDING.search(word):
        found.append(word[:-1])
    if word.startswith("f"):
        found.append("th" + word[1:])
    return found


def misspellings(word: str) -> set[str]:
    """How the word is often typed: one letter of a double, "-in" for "-ing", "-d" for "-ed"; if long, one slip.

    >>> misspellings("kill"), misspellings("hiding"), misspellings("raped"), "suicdal" in misspellings("suicidal")
    (set(), {'hidin'}, {'rapd'}, True)
    """
    if not word.isalpha() or len(word) < SHORTEST_WITH_A_DOUBLE:
        return set()
    found = {word, _DOUBLED.sub(r"\1", word)}
    if word.endswith("ing") and len(word) > len("going"):
        found |= {each[:-1] for each in found}
    if word.endswith("ed"):
        found |= {each[:-2] + "d" for each in found}
    if len(word) >= SHORTEST_WITH_A_SLIP:
        found |= {word[:place] + word[place + 1 :] for place in range(1, len(word) - 1)}
        found |= {word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(1, len(word) - 1)}
    return found - {word}
