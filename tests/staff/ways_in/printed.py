"""What stands on paper that was just printed in the browser."""

import re

from tests.modes.web.respondent import Seen
from tests.staff.desks import OfficeRoom

CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
REFERENCE = re.compile(r"\b[2-9A-HJ-NP-Z]{3}-\d+\b")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="[^"]*"')


def codes_on(page: Seen) -> list[str]:
    return CODE.findall(page.words)


def references_on(page: Seen) -> list[str]:
    return REFERENCE.findall(page.words)


def place(office: OfficeRoom, room: str = "ways-in") -> str:
    return f"/inspections/{office.slug}/{office.wave}/{room}"


def make(office: OfficeRoom, number: int = 3, person: str = "inspector", **more: str) -> Seen:
    """New codes, printed."""
    desk = office.desk(person)
    desk.open(place(office, "ways-in/codes"))
    return desk.press(number=str(number), **more)


def replace(office: OfficeRoom, lost: str, person: str = "inspector", **more: str) -> Seen:
    """What comes when something was lost."""
    desk = office.desk(person)
    desk.open(place(office, "ways-in/lost"))
    return desk.press(lost=lost, **more)


def unsigned(html: str) -> str:
    """The page without its tokens, which differ each time it is drawn."""
    return TOKEN.sub("", html)
