"""What a person typed: networks encode some texts on their way, and phones write some texts themselves."""

import base64
import binascii
import re

BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4}){4,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
MOSTLY_LETTERS = 0.8
REACTION = re.compile(
    r"(?:(?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned|removed an? [a-z ]{1,20} from)|\W{1,8}to) [“\"].*",
    re.IGNORECASE | re.DOTALL,
)


def as_typed(text: str) -> str:
    """The text; a long one that arrived as base64, as some networks send them, as it was typed."""
    together = re.sub(r"\s+", "", text)
    if " " in text.strip() or not BASE64.fullmatch(together):
        return text
    try:
        typed = base64.b64decode(together, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return text
    letters = sum(letter.isalnum() or letter.isspace() for letter in typed)
    shows = typed.replace("\r", "").replace("\n", "").isprintable()
    return typed if shows and letters >= MOSTLY_LETTERS * len(typed) else text


def is_reaction(text: str) -> bool:
    """True for what a phone sends when somebody puts a thumb on a text: `Liked “…”`. It quotes us and says nothing."""
    return REACTION.fullmatch(text.strip()) is not None
