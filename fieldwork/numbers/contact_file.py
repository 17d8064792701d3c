"""A file of contacts, read whole in memory: its rows, and every problem with its line and reason. No file is left."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fieldwork import workbook_file
from fieldwork.numbers.contact_rows import ContactRow, RowReader
from fieldwork.table_file import Problem, Unreadable, records

LARGEST = 1024 * 1024
MOST_ROWS = 2000


@dataclass(frozen=True, slots=True)
class ContactFile:
    """What a file holds. With a problem in it, nothing of it is to be kept."""

    rows: tuple[ContactRow, ...]
    """The good ones."""
    problems: tuple[Problem, ...]
    sha256: bytes
    """Of the whole file."""


def read(content: bytes, today: date, *, encoding: str = "utf-8", practice: bool = False) -> ContactFile:
    """The contacts in the bytes of a CSV file, or of a workbook. `encoding` is that of a CSV file.

    `practice` lets numbers pass that belong to nobody.
    """
    found: list[ContactRow] = []
    problems: list[Problem] = []
    first_line: dict[str, int] = {}
    for item in _items(content, today, encoding, practice=practice):
        if isinstance(item, Problem):
            problems.append(item)
        elif (first := first_line.setdefault(item.number, item.line)) != item.line:
            problems.append(Problem(item.line, "mobile", f"The same number stands on line {first} too."))
        else:
            found.append(item)
    if not found and not problems:
        problems.append(Problem(1, "", "There is a header and no row below it. Write a row for each person."))
    return ContactFile(tuple(found), tuple(problems), hashlib.sha256(content).digest())


def _items(content: bytes, today: date, encoding: str, *, practice: bool) -> Iterator[ContactRow | Problem]:
    if len(content) > LARGEST:
        yield Problem(1, "", f"The file is larger than {LARGEST:,} bytes. Split it.")
        return
    try:
        yield from _read_records(_records(content, encoding), today, practice=practice)
    except Unreadable as unreadable:
        yield Problem(unreadable.line, "", f"The file {unreadable.fault} {unreadable.remedy}")


def _records(content: bytes, encoding: str) -> Iterator[tuple[int, list[str]]]:
    if content.startswith(workbook_file.BEGINS):
        return workbook_file.rows(content)
    return records(io.BytesIO(content), encoding, lambda _line: None)


def _read_records(
    file: Iterator[tuple[int, list[str]]], today: date, *, practice: bool
) -> Iterator[ContactRow | Problem]:
    _, header = next(file, (1, None))
    if header is None:
        yield Problem(1, "", "The file is empty. Start from what `flask contacts template` prints.")
        return
    reader = RowReader(header, today, practice=practice)
    if reader.problems:
        yield from reader.problems
        return
    for count, (line, cells) in enumerate(file, start=1):
        if count > MOST_ROWS:
            yield Problem(line, "", f"There are more than {MOST_ROWS:,} rows. Split the file.")
            return
        match reader.read(line, cells):
            case ContactRow() as row:
                yield row
            case problems:
                yield from problems
