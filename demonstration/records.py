"""The records: one file for each inspection, with what its report printed as counts, and what was printed as facts."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from demonstration.reconstruction import RecordedWave
from fieldwork.inspections import NewInspection
from fieldwork.models.inspections import Nation, Programme
from surveys.text import Names, Text

RECORDS = Path(__file__).parent / "records"


class RecordedInspection(BaseModel):
    """The occasion as its report describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str
    name: str
    programme: Programme
    nation: Nation
    fieldwork: str | None = None
    cases_inspected: int | None = None
    open_link_allowed: bool = False
    service: Text
    worker: Text
    child: Text
    children: Text
    note: Text | None = None

    def as_new(self) -> NewInspection:
        """What the fieldwork needs to make it."""
        names = Names(service=self.service, worker=self.worker, child=self.child, children=self.children)
        same = ("slug", "name", "programme", "nation", "fieldwork", "cases_inspected", "open_link_allowed", "note")
        return NewInspection(names=names, **{name: getattr(self, name) for name in same})


class Record(BaseModel):
    """One inspection and its waves."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inspection: RecordedInspection
    waves: tuple[RecordedWave, ...] = ()


def records() -> list[Record]:
    """Every record, by file name."""
    files = sorted(RECORDS.glob("*.toml"))
    return [Record.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))) for path in files]
