"""The audit, to read: of one inspection for its lead, of everything for an administrator."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Response, request, url_for

from fieldwork.models.audit import OF_CONCERNS, AuditEntry
from fieldwork.office import audit, people
from staff.doors import Door
from staff.here import Here, InInspection, database
from staff.pages import page
from staff.permissions import ADMINISTRATOR, Permission

LONDON = ZoneInfo("Europe/London")
ON_A_PAGE = 100
SIGNS = 6  # by as many a comment is known
KEY = re.compile(r"\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})\b")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, as it is read."""

    number: int
    when: str
    who: str
    what: str
    about: str
    why: str


def all_entries(here: Here) -> Response:
    """What everybody did, the latest first."""
    return _entries(here, None)


def of_inspection(here: InInspection) -> Response:
    """What was done in one inspection, the latest first."""
    return _entries(here, here)


def _entries(here: Here, place: InInspection | None) -> Response:
    before = request.args.get("before", type=int)
    with database().transaction() as session:
        found = audit.entries(
            session,
            inspection_ids=[place.inspection_id] if place else None,
            before=before,
            most=ON_A_PAGE,
            without=OF_CONCERNS,
        )
        names = {str(each.id): each.name for each in people.everybody(session)}
        audit.record(session, "read_audit", here.who, inspection_id=place.inspection_id if place else None)
    address = url_for("audit.of_inspection", slug=place.slug) if place else url_for("audit.all_entries")
    earlier = f"{address}?before={found[-1].number}" if len(found) == ON_A_PAGE else None
    return page(here, "audit/entries", entries=[_line(each, names) for each in found], earlier=earlier)


def _line(entry: AuditEntry, names: Mapping[str, str]) -> Line:
    when = datetime.fromtimestamp(entry.second, UTC).astimezone(LONDON)
    what = entry.act.replace("_", " ")
    return Line(entry.number, f"{when:%-d %B %Y, %H:%M}", entry.who, what, _about(entry.about, names), entry.why)


def _about(about: str, names: Mapping[str, str]) -> str:
    """People by their names, everything else by the first signs of its key: the whole of it stands in the database."""
    return KEY.sub(lambda key: names.get(key[0]) or key[0][:SIGNS], about)


DOORS = (
    Door("/audit", all_entries, ADMINISTRATOR),
    Door("/inspections/<slug>/audit", of_inspection, Permission.AUDIT),
)
