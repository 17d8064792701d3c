"""People of the office at their desks: one in each role, signed in, with a browser and no script."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import get_args
from uuid import UUID

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import BrowserContext
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from fieldwork import inspections, waves
from fieldwork.database import Database
from fieldwork.models.audit import AuditEntry
from fieldwork.models.people import Role, StaffMember
from fieldwork.office import people
from fieldwork.office.audit import TERMINAL
from fieldwork.office.people import find
from staff.sign_in.presence import BEGAN, SEEN
from tests.fieldwork.samples import an_inspection, small_questionnaire
from tests.modes.web.respondent import Respondent, Seen, Values

ROLES: tuple[Role, ...] = get_args(Role)
FORM_TOKEN = "f" * 40


@dataclass
class Desk(Respondent):
    """Somebody of the staff at a browser. Addresses are those of the office, without `/office`."""

    person: str = "lead"

    def open(self, address: str, **more: object) -> Seen:
        return super().open(_outside(address), **more)

    def post(self, address: str, **values: str | list[str]) -> TestResponse:
        """Send a form that was not looked at, with a good token."""
        return self.client.post(_outside(address), data=_fields(self.app, values))

    def get(self, address: str) -> TestResponse:
        """Ask for one address, wherever it leads."""
        return self.client.get(_outside(address))

    @property
    def is_in(self) -> bool:
        """True for somebody whose session still opens the first page."""
        return self.get("/").status_code == 200


@dataclass
class OfficeRoom:
    """The application, an inspection with an open wave, another inspection, and everybody who works there."""

    app: Flask
    slug: str = "leeds-2011"
    other_slug: str = "york-2012"
    wave: str = "small"
    clock: datetime | None = None
    desks: dict[str, Desk] = field(default_factory=dict)
    hurried: list[UUID] = field(default_factory=list)  # jobs of which the worker was told

    @property
    def database(self) -> Database:
        found: Database = self.app.extensions["database"]
        return found

    @property
    def office(self) -> Flask:
        found: Flask = self.app.extensions["office"]
        return found

    def at(self, moment: datetime) -> None:
        """Let the office's clock say this."""
        self.office.extensions["clock"] = lambda: moment
        self.clock = moment

    def desk(self, person: str) -> Desk:
        """The desk of a role ("lead", "second lead"), "administrator", "outsider" (works elsewhere) or "nobody"."""
        if person not in self.desks:
            self.desks[person] = Desk(self.app, person=person)
            if person != "nobody":
                self.sign_in(person)
        return self.desks[person]

    def sign_in(self, person: str) -> None:
        """Give their browser a session, as after both factors."""
        client = self.desks[person].client
        client.set_cookie(_cookie_name(self.office), _cookie(self.office, self.member(person), self.clock))

    def sign_in_browser(self, context: BrowserContext, person: str, address: str) -> None:
        """The same for a real browser."""
        value = _cookie(self.office, self.member(person), self.clock)
        context.add_cookies([{"name": _cookie_name(self.office), "value": value, "url": address}])

    def rest(self, person: str, minutes: float) -> None:
        """Let so many minutes pass since they gave their password; for doors that want it fresh."""
        value = _cookie(self.office, self.member(person), self.clock, given=time.time() - minutes * 60)
        self.desks[person].client.set_cookie(_cookie_name(self.office), value)

    def member(self, person: str) -> StaffMember:
        with self.database.reading() as session:
            return find(session, _email(person))

    @property
    def inspection_id(self) -> UUID:
        with self.database.reading() as session:
            return inspections.find(session, self.slug).id

    def acts(self) -> list[str]:
        """Everything in the audit, the earliest first."""
        with self.database.reading() as session:
            return [each.act for each in session.query(AuditEntry).order_by(AuditEntry.number)]


def open_room(app: Flask) -> OfficeRoom:
    """Two inspections with an open wave each; one person in each role of the first; a lead of the other."""
    room = OfficeRoom(app)
    with room.database.transaction() as session:
        for slug in (room.slug, room.other_slug):
            waves.open_wave(session, inspections.create(session, an_inspection(slug)), small_questionnaire())
    let_everybody_in(room, {})
    return room


def let_everybody_in(room: OfficeRoom, names: Mapping[str, str]) -> None:
    """Two people in each role of the inspection, a lead of the other, an administrator; by name, or else by role."""
    room.office.extensions["jobs"] = room.hurried.append
    today = datetime.now(UTC).date()
    with room.database.transaction() as session:
        first, other = (inspections.find(session, slug) for slug in (room.slug, room.other_slug))
        for role in ROLES:
            for person in (role, f"second {role}"):
                member = people.add(session, _email(person), names.get(person, person.title()), TERMINAL, today)
                people.set_roles(session, member, first, frozenset({role}), TERMINAL)
        outsider = people.add(session, _email("outsider"), names.get("outsider", "Outsider"), TERMINAL, today)
        people.set_roles(session, outsider, other, frozenset(ROLES), TERMINAL)
        name = names.get("administrator", "Administrator")
        people.add(session, _email("administrator"), name, TERMINAL, today, administrator=True)


@pytest.fixture
def office(app: Flask) -> OfficeRoom:
    """Two inspections and somebody in each role of the first, signed in: `office.desk("lead").open("/")`."""
    return open_room(app)


def _outside(address: str) -> str:
    return address if address.startswith("/office") else f"/office{address}"


def _email(person: str) -> str:
    return f"{person.replace(' ', '.')}@example.org"


def _cookie_name(office: Flask) -> str:
    return str(office.config["SESSION_COOKIE_NAME"])


def _cookie(office: Flask, member: StaffMember, clock: datetime | None, given: float | None = None) -> str:
    """What the browser of somebody who has just signed in holds."""
    second = int((clock or datetime.now(UTC)).timestamp())
    holds = {"_user_id": member.fs_uniquifier, "_fresh": True, "fs_paa": given or time.time(), "fs_cc": "set"}
    serializer = office.session_interface.get_signing_serializer(office)  # type: ignore[attr-defined]
    return str(serializer.dumps({**holds, BEGAN: second, SEEN: second, "csrf_token": FORM_TOKEN}))


def _fields(app: Flask, values: Values) -> MultiDict[str, str]:
    """The values as a form sends them, with the token of the session made above."""
    token = URLSafeTimedSerializer(str(app.secret_key), "wtf-csrf-token").dumps(FORM_TOKEN)
    typed = [(name, [value] if isinstance(value, str) else value) for name, value in values.items()]
    return MultiDict([("csrf_token", token), *((name, value) for name, several in typed for value in several)])
