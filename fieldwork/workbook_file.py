"""Spreadsheets (XLSX) made by others: their rows as text, or what is wrong. Nothing is unpacked without bounds."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from fieldwork.table_file import MOST_COLUMNS, SAVE_AS_CSV, Unreadable

BEGINS = b"PK\x03\x04"
LARGEST_UNPACKED = 10 * 1024 * 1024
MOST_PARTS = 200
LAST_ROW = 20_000  # rows below it only look empty
PACKED_PLAINLY = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

NOT_A_WORKBOOK = "is no spreadsheet that can be read."
SAVE_AGAIN = "Save it as Excel workbook (.xlsx) or as CSV (UTF-8)."


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with its number: numbers as digits, days like 2026-11-21, formulas as such.

    Raises:
        Unreadable: it is no workbook, has several sheets, or unpacks to far more than a list of numbers.
    """
    book = _opened(_repacked(content))
    if len(book.sheetnames) != 1 or len(book.worksheets) != 1:
        raise Unreadable(1, f"has {len(book.sheetnames)} sheets.", "Leave the one sheet that is meant, and no other.")
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what the file says of its own size is not to be relied on
    for line, values in enumerate(_values(sheet), start=1):
        if line > LAST_ROW or len(values) > MOST_COLUMNS:
            raise Unreadable(line, "is far out on an empty sheet.", "Delete the empty rows and columns.")
        cells = [_written(value) for value in values]
        if any(cell.strip() for cell in cells):
            yield line, cells


def _repacked(content: bytes) -> io.BytesIO:
    """The same archive, every part unpacked within bounds and looked through: what a reader opens next is harmless."""
    clean = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(clean, "w") as plain:
            parts = packed.infolist()
            _refuse_too_much(parts)
            for part in parts:
                plain.writestr(part.filename, _unpacked(packed, part))
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001 - what a damaged archive makes the library raise is told nowhere
        raise Unreadable(1, NOT_A_WORKBOOK, SAVE_AGAIN) from None
    return clean


def _refuse_too_much(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unreadable(1, "unpacks to far more than such a list.", SAVE_AS_CSV)


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """One part: never more of it than it says it holds, since readers would believe it."""
    if part.compress_type not in PACKED_PLAINLY:
        raise Unreadable(1, NOT_A_WORKBOOK, SAVE_AGAIN)
    with packed.open(part) as source:
        content = source.read(part.file_size + 1)
    if b"<!DOCTYPE" in content or (b"\0" in content and part.filename.endswith((".xml", ".rels"))):
        raise Unreadable(1, "defines words of its own, which spreadsheets never do.", SAVE_AGAIN)
    return content


def _opened(file: io.BytesIO) -> Any:
    import openpyxl  # noqa: PLC0415 - 35 megabytes, with numpy, that only who reads a spreadsheet needs

    try:
        with warnings.catch_warnings(action="ignore"):
            return openpyxl.load_workbook(file, read_only=True, keep_links=False)
    except Exception:  # noqa: BLE001 - a damaged workbook makes the library raise whatever it likes
        raise Unreadable(1, NOT_A_WORKBOOK, SAVE_AGAIN) from None


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    try:
        with warnings.catch_warnings(action="ignore"):
            yield from sheet.iter_rows(values_only=True)
    except Exception:  # noqa: BLE001 - as above
        raise Unreadable(1, NOT_A_WORKBOOK, SAVE_AGAIN) from None


def _written(value: object) -> str:
    """What a cell holds as somebody would type it; what is no plain value looks like the formula it came from."""
    match value:
        case None:
            return ""
        case str() | int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return f"={type(value).__name__}"
