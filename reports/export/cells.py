"""Words for documents and cells: nothing that a file cannot hold, and nothing that a spreadsheet would run."""

import re
from collections.abc import Iterator

_NOT_IN_XML = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BEFORE_A_FORMULA = " '\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{ZERO WIDTH NO-BREAK SPACE}"
PIECE = 16_000  # characters of a cell: with escapes it stays below the 32,767 that a workbook holds


def printable(words: str) -> str:
    """The words as any document can hold them; a character that none can hold becomes �."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", words.replace("\r\n", "\n").replace("\r", "\n"))


def for_workbook(words: str) -> Iterator[str]:
    """The words as cells of a workbook, more than one only where they are longer than a cell may be.

    What looks like an escape (`_x000D_`) is escaped, or programs would show what it stands for.
    """
    told = printable(words)
    for start in range(0, len(told) or 1, PIECE):
        yield _LIKE_AN_ESCAPE.sub("_x005F_", told[start : start + PIECE])


def harmless(words: str) -> str:
    r"""The words for a cell of comma-separated values, so that no spreadsheet takes them for a formula.

    >>> harmless("=cmd()"), harmless("＝1+1"), harmless("\t=1"), harmless("Da iawn.")
    ("'=cmd()", "'＝1+1", "'\t=1", 'Da iawn.')
    """
    told = printable(words)
    begins = told.lstrip(_BEFORE_A_FORMULA)
    return f"'{told}" if begins.startswith((*_STARTS_A_FORMULA, "\t", "\n")) else told
