"""The shared tablet: one wave's questions for one person after the other, and nothing else.

A device becomes one by a link from the office. Between two people nothing of the first is left: not in the page, not in
the cookie, and, unless they pressed Send, nowhere.
"""

from flask import Response, current_app, jsonify, request

from fieldwork.entry import tablets, visits
from fieldwork.entry.visits import VisitNow
from fieldwork.faults import Closed
from modes.web import browser
from modes.web.browser import go, go_clean
from modes.web.forms import LinkForm
from modes.web.pages import page
from modes.web.visiting import database, elsewhere, now, pepper, stay, tablet_now, visit_now

SHOWN = frozenset(
    {
        *("web.start", "web.begin_on_tablet", "web.stop", "web.next_person", "web.still_here"),
        *(
            "web.safe",
            "web.go_on",
            "web.right_question",
            "web.question",
            "web.answer",
            "web.check",
            "web.send",
            "web.sent",
        ),
        *("web.talk", "web.ask", "web.talk_sent", "web.leave_at_once", "web.privacy", "web.accessibility"),
    }
)
MAKING = frozenset({"web.tablet_link", "web.make_tablet"})


def keep_to_the_questions() -> Response | None:
    """On a shared tablet, show nothing but an interview; on one that is in use no longer, nothing at all."""
    if not browser.is_shared():
        return None
    if tablet_now():
        return None if request.endpoint in SHOWN else go("/")
    if request.endpoint in MAKING:
        return None
    browser.forget_person()
    return page("off", status=403)


def tablet_link(link: str) -> Response:
    """The page that asks whether this device shall be a shared tablet. It looks the same for any link."""
    return page("tablet_link", link=link)


def make_tablet() -> Response:
    """Exchange the link for a cookie. Whoever was signed in here, or was answering, is so no longer."""
    with database().transaction() as work:
        secret = tablets.open_on_device(work, LinkForm().link.data or "", pepper(), now())
    if secret is None:
        return page("tablet_refused", status=404)
    browser.become_tablet(secret)
    made = go_clean("/")
    for name in request.cookies.keys() - {current_app.config["SESSION_COOKIE_NAME"]}:
        made.delete_cookie(name, path="/", secure=request.is_secure, httponly=True)
    return made


def start_on_tablet() -> Response:
    """The start for whoever comes next. Somebody in the middle is asked first what shall become of their answers."""
    visit = visit_now()
    if visit and visit.state == "open":
        return go("/stop")
    if browser.visit_token():
        browser.forget_person()
    return page("start", has_choices=browser.has_choices())


def begin_on_tablet() -> Response:
    """Begin with the next person."""
    tablet = tablet_now()
    if tablet is None:
        return go("/")
    before = visit_now()
    try:
        with database().transaction() as work:
            if before:
                visits.leave(work, before)
            token = tablets.begin(work, tablet, now())
    except Closed:
        return go("/")  # where it says so
    browser.begin_with(token)
    return go("/safe")


def stop() -> Response:
    """Send what was answered, throw it away, or go on."""
    visit = visit_now()
    if not browser.is_shared() or visit is None or visit.state != "open":
        return elsewhere(visit)
    has_answers = visit.read_safe and any(answer.says_something for answer in visit.answers.values())
    return page("stop", visit, has_answers=has_answers)


def next_person() -> Response:
    """Throw away what was not sent, forget who was here, and show the start."""
    if browser.is_shared():
        if visit := visit_now():
            with database().transaction() as work:
                visits.leave(work, visit)
        browser.forget_person()
    return go_clean("/")


def still_here() -> Response:
    """Somebody has touched the page or pressed a key: their time begins anew. Says how many minutes are left in all."""
    visit = visit_now()
    if not browser.is_shared() or _is_over(visit):
        return Response(status=403)
    if visit:
        stay(visit)
    return jsonify(minutes=visit.minutes_left(now()) if visit else None)


def _is_over(visit: VisitNow | None) -> bool:
    if visit is None:
        return browser.visit_token() is not None
    return visit.state != "open"
