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

from fieldwork import responses
from fieldwork.codes import fingerprint
from fieldwork.faults import Refused
from fieldwork.models.inspections import Wave
from fieldwork.models.responses import ImportedFile, SerialMark
from fieldwork.moments import month_of
from fieldwork.response_rows import Problem, ReadRow, RowReader
from fieldwork.table_file import Heard, Unreadable, records
from surveys.interview import Response
from surveys.questionnaire import Questionnaire

AT_ONCE = 500


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
                serial = hashlib.blake2b(item.serial.encode(), digest_size=16).digest()
                first = first_line.setdefault(serial, item.line)
                if first != item.line:
                    yield Problem(item.line, "serial", f"{item.serial!r} stands on line {first} too.")
        if not rows and not wrong:
            yield Problem(1, "", "There is a header and no row with answers below it. Write a row for each booklet.")

    def add_to(self, session: Session, wave: Wave, pepper: bytes, now: datetime) -> Imported:
        """Keep what is in the file, in the caller's transaction. To be called once `problems` has told of none.

        Raises:
            Refused: the file changed since.
        """
        session.get_one(Wave, wave.id, with_for_update={"key_share": True})  # one file at a time into a wave
        checked = self.sha256
        file_is_in = session.get(ImportedFile, (wave.id, checked)) is not None
        added = there = 0
        rows = self._rows()
        while batch := list(islice(rows, AT_ONCE)):
            fresh = _fresh(session, wave, batch, pepper, file_is_in=file_is_in)
            month = month_of(now)
            responses.store(session, wave.id, [Response(row.answers, row.mode, row.language, month) for row in fresh])
            added, there = added + len(fresh), there + len(batch) - len(fresh)
        if self.sha256 != checked:
            raise _changed()
        if not file_is_in:
            session.add(ImportedFile(wave_id=wave.id, sha256=checked))
        return Imported(added, there)

    def _rows(self) -> Iterator[ReadRow]:
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
            yield from self._read_records(records(self._source, self._encoding, heard))
        except Unreadable as unreadable:
            yield Problem(unreadable.line, "", f"The file {unreadable.fault} {unreadable.remedy}")
        self.sha256 = digest.hexdigest()

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
            match reader.read(line, cells):
                case None:
                    continue
                case list() as problems:
                    yield from problems
                case row:
                    yield row


def _fresh(session: Session, wave: Wave, batch: Sequence[ReadRow], pepper: bytes, *, file_is_in: bool) -> list[ReadRow]:
    """The rows that are not in yet; the marks of their serials are put in."""
    marks = {row.line: fingerprint(f"{wave.id} {row.serial}", pepper) for row in batch if row.serial}
    sought = (SerialMark.wave_id == wave.id, SerialMark.mark.in_(marks.values()))
    there = set(session.scalars(select(SerialMark.mark).where(*sought)))
    if new := [{"wave_id": wave.id, "mark": mark} for mark in marks.values() if mark not in there]:
        session.connection().execute(insert(SerialMark), new)
    return [row for row in batch if (marks[row.line] not in there if row.serial else not file_is_in)]


def _changed() -> Refused:
    return Refused("The file", "changed while it was read.", "Try again once nobody writes to it; nothing was kept.")
