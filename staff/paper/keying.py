"""Keying one booklet: the whole of it on one page, kept while it is keyed, finished once nothing is left to key."""

from dataclasses import replace
from uuid import UUID

from flask import Response, abort, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from fieldwork.entry import serials
from fieldwork.faults import NotFound
from fieldwork.office import audit
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.paper import keying
from fieldwork.paper.booklets import Outcome
from fieldwork.paper.keying import InHand
from fieldwork.waves import Asked
from modes.paper import keying as on_paper
from modes.paper.keying import Keyed
from staff.here import InWave, database, keys, now
from staff.pages import page, told
from staff.paper.places import asked_in, key_in, pepper, to_desk, to_desk_with
from staff.paper.steps import Step, steps

PASSING = {"csrf_token", "edition", "action"}
ON_THE_WAY = "X-On-The-Way"  # the script keeps what is keyed while somebody goes on keying
LEFT = "Key what it says, or that there is no answer."
ELSEWHERE = "This booklet was keyed on elsewhere, in another tab. What you keyed here stands below and is not kept yet."
SAID = {
    Outcome.STORED: "{serial} is in.",
    Outcome.SECOND: "{serial} is keyed. Put it on the pile for another person, who keys it too.",
    Outcome.DIFFERS: "{serial} is keyed. Two people keyed it differently: put it on the pile to be settled.",
    Outcome.ALREADY_IN: "{serial} is in already: a file brought it meanwhile. What you keyed is not needed.",
}


def key(here: InWave, booklet: str) -> Response | AnyResponse:
    """The booklet, with what this person has keyed of it so far; never with what somebody else has."""
    try:
        found = _in_hand(here, key_in(booklet))
    except NotFound as fault:
        return to_desk_with(here, fault)
    asked = asked_in(here)
    return _shown(here, found, steps(asked, serials.language_of(found.serial), found.answers))


def keyed(here: InWave, booklet: str) -> Response | AnyResponse:
    """Keep what is keyed; finish the booklet where that is asked and nothing is left to key."""
    asked, booklet_id = asked_in(here), key_in(booklet)
    _refuse_other_fields(asked)
    form = on_paper.read(asked.questionnaire, request.form.getlist)
    left = on_paper.left_to_key(asked.questionnaire, form.answers)
    wants_to_finish = request.form.get("action") == "finish"
    try:
        if wants_to_finish and not left and not form.faults:
            return _finished(here, booklet_id, form)
        with database().transaction() as session:
            edition = keying.keep(session, here.wave_id, booklet_id, here.staff_id, form.answers, _edition())
    except NotFound as fault:
        return _refused(f"{fault.place} {fault.fault}") if _on_the_way() else to_desk_with(here, fault)
    except ChangedMeanwhile:
        return _refused(ELSEWHERE) if _on_the_way() else _again(here, booklet_id, asked, form, note=ELSEWHERE)
    if _on_the_way():
        return jsonify(edition=edition)
    if wants_to_finish:
        form.faults.update({question.id: LEFT for question in left if question.id not in form.faults})
    if form.faults:
        return _again(here, booklet_id, asked, form)
    told("What you have keyed so far is kept. Take the booklet up again below.")
    return to_desk(here)


def _finished(here: InWave, booklet_id: UUID, form: Keyed) -> AnyResponse:
    with database().transaction() as session:
        done = keying.finish(
            session, here.wave_id, booklet_id, here.staff_id, form.answers, _edition(), pepper(), now(), keys=keys()
        )
        about = f"{here.wave_name}: 1 booklet, {done.answers} answers"
        audit.record(session, "keyed_booklet", here.who, inspection_id=here.inspection_id, about=about)
    told(SAID[done.outcome].format(serial=done.serial))
    return to_desk(here)


def _again(here: InWave, booklet_id: UUID, asked: Asked, form: Keyed, note: str = "") -> Response | AnyResponse:
    """The page once more, with all that was typed, and what is wrong with it."""
    try:
        found = _in_hand(here, booklet_id)
    except NotFound as fault:
        return to_desk_with(here, fault)
    shown = [
        replace(
            step,
            values=tuple(request.form.getlist(step.field)),
            may_quote=bool(request.form.get(step.quote_field)),
            fault=form.faults.get(step.id, ""),
        )
        for step in steps(asked, serials.language_of(found.serial), form.answers)
    ]
    return _shown(here, found, shown, note=note, status=409 if note else 400)


def _shown(here: InWave, found: InHand, shown: list[Step], *, note: str = "", status: int = 200) -> Response:
    language = serials.language_of(found.serial)
    return page(
        here,
        "paper/keying",
        found=found,
        steps=shown,
        keyed=sum(bool(step.values) for step in shown if step.is_asked),
        asked=sum(step.is_asked for step in shown),
        language=language,
        note=note,
        faults=[step for step in shown if step.fault],
        trail=[{"text": "Paper", "href": _desk(here)}, {"text": found.serial}],
        status=status,
    )


def _desk(here: InWave) -> str:
    return str(to_desk(here).location)


def _in_hand(here: InWave, booklet_id: UUID) -> InHand:
    with database().reading() as session:
        return keying.in_hand(session, here.wave_id, booklet_id, here.staff_id)


def _refuse_other_fields(asked: Asked) -> None:
    """Somebody made the form up."""
    if {*request.form} - on_paper.fields(asked.questionnaire) - PASSING:
        abort(400)


def _edition() -> int:
    typed = request.form.get("edition", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0  # noqa: PLR2004 - what a column holds


def _on_the_way() -> bool:
    return ON_THE_WAY in request.headers


def _refused(sentence: str) -> Response:
    reply = jsonify(told=sentence)
    reply.status_code = 409
    return reply
