"""The page of a perspective, behind a signed link for as long as there is no signing in."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request

from fieldwork import inspections
from fieldwork.database import Database
from fieldwork.faults import NotFound
from staff.links import slug_in
from staff.report_process import in_report_process
from surveys.text import Language

blueprint = Blueprint("perspective", __name__)


@blueprint.get("/perspective/<token>")
def show(token: str) -> str:
    """The section on the inspection that the link is for, in the language asked for."""
    slug = slug_in(str(current_app.secret_key), token)
    if slug is None or not _is_there(slug):
        abort(404)
    language: Language = "cy" if request.args.get("language") == "cy" else "en"
    page = in_report_process(page_for, current_app.extensions["settings"].database_url, slug, language)
    return render_template("reports/page.html", page=page)


def _is_there(slug: str) -> bool:
    database: Database = current_app.extensions["database"]
    with database.reading() as session:
        try:
            return inspections.find(session, slug).slug == slug
        except NotFound:
            return False


def page_for(database_url: str, slug: str, language: Language) -> dict[str, Any]:
    """The page as plain words, made in the process that makes reports: its own kinds would bring pandas with them."""
    from staff import section  # noqa: PLC0415 - see above

    return asdict(section.page_for(database_url, slug, language))
