"""Settling a booklet that two people keyed differently: both keyings side by side, the booklet in hand."""

from dataclasses import dataclass, replace
from uuid import UUID

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from fieldwork.entry import serials
from fieldwork.faults import NotFound
from fieldwork.office import audit
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.paper import disputes
from fieldwork.paper.booklets import Outcome
from fieldwork.paper.disputes import Dispute
from fieldwork.waves import Asked
from modes.paper import keying as on_paper
from staff.here import InWave, database, now
from staff.pages import page, told
from staff.paper.keying import SAID
from staff.paper.places import asked_in, key_in, pepper, to_desk, to_desk_with
from staff.paper.steps import Step, steps
from surveys.answers import Answer, NoAnswer, Silence

FIRST, SECOND, OTHER = "first", "second", "other"
NOTHING = NoAnswer(Silence.SKIPPED)
PASSING = {"csrf_token", "edition", "action"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that was keyed differently: both keyings, and what has been chosen."""

    step: Step
    first: Step
    second: Step
    chosen: str = ""
    fault: str = ""


def settle(here: InWave, booklet: str) -> Response | AnyResponse:
    """What two people keyed, side by side. That it was read is written down."""
    try:
        with database().transaction() as session:
            found = disputes.dispute(session, here.wave_id, key_in(booklet))
            about = f"{here.wave_name}: {len(found.differing)} answers keyed twice"
            audit.record(session, "read_keyings", here.who, inspection_id=here.inspection_id, about=about)
    except NotFound as fault:
        return to_desk_with(here, fault)
    return _shown(here, found, _differences(asked_in(here), found))


def settled(here: InWave, booklet: str) -> Response | AnyResponse:
    """Store the booklet as it was settled."""
    booklet_id, asked = key_in(booklet), asked_in(here)
    try:
        with database().reading() as session:
            found = disputes.dispute(session, here.wave_id, booklet_id)
        _refuse_other_fields(asked, found)
        answers, faults = _chosen(asked, found)
        if faults:
            return _shown(here, found, _differences(asked, found, faults), status=400)
        outcome = _kept(here, booklet_id, found, answers)
    except NotFound as fault:
        return to_desk_with(here, fault)
    except ChangedMeanwhile:
        told("The booklet was keyed afresh meanwhile. Compare it again.")
        return to_desk(here)
    told(SAID[outcome].format(serial=found.serial))
    return to_desk(here)


def _kept(here: InWave, booklet_id: UUID, found: Dispute, answers: dict[str, Answer]) -> Outcome:
    edition = request.form.get("edition", "")
    with database().transaction() as session:
        seen = int(edition) if edition.isascii() and edition.isdigit() else 0
        outcome = disputes.settle(session, here.wave_id, booklet_id, answers, seen, pepper(), now())
        about = f"{here.wave_name}: {len(found.differing)} answers"
        audit.record(session, "settled_booklet", here.who, inspection_id=here.inspection_id, about=about)
    return outcome


def _chosen(asked: Asked, found: Dispute) -> tuple[dict[str, Answer], dict[str, str]]:
    """The answer chosen for each question that differs, and what is wrong with the choice."""
    form = on_paper.read(asked.questionnaire, request.form.getlist)
    answers: dict[str, Answer] = {}
    faults: dict[str, str] = {}
    for question_id in found.differing:
        match request.form.get(f"choice-{question_id}"):
            case "first":
                answers[question_id] = found.first.get(question_id, NOTHING)
            case "second":
                answers[question_id] = found.second.get(question_id, NOTHING)
            case "other" if question_id in form.answers:
                answers[question_id] = form.answers[question_id]
            case "other":
                faults[question_id] = form.faults.get(question_id, "Key what the booklet says.")
            case _:
                faults[question_id] = "Choose what the booklet says."
    return answers, faults


def _differences(asked: Asked, found: Dispute, faults: dict[str, str] | None = None) -> list[Difference]:
    language = serials.language_of(found.serial)
    first, second, empty = (
        {step.id: step for step in steps(asked, language, answers)} for answers in (found.first, found.second, {})
    )
    return [
        Difference(
            replace(
                empty[each],
                values=tuple(request.form.getlist(empty[each].field)),
                may_quote=bool(request.form.get(empty[each].quote_field)),
            ),
            first[each],
            second[each],
            request.form.get(f"choice-{each}", ""),
            (faults or {}).get(each, ""),
        )
        for each in found.differing
    ]


def _shown(here: InWave, found: Dispute, differences: list[Difference], status: int = 200) -> Response:
    return page(
        here,
        "paper/settling",
        found=found,
        differences=differences,
        language=serials.language_of(found.serial),
        faults=[each for each in differences if each.fault],
        trail=[{"text": "Paper", "href": to_desk(here).location}, {"text": found.serial}],
        status=status,
    )


def _refuse_other_fields(asked: Asked, found: Dispute) -> None:
    """Somebody made the form up."""
    choices = {f"choice-{question_id}" for question_id in found.differing}
    if {*request.form} - on_paper.fields(asked.questionnaire) - choices - PASSING:
        abort(400)
