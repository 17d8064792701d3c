"""Exported files, opened again by other programs' libraries and read as somebody would."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser

import openpyxl
from docx import Document
from docx.table import Table

Cell = str | int | float | None
Sheet = list[list[Cell]]
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def headings(content: bytes) -> list[tuple[str, str]]:
    """Every paragraph of a Word document that says something, with its style."""
    return [
        (str(each.style and each.style.name), each.text)
        for each in Document(io.BytesIO(content)).paragraphs
        if each.text
    ]


def tables(content: bytes) -> list[list[list[str]]]:
    """Every table of a Word document, row by row."""
    return [_rows(table) for table in Document(io.BytesIO(content)).tables]


def _rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def sheets(content: bytes) -> dict[str, Sheet]:
    """Every sheet of a workbook, row by row, as a spreadsheet program shows it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [[_shown(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }


def _shown(cell: object) -> Cell:
    assert cell is None or isinstance(cell, str | int | float)
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), cell) if isinstance(cell, str) else cell


def parts(content: bytes) -> dict[str, str]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def rows(content: bytes) -> list[dict[str, str]]:
    """The rows of comma-separated values."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


class WebPage(HTMLParser):
    """A web page as somebody meets it."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.items: list[str] = []
        self.cells: list[list[str]] = []
        self.words = ""
        self._inside: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in {"meta", "link", "br"}:
            return
        self._inside.append(tag)
        if tag == "li":
            self.items.append("")
        if tag == "tr":
            self.cells.append([])
        if tag in {"td", "th"}:
            self.cells[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._inside:
            self.words += data
        if "li" in self._inside:
            self.items[-1] += data
        if {"td", "th"} & set(self._inside):
            self.cells[-1][-1] += data

    def attributes(self, name: str) -> Iterator[str]:
        """Every value of that attribute."""
        return (str(given[name]) for _, given in self.tags if name in given)
