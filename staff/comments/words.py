"""How comments are told of in words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from fieldwork.moments import HOUR
from fieldwork.reading.comments import State
from fieldwork.reading.reading_clock import WORKING_DAY, Ageing
from staff.waves.standing import title_of
from surveys.redaction import offensive
from surveys.redaction.marks import INSTEAD, Kind
from surveys.redaction.offensive import Stretch
from surveys.redaction.proposing import proposed

STATES: Mapping[State, str] = {
    "new": "Not read",
    "read": "Read",
    "proposed": "Waits for approval",
    "sent_back": "Sent back",
    "approved": "Approved",
    "released": "In the perspective",
}
COLOURS: Mapping[State, str] = {
    "new": "govuk-tag--yellow",
    "read": "govuk-tag--grey",
    "proposed": "govuk-tag--blue",
    "sent_back": "govuk-tag--red",
    "approved": "govuk-tag--turquoise",
    "released": "govuk-tag--green",
}
KINDS: Mapping[Kind, str] = {
    "person": "A person",
    "place": "A place",
    "school": "A school",
    "gang": "A gang or group",
}
"""What may stand on the list of names."""

HOUSE: Mapping[Kind, str] = {kind: words.en for kind, words in INSTEAD.items()}
"""What the house puts in place of what it takes out."""

JIGSAW = (
    ("worker_would_know", "Would this child’s worker know who said this?"),
    ("matches_example", "Does it match one of the report’s practice examples?"),
    ("names_an_event", "Does it name or nearly name a time, place or event that few people had?"),
)
OF_ADULTS = "Would somebody who knows this person, or the case, know who said this?"
BY_FORM: frozenset[Kind] = frozenset({"mail", "link", "handle", "postcode", "phone"})


def short(key: str) -> str:
    """A comment as people call it."""
    return key[:6]


def people(count: int) -> str:
    """So many people."""
    return "1 person" if count == 1 else f"{count:,} people"


def called(ageing: Sequence[Ageing]) -> list[Ageing]:
    """The same, each wave as people call it."""
    return [replace(each, wave=title_of(each.wave)) for each in ageing]


def topic(name: str) -> str:
    """Why a comment comes first."""
    return name.replace("_", " ")


def waited(ageing: Ageing) -> str:
    """How many are unread, and for how long at most."""
    many = "1 comment is" if ageing.unread == 1 else f"{ageing.unread:,} comments are"
    if ageing.waited > WORKING_DAY:
        days = "1 working day" if ageing.days == 1 else f"{ageing.days:,} working days"
        return f"{many} not read. One may have waited for more than {days}."
    hours = ageing.waited // HOUR
    most = f"{hours + 1} hours" if hours else "an hour"
    return f"{many} not read. None has waited for more than {most} of working time."


def still_there(words: str, kinds: Collection[Kind] = get_args(Kind)) -> list[str]:
    """What the helper would still take out of words that are to be printed."""
    return [words[mark.start : mark.end] for mark in proposed(words) if mark.kind in kinds]


def stretches(text: str) -> tuple[Stretch, ...]:
    """The text in stretches, offensive words apart, for the pages to hide."""
    return offensive.stretches(text)
