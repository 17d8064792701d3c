"""Snapshots: the figures frozen, looked at, released by another person, and made into files."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from fieldwork.database import Session
from fieldwork.faults import Refused
from fieldwork.models.snapshots import Snapshot
from fieldwork.office import audit
from fieldwork.progress import snapshots as kept
from staff.doors import Door
from staff.here import InInspection, database, today
from staff.jobs.asking import asked_for
from staff.pages import page, see_other, told
from staff.permissions import Permission
from staff.perspective import computing
from staff.perspective.forms import ExportForm, ReleaseForm
from staff.perspective.pages import asked_language, trail
from staff.report_process import in_report_process
from surveys.text import LANGUAGES


def snapshots(here: InInspection) -> Response:
    """All snapshots, the latest first."""
    with database().reading() as session:
        found = kept.of_inspection(session, here.inspection_id)
    return page(
        here, "perspective/snapshots", snapshots=found, may_export=here.may(Permission.EXPORT), trail=trail(here)
    )


def freeze(here: InInspection) -> AnyResponse:
    """Freeze the figures as they are now."""
    return asked_for(here, "freeze", {"inspection": here.slug})


def snapshot(here: InInspection, number: int) -> Response:
    """One snapshot, as it was frozen."""
    language = asked_language()
    found, content = _read(here, number)
    return page(
        here,
        "perspective/snapshot",
        snapshot=found,
        page=in_report_process(computing.frozen, content, language),
        language=language,
        may_export=here.may(Permission.EXPORT),
        may_release=_may_release(here, found),
        trail=trail(here),
    )


def release(here: InInspection, number: int) -> Response | AnyResponse:
    """Look at a snapshot once more, and let it go out without the mark of a draft."""
    found, content = _read(here, number)
    form, fault = ReleaseForm(mark=found.mark), ""
    if form.validate_on_submit():
        try:
            with database().transaction() as session:
                there = kept.find(session, here.inspection_id, number)
                kept.release(session, there, here.who, today(), str(form.mark.data))
        except Refused as refused:
            fault = f"{refused.place} {refused.fault} {refused.remedy}"
        else:
            told(f"Snapshot {number} is released. Files of it are no drafts any more.")
            return see_other("perspective.snapshot", slug=here.slug, number=number)
    return page(
        here,
        "perspective/release",
        status=400 if fault else 200,
        form=form,
        fault=fault,
        snapshot=found,
        pages=[in_report_process(computing.frozen, content, language) for language in LANGUAGES],
        toplines=in_report_process(computing.frozen_toplines, content, "en"),
        may_release=_may_release(here, found),
        trail=trail(here),
    )


def export(here: InInspection, number: int) -> Response | AnyResponse:
    """Ask for a file of a snapshot."""
    found, _ = _read(here, number)
    form = ExportForm()
    if form.validate_on_submit():
        asked = {"number": number, "form": form.form.data, "language": form.language.data}
        about = f"snapshot {number}, {asked['form']}, {asked['language']}, {_state(found)}"

        def record(session: Session) -> None:
            audit.record(session, "exported", here.who, inspection_id=here.inspection_id, about=about)

        return asked_for(here, "export", asked, also=record)
    status = 400 if form.errors else 200
    return page(here, "perspective/export", status=status, form=form, snapshot=found, trail=trail(here))


def _read(here: InInspection, number: int) -> tuple[Snapshot, str]:
    with database().reading() as session:
        found = kept.find(session, here.inspection_id, number)
        return found, kept.content_of(found)


def _may_release(here: InInspection, found: Snapshot) -> bool:
    is_another = found.made_by != here.who.id
    return here.may(Permission.APPROVE) and is_another and found.released_day is None


def _state(found: Snapshot) -> str:
    return "released" if found.released_day else "draft"


HERE = "/inspections/<slug>/snapshots"
BOTH = ("GET", "POST")
DOORS = (
    Door(HERE, snapshots, Permission.PERSPECTIVE),
    Door(HERE, freeze, Permission.EXPORT, ("POST",)),
    Door(f"{HERE}/<int:number>", snapshot, Permission.PERSPECTIVE),
    Door(f"{HERE}/<int:number>/release", release, Permission.APPROVE, BOTH, fresh=True),
    Door(f"{HERE}/<int:number>/export", export, Permission.EXPORT, BOTH, fresh=True),
)
