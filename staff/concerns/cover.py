"""Who looks at the concerns of an inspection, when, and whom they refer to; and practice, which shows that it works."""

from dataclasses import asdict
from datetime import time
from http import HTTPStatus

from flask import Response, current_app, url_for
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import inspections
from fieldwork.faults import Refused
from fieldwork.models.cover import Cover
from fieldwork.numbers.phone_numbers import as_dialled
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.safeguarding import concern_queue, concerns, cover
from fieldwork.safeguarding.cover import NewCover
from staff.concerns import words
from staff.concerns.forms import CoverForm, show_edition
from staff.doors import Door
from staff.here import InInspection, database, now
from staff.pages import page, see_other, told
from staff.permissions import Permission

HOUR = 60
MIDNIGHT = 24 * HOUR
BAD_REQUEST, CONFLICT = HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT
MEANWHILE = "Somebody else has changed this meanwhile. Yours is still here: compare it with what is kept now, below."
TIMES = "Write the time like 09:00, and 24:00 for midnight."
TEXTS = ("name", "email", "phone")
PEOPLE = ("first", "second", "duty")
LINES = ("childrens_services", "police")


def who_looks(here: InInspection) -> Response | AnyResponse:
    """The two people, the duty manager, the hours, and whom they refer to."""
    form = CoverForm()
    with database().reading() as session:
        inspection = inspections.find(session, here.slug)
        there = cover.cover_of(session, inspection)
    status, fault = HTTPStatus.OK, ""
    if not form.is_submitted():
        _fill(form, there)
    elif (new := _read(form)) is not None and form.validate():
        try:
            with database().transaction() as session:
                practice = current_app.extensions["settings"].practice_telephone
                cover.save(session, here.inspection_id, new, here.who, form.edition.data or 0, practice=practice)
        except ChangedMeanwhile:
            with database().reading() as session:
                there = cover.cover_of(session, inspection)
            status, fault = CONFLICT, MEANWHILE
        except Refused as refused:
            status, fault = BAD_REQUEST, f"{refused.place} {refused.fault} {refused.remedy}"
        else:
            told("Kept.")
            return see_other("concerns.who_looks", slug=here.slug)
    else:
        status = BAD_REQUEST
    if status != BAD_REQUEST:
        show_edition(form, there.edition if there else 0)
    with database().reading() as session:
        missing = cover.missing_cover(session, inspection, now())
    details = {"form": form, "fault": fault, "missing": missing, "there": there if status == CONFLICT else None}
    return page(here, "concerns/cover", status=status, **details, trail=_trail(here), as_time=_as_time)


def _fill(form: CoverForm, there: Cover | None) -> None:
    new = asdict(NewCover())
    kept = {name: getattr(there, name) for name in new} if there else new
    for name in (*(f"{person}_{text}" for person in PEOPLE for text in TEXTS), *LINES):
        form[name].process_data(as_dialled(kept[name]))
    form.days.process_data(list(kept["days"]))
    form.opens.process_data(_as_time(kept["opens_minute"]))
    form.closes.process_data(_as_time(kept["closes_minute"]))


def _read(form: CoverForm) -> NewCover | None:
    """What was filled in; nothing where a time is none, and then that is said beside it."""
    opens, closes = _minute(form.opens.data), _minute(form.closes.data)
    for field, minute in ((form.opens, opens), (form.closes, closes)):
        if minute is None:
            field.errors = [TIMES]
    if opens is None or closes is None:
        return None
    texts = {f"{person}_{text}": form[f"{person}_{text}"].data or "" for person in PEOPLE for text in TEXTS}
    lines = {name: form[name].data or "" for name in LINES}
    days = "".join(sorted(form.days.data or ()))
    return NewCover(**texts, **lines, days=days, opens_minute=opens, closes_minute=closes)


def _minute(written: str | None) -> int | None:
    said = (written or "").strip().replace(".", ":")
    if said == "24:00":
        return MIDNIGHT
    try:
        read = time.fromisoformat(said.zfill(5) if ":" in said else f"{said.zfill(2)}:00")
    except ValueError:
        return None
    return read.hour * HOUR + read.minute


def _as_time(minute: int) -> str:
    return f"{minute // HOUR:02}:{minute % HOUR:02}"


def practices(here: InInspection) -> Response:
    """The last practice concerns, and how long each took."""
    with database().reading() as session:
        found = concern_queue.practices(session, [here.inspection_id], now())
    return page(here, "concerns/practices", practices=found, words=words, trail=_trail(here))


def practise(here: InInspection) -> AnyResponse:
    """Raise a concern that is none."""
    with database().transaction() as session:
        concerns.raise_practice(session, here.inspection_id, here.who, now())
    told("A practice concern is raised. The two people are told of it within a minute, like of any other.")
    return see_other("concerns.practices", slug=here.slug)


def _trail(here: InInspection) -> list[dict[str, str]]:
    return [{"text": "Concerns", "href": url_for("concerns.of_inspection", slug=here.slug)}]


HERE = "/inspections/<slug>/concerns"
DOORS = (
    Door(f"{HERE}/who-looks", who_looks, Permission.CONCERNS, ("GET", "POST")),
    Door(f"{HERE}/practice", practices, Permission.CONCERNS),
    Door(f"{HERE}/practice", practise, Permission.CONCERNS, ("POST",)),
)
