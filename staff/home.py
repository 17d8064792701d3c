"""The first page after signing in, and one's own account."""

from flask import Response

from fieldwork import inspections
from fieldwork.office import people
from staff.doors import Door
from staff.here import Here, database, today
from staff.pages import page
from staff.permissions import SIGNED_IN


def start(here: Here) -> Response:
    """The inspections that somebody has a part in; for an administrator, all there are."""
    with database().reading() as session:
        theirs = people.inspections_of(session, here.staff_id, today())
        others = [each for each in inspections.all_of(session) if each not in theirs] if here.administrator else []
    return page(here, "home/start", theirs=theirs, others=others)


def account(here: Here) -> Response:
    """One's own account: password, second factor, recovery codes."""
    return page(here, "home/account")


DOORS = (
    Door("/", start, SIGNED_IN),
    Door("/your-account", account, SIGNED_IN),
)
