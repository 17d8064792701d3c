"""The figures as comma-separated values: a row for each answer to each question, with its base."""

import csv
import io
from collections.abc import Iterator, Sequence

from reports.export.cells import harmless
from reports.export.contents import Contents
from reports.export.stamp import Stamp
from reports.rendering.tables import COLUMNS, topline_rows
from surveys.text import Language

HEAD = ("inspection", "snapshot", "state", "day", "language", "questionnaire", "respondents")
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it Excel takes the letters of Welsh for something else


def as_csv(contents: Contents, stamp: Stamp, language: Language) -> bytes:
    """The rows, every word in quotation marks and none of them a formula; each row says which snapshot it is from."""
    written = io.StringIO(newline="")
    rows = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC)
    rows.writerow((*HEAD, *COLUMNS))
    rows.writerows(map(_harmless, _rows(contents, stamp, language)))
    return (MARK + written.getvalue()).encode()


def _rows(contents: Contents, stamp: Stamp, language: Language) -> Iterator[Sequence[str | int | None]]:
    told = contents.told(language)
    state = "draft" if stamp.is_draft else "released"
    head = (told.section.inspection, stamp.number, state, stamp.day.isoformat(), language)
    for topline in told.toplines:
        for row in topline_rows(topline):
            yield *head, topline.questionnaire, topline.respondents, *row


def _harmless(row: Sequence[str | int | None]) -> list[str | int | None]:
    return [harmless(cell) if isinstance(cell, str) else cell for cell in row]
