"""What the office is shown of the section: exact once every wave has closed; before, as the worker last made it."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from fieldwork import inspections
from fieldwork.database import Database
from fieldwork.faults import Refused
from fieldwork.models.inspections import Inspection
from fieldwork.progress import shown_sections
from staff.perspective import computing
from staff.perspective.computing import plans_at_hand
from staff.report_process import in_report_process
from surveys.text import Language


class NotYet(Exception):
    """A wave is open, and nothing may be told of it yet."""


def as_shown(database: Database, slug: str) -> str | None:
    """What is shown while a wave is open, as it is kept; none where everything has closed.

    Raises:
        NotYet: nothing is shown yet.
    """
    with database.reading() as session:
        inspection = inspections.find(session, slug)
        if not shown_sections.has_open_wave(session, inspection):
            return None
        content = shown_sections.shown(session, inspection)
    if content is None:
        raise NotYet
    return content


def section(database: Database, database_url: str, slug: str, language: Language) -> dict[str, Any]:
    """The page of the section.

    Raises:
        NotYet: nothing may be told yet.
    """
    content = as_shown(database, slug)
    if content is None:
        return in_report_process(computing.section, database_url, slug, language)
    return in_report_process(computing.frozen, content, language)


def topline(
    database: Database, database_url: str, wave: str, language: Language, *, is_open: bool
) -> dict[str, Any] | None:
    """The page of a topline; none where fewer than five have answered.

    Raises:
        NotYet: nothing may be told yet.
    """
    if not is_open:
        return in_report_process(computing.topline, database_url, wave, language)
    slug, _, questionnaire = wave.partition("/")
    content = as_shown(database, slug)
    return content and in_report_process(computing.frozen_topline, content, questionnaire, language)  # type: ignore[return-value]


def renew(database: Database, now: datetime) -> int:
    """Make anew what is shown of every inspection with an open wave, once an hour; of how many. Loads pandas.

    Raises:
        Busy: the database could not take it in time; the rest is done later.
    """
    with database.transaction() as session:
        shown_sections.forget_closed(session)
    with database.reading() as session:
        waiting = [each.id for each in shown_sections.to_look_at(session, now)]
    return sum(_renewed(database, inspection_id, now) for inspection_id in waiting)


def _renewed(database: Database, inspection_id: UUID, now: datetime) -> bool:
    from staff.section import contents_of  # noqa: PLC0415 - only the worker loads the reports

    due, content = None, ""
    with suppress(Refused), database.reading() as session, plans_at_hand("The section"):
        inspection = session.get_one(Inspection, inspection_id)
        if due := shown_sections.next_step(session, inspection):
            content = contents_of(session, inspection, only=due.counts).as_json()
    with database.transaction() as session:
        if due and content:
            shown_sections.keep(session, due, content, now)
        else:
            shown_sections.looked(session, inspection_id, now)
    return bool(content)
