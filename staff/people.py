"""People: who works here, and who does what in which inspection."""

from typing import get_args
from uuid import UUID

from flask import Response, abort, current_app, url_for
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovCheckboxInput, GovSelect, GovTextInput
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired

from fieldwork import inspections
from fieldwork.database import Session
from fieldwork.faults import Refused
from fieldwork.models.people import Role, StaffMember
from fieldwork.office import audit, people
from staff.doors import Door
from staff.forms import OfficeForm
from staff.here import Here, InInspection, database, today
from staff.pages import page, see_other, told
from staff.permissions import ADMINISTRATOR, ROLE_MEANS, ROLE_NAMES, SIGNED_IN, Permission
from staff.sign_in.security import first_password_link

ROLES: tuple[Role, ...] = get_args(Role)


class PersonForm(OfficeForm):
    """Somebody new."""

    name = StringField(
        "Name",
        widget=GovTextInput(),
        validators=[InputRequired("Enter the name that others will see beside what was done.")],
    )
    email = StringField(
        "E-mail address", widget=GovTextInput(), validators=[InputRequired("Enter their e-mail address.")]
    )
    administrator = BooleanField(
        "Administrator: makes inspections and lets people in; reads no answers", widget=GovCheckboxInput()
    )


class RolesForm(OfficeForm):
    """What somebody does in an inspection."""

    roles = SelectMultipleField(
        "What they do here",
        widget=GovCheckboxesInput(),
        choices=[(role, ROLE_NAMES[role]) for role in ROLES],
    )
    why = StringField("Why", widget=GovTextInput(), validators=[InputRequired("Say why, for the audit.")])


class NewcomerForm(OfficeForm):
    """Somebody from the list of people who is to have a part in an inspection."""

    person = SelectField("Who", widget=GovSelect())


def everybody(here: Here) -> Response:
    """All members of staff."""
    with database().reading() as session:
        return page(here, "people/everybody", members=people.everybody(session), dormant=_dormant(session))


def _dormant(session: Session) -> set[UUID]:
    return {member.id for member in people.everybody(session) if people.is_dormant(member, today())}


def add(here: Here) -> Response:
    """Somebody new, and the link by which they choose their password."""
    form = PersonForm()
    if form.validate_on_submit():
        try:
            with database().transaction() as session:
                member = people.add(
                    session,
                    form.email.data or "",
                    form.name.data or "",
                    here.who,
                    today(),
                    administrator=form.administrator.data,
                )
        except Refused as fault:
            form.email.errors = [f"{fault.place} {fault.fault} {fault.remedy}"]
        else:
            return page(here, "people/added", member=member, link=first_password_link(current_app, member, database()))
    return page(here, "people/add", form=form, status=400 if form.errors else 200)


def person(here: Here, staff_id: UUID) -> Response:
    """One member of staff, and what they may do where."""
    with database().reading() as session:
        member = _found(session, staff_id)
        theirs = people.inspections_of(session, staff_id, today())
        parts = [(each, people.roles_in(session, staff_id, each, today())) for each in theirs]
        return page(
            here,
            "people/person",
            member=member,
            parts_in=parts,
            is_dormant=people.is_dormant(member, today()),
            role_names=ROLE_NAMES,
        )


def close(here: Here, staff_id: UUID) -> AnyResponse:
    """Let them in no more."""
    with database().transaction() as session:
        people.close_account(session, _found(session, staff_id), here.who)
    told("The account is closed. Whoever was signed in with it is not any more.")
    return see_other("people.person", staff_id=staff_id)


def open_again(here: Here, staff_id: UUID) -> AnyResponse:
    """Let them in again."""
    with database().transaction() as session:
        people.open_account(session, _found(session, staff_id), here.who, today())
    told("The account is open.")
    return see_other("people.person", staff_id=staff_id)


def forget_factor(here: Here, staff_id: UUID) -> AnyResponse:
    """Let them set up a second factor anew."""
    with database().transaction() as session:
        people.forget_second_factor(session, _found(session, staff_id), here.who)
    told("They set up a second factor when they next sign in. Make sure that it is really them who asked.")
    return see_other("people.person", staff_id=staff_id)


def new_link(here: Here, staff_id: UUID) -> Response:
    """A link by which they choose a new password."""
    with database().transaction() as session:
        member = _found(session, staff_id)
        audit.record(session, "made_password_link", here.who, about=f"person {member.id}")
    return page(here, "people/added", member=member, link=first_password_link(current_app, member, database()))


def team(here: InInspection) -> Response:
    """The people of an inspection."""
    with database().reading() as session:
        members = people.team(session, here.inspection_id)
        form = _newcomers(session, {each.staff_id for each in members})
    return page(here, "people/team", members=members, form=form, role_names=ROLE_NAMES, may_change=_may_change(here))


def bring_in(here: InInspection) -> AnyResponse:
    """Go to the page that says what a newcomer is to do."""
    if not _may_change(here):
        abort(403)
    with database().reading() as session:
        form = _newcomers(session, set())
        if not form.validate_on_submit():
            abort(400)
    return see_other("people.roles", slug=here.slug, staff_id=form.person.data)


def roles(here: InInspection, staff_id: UUID) -> Response | AnyResponse:
    """What one of them does in the inspection."""
    if not _may_change(here):
        abort(403)
    form = RolesForm()
    with database().reading() as session:
        member, inspection = _found(session, staff_id), inspections.find(session, here.slug)
        if not form.is_submitted():
            form.roles.data = sorted(people.roles_in(session, staff_id, inspection, today()))
    if form.validate_on_submit():
        wanted = frozenset(role for role in ROLES if role in (form.roles.data or ()))
        with database().transaction() as session:
            inspection = inspections.find(session, here.slug)
            people.set_roles(session, _found(session, staff_id), inspection, wanted, here.who, form.why.data or "")
        told(f"{member.name}: kept. It holds from their next page on.")
        return see_other("people.team", slug=here.slug)
    trail = [{"text": "Team", "href": url_for("people.team", slug=here.slug)}]
    return page(here, "people/roles", form=form, member=member, means=ROLE_MEANS, role_names=ROLE_NAMES, trail=trail)


def _may_change(here: InInspection) -> bool:
    return here.administrator or here.may(Permission.SET_UP)


def _newcomers(session: Session, there: set[UUID]) -> NewcomerForm:
    form = NewcomerForm()
    others = [each for each in people.everybody(session) if each.active and each.id not in there]
    form.person.choices = [(str(each.id), f"{each.name} ({each.email})") for each in others]
    return form


def _found(session: Session, staff_id: UUID) -> StaffMember:
    if (member := session.get(StaffMember, staff_id)) is None:
        abort(404)
    return member


A_PERSON = "/people/<uuid:staff_id>"
DOORS = (
    Door("/people", everybody, ADMINISTRATOR),
    Door("/people/new", add, ADMINISTRATOR, ("GET", "POST"), fresh=True),
    Door(A_PERSON, person, ADMINISTRATOR),
    Door(f"{A_PERSON}/close", close, ADMINISTRATOR, ("POST",), fresh=True),
    Door(f"{A_PERSON}/open", open_again, ADMINISTRATOR, ("POST",), fresh=True),
    Door(f"{A_PERSON}/forget-factor", forget_factor, ADMINISTRATOR, ("POST",), fresh=True),
    Door(f"{A_PERSON}/link", new_link, ADMINISTRATOR, ("POST",), fresh=True),
    Door("/inspections/<slug>/team", team, SIGNED_IN),
    Door("/inspections/<slug>/team/new", bring_in, SIGNED_IN, ("POST",)),
    Door("/inspections/<slug>/team/<uuid:staff_id>", roles, SIGNED_IN, ("GET", "POST"), fresh=True),
)
