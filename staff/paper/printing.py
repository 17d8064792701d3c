"""Booklets to look at and to print. Looking gives no numbers away: such a booklet has a line to write one on."""

from typing import cast

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import waves
from fieldwork.entry import serials
from fieldwork.office import audit
from modes.paper import printing
from modes.paper.typesetting import Print
from staff.here import InWave, database
from staff.paper.around import booklet_of
from staff.paper.desk import shown
from staff.paper.forms import PrintForm
from staff.paper.places import asked_in, pepper, public_url
from surveys.text import Language


def look(here: InWave) -> Response:
    """The booklet as a page, to read, or to print from the browser."""
    language, size = _asked_for()
    booklet = booklet_of(asked_in(here), language, public_url())
    back = url_for("paper.desk", slug=here.slug, wave=here.questionnaire_id)
    return Response(printing.html(booklet, size=size, back=back), mimetype="text/html")


def look_at_pdf(here: InWave) -> Response:
    """The same as a PDF."""
    language, size = _asked_for()
    booklet = booklet_of(asked_in(here), language, public_url())
    return _file(printing.pdf(booklet, size=size), f"booklet-{here.questionnaire_id}-{language}")


def print_booklets(here: InWave) -> Response | AnyResponse:
    """A PDF with so many booklets, each with a number that no other has."""
    form = PrintForm()
    if not form.validate_on_submit() or form.copies.number is None:
        return shown(here, printing=form, status=400)
    copies, language = form.copies.number, cast("Language", form.language.data)
    with database().transaction() as session:
        wave = waves.find_wave(session, here.wave_name)
        given = serials.give(session, wave, language, copies, pepper())
        about = f"{here.wave_name}: {copies} booklets"
        audit.record(session, "gave_serials", here.who, inspection_id=here.inspection_id, about=about)
    booklet = booklet_of(asked_in(here), language, public_url())
    name = f"booklets-{here.questionnaire_id}-{given[0]}-to-{given[-1]}"
    return _file(printing.pdf(booklet, given, size=cast("Print", form.size.data)), name)


def _asked_for() -> tuple[Language, Print]:
    language: Language = "cy" if request.args.get("language") == "cy" else "en"
    return language, "large" if request.args.get("size") == "large" else "ordinary"


def _file(content: bytes, name: str) -> Response:
    reply = Response(content, mimetype="application/pdf")
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return reply
