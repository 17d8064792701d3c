"""Responses from elsewhere (on paper, keyed in): all problems of a file are told, and it is kept whole or not at all.

The same file twice adds nothing. Of a serial number only a keyed mark is kept, and nothing leads from it to a response:
so a row whose serial is in already is passed over, its answers not compared. Rows without a serial are known by the
SHA-256 of the file. A closed wave takes files too: paper is keyed in after the day.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from fieldwork import workbook_file
from fieldwork.entry import serials
from fieldwork.faults import Refused
from fieldwork.models.inspections import Wave
from fieldwork.models.responses import ImportedFile, SerialMark
from fieldwork.moments import month_of
from fieldwork.returns import responses
from fieldwork.returns.response_rows import ReadRow, RowReader
from fieldwork.safeguarding import concerns
from fieldwork.sealing import Keys
from fieldwork.table_file import SAVE_AS_CSV, Heard, Problem, Unreadable, records
from surveys.interview import Response
from surveys.questionnaire import Questionnaire

AT_ONCE = 500
LARGEST_WORKBOOK = 5 * 1024 * 1024
FORMULA = "This is a formula. Type what it comes to; or words, with ' before a sign that a spreadsheet counts with."


@dataclass(frozen=True, slots=True)
class Imported:
    """How many responses came in, and how many were there already."""

    added: int
    already_there: int


def _nobody(_line: bytes) -> None:
    """Listens to no line."""


class ResponseFile:
    """One file, read twice: once for its problems, then to keep what is in it. Neither holds it whole in memory."""

    def __init__(
        self, source: BinaryIO, questionnaire: Questionnaire, encoding: str = "utf-8", heard: Heard = _nobody
    ) -> None:
        """Take a file that can be read from its start again; `heard` is told of every line read."""
        self._source, self._questionnaire, self._encoding, self._heard = source, questionnaire, encoding, heard
        self.sha256 = ""
        self._is_workbook = False

    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong with the file, in the order of its lines."""
        first_line: dict[bytes, int] = {}
        rows = wrong = 0
        for item in self._read():
            if isinstance(item, Problem):
                wrong += 1
                yield item
                continue
            rows += 1
            if item.serial:
                serial = hashlib.blake2b(serials.written(item.serial).encode(), digest_size=16).digest()
                first = first_line.setdefault(serial, item.line)
                if first != item.line:
                    yield Problem(item.line, "serial", f"{item.serial!r} stands on line {first} too.")
        if not rows and not wrong:
            yield Problem(1, "", "There is a header and no row with answers below it. Write a row for each booklet.")

    def would_add_to(self, session: Session, wave: Wave, pepper: bytes) -> Imported:
        """What `add_to` would do now. Nothing is kept.

        Raises:
            Refused: the file changed since.
        """
        file_is_in = session.get(ImportedFile, (wave.id, self.sha256)) is not None
        added = there = 0
        rows = self.rows()
        while batch := list(islice(rows, AT_ONCE)):
            fresh = _new_among(session, wave, batch, pepper, file_is_in=file_is_in)[0]
            added, there = added + len(fresh), there + len(batch) - len(fresh)
        return Imported(added, there)

    def add_to(self, session: Session, wave: Wave, pepper: bytes, now: datetime, keys: Keys | None = None) -> Imported:
        """Keep what is in the file, in the caller's transaction. To be called once `problems` has told of none.

        Comments with words that worry become concerns, as they do when they are sent.

        Raises:
            Refused: the file changed since.
        """
        session.get_one(Wave, wave.id, with_for_update={"key_share": True})  # one file at a time into a wave
        checked = self.sha256
        file_is_in = session.get(ImportedFile, (wave.id, checked)) is not None
        added = there = 0
        rows = self.rows()
        while batch := list(islice(rows, AT_ONCE)):
            fresh = _fresh(session, wave, batch, pepper, file_is_in=file_is_in)
            month = month_of(now)
            responses.store(session, wave.id, [Response(row.answers, row.mode, row.language, month) for row in fresh])
            for row in fresh:
                concerns.raise_from_answers(session, wave.id, row.answers.values(), keys, now)
            added, there = added + len(fresh), there + len(batch) - len(fresh)
        if self.sha256 != checked:
            raise _changed()
        if not file_is_in:
            session.add(ImportedFile(wave_id=wave.id, sha256=checked))
        return Imported(added, there)

    def rows(self) -> Iterator[ReadRow]:
        """The responses in the file, once `problems` has told of none.

        Raises:
            Refused: the file changed since.
        """
        for item in self._read():
            if isinstance(item, Problem):
                raise _changed()
            yield item

    def _read(self) -> Iterator[ReadRow | Problem]:
        self._source.seek(0)
        digest = hashlib.sha256()

        def heard(line: bytes) -> None:
            digest.update(line)
            self._heard(line)

        try:
            yield from self._read_records(self._records(heard))
        except Unreadable as unreadable:
            yield Problem(unreadable.line, "", f"The file {unreadable.fault} {unreadable.remedy}")
        self.sha256 = digest.hexdigest()

    def _records(self, heard: Heard) -> Iterator[tuple[int, list[str]]]:
        """The rows of CSV, or of a workbook, which has to be unpacked whole and is therefore small."""
        begins = self._source.read(len(workbook_file.BEGINS))
        self._source.seek(0)
        if begins != workbook_file.BEGINS:
            return records(self._source, self._encoding, heard)
        content = self._source.read(LARGEST_WORKBOOK + 1)
        heard(content)
        if len(content) > LARGEST_WORKBOOK:
            raise Unreadable(1, f"is a workbook of more than {LARGEST_WORKBOOK:,} bytes.", SAVE_AS_CSV)
        self._is_workbook = True
        return workbook_file.rows(content)

    def _read_records(self, file: Iterator[tuple[int, list[str]]]) -> Iterator[ReadRow | Problem]:
        _, header = next(file, (1, None))
        if header is None:
            yield Problem(1, "", "The file is empty. Start from what `flask responses template` prints.")
            return
        reader = RowReader(self._questionnaire, header)
        if reader.problems:
            yield from reader.problems
            return
        for line, cells in file:
            if formulas := self._formulas(header, line, cells):
                yield from formulas
                continue
            match reader.read(line, cells):
                case None:
                    continue
                case list() as problems:
                    yield from problems
                case row:
                    yield row

    def _formulas(self, header: Sequence[str], line: int, cells: Sequence[str]) -> list[Problem]:
        """The cells of a workbook that would be counted out: a workbook says so itself, CSV holds only words."""
        if not self._is_workbook:
            return []
        places = (place for place, cell in enumerate(cells) if cell.startswith("="))
        return [Problem(line, header[place] if place < len(header) else str(place + 1), FORMULA) for place in places]


def _fresh(session: Session, wave: Wave, batch: Sequence[ReadRow], pepper: bytes, *, file_is_in: bool) -> list[ReadRow]:
    """The rows that are not in yet; the marks of their serials are put in."""
    rows, marks = _new_among(session, wave, batch, pepper, file_is_in=file_is_in)
    if marks:
        session.connection().execute(insert(SerialMark), [{"wave_id": wave.id, "mark": mark} for mark in marks])
    return rows


def _new_among(
    session: Session, wave: Wave, batch: Sequence[ReadRow], pepper: bytes, *, file_is_in: bool
) -> tuple[list[ReadRow], list[str]]:
    """The rows that are not in yet, and the marks of their serials."""
    marks = {row.line: serials.mark_of(row.serial, wave.id, pepper) for row in batch if row.serial}
    sought = (SerialMark.wave_id == wave.id, SerialMark.mark.in_(marks.values()))
    there = set(session.scalars(select(SerialMark.mark).where(*sought)))
    rows = [row for row in batch if (marks[row.line] not in there if row.serial else not file_is_in)]
    return rows, [mark for mark in marks.values() if mark not in there]


def _changed() -> Refused:
    return Refused("The file", "changed while it was read.", "Try again once nobody writes to it; nothing was kept.")
