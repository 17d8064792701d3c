"""Who is at the door: the visit that the browser's cookie names, and what happens to someone whose visit is over."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import Response, current_app, g, request, session

from fieldwork.database import Database
from fieldwork.entry import tablets, visits
from fieldwork.entry.tablets import TabletNow
from fieldwork.entry.visits import VisitNow, visit_of
from fieldwork.moments import minute_of
from fieldwork.sealing import Keys
from modes.web import browser
from modes.web.browser import go
from modes.web.pages import page

Address = ParamSpec("Address")


def database() -> Database:
    """Where the answers go."""
    found: Database = current_app.extensions["database"]
    return found


def pepper() -> bytes:
    """What codes are hashed with."""
    found: bytes = current_app.extensions["pepper"]
    return found


def keys() -> Keys | None:
    """What opens words that came by text; none where nobody is texted."""
    found: Keys | None = current_app.extensions["keys"]
    return found


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def visit_now() -> VisitNow | None:
    """The visit of this browser, as the database has it now."""
    token = browser.visit_token()
    if token is None:
        return None
    with database().glance() as glance:
        return visit_of(glance, token, now())


def tablet_now() -> TabletNow | None:
    """The shared tablet that this browser is; none where it never was one, or is in use no longer."""
    if "tablet" not in g:
        g.tablet = _tablet(browser.tablet_secret())
    found: TabletNow | None = g.tablet
    return found


def _tablet(secret: str | None) -> TabletNow | None:
    if secret is None:
        return None
    with database().glance() as glance:
        return tablets.tablet_of(glance, secret, pepper(), now())


def stay(visit: VisitNow) -> None:
    """On a shared tablet a page that was sent counts, whatever it brings: whoever sent it is still there."""
    if visit.on_tablet and visit.state == "open" and visit.last_page_minute != minute_of(now()):
        with database().transaction() as work:
            visits.stay(work, visit, now())


def come_in(token: str) -> Response:
    """Begin the visit in this browser."""
    before, page_token = visit_now(), session.get("csrf_token")
    browser.begin_with(token)
    if before and page_token and _same_answers(before, visit_now()):
        session["csrf_token"] = page_token  # one person with two tabs: what is typed in the first one is not lost
    return go("/safe")


def _same_answers(one: VisitNow, other: VisitNow | None) -> bool:
    return other is not None and one.draft_id is not None and one.draft_id == other.draft_id


def during_visit(view: Callable[Concatenate[VisitNow, Address], Response]) -> Callable[Address, Response]:
    """Give the view the visit. Who has none, or one that is over, sees that instead; nobody skips keeping safe."""

    @wraps(view)
    def guarded(*args: Address.args, **kwargs: Address.kwargs) -> Response:
        visit = visit_now()
        if visit is None or visit.state != "open":
            return elsewhere(visit)
        return view(visit, *args, **kwargs) if visit.read_safe else go("/safe")

    return guarded


def elsewhere(visit: VisitNow | None) -> Response:
    """What somebody sees whose visit is not open: never an answer. A page that was sent here is not acknowledged."""
    asked_only = request.method in {"GET", "HEAD"}
    if browser.is_shared() and (visit is None or visit.state != "open"):
        return _next_person(visit, asked_only=asked_only)
    if visit is None:
        return page("no_visit", status=200 if asked_only else 403)
    match visit.state:
        case "sent":
            return page("already_sent", visit, status=200 if asked_only else 409)
        case "closed":
            return page("closed", visit, status=200 if asked_only else 409)
        case "idle":
            return page("idle", visit, by_code=visit.by_code, status=200 if asked_only else 403)
        case "open":
            return go("/question")


def _next_person(visit: VisitNow | None, *, asked_only: bool) -> Response:
    """On a shared tablet: the start, or that what was just sent is not kept, as the next person may have typed it."""
    if asked_only:
        return go("/")
    if visit and visit.state == "sent":
        return page("already_sent", visit, status=409)
    return page("too_late", status=403)
