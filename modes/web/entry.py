"""Coming in: by a code that is typed, a link of one's own, or the open link of a wave. A GET only shows a page."""

from flask import Response, request
from werkzeug.exceptions import TooManyRequests

from fieldwork import waves
from fieldwork.entry import brake, cases, codes, visits, wrong_codes
from fieldwork.entry.networks import network_mark
from modes.web import browser
from modes.web.browser import go
from modes.web.forms import CodeForm, LinkForm
from modes.web.pages import page
from modes.web.sharing import start_on_tablet
from modes.web.visiting import come_in, database, now, pepper


def start() -> Response:
    """Who we are, what happens to answers, and the field for a code."""
    return start_on_tablet() if browser.is_shared() else page("start", code_error=None)


def try_code() -> Response:
    """Begin with a code. Whatever is wrong with it, the page says the same."""
    typed = CodeForm().code.data or ""
    if not typed.strip():
        return page("start", code_error="start.code_missing", status=400)
    token = _begin_by_code(typed)
    return come_in(token) if token else code_refused()


def code_refused() -> Response:
    """The same page for a code that is unknown, used, void, too early or too late."""
    return page("start", code_error="start.code_refused", is_refused=True, status=400)


def _begin_by_code(typed: str) -> str | None:
    code = codes.well_formed(typed)
    if code is None:
        return None
    with database().transaction() as work:
        if not brake.may_guess(work, network(), now()):
            raise TooManyRequests
        case = cases.case_of(work, code, pepper())
        if case is None:
            wrong_codes.count(work, now())
            return None
        brake.right(work, network(), now())
        return visits.begin(work, case, now())


def network() -> str:
    """Where the request comes from, as a keyed hash: an address, or the part of it that a household has in common."""
    return network_mark(request.remote_addr, pepper())


def own_link(link: str) -> Response:
    """The start page for somebody with a link of their own. It looks the same for any link: nothing is looked up."""
    return page("start_by_link", link=link, send_to="/l")


def open_link(link: str) -> Response:
    """The start page for anybody who has the open link of a wave."""
    with database().reading() as reading:
        wave = waves.by_open_link(reading, link)
        asked = waves.asked_in(reading, wave.id) if wave else None
    if asked is None:
        return link_refused()
    audience = asked.questionnaire.audience
    return page("start_by_link", link=link, send_to="/o", audience=audience, nation=asked.nation)


def begin_by_own_link() -> Response:
    """Exchange the link for a visit."""
    with database().transaction() as work:
        case = cases.case_of_link(work, LinkForm().link.data or "", pepper())
        token = visits.begin(work, case, now()) if case else None
    return come_in(token) if token else link_refused()


def begin_by_open_link() -> Response:
    """Begin a visit of one's own in the wave."""
    with database().transaction() as work:
        wave = waves.by_open_link(work, LinkForm().link.data or "")
        token = visits.begin(work, wave, now()) if wave else None
    return come_in(token) if token else link_refused()


def link_refused() -> Response:
    """The same page for a link that is unknown, used, void or out of date."""
    return page("link_refused", status=404)


def to_the_start() -> Response:
    """Somebody opened the address that a form is sent to."""
    return go("/")
