"""How old a reader must be: the Flesch-Kincaid grade, counted here because a short question is counted by hand anyway.

Grade 4 is about age 9, the age at which public services in Britain are asked to write. The syllables are estimated from
the letters, as every counter does; a piped name such as `{service}` counts as one plain word.
"""

import re

OLDEST_GRADE = 4.0
LONGEST_SENTENCE = 15
_PIPE = re.compile(r"\{\w+\}")
_WORD = re.compile(r"[A-Za-z'\u2019]+|\d+")
_SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)|\n+")


def sentences(text: str) -> list[str]:
    """The sentences of the text, without those that hold no word."""
    return [part.strip() for part in _SENTENCE_END.split(_PIPE.sub("team", text)) if _WORD.search(part)]


def syllables(word: str) -> int:
    """How many syllables the word has, at least one.

    >>> [syllables(word) for word in ("plan", "worker", "afraid", "helped", "understand", "live")]
    [1, 2, 2, 1, 3, 1]
    """
    letters = word.lower().strip("'\u2019")
    letters = letters.replace("some", "som")
    if letters.endswith(("es", "ed")) and not re.search(r"([td]ed|[sxz]es|[cs]hes|[cg]es|les)$", letters):
        letters = letters[:-2]
    elif letters.endswith("e") and not re.search(r"[^aeiouy]le$", letters):
        letters = letters[:-1]
    apart = re.sub(r"(?<=[beo])(?=ing)|(?<=[^ct]i)(?=[ao])", "-", letters)
    return max(1, len(re.findall(r"[aeiouy]+", apart)))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of the text; below zero for very plain words, zero where there are none."""
    words = [word for sentence in sentences(text) for word in _WORD.findall(sentence)]
    if not words:
        return 0.0
    a_sentence = len(words) / len(sentences(text))
    a_word = sum(map(syllables, words)) / len(words)
    return 0.39 * a_sentence + 11.8 * a_word - 15.59


def hard_to_read(text: str) -> str | None:
    """What makes the text too hard for a reader of nine, in words; none where nothing does."""
    longest = max((len(_WORD.findall(sentence)) for sentence in sentences(text)), default=0)
    if longest > LONGEST_SENTENCE:
        return f"a sentence has {longest} words, {LONGEST_SENTENCE} is the most"
    if grade(text) > OLDEST_GRADE:
        return f"the reading age is {grade(text) + 5:.0f}, 9 is the most"
    return None
