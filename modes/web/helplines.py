"""People to talk to: one file for all pages, chosen by who reads and where they live."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from surveys.questionnaire import Audience
from surveys.text import Frozen, Text

FILE = Path(__file__).with_name("helplines.toml")
Nation = Literal["england", "wales"]


class TextMessage(Frozen):
    """What to text, and where to; an empty word means anything."""

    word: str
    to: str


class Helpline(Frozen):
    """One organisation that listens."""

    name: Text
    call: str | None = None
    text: TextMessage | None = None
    site: str | None = None
    note: Text | None = None
    audiences: tuple[Audience, ...] = get_args(Audience)
    nations: tuple[Nation, ...] = get_args(Nation)


class Helplines(Frozen):
    """All of them, and when somebody last checked that they are right."""

    last_checked: date
    all_of_them: tuple[Helpline, ...] = Field(alias="helpline", min_length=1)


@cache
def helplines() -> Helplines:
    """The file as it is."""
    return Helplines.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))


def people_to_talk_to(audience: Audience | None, nation: str | None) -> tuple[Helpline, ...]:
    """The helplines for this reader; where we do not know who or where, those for everyone and for children."""
    return tuple(
        helpline
        for helpline in helplines().all_of_them
        if (audience or "children") in helpline.audiences and (nation is None or nation in helpline.nations)
    )
