"""The rows of a sheet of responses: each becomes answers, or every problem in it is told."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import cast

from fieldwork.returns.response_sheet import (
    ALLOWED_ROW,
    BETWEEN_CODES,
    FIXED,
    MODES,
    YES,
    allowed_in,
    may_quote_column,
    unguarded,
)
from fieldwork.table_file import SAVE_AS_CSV, Problem
from surveys.answers import Answer, NoAnswer, Silence
from surveys.interview import Mode
from surveys.questionnaire import OpenEnded, Question, Questionnaire
from surveys.reading import InvalidAnswer, read_answer
from surveys.routing import route
from surveys.text import LANGUAGES, Language

LONGEST_SERIAL = 100
SHOWN_OF_A_CELL = 40
REMEMBERED = 10_000  # different cells of a question; without words of one's own there are few


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One response as the sheet has it, with a silence for every question asked and not answered."""

    line: int
    serial: str
    mode: Mode
    language: Language
    answers: dict[str, Answer]


class RowReader:
    """Reads the rows below one header."""

    def __init__(self, questionnaire: Questionnaire, header: Sequence[str]) -> None:
        """Take in the header; `problems` then holds what is wrong with it."""
        self._questionnaire = questionnaire
        self._allowed = allowed_in(questionnaire)
        self._header = [cell.strip() for cell in header]
        self._place = {column: place for place, column in enumerate(self._header)}
        self._asked = [question for question in questionnaire.questions if question.id in self._place]
        self._known: dict[tuple[str, str], Answer] = {}
        self.problems = list(self._problems_of_header())

    def _problems_of_header(self) -> Iterator[Problem]:
        if len(self._header) == 1 and (parted_by := next((sign for sign in ";\t|" if sign in self._header[0]), None)):
            yield Problem(1, "", f"The columns are parted by {parted_by!r}, not by commas. {SAVE_AS_CSV}")
            return
        for column, times in Counter(self._header).items():
            if not column:
                yield Problem(1, str(self._place[""] + 1), "This column has no name. Name it, or take it out.")
            elif column not in self._allowed:
                yield Problem(1, column, f"There is no such column. {self._nearest(column)}")
            elif times > 1:
                yield Problem(1, column, f"This column is there {times} times. Keep one of them.")
        if not self._asked and all(column in FIXED for column in self._header):
            yield Problem(1, "", "No column is a question. Start from what `flask responses template` prints.")

    def _nearest(self, column: str) -> str:
        near = get_close_matches(column.lower(), list(self._allowed), n=1)
        return f"Did you mean {near[0]}?" if near else "See which there are: flask responses template."

    def read(self, line: int, cells: Sequence[str]) -> ReadRow | list[Problem] | None:
        """The response in this row, or all its problems; none for the row that says what is allowed."""
        if self._cell(cells, "serial") == ALLOWED_ROW:
            return None
        if len(cells) != len(self._header):
            fault = f"This row has {len(cells)} cells, and the header has {len(self._header)}."
            return [Problem(line, "", f"{fault} Is a comma missing or too many, or a quotation mark?")]
        problems = [*self._problems_beside_answers(line, cells)]
        said: dict[str, Answer] = {}
        for question in self._asked:
            try:
                answer = self._answer(question, cells)
            except InvalidAnswer as invalid:
                problems.append(self._problem(line, question, self._cell(cells, question.id), invalid))
                continue
            if answer.says_something:
                said[question.id] = answer
        return problems or self._row(line, cells, said)

    def _problems_beside_answers(self, line: int, cells: Sequence[str]) -> Iterator[Problem]:
        for column, known in (("mode", MODES), ("language", LANGUAGES)):
            cell = self._cell(cells, column)
            if cell and cell not in known:
                yield Problem(line, column, f"{_shown(cell)} is not known.", self._allowed[column])
        for question in self._asked:
            column = may_quote_column(question.id)
            if isinstance(question, OpenEnded) and (cell := self._cell(cells, column)) not in {"", YES}:
                yield Problem(line, column, f"{_shown(cell)} is not known.", f"{YES}, or nothing")
        if len(self._cell(cells, "serial")) > LONGEST_SERIAL:
            yield Problem(line, "serial", f"This is longer than {LONGEST_SERIAL} characters.")

    def _answer(self, question: Question, cells: Sequence[str]) -> Answer:
        cell = cells[self._place[question.id]]
        if isinstance(question, OpenEnded):
            may_quote = self._cell(cells, may_quote_column(question.id)) == YES
            return read_answer(question, [unguarded(cell)], may_quote=may_quote)
        if known := self._known.get((question.id, cell)):
            return known
        answer = read_answer(question, cell.split(BETWEEN_CODES))
        if len(self._known) < REMEMBERED:
            self._known[question.id, cell] = answer
        return answer

    def _problem(self, line: int, question: Question, cell: str, invalid: InvalidAnswer) -> Problem:
        if isinstance(question, OpenEnded):
            return Problem(line, question.id, invalid.message("en"))
        allowed = self._allowed[question.id]
        codes = allowed.split(BETWEEN_CODES)
        unknown = [code.strip() for code in cell.split(BETWEEN_CODES) if code.strip() not in codes]
        near = get_close_matches(unknown[0].lower(), codes, n=1) if unknown else []
        meant = f" Did you mean {near[0]}?" if near else ""
        return Problem(line, question.id, f"{_shown(cell)}: {invalid.message('en')}{meant}", allowed)

    def _row(self, line: int, cells: Sequence[str], said: dict[str, Answer]) -> ReadRow:
        asked = route(self._questionnaire, said)
        skipped: dict[str, Answer] = {question.id: NoAnswer(Silence.SKIPPED) for question in asked}
        return ReadRow(
            line,
            self._cell(cells, "serial"),
            cast("Mode", self._cell(cells, "mode") or "paper"),
            cast("Language", self._cell(cells, "language") or "en"),
            {**skipped, **said},
        )

    def _cell(self, cells: Sequence[str], column: str) -> str:
        place = self._place.get(column)
        return "" if place is None or place >= len(cells) else cells[place].strip()


def _shown(cell: str) -> str:
    return repr(cell if len(cell) <= SHOWN_OF_A_CELL else cell[:SHOWN_OF_A_CELL] + "…")
