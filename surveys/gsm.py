"""What a text message costs: its alphabet and its parts, as networks count them; and its letters made plain before.

A text in the GSM 7-bit alphabet holds 160 characters, or 153 a part when it is longer. One letter outside that alphabet
turns the whole text into UCS-2: 70, or 67 a part. Whatever counts two is never cut in two by the end of a part.
"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

Encoding = Literal["GSM-7", "UCS-2"]

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
ALONE: dict[Encoding, int] = {"GSM-7": 160, "UCS-2": 70}
JOINED: dict[Encoding, int] = {"GSM-7": 153, "UCS-2": 67}
LAST_OF_THE_BASIC_PLANE = "\uffff"

_TYPEWRITTEN = {
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys(("\r\n", "\r", "\u2028", "\u2029"), "\n"),
    **dict.fromkeys("\u200b\u2060\ufeff\u00ad", ""),  # zero-width spaces, and a hyphen for a line's end only
    "…": "...",
}
_KEPT = {"\n", "\N{ZERO WIDTH JOINER}"}  # the joiner holds an emoji together
_UNKNOWN = {"Cc", "Cf", "Cn", "Co", "Cs"}  # control, invisible, unassigned, private, half an emoji


@dataclass(frozen=True, slots=True)
class Parts:
    """How a text is sent. Units are septets of GSM-7, or 16-bit words of UCS-2, which the forcing letters need."""

    encoding: Encoding
    units: int
    parts: int
    forcing: tuple[str, ...]


class UnknownLetter(ValueError):
    """A letter that no telephone is sure to show."""

    def __init__(self, letter: str) -> None:
        """Keep the letter, and say which it is without printing it."""
        self.letter = letter
        super().__init__(f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".rstrip())


def count_parts(text: str) -> Parts:
    """The parts of the text, as it is; none for an empty one.

    >>> count_parts("Dim yn gwybod"), count_parts("siŵr").forcing
    (Parts(encoding='GSM-7', units=13, parts=1, forcing=()), ('ŵ',))
    """
    forcing = tuple(dict.fromkeys(letter for letter in text if letter not in BASIC and letter not in EXTENSION))
    encoding: Encoding = "UCS-2" if forcing else "GSM-7"
    sizes = [_size(letter, encoding) for letter in text]
    units = sum(sizes)
    parts = min(units, 1) if units <= ALONE[encoding] else _joined(sizes, JOINED[encoding])
    return Parts(encoding, units, parts, forcing)


def _size(letter: str, encoding: Encoding) -> int:
    return 1 + (letter > LAST_OF_THE_BASIC_PLANE if encoding == "UCS-2" else letter in EXTENSION)


def _joined(sizes: list[int], room: int) -> int:
    parts, taken = 1, 0
    for size in sizes:
        if taken + size > room:
            parts, taken = parts + 1, 0
        taken += size
    return parts


def plain(text: str) -> str:
    """The text with typewriter's quotes, dashes, dots and spaces, and without invisible ones. Welsh letters stay.

    Raises:
        UnknownLetter: a control character, an invisible mark, half an emoji, or nothing that Unicode knows.
    """
    for curly, straight in _TYPEWRITTEN.items():
        text = text.replace(curly, straight)
    composed = "".join(_plain(letter) for letter in unicodedata.normalize("NFC", text))
    return composed.replace("`", "'")  # a Greek accent is composed into a backtick


def _plain(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in _UNKNOWN and letter not in _KEPT:
        raise UnknownLetter(letter)
    return " " if category == "Zs" else letter
