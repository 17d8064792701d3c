"""Every address of the respondent's pages. None of them says what the survey is about, nor who answers."""

from flask import Blueprint
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from fieldwork.faults import AlreadySent, Busy, Closed
from modes.web import browser, entry, errors, interview, sharing, support

blueprint = Blueprint("web", __name__)
blueprint.before_app_request(sharing.keep_to_the_questions)
blueprint.before_app_request(browser.remember_choices)

for address, method, view in (
    ("/", "GET", entry.start),
    ("/", "POST", entry.try_code),
    ("/l/<link>", "GET", entry.own_link),
    ("/l", "GET", entry.to_the_start),
    ("/l", "POST", entry.begin_by_own_link),
    ("/o/<link>", "GET", entry.open_link),
    ("/o", "GET", entry.to_the_start),
    ("/o", "POST", entry.begin_by_open_link),
    ("/tablet/<link>", "GET", sharing.tablet_link),
    ("/tablet", "GET", entry.to_the_start),
    ("/tablet", "POST", sharing.make_tablet),
    ("/begin", "GET", entry.to_the_start),
    ("/begin", "POST", sharing.begin_on_tablet),
    ("/stop", "GET", sharing.stop),
    ("/next", "GET", entry.to_the_start),
    ("/next", "POST", sharing.next_person),
    ("/here", "POST", sharing.still_here),
    ("/safe", "GET", interview.safe),
    ("/safe", "POST", interview.go_on),
    ("/question", "GET", interview.right_question),
    ("/question/<number>", "GET", interview.question),
    ("/question/<number>", "POST", interview.answer),
    ("/check", "GET", interview.check),
    ("/send", "GET", interview.right_question),
    ("/send", "POST", interview.send),
    ("/sent", "GET", interview.sent),
    ("/talk", "GET", support.talk),
    ("/talk", "POST", support.ask),
    ("/talk/sent", "GET", support.talk_sent),
    ("/exit", "GET", support.leave_at_once),
    ("/privacy", "GET", support.privacy),
    ("/accessibility", "GET", support.accessibility),
):
    blueprint.add_url_rule(address, view.__name__, view, methods=[method])

for fault, explain in (
    (HTTPException, errors.http_error),
    (CSRFError, errors.stale_page),
    (Busy, errors.busy),
    (AlreadySent, errors.over),
    (Closed, errors.over),
):
    blueprint.app_errorhandler(fault)(explain)
