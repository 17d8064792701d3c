"""The way from an inspection to everything else about it. A room that somebody may not enter is not shown to them."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from staff.doors import Door
from staff.here import InInspection
from staff.permissions import Permission


@dataclass(frozen=True, slots=True)
class Room:
    """A page with the name of its view, what it is called, and what is done there."""

    endpoint: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a room."""

    href: str
    title: str
    hint: str


OF_INSPECTION = (
    Room("fieldwork.overview", "Fieldwork at a glance", "All waves: how many were invited and how many have answered"),
    Room("concerns.of_inspection", "Concerns", "What people wrote that somebody has to look at, and who looks"),
    Room("perspective.section", "Perspective", "The section, its figures, and the files to take away"),
    Room("concerns.who_looks", "Who looks at concerns", "The two people, their hours, and whom they call"),
    Room("comments.waiting", "Approvals", "Redacted words that wait for another person"),
    Room(
        "comments.names",
        "Names that must not be printed",
        "People, places, schools and gangs that the helper looks for",
    ),
    Room("people.team", "Team", "Who does what in this inspection"),
    Room("jobs.of_inspection", "Files and long tasks", "What is being made, and what was"),
    Room("contacts.by_number", "Somebody’s own number", "Tell, correct or erase what is kept of one person"),
    Room("audit.of_inspection", "Audit", "Who did what here, and when"),
)
OF_WAVE = (
    Room("fieldwork.glance", "Fieldwork at a glance", "How many were invited and how many have answered"),
    Room("ways_in.ways", "Ways in", "Codes, letters and the open link"),
    Room("tablets.shared", "Shared tablet", "Where people answer on a device of ours"),
    Room("contacts.overview", "People to text", "Upload a list; look at one and confirm it"),
    Room("paper.desk", "Paper", "Booklets to print, and keying what came back"),
    Room("comments.reading", "Comments", "Read, code and redact what people wrote"),
)


def rooms_of(here: InInspection, wave: str | None = None) -> list[Way]:
    """The rooms of the inspection, or of one wave of it, that whoever stands here may enter."""
    doors: dict[str, Door] = current_app.extensions["doors"]
    there = [(room, doors[room.endpoint]) for room in (OF_WAVE if wave else OF_INSPECTION) if room.endpoint in doors]
    address: dict[str, Any] = {"slug": here.slug} | ({"wave": wave} if wave else {})
    return [Way(url_for(room.endpoint, **address), room.title, room.hint) for room, door in there if _may(here, door)]


def _may(here: InInspection, door: Door) -> bool:
    return here.may(door.rule) if isinstance(door.rule, Permission) else True
