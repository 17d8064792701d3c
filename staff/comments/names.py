"""The inspection's list of names that must not be printed."""

from http import HTTPStatus
from uuid import UUID

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from fieldwork.faults import Refused
from fieldwork.reading import name_list
from fieldwork.reading.name_list import Unreadable
from staff.comments import words
from staff.comments.forms import ButtonForm, NameForm
from staff.doors import Door
from staff.here import InInspection, database, keys
from staff.pages import page, see_other, told
from staff.permissions import Permission
from surveys.redaction.listed import ListedName


def names(here: InInspection) -> Response:
    """The list."""
    return _names(here, NameForm(formdata=None))


def add_name(here: InInspection) -> Response | AnyResponse:
    """One more name."""
    form = NameForm()
    if form.validate_on_submit():
        listed = ListedName(form.name.data or "", form.kind.data, form.instead.data or None)
        try:
            with database().transaction() as session:
                name_list.add(session, keys(), here.inspection_id, listed, here.who)
        except (Refused, Unreadable) as refused:
            form.name.errors = [*form.name.errors, f"{refused.place} {refused.fault} {refused.remedy}"]
        else:
            told("The name is on the list.")
            return see_other("comments.names", slug=here.slug)
    return _names(here, form, HTTPStatus.BAD_REQUEST)


def remove_name(here: InInspection, name_id: UUID) -> AnyResponse:
    """Take a name off the list."""
    ButtonForm()
    with database().transaction() as session:
        name_list.remove(session, here.inspection_id, name_id, here.who)
    told("The name is off the list.")
    return see_other("comments.names", slug=here.slug)


def _names(here: InInspection, form: NameForm, status: int = HTTPStatus.OK) -> Response:
    fault, entries = "", []
    try:
        with database().reading() as session:
            entries = name_list.entries(session, keys(), here.inspection_id)
    except Unreadable as unreadable:
        fault = f"{unreadable.place} {unreadable.fault} {unreadable.remedy}"
    return page(here, "comments/names", status=status, entries=entries, form=form, fault=fault, words=words)


HERE = "/inspections/<slug>/names"
DOORS = (
    Door(HERE, names, Permission.SET_UP),
    Door(f"{HERE}/add", add_name, Permission.SET_UP, ("POST",)),
    Door(f"{HERE}/<uuid:name_id>/remove", remove_name, Permission.SET_UP, ("POST",)),
)
