"""Phone numbers as people type them, as the network writes them, and as they are shown."""

import re

E164 = re.compile(r"\+[1-9]\d{7,14}")
OURS = "+447700900999"  # the long number the practice service texts from: one of Ofcom's, that nobody has


def e164(typed: str) -> str:
    """The number as the network writes it: `07700 900123` and `+44 7700 900123` are +447700900123.

    Raises:
        ValueError: it is no telephone number.
    """
    digits = re.sub(r"[\s().-]", "", typed)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = "+44" + digits[1:]
    if not E164.fullmatch(digits):
        raise ValueError(f'"{typed}" is no telephone number. Write it like 07700 900123.')
    return digits


def is_landline(number: str) -> bool:
    """Whether a British number of that range belongs to a telephone on a wall."""
    return number.startswith(("+441", "+442", "+443"))


def shown(number: str) -> str:
    """The number as people read it: `07700 900123`."""
    if not number.startswith("+44"):
        return number
    digits = "0" + number[3:]
    if digits.startswith("020"):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    return f"{digits[:5]} {digits[5:]}"
