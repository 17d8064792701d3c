"""When something goes wrong in the office: what happened, what was kept, and what to do. No reply is a bare error."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from fieldwork.faults import Busy, NotFound, Refused
from fieldwork.office.editions import ChangedMeanwhile
from staff.sign_in import presence

SECONDS_TO_WAIT = 30


@dataclass(frozen=True, slots=True)
class Explanation:
    """What went wrong, and what to do."""

    title: str
    body: str


EXPLANATIONS = {
    400: Explanation("This could not be read", "Nothing was kept. Go back, load the page again, and try once more."),
    403: Explanation(
        "You may not do this", "Your role in this inspection does not include it. Ask its lead, or an administrator."
    ),
    404: Explanation(
        "There is no such page", "The address may be wrong, or it is of something that you have no part in."
    ),
    405: Explanation("There is no such page", "This address cannot be opened like that. Go back and use the buttons."),
    413: Explanation("This is too large", "Nothing was kept. Send a smaller file, or fewer rows at a time."),
    429: Explanation("Too many tries", "Wait half a minute and try again."),
    503: Explanation("This could not be kept just now", "Nothing of it was kept. Try again in half a minute."),
}
STALE = Explanation(
    "This page is out of date", "Nothing was kept. Go back, load the page again, and send it once more."
)
CHANGED = Explanation(
    "Somebody else has changed this meanwhile", "Nothing of yours was kept. Go back, load the page again, and compare."
)
OURS = Explanation("Something is wrong with this service", "Nothing was kept. Try again later, and tell who runs it.")


def explain(app: Flask) -> None:
    """Let the application explain whatever goes wrong."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, lambda _: _page(403, STALE))
    app.register_error_handler(Busy, lambda _: _page(503, EXPLANATIONS[503]))
    app.register_error_handler(ChangedMeanwhile, lambda _: _page(409, CHANGED))
    app.register_error_handler(NotFound, lambda _: _page(404, EXPLANATIONS[404]))
    app.register_error_handler(Refused, _refused)


def _http(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    return _page(
        status, EXPLANATIONS.get(status, OURS if status >= HTTPStatus.INTERNAL_SERVER_ERROR else EXPLANATIONS[400])
    )


def _refused(fault: Refused) -> Response:
    return _page(400, Explanation("This cannot be done", f"{fault.place}: {fault.fault} {fault.remedy}"))


def _page(status: int, explanation: Explanation) -> Response:
    is_here = status != HTTPStatus.SERVICE_UNAVAILABLE and presence.signed_in() is not None
    html = render_template("staff/problem.html", explanation=explanation, is_here=is_here)
    reply = Response(html, status, mimetype="text/html")
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        reply.headers["Retry-After"] = str(SECONDS_TO_WAIT)
    return reply
