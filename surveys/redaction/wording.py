"""A quotation says nothing that the respondent did not write: beside brackets and three dots, every word is theirs."""

import re
from collections.abc import Iterator

LONGEST = 12_000  # letters: the longest comment, and brackets
_OURS = re.compile(r"\[[^\[\]]*\]|\.\.\.|…")
_SPACES = re.compile(r"\s+")
_LETTER = re.compile(r"\w")
_ALIKE = str.maketrans("\u2018\u2019\u201c\u201d\u00a0", "''\"\" ")


class NotTheirWords(ValueError):
    """The quotation holds words that do not stand in the comment, in that order; `words` are the first of them."""

    def __init__(self, words: str) -> None:
        """Keep what stands there."""
        self.words = words
        super().__init__(f"these words do not stand in the comment at that place: {words}")


def check(comment: str, quotation: str) -> None:
    """Return in silence if the quotation only takes away from the comment, or puts words in square brackets.

    >>> check("sam is great, he rang me", "[The worker] is great... rang me")

    Raises:
        NotTheirWords: something else stands in it, or nothing of theirs is left.
    """
    theirs, at = _even(comment), 0
    pieces = [piece for piece in map(_even, _OURS.split(quotation)) if piece]
    if not any(_LETTER.search(piece) for piece in pieces):
        raise NotTheirWords(quotation.strip())
    for piece in pieces:
        if (at := _after(theirs, piece, at)) < 0:
            raise NotTheirWords(piece)


def _after(theirs: str, piece: str, at: int) -> int:
    """Where the piece ends, looked for from `at` on as words of their own; below nought where it is not there."""
    for start in _places(theirs, piece, at):
        end = start + len(piece)
        cut_before = _LETTER.match(piece) and start and _LETTER.match(theirs[start - 1])
        cut_after = _LETTER.match(piece[-1]) and end < len(theirs) and _LETTER.match(theirs[end])
        if not cut_before and not cut_after:
            return end
    return -1


def _places(theirs: str, piece: str, at: int) -> Iterator[int]:
    while (at := theirs.find(piece, at)) >= 0:
        yield at
        at += 1


def _even(words: str) -> str:
    return _SPACES.sub(" ", words.translate(_ALIKE)).strip()
