"""Who is here: the session of somebody who signed in, which ends when they leave, rest for long, or the day is over."""

from datetime import timedelta
from typing import cast

from flask import request, session
from flask_login import current_user

from fieldwork.models.people import StaffMember
from fieldwork.office.audit import Who
from staff.here import now
from staff.sign_in.library import UserMixin, check_and_update_authn_fresh, logout_user

IDLE_SECONDS = 15 * 60
LONGEST_SECONDS = 8 * 3600
FRESH = timedelta(minutes=15)
NO_GRACE = timedelta(0)
SEEN, BEGAN = "seen", "began"
REFRESHED = "yes"  # `?again=yes`: a page that renews itself is no sign of anybody


class Account(UserMixin, StaffMember):
    """A member of staff as the library that signs people in sees them."""

    roles = ()

    @property
    def who(self) -> Who:
        """Who that is, for the audit."""
        return Who(self.id, self.name)


def signed_in() -> Account | None:
    """Whoever signed in with both factors and has neither rested for 15 minutes nor been here for eight hours."""
    if not current_user.is_authenticated:
        return None
    second = int(now().timestamp())
    began, seen = session.setdefault(BEGAN, second), session.setdefault(SEEN, second)
    if not (0 <= second - seen <= IDLE_SECONDS and 0 <= second - began <= LONGEST_SECONDS):
        logout_user()
        return None
    if request.args.get("again") != REFRESHED:
        session[SEEN] = second
    return cast("Account", current_user._get_current_object())  # noqa: SLF001 - how the library gives the account behind its proxy


def is_fresh() -> bool:
    """True within a quarter of an hour after the password was given."""
    return bool(check_and_update_authn_fresh(FRESH, NO_GRACE))
