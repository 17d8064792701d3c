"""CSV files made by others: their records with line numbers, or what is wrong with them and what to do."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

LONGEST_LINE = 1024 * 1024
STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
MOST_COLUMNS = 100  # of a file of contacts or a workbook; each that is not ours is told
ENCODINGS = ("utf-8", "cp1252")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

SAVE_AS_CSV = "Save it as CSV (UTF-8, comma between the columns)."
_OTHER_KINDS = {
    b"PK\x03\x04": "is a spreadsheet or an archive, not CSV.",
    b"\xd0\xcf\x11\xe0": "is an old spreadsheet, not CSV.",
    b"\xff\xfe": "is UTF-16, not UTF-8.",
    b"\xfe\xff": "is UTF-16, not UTF-8.",
    b"%PDF": "is a PDF, not CSV.",
}
_REMEDIES = {
    "field larger": ("has a cell that is far too long.", "Is a quotation mark missing at the end of a cell?"),
    "unexpected end": ("has a quotation mark that is opened and never closed.", "Close it, or take it out."),
    "expected after": ("has a quotation mark inside a cell.", "Write it twice, and one at either end of the cell."),
    "new-line": ("has line ends of an old kind.", SAVE_AS_CSV),
}

Heard = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one place of the file, and what is allowed there."""

    line: int
    column: str
    fault: str
    allowed: str = ""

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}" if self.column else f"line {self.line}"
        return f"{place}: {self.fault}" + (f" Allowed: {self.allowed}" if self.allowed else "")


class Unreadable(Exception):
    """From this line on the file cannot be read."""

    def __init__(self, line: int, fault: str, remedy: str) -> None:
        """Keep the place, what is wrong there, and the remedy."""
        self.line, self.fault, self.remedy = line, fault, remedy
        super().__init__(f"line {line} {fault} {remedy}")


def records(source: BinaryIO, encoding: str, heard: Heard) -> Iterator[tuple[int, list[str]]]:
    """The records, each with the line it starts on. `heard` is told of every line, as it was.

    Raises:
        Unreadable: the file is not CSV, or damaged, or in another encoding.
    """
    reader = csv.reader(_decoded(source, encoding, heard), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            known = (said for part, said in _REMEDIES.items() if part in str(error))
            raise Unreadable(line, *next(known, (f"is not CSV ({error}).", SAVE_AS_CSV))) from None
        if any(cell.strip() for cell in cells):
            yield line, cells


def _decoded(source: BinaryIO, encoding: str, heard: Heard) -> Iterator[str]:
    for number, line in enumerate(iter(lambda: source.readline(LONGEST_LINE + 1), b""), start=1):
        heard(line)
        if number == 1:
            _refuse_other_kinds(line)
        if len(line) > LONGEST_LINE:
            raise Unreadable(number, "is longer than any line of answers.", SAVE_AS_CSV)
        if b"\0" in line:
            raise Unreadable(number, "has a NUL, so the file is damaged or not CSV.", SAVE_AS_CSV)
        try:
            yield line.removeprefix(BYTE_ORDER_MARK if number == 1 else b"").decode(encoding)
        except UnicodeDecodeError as error:
            raise _not_in(encoding, number, error) from None


def _refuse_other_kinds(line: bytes) -> None:
    for start, fault in _OTHER_KINDS.items():
        if line.startswith(start):
            raise Unreadable(1, fault, SAVE_AS_CSV)


def _not_in(encoding: str, line: int, error: UnicodeDecodeError) -> Unreadable:
    place = f"byte {error.start + 1}"
    if encoding == "utf-8":
        remedy = "Save it as UTF-8, or say --encoding cp1252 if Windows made it."
        return Unreadable(line, f"is not UTF-8 ({place}).", remedy)
    return Unreadable(line, f"is not {encoding} ({place}).", "Leave out --encoding, or save the file as UTF-8.")
