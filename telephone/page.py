"""Phones on the screen: a list of them, and each with its thread and a box to answer."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from telephone.errands import TooBusy
from telephone.numbers import e164, shown
from telephone.phones import KINDS, LONGEST_WAIT, Phone
from telephone.provider import exchange

QUICK = ("1", "2", "3", "4", "5", "6", "7", "YES", "IE", "STOP")
LATEST = 86_400.0

blueprint = Blueprint("page", __name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, and what is wrong with it."""

    words: str = ""
    late: str = ""
    ticked: frozenset[str] = frozenset()
    errors: tuple[tuple[str, str], ...] = ()
    """Of each fault, the field and the words."""


@blueprint.get("/")
def phones() -> str:
    """Every phone that has a text, the one with the latest first."""
    found = [Phone(exchange(), number) for number in exchange().store.numbers()]
    latest = [(phone, phone.bubbles()[-1]) for phone in found]
    return render_template("telephone/phones.html", latest=latest, rules=exchange().faults.rules(), shown=shown)


@blueprint.get("/phone")
def open_phone() -> ResponseReturnValue:
    """The phone whose number was typed."""
    typed = request.args.get("number", "")
    try:
        return redirect(_address(e164(typed)), 303)
    except ValueError as fault:
        return render_template("telephone/phones.html", latest=[], rules=[], typed=typed, fault=str(fault)), 400


@blueprint.get("/phone/<number>")
def phone(number: str) -> str:
    """One phone."""
    return _drawn(_phone(number), Draft())


@blueprint.get("/phone/<number>/thread")
def thread(number: str) -> ResponseReturnValue:
    """The thread alone, once something has changed since `?since=N`; nothing where it has not for a while."""
    found = _phone(number)
    since = request.args.get("since", -1, int)
    found.wait(since, LONGEST_WAIT)
    if found.changes() <= since:
        return "", 204
    drawn: Response = make_response(render_template("telephone/thread.html", bubbles=found.bubbles()))
    drawn.headers["X-Since"] = str(found.changes())
    return drawn


@blueprint.post("/phone/<number>/text")
def write(number: str) -> ResponseReturnValue:
    """This phone writes."""
    found = _phone(number)
    draft = _draft()
    if draft.errors:
        return _drawn(found, draft), 400
    ticked = draft.ticked
    try:
        exchange().text(
            found.number,
            draft.words,
            copies=2 if "twice" in ticked else 1,
            late=float(draft.late or 0),
            held="held" in ticked,
            pictures=1 if "picture" in ticked else 0,
            in_base64="base64" in ticked,
        )
    except TooBusy:
        abort(503)
    if "held" not in ticked and not draft.late:
        found.wait_for_an_answer(current_app.extensions["seconds_for_an_answer"])
    return redirect(_address(found.number), 303)


@blueprint.post("/phone/<number>/kind")
def become(number: str) -> ResponseReturnValue:
    """This phone is of another kind from now on."""
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        abort(400)
    _phone(number).become(kind)
    return redirect(_address(_phone(number).number), 303)


@blueprint.post("/phone/<number>/release")
def release(number: str) -> ResponseReturnValue:
    """Hand over what waits for the phone's next text."""
    found = _phone(number)
    exchange().release(found.number)
    found.wait_for_an_answer(current_app.extensions["seconds_for_an_answer"])
    return redirect(_address(found.number), 303)


@blueprint.post("/clear")
def clear() -> ResponseReturnValue:
    """Take every planted fault away."""
    exchange().faults.clear()
    return redirect("/", 303)


def _draft() -> Draft:
    form = request.form
    words = form.get("quick") or form.get("words", "").replace("\r\n", "\n")
    late = form.get("late", "").strip()
    ticked = frozenset(form.getlist("how"))
    errors = []
    if not words and "picture" not in ticked:
        errors.append(("words", "Write a text, or press one of the quick answers"))
    if late and not (late.replace(".", "", 1).isdecimal() and float(late) <= LATEST):
        errors.append(("late", "Write how many seconds late it comes, such as 5"))
    return Draft(words, late, ticked, tuple(errors))


def _drawn(found: Phone, draft: Draft) -> str:
    given: dict[str, Any] = {
        "phone": found,
        "bubbles": found.bubbles(),
        "held": len(found.exchange.held(found.number)),
        "since": found.changes(),
        "draft": draft,
        "quick": QUICK,
        "kinds": KINDS,
        "kind_items": [{"value": name, "text": words} for name, (words, _) in KINDS.items()],
        "error_list": [{"text": words, "href": f"#{field}"} for field, words in draft.errors],
    }
    return render_template("telephone/phone.html", **given)


def _phone(number: str) -> Phone:
    try:
        return Phone(exchange(), e164(number))
    except ValueError:
        abort(404)


def _address(number: str) -> str:
    return f"/phone/{shown(number).replace(' ', '')}"
