"""The rows of a file of contacts. What is wrong is told by line, column and reason, never by what stands there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from fieldwork.models.contacts import Age
from fieldwork.numbers.contact_columns import (
    AGES,
    MAY_HOLD,
    YES,
    letter_of,
    names_in,
    problems_of_header,
    without_empty_end,
)
from fieldwork.numbers.phone_numbers import NOT_A_NUMBER, NotAMobile, mobile
from fieldwork.table_file import STARTS_A_FORMULA, Problem
from surveys.text import LANGUAGES, Language

MONTHS_CONFIRMED = 3  # some networks cut off a number after three months without use, and hand it on

UNLESS_YES = {
    "told": "Nobody is texted who was not told.",
    "agreed": "Nobody is texted who did not agree.",
    "safe_to_text": "Nobody is texted where the service has not recorded that it is safe.",
}
LIKE_A_FORMULA = "This begins like a formula. Nothing here may."
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Somebody who may be texted, as the file has it."""

    line: int
    number: str = field(repr=False)
    language: Language | None
    age: Age
    confirmed: date


class RowReader:
    """Reads the rows below one header."""

    def __init__(self, header: Sequence[str], today: date, *, practice: bool) -> None:
        """Take in the header; `problems` then holds what is wrong with it."""
        self._today, self._practice = today, practice
        self._columns = names_in(header)
        self.problems = list(problems_of_header(header))

    def read(self, line: int, cells: Sequence[str]) -> ContactRow | list[Problem]:
        """The contact in this row, or all its problems."""
        filled = without_empty_end(cells)
        if len(filled) > len(self._columns):
            fault = "There is something below no column name. Is a comma too many, or a quotation mark missing?"
            return [Problem(line, letter_of(len(filled) - 1), fault)]
        row = {column: filled[place] if place < len(filled) else "" for place, column in enumerate(self._columns)}
        problems: list[Problem] = []
        number = self._number(line, row["mobile"], problems)
        words = {column: cell.strip().casefold() for column, cell in row.items()}
        for column, known in (("language", ("", *LANGUAGES)), ("age", AGES), *((name, (YES,)) for name in UNLESS_YES)):
            if words[column] not in known or row[column].startswith(STARTS_A_FORMULA):
                problems.append(Problem(line, column, UNLESS_YES.get(column, "This is not known."), MAY_HOLD[column]))
        confirmed = self._confirmed(line, row.get("confirmed", ""), problems)
        if problems or number is None or confirmed is None:
            return problems
        language = cast("Language | None", words["language"] or None)
        return ContactRow(line, number, language, cast("Age", words["age"]), confirmed)

    def _number(self, line: int, cell: str, problems: list[Problem]) -> str | None:
        if not cell.strip():
            problems.append(Problem(line, "mobile", "There is no number."))
            return None
        starts = cell if cell.startswith(("\t", "\r", "\n")) else cell.strip()
        try:
            number = mobile(cell, practice=self._practice)
        except NotAMobile as not_a_mobile:
            is_a_number = starts.startswith("+") and not_a_mobile.reason != NOT_A_NUMBER
            is_a_formula = starts.startswith(STARTS_A_FORMULA) and not is_a_number
            fault = LIKE_A_FORMULA if is_a_formula else not_a_mobile.reason
        else:
            if not starts.startswith(STARTS_A_FORMULA) or starts.startswith(("+", "＋")):
                return number
            fault = LIKE_A_FORMULA
        problems.append(Problem(line, "mobile", fault))
        return None

    def _confirmed(self, line: int, cell: str, problems: list[Problem]) -> date | None:
        written = "" if cell.startswith(STARTS_A_FORMULA) else cell.strip()
        if not cell.strip(" "):
            return self._today
        day = _day(written)
        if day and oldest_confirmed(self._today) <= day <= self._today:
            return day
        fault = "This is no date." if day is None else "This day is yet to come."
        if day and day < self._today:
            fault = f"This is more than {MONTHS_CONFIRMED} months ago: it may be somebody else's now. Confirm it again."
        problems.append(Problem(line, "confirmed", fault, MAY_HOLD["confirmed"]))
        return None


def oldest_confirmed(today: date) -> date:
    """The earliest day on which a number can have been confirmed that is texted today."""
    months = today.year * 12 + today.month - 1 - MONTHS_CONFIRMED
    for day in range(today.day, 0, -1):
        if found := _day(f"{months // 12:04}-{months % 12 + 1:02}-{day:02}"):
            return found
    raise AssertionError("every month has a first day")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if _DATE.fullmatch(written) else None
    except ValueError:
        return None
