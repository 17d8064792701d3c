"""Welsh initial mutation: what the word before does to the first letters of the next."""

_SOFT = (  # first the pairs of letters that count as one and do not change
    *(("ch", "ch"), ("ph", "ph"), ("th", "th"), ("dd", "dd"), ("ff", "ff")),
    *(("ll", "l"), ("rh", "r"), ("p", "b"), ("t", "d"), ("c", "g"), ("b", "f"), ("d", "dd"), ("g", ""), ("m", "f")),
)
_ASPIRATE = (*(("ch", "ch"), ("ph", "ph"), ("th", "th")), *(("p", "ph"), ("t", "th"), ("c", "ch")))
_VOWELS = "aeiouwyâêîôûŵŷ"


def soft(word: str) -> str:
    """The word after a soft mutation.

    >>> soft("plant a phobl ifanc"), soft("gofalwyr"), soft("rhieni"), soft("dioddefwyr")
    ('blant a phobl ifanc', 'ofalwyr', 'rieni', 'ddioddefwyr')
    """
    return _changed(word, _SOFT)


def aspirate(word: str) -> str:
    """The word after an aspirate mutation.

    >>> aspirate("plentyn"), aspirate("tad"), aspirate("holiadur")
    ('phlentyn', 'thad', 'holiadur')
    """
    return _changed(word, _ASPIRATE)


def begins_with_vowel(word: str) -> bool:
    """True where "a" (and) and "y" (the) take their longer forms before the word."""
    return word[:1].lower() in _VOWELS


def _changed(word: str, rule: tuple[tuple[str, str], ...]) -> str:
    for before, after in rule:
        if word.lower().startswith(before):
            changed = after + word[len(before) :]
            return changed[:1].upper() + changed[1:] if word[0].isupper() else changed
    return word
