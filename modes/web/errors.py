"""When something goes wrong: what was kept, what to do, whom to tell. No reply is a bare error."""

from dataclasses import dataclass

from flask import Response, request, session
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from fieldwork.faults import AlreadySent, Busy, Closed
from modes.web import browser, entry
from modes.web.forms import TalkForm, posted
from modes.web.interview import again
from modes.web.pages import page
from modes.web.support import show_talk
from modes.web.visiting import elsewhere, visit_now
from modes.web.words import Words

SECONDS_TO_WAIT = 30
ANOTHER_SESSION = "The CSRF tokens do not match."  # Flask-WTF's words for a page of a session that is over


@dataclass(frozen=True, slots=True)
class Explanation:
    """What went wrong and what to do, as keys of the catalogue."""

    title: str
    body: str


SORRY = "problem.title"
EXPLANATIONS = {
    403: Explanation(SORRY, "problem.not_from_here"),
    404: Explanation("problem.not_found_title", "problem.not_found"),
    405: Explanation("problem.not_found_title", "problem.not_found"),
    413: Explanation("problem.too_large_title", "problem.too_large"),
    429: Explanation("problem.wait_title", "problem.wait"),
}
THEIR_FAULT = Explanation(SORRY, "problem.bad_request")
OUR_FAULT = Explanation(SORRY, "problem.later")
OUR_FAULT_ON_TABLET = Explanation(SORRY, "tablet.later")  # there is no code that one could come back with

KEPT = {"web.answer": "problem.kept", "web.send": "problem.not_sent", "web.ask": "problem.not_asked"}
"""Route -> what became of the page that was sent there; for all others, of the pages before."""


def http_error(error: HTTPException) -> Response:
    """The page for a request that could not be answered."""
    return problem(error.code or 500)


def problem(status: int) -> Response:
    """A page that says what was kept and what to do."""
    ours = OUR_FAULT_ON_TABLET if browser.is_shared() else OUR_FAULT
    explanation = EXPLANATIONS.get(status, THEIR_FAULT if status < 500 else ours)  # noqa: PLR2004 - HTTP's own line
    kept = KEPT.get(request.endpoint or "", "problem.kept_all" if browser.visit_token() else None)
    reply = page("problem", status=status, explanation=explanation, kept=kept)
    if status in {429, 503}:
        reply.headers["Retry-After"] = str(SECONDS_TO_WAIT)
    return reply


def busy(_: Busy) -> Response:
    """The database could not take it in time: nothing of this page was kept, all before it was."""
    return problem(503)


def over(_: AlreadySent | Closed) -> Response:
    """The answers were sent in another tab, or the wave closed, at this very moment."""
    match request.endpoint:
        case "web.try_code":
            return entry.code_refused()
        case "web.begin_by_own_link" | "web.begin_by_open_link":
            return entry.link_refused()
        case _:
            return elsewhere(visit_now())


def stale_page(error: CSRFError) -> Response:
    """A form without a good token changes nothing; but within a session nobody loses what they typed."""
    if request.endpoint == "web.ask":
        return show_talk(visit_now(), TalkForm(), fault="talk.stale", status=403)
    is_same = "csrf_token" in session and error.description != ANOTHER_SESSION
    visit = visit_now() if is_same and request.endpoint == "web.answer" else None
    if visit is None or not visit.takes_answers:
        return elsewhere(None) if browser.is_shared() else problem(403)
    fault = Words(browser.language(), visit.audience)("question.stale")
    return again(visit, str((request.view_args or {})["number"]), posted(), fault, status=403)
