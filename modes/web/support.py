"""Beside the questions: somebody to talk to, leaving at once, privacy, and how the site can be used."""

from uuid import UUID

from flask import Response, session

from fieldwork import inspections
from fieldwork.entry.codes import fingerprint
from fieldwork.entry.visits import VisitNow
from fieldwork.retention_table import kept
from fieldwork.safeguarding.concerns import ask_to_talk
from modes.web import browser
from modes.web.browser import go, go_clean
from modes.web.forms import TalkForm
from modes.web.pages import page
from modes.web.visiting import database, now, pepper, stay, tablet_now, visit_now
from modes.web.words import Words

HARMLESS = "https://www.bbc.co.uk/weather"
FORGET = '"cache", "cookies", "storage"'


def talk() -> Response:
    """The form of somebody who wants to talk. It has nothing to do with any answer."""
    return show_talk(visit_now(), TalkForm())


def ask() -> Response:
    """Keep what they told us, apart from all answers, and once however often it is sent."""
    form, visit = TalkForm(), visit_now()
    if visit:
        stay(visit)
    if not form.validate():
        return show_talk(visit, form)
    said = (form.name.data or "", form.reach.data or "", form.words.data or "")
    with database().transaction() as work:
        asked_by = visit or tablet_now()
        inspection = inspections.of_wave(work, asked_by.wave_id) if asked_by else None
        ask_to_talk(work, inspection, *said, browser.language(), now(), request_id=_same_for_the_same(said))
    session["asked"] = True
    return go("/talk/sent")


def _same_for_the_same(said: tuple[str, ...]) -> UUID:
    """A key that a second press of the button, or Back and once more, makes again; nobody else can."""
    return UUID(fingerprint("\0".join((session["csrf_token"], *said)), pepper())[:32], version=4)


def show_talk(visit: VisitNow | None, form: TalkForm, *, fault: str | None = None, status: int = 200) -> Response:
    """The form, with whatever was typed and what is wrong with it."""
    words = Words(browser.language(), visit.audience if visit else None)
    errors = {name: _in_words(faults[0], words) for name, faults in form.errors.items()}
    if fault:
        errors["reach"] = words(fault)
    found = [{"href": f"#{name}", "text": fault} for name, fault in errors.items()]
    back = "/question" if visit and visit.state == "open" else None
    return page("talk", visit, form=form, errors=errors, error_list=found, back=back, can_exit=True, status=status)


def _in_words(fault: str, words: Words) -> str:
    kind, _, excess = fault.partition(" ")
    return words("talk.too_long", excess=excess) if kind == "too_long" else words("talk.nothing")


def talk_sent() -> Response:
    """We have it, and when we look; nobody who has not asked is told that."""
    return page("talk_sent", visit_now(), can_exit=True) if session.get("asked") else go("/talk")


def leave_at_once() -> Response:
    """Forget this browser's visit and lead to a harmless site. Nothing is written: the answers wait for their code.

    A shared tablet shows its start: there is no other site to lead to, and the next sweep deletes the answers.
    """
    if browser.is_shared():
        browser.forget_person()
        return go_clean("/")
    session.clear()
    away = go(HARMLESS)
    away.headers["Clear-Site-Data"] = FORGET
    return away


def privacy() -> Response:
    """What we keep, who sees it, how long."""
    return page("privacy", visit_now(), kept=kept)


def accessibility() -> Response:
    """What works for whom, and what does not yet."""
    return page("accessibility", visit_now())
