"""What can be known by its form alone: addresses, names on social media, postcodes, telephone numbers."""

import re
import unicodedata
from collections.abc import Iterator

from surveys.redaction.marks import Kind, Mark
from surveys.redaction.vocabulary import WORDS

_ALIKE = str.maketrans(
    {
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc", "'"),
    }
)


def plain(text: str) -> str:
    """The text with digits, dashes, spaces and apostrophes of one kind. Every letter stays at its place.

    >>> plain("０７７００ ９００１２３")
    '07700 900123'
    """
    if text.isascii():
        return text
    return "".join(_alike(letter) for letter in text)


def _alike(letter: str) -> str:
    same = unicodedata.normalize("NFKC", letter)
    return (same if len(same) == 1 else letter).translate(_ALIKE)


_AREAS = sorted(WORDS["postcode_areas"], key=len, reverse=True)
_AREA = "(?:" + "|".join(r"\s?".join(area) for area in _AREAS) + ")"

_DIGIT_WORDS = (
    "zero|oh|nought|naught|nil|one|two|three|four|five|six|seven|eight|nine|double|triple|treble|hundred|"
    "dim|sero|un|dau|dwy|tri|tair|pedwar|pedair|pump|chwech|saith|wyth|naw"
)
_DIGIT = rf"(?:\d\ufe0f?\u20e3?|[oO](?=[\doOlI]{{0,15}}\d)|(?<=[\doOlI])[oOlI]|(?:{_DIGIT_WORDS}))"
_SEPARATOR = r"[\s()./*_+-]{0,4}"

_MAIL_NAME, _DOT, _AT = (
    r"[\w.+'-]{1,64}",
    r"\s?(?:\.|[\(\[{]\s?dot\s?[\)\]}]|\bdot\b)\s?",
    r"(?:@|[\(\[{]\s?at\s?[\)\]}])",
)
_ENDS_OF_ADDRESSES = "com|net|org|uk|info|io|cymru|wales|edu|biz"
_MEDIA = (
    r"insta(?:gram)?|ig|snap(?:chat)?|sc|tik\s?tok|discord|twitter|facebook|fb|messenger|whats\s?app|telegram|you\s?tube|"
    r"xbox|psn|ps[45]|steam|roblox|fortnite|gamer\s?tag|user\s?name"
)
_CALLED = r"(?:\s*(?:gamer\s?tag|user\s?name|handle|account|name|id|is|it's|add|me|:|=|-|->)){0,4}\s*"

_FORMS: tuple[tuple[Kind, str], ...] = (
    ("mail", rf"{_MAIL_NAME}\s?{_AT}\s?[\w-]+(?:{_DOT}[\w-]+)*"),
    ("mail", rf"\b{_MAIL_NAME} at [\w-]+(?: ?dot ?[\w-]+)+"),
    ("mail", rf"\b{_MAIL_NAME} at [\w-]+(?:\.[\w-]+)*\.(?:{_ENDS_OF_ADDRESSES})\b"),
    ("link", r"\b(?:https?://|www\.)\S+"),
    ("link", rf"\b[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.(?:{_ENDS_OF_ADDRESSES})\b(?:/\S*)?"),
    ("handle", r"(?<![\w@])@\w(?:[\w.]*\w)?"),
    ("handle", rf"\b(?:{_MEDIA})\b{_CALLED}(?P<it>@?(?=[\w.#]*[\d_.#])\w[\w.]*[\w](?:#\d+)?)"),
    ("handle", rf"\b(?:{_MEDIA})\b(?:\s*(?:name|is))?\s*[:=-]+\s*(?P<it>@?\w[\w.#]+)"),
    ("handle", r"\b\w+#\d{4}\b"),
    ("postcode", rf"\b{_AREA}\d[\dA-Z]?[\s.,-]{{0,3}}[\dO][ABD-HJLN-UW-Z]{{2}}\b"),
    ("postcode", rf"\b{_AREA}\s\d[\dA-Z]?\s{{0,3}}[\dO][ABD-HJLN-UW-Z]{{2}}\b"),
    ("phone", rf"(?<!\w)[+(]*{_DIGIT}(?:{_SEPARATOR}{_DIGIT}){{5,}}\)?(?!\d)"),
    ("number", r"(?<!\w)\d{5,}(?!\w)"),
)
_OUTWARD = re.compile(rf"(?<![\w£])(?:{'|'.join(_AREAS).upper()})\d[\dA-Z]?(?!\w)")  # its first half alone: in capitals
_READY = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _FORMS)


def by_form(text: str) -> Iterator[Mark]:
    """What is known by its form in a text that was made plain."""
    for kind, form in _READY:
        for match in form.finditer(text):
            start, end = match.span("it" if "it" in form.groupindex else 0)
            yield Mark(start, end, kind)
    for match in _OUTWARD.finditer(text):
        yield Mark(*match.span(), "postcode")
