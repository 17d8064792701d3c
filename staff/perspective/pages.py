"""The section in the page, each number opening to its count and base; the topline and the codebook of each wave."""

from contextlib import suppress

from flask import Response, current_app, request, url_for

from fieldwork import inspections, waves
from staff.doors import Door
from staff.here import InInspection, InWave, database
from staff.pages import page
from staff.permissions import Permission
from staff.perspective import computing, showing
from staff.perspective.showing import NotYet
from staff.report_process import in_report_process
from staff.waves.standing import title_of
from surveys.text import Language


def asked_language() -> Language:
    """The language that the address asks for; English where it asks for none that we have."""
    return "cy" if request.args.get("language") == "cy" else "en"


def section(here: InInspection) -> Response:
    """The section: exact once every wave has closed, and before that as it was last made."""
    language, told = asked_language(), None
    with database().reading() as session:
        there = waves.all_waves(session, inspections.find(session, here.slug))
    with suppress(NotYet):
        told = showing.section(database(), _database_url(), here.slug, language)
    return page(
        here,
        "perspective/section",
        page=told,
        language=language,
        waves=[(wave.questionnaire_id, title_of(wave.name)) for wave in there],
        is_open=any(wave.closed is None for wave in there),
        may_export=here.may(Permission.EXPORT),
    )


def topline(here: InWave) -> Response:
    """Every question of a wave with its counts, bases and percentages."""
    language, told = asked_language(), None
    with database().reading() as session:
        is_open = waves.find_wave(session, here.wave_name).closed is None
    with suppress(NotYet):
        told = showing.topline(database(), _database_url(), here.wave_name, language, is_open=is_open)
    return page(here, "perspective/topline", topline=told, language=language, is_open=is_open, trail=trail(here))


def codebook(here: InWave) -> Response:
    """What every code in the data of a wave means, in both languages."""
    told = in_report_process(computing.codebook, _database_url(), here.wave_name)
    return page(here, "perspective/codebook", book=told, trail=trail(here))


def trail(here: InInspection) -> list[dict[str, str]]:
    """The way back to the section."""
    return [{"text": "Perspective", "href": url_for("perspective.section", slug=here.slug)}]


def _database_url() -> str:
    address: str = current_app.extensions["settings"].database_url
    return address


HERE = "/inspections/<slug>"
DOORS = (
    Door(f"{HERE}/perspective", section, Permission.PERSPECTIVE),
    Door(f"{HERE}/<wave>/topline", topline, Permission.PERSPECTIVE),
    Door(f"{HERE}/<wave>/codebook", codebook, Permission.PERSPECTIVE),
)
