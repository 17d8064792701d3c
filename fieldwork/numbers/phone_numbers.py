"""Which numbers may be texted: UK mobiles. A text to a landline would be read aloud to whoever answers."""

import re
import unicodedata
from functools import cache
from typing import Any

LONGEST_TYPED = 40
SHOWN_DIGITS = 3
CODE = "+44"
DRAMA = re.compile(r"\+447700900[0-9]{3}")  # Ofcom gives these to nobody, so that they can be used in plays and tests

_SPREADSHEET_NUMBER = re.compile(r"([0-9]+)\.0+")
_UK = re.compile(r"(?:\+44|0044|44(?=0?7)|0(?!0)|(?=7[0-9]{9}$))0?([1-9][0-9]+)")
_ABROAD = re.compile(r"(?:\+|00)(?!44)[1-9][0-9]+")

NOT_A_NUMBER = "This is not a phone number. Write it like 07..., with nothing else in the cell."
ROUNDED = "The spreadsheet has rounded this number. Make the column text, and type it again."
WRONG_LENGTH = "This is no UK mobile number: there are digits too many or too few, or one is wrong."
ABROAD = "This is a number abroad. Only UK mobiles can be texted."
LANDLINE = "This is a landline: a text would be read aloud to whoever answers. Give a mobile, or ask in another way."
PERSONAL = "Numbers that begin with 070 are forwarded to others, at a high price. Give a mobile."
NO_MOBILE = "This is a UK number, and no mobile. Give a mobile, or ask in another way."
DRAMA_ONLY = "This number is for plays and tests, and belongs to nobody."


class NotAMobile(Exception):
    """A number that we do not text. The reason is a sentence for whoever wrote it, and holds no digit of it."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason)


def mobile(typed: str, *, practice: bool) -> str:
    """The UK mobile number that was typed, however it was typed, as `+447...`.

    `practice` lets Ofcom's numbers for drama pass, 07700 900000 to 07700 900999.

    Raises:
        NotAMobile: it is none; the reason says why.
    """
    number = _in_uk(_digits(typed))
    if DRAMA.fullmatch(number):
        if practice:
            return number
        raise NotAMobile(DRAMA_ONLY)
    if reason := _why_not(number):
        raise NotAMobile(reason)
    return number


def masked(number: str) -> str:
    """What may be shown of a number: its last three digits."""
    return "…" + number[-SHOWN_DIGITS:]


def as_dialled(number: str) -> str:
    """A UK number (`+44...`) as people write it: `07700 900123`. Whatever else stands there stays as it is."""
    if not number.startswith(CODE):
        return number
    library = _library()
    return str(library.format_number(_parsed(number), library.PhoneNumberFormat.NATIONAL))


def _digits(typed: str) -> str:
    """The digits in ASCII, with a plus in front where there was one.

    Raises:
        NotAMobile: there is something else.
    """
    if len(typed) > LONGEST_TYPED:
        raise NotAMobile(NOT_A_NUMBER)
    plain = unicodedata.normalize("NFKC", typed)
    if re.fullmatch(r"\s*[0-9.]+[Ee]\+?[0-9]+\s*", plain):
        raise NotAMobile(ROUNDED)
    if whole := _SPREADSHEET_NUMBER.fullmatch(plain.strip()):
        plain = whole[1]
    kept = "".join(_ascii(sign) for sign in plain if not _only_parts(sign))
    if not re.fullmatch(r"\+?[0-9]+", kept):
        raise NotAMobile(NOT_A_NUMBER)
    return kept


def _ascii(sign: str) -> str:
    """A digit of any script as we write it; everything else as it is."""
    return str(unicodedata.decimal(sign, sign))


def _only_parts(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Pd", "Cf"} or sign in "().·−"


def _in_uk(digits: str) -> str:
    """The number with the code of the country.

    Raises:
        NotAMobile: it is abroad, or has no beginning that we know.
    """
    if known := _UK.fullmatch(digits):
        return f"{CODE}{known[1]}"
    raise NotAMobile(ABROAD if _ABROAD.fullmatch(digits) else WRONG_LENGTH)


def _why_not(number: str) -> str | None:
    """Why this UK number is not texted; none for a mobile, Guernsey's and the Isle of Man's too."""
    library = _library()
    kinds = library.PhoneNumberType
    match library.number_type(_parsed(number)):
        case kinds.MOBILE:
            return None
        case kinds.FIXED_LINE:
            return LANDLINE
        case kinds.PERSONAL_NUMBER:
            return PERSONAL
        case kinds.UNKNOWN:
            return WRONG_LENGTH
        case _:
            return NO_MOBILE


def _parsed(number: str) -> Any:
    """The number as the library has it."""
    return _library().PhoneNumber(country_code=44, national_number=int(number.removeprefix(CODE)))


@cache
def _library() -> Any:
    import phonenumbers  # noqa: PLC0415 - seven megabytes that a worker for the web need not carry

    return phonenumbers
