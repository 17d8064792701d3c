"""Words that no text may say: they give its reader away to whoever sees the phone, or promise what nobody can keep."""

import re

from surveys.text import Language

_ENGLISH = (
    r"victims?",
    r"crim(?:e|es|inal|inals)",
    r"offen[cds]\w*",
    r"courts?",
    r"police",
    r"(?:in )?confiden(?:ce|tial\w*)",
    r"secret\w*",
    r"anonym\w*",
    r"promis\w+",
    r"(?:will not|won't|never) tell",
    r"no ?(?:one|body) (?:will|can) (?:ever )?(?:know|see)",
    r"(?:we|they|someone|somebody)(?:'ll| can| will)(?: \w+)? (?:help|call|ring)",
)
_WELSH = (  # each with its mutations
    r"(?:d|dd|n)ioddef\w*",
    r"(?:t|d|th|nh)rosedd\w*",
    r"ll?ys(?:oedd)?",
    r"heddlu\w*",
    r"(?:c|g|ch|ngh)yfrinach\w*",
    r"dd?ienw",
    r"add(?:o|aw\w*|ewid\w*)",
    r"dweud wrth neb",
    r"fydd neb yn (?:gwybod|gweld)",
    r"(?:byddwn|gallwn|bydd rhywun)(?: ni)?(?:'n| yn)? (?:eich|dy) (?:helpu|ffonio)",
)
_PATTERNS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(rf"\b(?:{'|'.join(_ENGLISH)})\b", re.IGNORECASE),
    "cy": re.compile(rf"\b(?:{'|'.join(_WELSH)})\b", re.IGNORECASE),
}


def telling_words(text: str, language: Language) -> tuple[str, ...]:
    """The words of the text that it must not say, each once, in order.

    >>> telling_words("Were you a victim? It is a secret.", "en")
    ('victim', 'secret')
    """
    return tuple(dict.fromkeys(_PATTERNS[language].findall(text)))
