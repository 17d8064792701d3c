"""Somebody asks about their own number: to know what is kept, to have it put right or erased. It is shown to nobody."""

from typing import cast

from flask import Response

from fieldwork.database import Session
from fieldwork.keeping import contact_requests
from fieldwork.keeping.contact_requests import Kept
from fieldwork.keeping.restoring import remember_erasure
from fieldwork.models.audit import Act
from fieldwork.numbers import suppression
from fieldwork.numbers.phone_numbers import NotAMobile, mobile
from fieldwork.office import audit
from fieldwork.sealing import Keys
from fieldwork.texting.dispositions import DISPOSITIONS
from staff.contacts.forms import ERASE, LOOK, NumberForm
from staff.contacts.texting import texting
from staff.contacts.words import SPOKEN, plural
from staff.doors import Door
from staff.here import InInspection, database, keys, today
from staff.pages import page
from staff.permissions import Permission


def by_number(here: InInspection) -> Response:
    """What is kept of one person in this inspection; put right or erased where they ask for it."""
    form, given, found = NumberForm(), keys(), texting()
    done, kept = "", list[Kept]()
    looked = silenced = False
    if form.validate_on_submit() and (number := _number(form, practice=bool(found and found.practice))) and given:
        with database().transaction() as session:
            kept = contact_requests.kept_of(session, number, given, here.inspection_id)
            done = _do(session, here, form, number, kept, given)
            kept = contact_requests.kept_of(session, number, given, here.inspection_id)
            silenced = contact_requests.asked_not_to(session, number, given)
        looked = True
        if form.wish.data == ERASE:
            database().tidy()
        form = NumberForm(formdata=None)
    return page(
        here,
        "contacts/by_number",
        form=form,
        is_set_up=given is not None,
        looked=looked,
        done=done,
        kept=kept,
        silenced=silenced,
        answers=DISPOSITIONS,
        spoken=SPOKEN,
        trail=[{"text": "Somebody’s own number"}],
        status=400 if form.errors else 200,
    )


def _number(form: NumberForm, *, practice: bool) -> str | None:
    try:
        return mobile(form.number.words, practice=practice)
    except NotAMobile as not_a_mobile:
        form.number.errors = [not_a_mobile.reason]
        return None


def _do(  # noqa: PLR0913, PLR0917 - what is asked for whom, by whom
    session: Session, here: InInspection, form: NumberForm, number: str, kept: list[Kept], given: Keys
) -> str:
    """What was done, in a sentence; it stands in the audit, without the number."""
    match cast("str", form.wish.data):
        case wish if wish == LOOK:
            act, told = "looked_up_contact", ""
        case wish if wish == ERASE:
            erased = contact_requests.erase(session, kept)
            remember_erasure(session, number, given, today())
            if form.never_again.data:
                suppression.suppress(session, number, given, today())
            act, told = "erased_contact", _told_of_erasure(erased.contacts, erased.held)
        case _:
            count = sum(contact_requests.correct(session, [each], form.language, each.age) for each in kept)
            act, told = "corrected_contact", f"Put right in {plural(count, 'wave')}."
    audit.record(
        session, cast("Act", act), here.who, inspection_id=here.inspection_id, about=plural(len(kept), "contact")
    )
    return told


def _told_of_erasure(erased: int, held: int) -> str:
    waits = f" {plural(held, 'contact')} not erased yet: a concern is open that has to be closed first." if held else ""
    return f"{plural(erased, 'contact')} erased, with the texts.{waits}"


DOORS = (Door("/inspections/<slug>/somebodys-number", by_number, Permission.CONTACTS, ("GET", "POST")),)
