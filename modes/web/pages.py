"""Pages drawn from their templates, in the language and the words of who reads them."""

from typing import Any
from urllib.parse import urlencode

from flask import Response, g, render_template, request
from markupsafe import Markup

from fieldwork.entry.visits import VisitNow
from modes.web import browser
from modes.web.drawn_once import drawn_once
from modes.web.helplines import people_to_talk_to
from modes.web.words import Words
from surveys.questionnaire import Audience


def page(template: str, visit: VisitNow | None = None, *, status: int = 200, **details: Any) -> Response:
    """The page, ready to be sent."""
    return Response(draw(template, visit, **details), status, mimetype="text/html")


def page_for_everybody(template: str, visit: VisitNow) -> Response:
    """A page that says the same to everybody whom the questionnaire is for, ready to be sent."""
    language, other = browser.language(), other_language_address()
    key = (template, visit.audience, visit.nation, visit.state, browser.is_shared(), language, other)
    html = drawn_once(key, lambda token: draw(template, visit, csrf_token=lambda: token))
    return Response(html, mimetype="text/html")


def draw(
    template: str,
    visit: VisitNow | None = None,
    *,
    audience: Audience | None = None,
    nation: str | None = None,
    can_exit: bool = False,
    **details: Any,
) -> str:
    """The page as HTML. `can_exit` offers to leave at once; a victim's pages always do.

    On a shared tablet, a page in templates/kiosk takes the place of that in templates/web with the same name.
    """
    tablet = g.get("tablet")
    audience = visit.audience if visit else audience or (tablet and tablet.audience)
    nation = visit.nation if visit else nation or (tablet and tablet.nation)
    language, shared = browser.language(), browser.is_shared()
    return render_template(
        [*([f"kiosk/{template}.html"] if shared else []), f"web/{template}.html"],
        **details,
        shared=shared,
        layout="kiosk/layout.html" if shared else "web/layout.html",
        can_exit=can_exit or audience == "victims",
        has_visit=visit is not None and visit.state == "open",
        helplines=people_to_talk_to(audience, nation),
        language=language,
        other_language=other_language_address(),
        passage=passage,
        words=Words(language, audience),
    )


def other_language_address() -> str:
    """This page in the other language."""
    other = "en" if browser.language() == "cy" else "cy"
    changing = {"change": "yes"} if request.args.get("change") else {}
    return "?" + urlencode({**changing, "language": other})


def passage(words: str) -> Markup:
    """The words as paragraphs, and as lists where lines begin with a dash."""
    return Markup("").join(_block(block.strip()) for block in words.strip().split("\n\n"))


def _block(block: str) -> Markup:
    if not block.startswith("- "):
        return Markup('<p class="govuk-body" data-read-aloud>{}</p>').format(block)
    lines = [line.removeprefix("- ") for line in block.splitlines()]
    items = Markup("").join(Markup("<li data-read-aloud>{}</li>").format(line) for line in lines)
    return Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(items)
