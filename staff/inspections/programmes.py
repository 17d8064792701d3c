"""The programmes: whom each asks what, and what it calls the service and its people."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from fieldwork.models.inspections import Policy, Programme
from surveys.loading import definition
from surveys.questionnaire import Audience, Questionnaire
from surveys.text import Frozen, Names, Text

FILE = Path(__file__).with_name("programmes.toml")
AUDIENCES: dict[Audience, str] = {
    "children": "Children and young people",
    "parents": "Parents and carers",
    "victims": "Victims",
}


class Template(Frozen):
    """What an inspection under one programme begins as."""

    title: str
    hint: str
    policy: Policy
    service: Text
    worker: Text
    child: Text
    children: Text
    asks: Mapping[Audience, tuple[str, ...]] = {}

    @property
    def names(self) -> Names:
        """What the service and its people are called, unless the inspection says otherwise."""
        return Names(service=self.service, worker=self.worker, child=self.child, children=self.children)

    @property
    def questionnaires(self) -> list[Questionnaire]:
        """Everything that may be asked, by audience, what is proposed first."""
        return [definition(each) for ids in self.asks.values() for each in ids]

    def proposes(self, questionnaire: Questionnaire) -> bool:
        """True for the questionnaire that its audience is asked unless somebody chooses otherwise."""
        return self.asks[questionnaire.audience][0] == questionnaire.id


@cache
def programmes() -> Mapping[Programme, Template]:
    """Each programme, as the file has it."""
    written = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[Programme, Template]).validate_python(written)
