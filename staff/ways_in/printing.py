"""What is printed for a wave: its slips, letters and poster, in the languages of the inspection."""

from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, url_for
from werkzeug.datastructures import Headers

from fieldwork.entry.sheets import Slip
from modes.paper import handouts
from modes.paper.handouts import Handout, Way
from modes.web.words import Words
from staff.here import InWave
from staff.ways_in.forms import Printed
from surveys.text import Language

ONCE = (
    "Print this now. The codes are kept nowhere: close this page, and nobody can show them again.",
    "Keep the sheets like cash until they are handed out, and keep no copy: whoever has a code can answer with it.",
)


def public_url() -> str:
    """Where respondents go."""
    found: str = current_app.extensions["settings"].public_url
    return found


def open_address(open_slug: str) -> str:
    """The address of a wave's open link."""
    return f"{public_url()}/o/{open_slug}"


def of_slips(here: InWave, languages: Sequence[Language], kind: Printed, slips: Sequence[Slip]) -> Handout:
    """Slips or letters, with the address of each link."""
    sheet = slips[0].reference.partition("-")[0]
    ways = [Way(each.reference, each.code, f"{public_url()}/l/{each.link}" if each.link else "") for each in slips]
    what = "letter" if kind == "letters" else "code"
    title = f"Sheet {sheet}: {len(slips):,} {what if len(slips) == 1 else what + 's'}"
    return handouts.handout(kind, title, public_url(), ways, here.audience, _said(here, languages))


def of_open_link(here: InWave, languages: Sequence[Language], open_slug: str) -> Handout:
    """The poster."""
    way = Way(link=open_address(open_slug))
    return handouts.handout("poster", "Poster", public_url(), [way], here.audience, _said(here, languages))


def as_page(here: InWave, printed: Handout, note: Sequence[str] = ONCE) -> Response:
    """A page for the browser to print; what is noted is on the screen alone."""
    back = url_for("ways_in.ways", slug=here.slug, wave=here.questionnaire_id)
    return Response(handouts.html(printed, note=note, back=back), mimetype="text/html")


def as_pdf(printed: Handout, name: str) -> Response:
    """A PDF to be saved under that name."""
    headers = Headers()
    headers.set("Content-Disposition", "attachment", filename=f"{name}.pdf")
    return Response(handouts.pdf(printed), mimetype="application/pdf", headers=headers)


def _said(here: InWave, languages: Sequence[Language]) -> dict[Language, Any]:
    """The words of the web's first page; in Wales the Welsh ones come first."""
    first: Language = "cy" if here.nation == "wales" else "en"
    ordered = sorted(languages, key=lambda language: language != first)
    return {language: Words(language, here.audience) for language in ordered}
