"""Flask-Security as this office wants it: two factors for everybody, short sessions, and no word on who exists."""

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, redirect, session, url_for
from flask_login import user_logged_in, user_logged_out
from flask_security import Security
from flask_security.signals import tf_profile_changed

from fieldwork.database import Database
from fieldwork.models.people import StaffMember
from fieldwork.office import audit, people
from staff.here import database, now, today
from staff.sign_in import places, presence
from staff.sign_in.accounts import Accounts
from staff.sign_in.configuration import settings_for
from staff.sign_in.forms import CodeForm, PasswordAgainForm, RecoveryForm, SignInForm
from staff.sign_in.mail import Mail
from staff.sign_in.passwords import WellChosen
from staff.sign_in.presence import Account
from staff.sign_in.second_factor import HashedCodes, OnceOnly


def guard(app: Flask) -> None:
    """Let nobody in but those who have an account, its password and its second factor."""
    app.config.update(settings_for(app))
    app.extensions["security"] = Security(
        app,
        Accounts(app.extensions["database"]),
        login_form=SignInForm,
        verify_form=PasswordAgainForm,
        two_factor_verify_code_form=CodeForm,
        mf_recovery_form=RecoveryForm,
        totp_cls=OnceOnly,
        mf_recovery_codes_util_cls=HashedCodes,
        mail_util_cls=Mail,
        password_util_cls=WellChosen,
    )
    user_logged_in.connect(_came_in, app)
    user_logged_out.connect(_left, app)
    tf_profile_changed.connect(_changed_factor, app)
    app.before_request(_end_what_rested)
    app.after_request(_know_the_device)
    app.after_request(_see_other)


def _came_in(app: Flask, user: Account, **_: Any) -> None:  # noqa: ARG001 - what the signal says
    """Begin the session, forget failures, and write down that they came."""
    second = int(now().timestamp())
    session[presence.BEGAN] = session[presence.SEEN] = second
    g.came_in = user.email
    with database().transaction() as work:
        for mark in (places.places_of(user.email), places.of_account(user.id)):
            places.succeeded(work, mark)
        work.get_one(StaffMember, user.id).last_here = today()
        audit.record(work, "signed_in", user.who)


def _left(app: Flask, user: Account | None, **_: Any) -> None:  # noqa: ARG001 - what the signal says
    """End every session of theirs: a copy of the cookie opens nothing any more."""
    session.pop(presence.BEGAN, None)
    session.pop(presence.SEEN, None)
    if user is None or not user.is_authenticated:
        return
    with database().transaction() as work:
        member = work.get_one(StaffMember, user.id)
        people.end_sessions_quietly(member)
        audit.record(work, "signed_out", user.who)


def _changed_factor(app: Flask, user: Account, **_: Any) -> None:
    """A new second factor ends all other sessions."""
    accounts: Accounts = app.extensions["security"].datastore
    accounts.set_uniquifier(user)
    session["_user_id"] = user.get_id()


def _end_what_rested() -> Response | None:
    """Sign out whoever rested too long, or was signed out elsewhere, before any page of theirs is drawn."""
    if "_user_id" in session and presence.signed_in() is None:
        session.clear()
        return redirect(url_for("security.login"), 303)  # type: ignore[return-value]  # Werkzeug's class is Flask's base
    return None


def _know_the_device(reply: Response) -> Response:
    return places.remember_device(reply, g.came_in) if "came_in" in g else reply


def _see_other(reply: Response) -> Response:
    """After a form, the browser asks for the next page by GET, whatever the library says."""
    if reply.status_code == HTTPStatus.FOUND:
        reply.status_code = HTTPStatus.SEE_OTHER
    return reply


def first_password_link(app: Flask, member: StaffMember, stored: Database) -> str:
    """A link, good for a day and once, by which somebody chooses their password."""
    from flask_security.recoverable import generate_reset_password_token  # noqa: PLC0415 - needs the application above

    accounts = Accounts(stored)
    token = generate_reset_password_token(accounts.find_user(id=member.id))
    return f"{app.extensions['settings'].public_url}/office/sign-in/new-password/{token}"
