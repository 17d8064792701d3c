"""A list that waits, confirmed by a second person: only then are its people contacts, and texted."""

from collections.abc import Sequence
from datetime import datetime

from flask import Response, abort
from werkzeug.wrappers import Response as AnyResponse

from fieldwork import waves
from fieldwork.faults import NotFound, Refused
from fieldwork.hours import LONDON
from fieldwork.numbers import contact_uploads
from fieldwork.numbers.phone_numbers import masked
from staff.contacts.at_hand import list_waiting, name_of, ready_for, record, since
from staff.contacts.forms import ConfirmForm, ThrowAwayForm
from staff.contacts.texting import Foretold
from staff.contacts.words import SPOKEN, phrase, plural
from staff.here import InWave, database, now
from staff.pages import page, see_other, told

AT_ONCE = 100  # invitations in one transaction


def preview(here: InWave) -> Response | AnyResponse:
    """The list that waits: how many of whom would be texted, in which language, with what words, at what cost."""
    return _previewed(here, ConfirmForm())


def _previewed(here: InWave, form: ConfirmForm) -> Response | AnyResponse:
    with database().reading() as session:
        ready = ready_for(session, here)
        waiting = list_waiting(session, here)
        if waiting is None:
            return see_other("contacts.overview", slug=here.slug, wave=here.questionnaire_id)
        foretold: Foretold = ready.texting.foretell(session, ready.wave, waiting.rows, now())
        uploader = name_of(session, waiting.uploaded_by)
    form.upload.data = str(waiting.id)
    return page(
        here,
        "contacts/preview",
        form=form,
        foretold=foretold,
        uploaded=waiting,
        rows=[(row.line, masked(row.number), SPOKEN[row.language], row.age, row.confirmed) for row in waiting.rows],
        phrase=phrase(foretold.people),
        uploader=uploader,
        waits_since=since(waiting),
        is_mine=waiting.uploaded_by == here.staff_id,
        practice=ready.texting.practice,
        budget=f"£{waiting.terms.budget_pence / 100:,.2f}",
        trail=[{"text": "A list that waits"}],
        status=400 if form.errors else 200,
    )


def confirm(here: InWave) -> Response | AnyResponse:
    """Text the people of the list: on the word of a second person, who has typed how many they are."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _previewed(here, form)
    moment = now()
    try:
        moments = _begun(here, form, moment)
    except Refused as fault:
        form.phrase.errors = [f"{fault.fault[:1].upper()}{fault.fault[1:]} {fault.remedy}"]
        return _previewed(here, form)
    except NotFound:
        told("That list does not wait any more. Somebody else may have confirmed it or thrown it away.")
        return see_other("contacts.overview", slug=here.slug, wave=here.questionnaire_id)
    invite(here, moments, moment)
    return see_other("contacts.overview", slug=here.slug, wave=here.questionnaire_id)


def _begun(here: InWave, form: ConfirmForm, moment: datetime) -> Sequence[datetime]:
    """When each of them may be invited, now that they are contacts of the wave."""
    with database().transaction() as session:
        ready = ready_for(session, here)
        wave = waves.hold(session, ready.wave.id)
        _, terms = contact_uploads.take_in(session, wave, form.upload_id, here.staff_id, ready.keys, moment)
        moments = ready.texting.begin(
            session, wave, form.people, terms.budget_pence, moment, partial_counts=terms.partial_counts
        )
        record(session, here, "confirmed_contacts", plural(len(moments), "person", "people"))
    return moments


def invite(here: InWave, moments: Sequence[datetime], moment: datetime) -> None:
    """Write the invitations, some at a time: others write meanwhile. Broken off, the page offers to go on."""
    count = 0
    for start in range(0, len(moments), AT_ONCE):
        with database().transaction() as session:
            ready = ready_for(session, here)
            count += ready.texting.invite_some(session, ready.wave, moments[start : start + AT_ONCE], moment)
    first, last = (f"{each.astimezone(LONDON):%A %H:%M}" for each in (moments[0], moments[-1]))
    when = first if first == last else f"{first} to {last}"
    told(f"{plural(count, 'person', 'people')} will be texted, {when}.")


def throw_away(here: InWave) -> AnyResponse:
    """Throw the list away."""
    form = ThrowAwayForm()
    if not form.validate_on_submit():
        abort(400)
    with database().transaction() as session:
        if contact_uploads.discard(session, here.wave_id, form.upload_id):
            record(session, here, "threw_contacts_away", "a list")
    told("The list is thrown away. Nobody on it is texted.")
    return see_other("contacts.overview", slug=here.slug, wave=here.questionnaire_id)
