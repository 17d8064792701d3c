"""The people to text: uploaded by one person, confirmed by another. No page shows a whole number."""

import csv
import io

from flask import Response, abort
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import waves
from fieldwork.faults import Refused
from fieldwork.hours import LONDON
from fieldwork.numbers import contact_file, contact_uploads, contacts
from fieldwork.numbers.contact_columns import MAY_HOLD
from fieldwork.numbers.contact_file import ContactFile
from fieldwork.numbers.contact_uploads import Spending
from fieldwork.texting import conversations, text_plans
from fieldwork.texting.dispositions import DISPOSITIONS
from staff.contacts.at_hand import Ready, list_waiting, name_of, ready_for, record, since
from staff.contacts.confirming import confirm, invite, preview, throw_away
from staff.contacts.forms import GoOnForm, UploadForm
from staff.contacts.texting import texting
from staff.contacts.words import SPOKEN, phrase, plural, problem_lines
from staff.doors import Door
from staff.here import InWave, database, keys, now
from staff.pages import page, see_other, told
from staff.permissions import Permission

LARGEST = contact_file.LARGEST + 512 * 1024  # a file somewhat too large is still answered in words of its own
MOST_PROBLEMS = 200


def overview(here: InWave) -> Response:
    """How many people there are, by how it stands with them, and whether a list waits."""
    return _overview(here, GoOnForm())


def _overview(here: InWave, form: GoOnForm) -> Response:
    found = texting()
    with database().reading() as session:
        wave = waves.find_wave(session, here.wave_name)
        can_be_texted = found is not None and found.can_ask(waves.asked_in(session, wave.id).questionnaire)
        there = conversations.dispositions(session, wave)
        list_there = list_waiting(session, here) if found else None
        uploader = name_of(session, list_there.uploaded_by) if list_there else ""
        begun = can_be_texted and not wave.closed and not list_there and text_plans.of_wave(session, wave)
        left = found.foretell(session, wave, (), now()).people if found and begun else 0
    return page(
        here,
        "contacts/overview",
        form=form,
        left=left,
        phrase=phrase(left),
        wave=wave,
        is_set_up=found is not None,
        can_be_texted=can_be_texted,
        people=[(words, there[state]) for state, words in DISPOSITIONS.items() if there.get(state)],
        uploaded=list_there,
        waits_since=since(list_there) if list_there else "",
        uploader=uploader,
        may_upload=here.may(Permission.CONTACTS),
        kept_hours=contact_uploads.KEPT_HOURS,
        trail=[{"text": "People to text"}],
        status=400 if form.errors else 200,
    )


def go_on(here: InWave) -> Response | AnyResponse:
    """Invite those who were added and not invited: a confirmation was broken off, or they came in at a terminal."""
    form, moment = GoOnForm(), now()
    if form.validate_on_submit():
        with database().transaction() as session:
            ready = ready_for(session, here)
            wave = waves.hold(session, ready.wave.id)
            plan = text_plans.of_wave(session, wave)
            if plan is None or contact_uploads.waiting(session, wave.id, ready.keys, moment):
                raise Refused("This wave", "has a list that waits, or no budget yet.", "Confirm a list first.")
            moments = ready.texting.begin(
                session, wave, form.people, plan.budget_pence, moment, partial_counts=plan.partial_counts
            )
            record(session, here, "confirmed_contacts", f"{plural(len(moments), 'person', 'people')}, added before")
        invite(here, moments, moment)
        return see_other("contacts.overview", slug=here.slug, wave=here.questionnaire_id)
    return _overview(here, form)


def template(_here: InWave) -> Response:
    """An empty sheet with the columns that there may be."""
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerow(MAY_HOLD)
    reply = Response(sheet.getvalue(), mimetype="text/csv")
    reply.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return reply


def upload(here: InWave) -> Response | AnyResponse:
    """A list, read and looked through; kept, sealed, only where nothing is wrong with it."""
    form, problems = UploadForm(), list[str]()
    with database().reading() as session:
        ready = ready_for(session, here)
        plan = text_plans.of_wave(session, ready.wave)
    if plan and not form.is_submitted():
        form.budget.data, form.partial_counts.data = f"{plan.budget_pence / 100:.2f}", plan.partial_counts
    if form.validate_on_submit():
        content = form.file.data.read(contact_file.LARGEST + 1)
        today = now().astimezone(LONDON).date()
        sheet = contact_file.read(content, today, encoding=form.encoding.data, practice=ready.texting.practice)
        problems = problem_lines(sheet.problems)
        if not problems and _kept(here, ready, sheet, form):
            told("The list is kept, sealed. Nobody is texted before another person has looked at it and confirmed it.")
            return see_other("contacts.preview", slug=here.slug, wave=here.questionnaire_id)
    return page(
        here,
        "contacts/upload",
        form=form,
        problems=problems[:MOST_PROBLEMS],
        more=max(0, len(problems) - MOST_PROBLEMS),
        columns=MAY_HOLD,
        trail=[{"text": "Upload a list"}],
        status=400 if form.errors or problems else 200,
    )


def _kept(here: InWave, ready: Ready, sheet: ContactFile, form: UploadForm) -> bool:
    """True once the list waits; false where something stands against it, which the form then says."""
    terms = Spending(form.pence, form.partial_counts.data)
    try:
        with database().transaction() as session:
            foretold = ready.texting.foretell(session, ready.wave, sheet.rows, now())
            if foretold.invitation_pence > terms.budget_pence:
                form.budget.errors = [
                    f"The first texts alone cost £{foretold.invitation_pence / 100:,.2f}. Enter more."
                ]
                return False
            contact_uploads.keep(session, ready.wave, sheet, terms, here.staff_id, ready.keys, now())
            record(session, here, "uploaded_contacts", plural(len(sheet.rows), "row"))
    except Refused as fault:
        form.file.errors = [f"{fault.fault[:1].upper()}{fault.fault[1:]} {fault.remedy}"]
        return False
    return True


def everybody(here: InWave) -> Response:
    """Everybody whom the wave may text, by the last three digits of the number."""
    given = keys()
    if given is None:
        abort(404)
    with database().reading() as session:
        listed = contacts.listed(session, waves.find_wave(session, here.wave_name), given)
    return page(
        here, "contacts/everybody", listed=listed, answers=DISPOSITIONS, spoken=SPOKEN, trail=[{"text": "Everybody"}]
    )


A_WAVE = "/inspections/<slug>/<wave>/contacts"
DOORS = (
    Door(A_WAVE, overview, Permission.CONFIRM_CONTACTS),
    Door(f"{A_WAVE}/people.csv", template, Permission.CONTACTS),
    Door(f"{A_WAVE}/upload", upload, Permission.CONTACTS, ("GET", "POST"), largest=LARGEST),
    Door(f"{A_WAVE}/waiting", preview, Permission.CONFIRM_CONTACTS),
    Door(f"{A_WAVE}/waiting/confirm", confirm, Permission.CONFIRM_CONTACTS, ("POST",)),
    Door(f"{A_WAVE}/waiting/throw-away", throw_away, Permission.CONFIRM_CONTACTS, ("POST",)),
    Door(f"{A_WAVE}/go-on", go_on, Permission.CONFIRM_CONTACTS, ("POST",)),
    Door(f"{A_WAVE}/everybody", everybody, Permission.CONTACTS),
)
