"""The figures as a spreadsheet: notes first, then the section, each topline and the codebook. Nothing in it is live."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.codebook import Asked, Codebook
from reports.export.cells import for_workbook, printable
from reports.export.contents import Contents, InLanguage
from reports.export.packages import repacked
from reports.export.stamp import Stamp
from reports.export.statements import audiences
from reports.export.words import words_in
from reports.topline import Entry, Topline
from surveys.text import LANGUAGES, Language

KNOWN = re.compile(
    r"\[Content_Types\]\.xml|(_rels/|xl/_rels/)[\w.]*\.rels|docProps/(core|app)\.xml"
    r"|xl/(workbook|styles|sharedStrings)\.xml|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml"
)
LONGEST_NAME = 31  # characters of a sheet's name
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
SIDES = {-1: "<", 0: "", 1: ">"}

Value: TypeAlias = str | int | float | None
Row: TypeAlias = Sequence[Value]


def as_xlsx(contents: Contents, stamp: Stamp, language: Language) -> bytes:
    """The workbook. The same snapshot in the same state always gives the same bytes."""
    told, words = contents.told(language), words_in(language)
    title = stamp.title(told.page.title, language)
    book = Workbook()
    _Sheet(book, words["notes"], (34, 100), new=False).write(_notes(told, stamp, language))
    _Sheet(book, told.page.title, (34, 34, 50, 30, 10, 10, 34, 10, 10, 10, 80)).table(_section(told, words))
    for topline in told.toplines:
        sheet = _Sheet(book, topline.questionnaire, (26, 60, 34, 10, 10, 26, 50, 12, 12, 8, 24))
        sheet.table(_topline(topline, words))
    _Sheet(book, words["codebook"], (24, 26, 30, 60, 60, 40, 24, 40, 40, 30)).table(
        _codebook(contents.codebooks, words)
    )
    book.active = 0
    saved = io.BytesIO()
    book.save(saved)
    named = printable(f"{title}: {told.page.name}")
    return repacked(saved.getvalue(), lambda part: bool(KNOWN.fullmatch(part)), named, stamp, language)


class _Sheet:
    """Writes one sheet from top to bottom: numbers as numbers, and everything else as text, whatever it looks like."""

    def __init__(self, book: Workbook, name: str, widths: Sequence[int], *, new: bool = True) -> None:
        self._sheet: Worksheet = book.create_sheet() if new else book.worksheets[0]
        self._sheet.title = _free(NOT_IN_NAMES.sub(" ", printable(name)).strip()[:LONGEST_NAME] or "-", book)
        self._next = 1
        for place, width in enumerate(widths, start=1):
            self._sheet.column_dimensions[get_column_letter(place)].width = width

    def write(self, rows: Iterable[Row], *, bold: bool = False) -> None:
        """Rows below those that are there. Words too long for a cell go on in the same column of the next row."""
        for row in rows:
            pieces = [list(for_workbook(value)) if isinstance(value, str) else [value] for value in row]
            for cells in zip_longest(*pieces):
                self._row(cells, bold=bold)
            self._next += not pieces  # an empty row

    def table(self, rows: Iterable[Row]) -> None:
        """A header, which stays in sight, and rows below it."""
        listed = iter(rows)
        self.write([next(listed)], bold=True)
        self._sheet.freeze_panes = "A2"
        self.write(listed)

    def _row(self, cells: Sequence[Value], *, bold: bool) -> None:
        for column, value in enumerate(cells, start=1):
            if value is not None and value != "":
                cell: Any = self._sheet.cell(self._next, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"  # the library takes what begins with "=" for a formula, and #N/A for an error
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(name="Arial", size=11, bold=bold)
        self._next += 1


def _free(name: str, book: Workbook) -> str:
    """The name, or with a number where a sheet has it. Programs do not tell large letters from small ones."""
    taken = {each.casefold() for each in book.sheetnames}
    names = (name if turn == 1 else f"{name[: LONGEST_NAME - 4]} {turn}" for turn in range(1, len(taken) + 2))
    return next(each for each in names if each.casefold() not in taken)


def _notes(told: InLanguage, stamp: Stamp, language: Language) -> Iterator[Row]:
    words, page = words_in(language), told.page
    yield [stamp.title(page.title, language)]
    yield [words["inspection"], page.name]
    yield [stamp.name(language), stamp.told(language)]
    yield [words["base"], words["what_a_base_is"]]
    yield from ([words["notes"], each] for each in (page.note, page.remark) if each)
    yield [words["notes"], words["welsh_awaits"]]
    for audience in page.audiences:
        yield []
        yield [audience.heading, audience.opening]
        yield from ([audience.heading, each] for each in [audience.remark] if each)
        yield from audience.note


def _section(told: InLanguage, words: dict[str, str]) -> Iterator[Row]:
    columns = (
        "audience",
        "statement",
        "wording",
        "counted",
        "people",
        "base",
        "base_label",
        "share",
        "asked",
        "silent",
    )
    yield [*(words[column] for column in columns), words["statement"]]
    for _, page, statements in audiences(told):
        for statement in statements:
            for figure in statement.figures:
                found, evidence = figure.finding, figure.evidence
                yield [
                    page.heading,
                    statement.reference,
                    evidence.wording,
                    evidence.counted,
                    found.numerator,
                    found.base,
                    found.base_label,
                    found.percent,
                    found.asked,
                    found.silent,
                    statement.text,
                ]
        for quoted in page.quoted:
            head = [page.heading, words["quoted"], quoted.question, *[None] * 7]
            yield from ([*head, f"“{each.words}”"] for each in quoted.answers)


def _topline(topline: Topline, words: dict[str, str]) -> Iterator[Row]:
    columns = ("question", "wording", "base_label", "asked", "base", "code", "answer", "people", "share")
    yield [*(words[column] for column in columns), "< >", words["notes"]]
    for entry in topline.entries:
        head = (entry.question, entry.wording, entry.base_label, entry.asked, entry.base)
        yield from ([*head, *row] for row in _lines(entry, words))


def _lines(entry: Entry, words: dict[str, str]) -> Iterator[Row]:
    for line in entry.lines:
        note = "" if line.in_base else words["left_out"]
        yield line.code, line.label, line.count, line.percent, SIDES[line.beyond], note
    for reason, people in entry.silences:
        yield "", reason, people, None, "", words["no_answer"]
    if entry.spread:
        yield "", entry.spread, None, None, "", words["spread"]


def _codebook(books: Iterable[Codebook], words: dict[str, str]) -> Iterator[Row]:
    in_both = [f"{{name}} ({language})" for language in LANGUAGES]
    named = {name: [each.format(name=words[name]) for each in in_both] for name in ("wording", "answer")}
    yield [
        words["questionnaire"],
        words["question"],
        words["notes"],
        *named["wording"],
        words["asked_of"],
        words["code"],
        *named["answer"],
        words["notes"],
    ]
    for book in books:
        title = f"{book.questionnaire}, {words['version'].format(version=book.version)}"
        for asked in book.questions:
            yield from ([title, *row] for row in _codes(asked))
        for silence in book.silences:
            yield [title, "", words["no_answer"], "", "", "", silence.code, silence.label.en, silence.label.cy, ""]


def _codes(asked: Asked) -> Iterator[Row]:
    head = (asked.question, "; ".join((asked.kind, *asked.notes)), asked.wording.en, asked.wording.cy, asked.ask_if)
    for code in asked.codes:
        yield *head, code.code, code.label.en, code.label.cy, code.marks
    if not asked.codes:
        yield *head, "", "", "", ""
