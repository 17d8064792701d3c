"""What the worker does for this room: freezing the figures of an inspection, and making a file of a snapshot.

The reports are loaded by the run that needs them, and pandas with them: who serves respondents never does.
"""

# ruff: noqa: PLC0415 - as the module says

from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from fieldwork.database import Session
from fieldwork.faults import Refused
from fieldwork.job_runs import Made, Work
from fieldwork.jobs import File
from fieldwork.models.inspections import Inspection
from fieldwork.progress import snapshots
from staff.perspective.computing import plans_at_hand
from staff.perspective.forms import Form
from staff.perspective.showing import NotYet, as_shown
from surveys.text import Language

TOO_FEW = "is not told of yet: a wave is open, and it is made for the first time when five have answered."


def freeze(work: Work) -> Made:
    """Keep all that is counted and said of the inspection now, under its next number."""
    from staff.section import contents_of

    inspection_id = cast("UUID", work.inspection_id)
    try:
        content = as_shown(work.database, work.arguments["inspection"])
    except NotYet:
        raise Refused("The section", TOO_FEW, "Freeze the figures when more have answered.") from None
    if content is None:
        with work.database.reading() as session, plans_at_hand("The section"):
            inspection = session.get_one(Inspection, inspection_id)
            content = contents_of(session, inspection, work.progress).as_json()
    frozen = content

    def keep(session: Session) -> str:
        today = datetime.now(UTC).date()
        taken = snapshots.take(session, inspection_id, frozen, work.who, today, snapshot_id=work.job_id)
        return f"Snapshot {taken.number} is there. It is a draft until another person releases it."

    return Made(keep=keep)


def export(work: Work) -> Made:
    """A file of a snapshot, made from what was frozen and from nothing else."""
    from reports.export.contents import read
    from reports.export.files import WRITINGS
    from reports.export.stamp import Stamp

    form, language = cast("Form", work.arguments["form"]), cast("Language", work.arguments["language"])
    with work.database.reading() as session:
        snapshot = snapshots.find(session, cast("UUID", work.inspection_id), work.arguments["number"])
        content = snapshots.content_of(snapshot)
        slug = session.get_one(Inspection, snapshot.inspection_id).slug
    work.progress(1, 2)
    stamp, writing = Stamp(snapshot.number, snapshot.day, snapshot.released_day), WRITINGS[form]
    written = writing.write(read(content), stamp, language)
    work.progress(2, 2)
    name = stamp.file_name(slug, language, form)
    return Made(f"{name}: {_size(len(written))}.", File(name, writing.media_type, written))


def _size(size: int) -> str:
    return f"{max(1, round(size / 1024)):,} kB"
