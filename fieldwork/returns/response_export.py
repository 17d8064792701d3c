"""A wave's responses as rows of the sheet they could have come in on, read a batch at a time."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from fieldwork import waves
from fieldwork.models.inspections import Wave
from fieldwork.returns.answer_rows import category_places
from fieldwork.returns.response_sheet import BETWEEN_CODES, FIXED, YES, guarded, may_quote_column, template
from fieldwork.returns.wave_rows import FIRST, WaveRows, rows_of_wave
from surveys.questionnaire import Questionnaire

AT_ONCE = 1000


def exported(session: Session, wave: Wave) -> Iterator[list[str]]:
    """The header, then a row for each response in the order of their random keys. No serial: none is kept.

    A silence is an empty cell. Words are guarded so that no spreadsheet takes them for a formula.
    """
    questionnaire = waves.asked_in(session, wave.id).questionnaire
    header = template(questionnaire)[0]
    yield header
    writer = _Rows(questionnaire, header)
    after = FIRST
    while (batch := rows_of_wave(session, wave.id, after, AT_ONCE)).heads:
        yield from writer.of(batch)
        after = UUID(batch.heads[-1][0])


class _Rows:
    """Writes rows below one header."""

    def __init__(self, questionnaire: Questionnaire, header: list[str]) -> None:
        self._place = {column: place for place, column in enumerate(header)}
        self._order = category_places(questionnaire)

    def of(self, batch: WaveRows) -> Iterator[list[str]]:
        """A row for each head."""
        cells = {key: self._start(mode, language) for key, mode, language, _ in batch.heads}
        self._put_answers(cells, batch.answers)
        for key, question_id, text, may_quote in batch.verbatims:
            cells[key][self._place[question_id]] = guarded(text)
            cells[key][self._place[may_quote_column(question_id)]] = YES if may_quote else ""
        yield from cells.values()

    def _start(self, mode: str, language: str) -> list[str]:
        return ["", mode, language, *[""] * (len(self._place) - len(FIXED))]

    def _put_answers(self, cells: Mapping[str, list[str]], rows: list[tuple[Any, ...]]) -> None:
        several: dict[tuple[str, str], list[str]] = {}
        place, order = self._place, self._order
        for key, question_id, code, number, _ in rows:
            if code:
                cells[key][place[question_id]] = code
                if question_id in order:
                    several.setdefault((key, question_id), []).append(code)
            elif number is not None:
                cells[key][place[question_id]] = str(number)
        for (key, question_id), codes in several.items():
            cells[key][place[question_id]] = BETWEEN_CODES.join(sorted(codes, key=order[question_id].__getitem__))
