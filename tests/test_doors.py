"""Who may open each door: every route, every person, their own inspection and another. A route without a row fails."""

from enum import Enum, auto
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app import create_app
from tests.modes.sms.texting import settings_for_texts
from tests.modes.web.respondent import Respondent
from tests.staff.desks import OfficeRoom


class Guard(Enum):
    """What a door asks for before it opens."""

    NOTHING = auto()
    SECRET = auto()  # a code or a link, looked up by its fingerprint
    VISIT = auto()  # the cookie of a visit
    TABLET = auto()  # the cookie of a shared tablet
    SIGNATURE = auto()  # the provider's, over the whole request


DOORS = {
    ("web.start", "GET"): Guard.NOTHING,
    ("web.try_code", "POST"): Guard.SECRET,
    ("web.own_link", "GET"): Guard.NOTHING,  # tells nothing about the link
    ("web.begin_by_own_link", "POST"): Guard.SECRET,
    ("web.open_link", "GET"): Guard.SECRET,
    ("web.begin_by_open_link", "POST"): Guard.SECRET,
    ("web.to_the_start", "GET"): Guard.NOTHING,
    ("web.tablet_link", "GET"): Guard.NOTHING,  # tells nothing about the link
    ("web.make_tablet", "POST"): Guard.SECRET,
    ("web.begin_on_tablet", "POST"): Guard.TABLET,
    ("web.still_here", "POST"): Guard.TABLET,
    ("web.next_person", "POST"): Guard.NOTHING,  # ends what this browser has, and shows the start
    ("web.stop", "GET"): Guard.VISIT,
    ("web.safe", "GET"): Guard.VISIT,
    ("web.go_on", "POST"): Guard.VISIT,
    ("web.right_question", "GET"): Guard.VISIT,
    ("web.question", "GET"): Guard.VISIT,
    ("web.answer", "POST"): Guard.VISIT,
    ("web.check", "GET"): Guard.VISIT,
    ("web.send", "POST"): Guard.VISIT,
    ("web.sent", "GET"): Guard.VISIT,
    ("web.talk", "GET"): Guard.NOTHING,
    ("web.ask", "POST"): Guard.NOTHING,
    ("web.talk_sent", "GET"): Guard.NOTHING,
    ("web.leave_at_once", "GET"): Guard.NOTHING,
    ("web.privacy", "GET"): Guard.NOTHING,
    ("web.accessibility", "GET"): Guard.NOTHING,
    ("texts.text_came_in", "POST"): Guard.SIGNATURE,
    ("texts.status_came", "POST"): Guard.SIGNATURE,
}
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def doors_of(app: Flask) -> set[tuple[str, str]]:
    """Every endpoint of the application with each method it takes."""
    passive = {"HEAD", "OPTIONS"}
    return {
        (rule.endpoint, method) for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - passive
    }


def test_every_door_says_who_may_open_it(app: Flask) -> None:
    assert doors_of(app) == set(DOORS)


@pytest.mark.parametrize("door", [door for door, guard in DOORS.items() if guard is Guard.VISIT], ids="-".join)
def test_without_a_visit_no_page_of_an_interview_opens(door: tuple[str, str], app: Flask, client: FlaskClient) -> None:
    endpoint, method = door
    rule = next(rule for rule in app.url_map.iter_rules(endpoint) if method in (rule.methods or ()))
    address = rule.rule.replace("<number>", "1")
    reply = client.open(address, method=method)
    assert "Question 1" not in reply.text
    assert reply.status_code in {200, 303, 403}
    assert reply.location in {None, "/", "/question"}


@pytest.mark.parametrize("door", [door for door, guard in DOORS.items() if guard is Guard.TABLET], ids="-".join)
def test_without_a_tablet_nothing_of_one_is_done(door: tuple[str, str], app: Flask) -> None:
    stranger = Respondent(app)
    stranger.open("/")
    (rule,) = (rule for rule in app.url_map.iter_rules(door[0]) if door[1] in (rule.methods or ()))
    reply = stranger.send(stranger.fields(), rule.rule)
    assert (reply.status_code, reply.location) in {(403, None), (303, "/")}
    assert stranger.open("/safe").heading == "Start here"


@pytest.mark.parametrize("token", ["", "essex-2012", "ImVzc2V4LTIwMTIi.forged"])
def test_no_perspective_is_read_without_signing_in(token: str, client: FlaskClient) -> None:
    assert client.get(f"/perspective/{token}").status_code == 404
    assert client.get("/office/inspections/essex-2012/perspective").status_code == 303


@pytest.mark.parametrize("door", [door for door, guard in DOORS.items() if guard is Guard.SIGNATURE], ids="-".join)
def test_without_a_signature_the_doors_of_the_provider_stay_shut(door: tuple[str, str], database_url: str) -> None:
    app = create_app(settings_for_texts(database_url))
    endpoint, method = door
    (rule,) = app.url_map.iter_rules(endpoint)
    reply = app.test_client().open(rule.rule.replace("<attempt>", "1"), method=method, data={"Body": "1"})
    assert (reply.status_code, reply.data) == (403, b"")


# --- The office ---

PEOPLE = ("lead", "inspector", "support", "safeguarding", "approver", "administrator", "outsider", "nobody")

LEAD = {"lead"}
INSPECTING = {"lead", "inspector"}
READING = {"lead", "inspector", "approver"}
KEYING = {"lead", "inspector", "support"}
IN_IT = {"lead", "inspector", "support", "safeguarding", "approver"}
ADMINISTRATOR = {"administrator"}
WHOEVER_SETS_UP = {"lead", "administrator"}
SUPPORT = {"support"}
CONFIRMING = {"lead", "support"}
SAFEGUARDING = {"safeguarding"}
APPROVER = {"approver"}
SIGNED_IN = {*PEOPLE} - {"nobody"}

OFFICE_DOORS: dict[str, set[str]] = {
    "home.start": SIGNED_IN,
    "home.account": SIGNED_IN,
    "people.everybody": ADMINISTRATOR,
    "people.add": ADMINISTRATOR,
    "people.person": ADMINISTRATOR,
    "people.close": ADMINISTRATOR,
    "people.open_again": ADMINISTRATOR,
    "people.forget_factor": ADMINISTRATOR,
    "people.new_link": ADMINISTRATOR,
    "people.team": IN_IT | ADMINISTRATOR,
    "people.bring_in": WHOEVER_SETS_UP,
    "people.roles": WHOEVER_SETS_UP,
    "audit.all_entries": ADMINISTRATOR,
    "audit.of_inspection": LEAD,
    "inspections.new": ADMINISTRATOR,
    "inspections.home": IN_IT | ADMINISTRATOR,
    "inspections.change": LEAD,
    "waves.plan": LEAD,
    "waves.wave": IN_IT,
    "waves.change": LEAD,
    "waves.drop": LEAD,
    "waves.open_it": LEAD,
    "waves.close": LEAD,
    "contacts.overview": CONFIRMING,
    "contacts.template": SUPPORT,
    "contacts.upload": SUPPORT,
    "contacts.preview": CONFIRMING,
    "contacts.confirm": CONFIRMING,
    "contacts.throw_away": CONFIRMING,
    "contacts.go_on": CONFIRMING,
    "contacts.everybody": SUPPORT,
    "contacts.by_number": SUPPORT,
    "fieldwork.overview": IN_IT,
    "fieldwork.glance": IN_IT,
    "fieldwork.target": LEAD,
    "ways_in.ways": KEYING,
    "ways_in.codes": KEYING,
    "ways_in.lost": KEYING,
    "ways_in.poster": KEYING,
    "ways_in.poster_pdf": KEYING,
    "ways_in.renew": KEYING,
    "tablets.shared": KEYING,  # the same people hand out codes
    "tablets.new": KEYING,
    "tablets.switch_off": KEYING,
    "concerns.queue": SAFEGUARDING | {"outsider"},  # who looks at concerns somewhere sees those of there
    "concerns.of_inspection": SAFEGUARDING,
    "concerns.concern": SAFEGUARDING,
    "concerns.acknowledge": SAFEGUARDING,
    "concerns.refer": SAFEGUARDING,
    "concerns.answer": SAFEGUARDING,
    "concerns.close": SAFEGUARDING,
    "concerns.reopen": SAFEGUARDING,
    "concerns.number": SAFEGUARDING,
    "concerns.who_looks": SAFEGUARDING,
    "concerns.practices": SAFEGUARDING,
    "concerns.practise": SAFEGUARDING,
    "paper.desk": KEYING,
    "paper.begin": KEYING,
    "paper.number": KEYING,
    "paper.second": LEAD,
    "paper.look": KEYING,
    "paper.look_at_pdf": KEYING,
    "paper.print_booklets": KEYING,
    "paper.key": KEYING,
    "paper.keyed": KEYING,
    "paper.throw_away": KEYING,
    "paper.settle": INSPECTING,
    "paper.settled": INSPECTING,
    "paper.upload": INSPECTING,
    "paper.template": INSPECTING,
    "paper.preview": INSPECTING,
    "paper.take_in": INSPECTING,
    "paper.let_go": INSPECTING,
    "perspective.section": READING,
    "perspective.topline": READING,
    "perspective.codebook": READING,
    "perspective.snapshots": READING,
    "perspective.freeze": INSPECTING,
    "perspective.snapshot": READING,
    "perspective.release": APPROVER,
    "perspective.export": INSPECTING,
    "jobs.of_inspection": IN_IT,
    "jobs.job": IN_IT,  # who asked for it, and nobody else: tests/staff/jobs
    "jobs.again": IN_IT,
    "jobs.stop": IN_IT,
    "jobs.back_to_job": IN_IT,
    "jobs.file": IN_IT,
    "jobs.of_office": ADMINISTRATOR,
    "jobs.job_of_office": ADMINISTRATOR,
    "jobs.again_in_office": ADMINISTRATOR,
    "jobs.stop_in_office": ADMINISTRATOR,
    "jobs.back_to_job_of_office": ADMINISTRATOR,
    "jobs.file_in_office": ADMINISTRATOR,
    "comments.reading": READING,
    "comments.next_one": READING,
    "comments.comment": READING,
    "comments.read": READING,
    "comments.code": READING,
    "comments.raise_concern": READING,
    "comments.redact": READING,
    "comments.approve": APPROVER,
    "comments.release": READING,
    "comments.take_back": READING,
    "comments.waiting": READING,
    "comments.themes_of_wave": READING,
    "comments.add_theme": LEAD,
    "comments.theme": LEAD,
    "comments.rename": LEAD,
    "comments.merge": LEAD,
    "comments.retire": LEAD,
    "comments.bring_back": LEAD,
    "comments.names": LEAD,
    "comments.add_name": LEAD,
    "comments.remove_name": LEAD,
}
"""Door -> who may open it in their own inspection. Nobody else may; in another inspection it is not there at all."""

OF_SIGNING_IN = {
    "security.change_password",
    "security.forgot_password",
    "security.login",
    "security.logout",
    "security.mf_recovery",
    "security.mf_recovery_codes",
    "security.reset_password",
    "security.tf_select",
    "security.two_factor_rescue",
    "security.two_factor_setup",
    "security.two_factor_setup_validate",
    "security.two_factor_token_validation",
    "security.verify",
}
"""The library's own doors, tried in tests/staff/sign_in."""

SHUT = {303, 403, 404}


def office_of(app: Flask) -> Flask:
    office: Flask = app.extensions["office"]
    return office


def methods_of(rule: Rule) -> set[str]:
    return set(rule.methods or ()) - {"HEAD", "OPTIONS"}


def address_of(office: OfficeRoom, endpoint: str, slug: str) -> tuple[str, set[str]]:
    """The address of a door in that inspection, with ids of nothing where it wants ids; and the methods it takes."""
    (rule, *_) = office.office.url_map.iter_rules(endpoint)
    wanted: dict[str, Any] = {
        name: uuid4() if type(converter).__name__ == "UUIDConverter" else "1"
        for name, converter in rule._converters.items()  # noqa: SLF001 - Werkzeug has no other way to ask
    }
    wanted |= {name: value for name, value in (("slug", slug), ("wave", office.wave)) if name in wanted}
    with office.office.test_request_context(base_url="http://127.0.0.1:8000/office"):
        return office.office.url_for(endpoint, **wanted), methods_of(rule)


@pytest.mark.req("Z1")
def test_every_door_of_the_office_says_who_may_open_it(app: Flask) -> None:
    doors = {rule.endpoint for rule in office_of(app).url_map.iter_rules()}
    assert doors == {*OFFICE_DOORS} | OF_SIGNING_IN


@pytest.mark.req("Z1", "Z3")
@pytest.mark.parametrize("endpoint", OFFICE_DOORS)
def test_a_door_opens_to_those_and_to_nobody_else(endpoint: str, office: OfficeRoom) -> None:
    address, methods = address_of(office, endpoint, office.slug)
    for method in sorted(methods):
        for person in sorted(set(PEOPLE) - OFFICE_DOORS[endpoint]):
            reply = ask(office, person, address, method)
            assert reply.status_code in SHUT, f"{method} {address} opened to {person}"
            if reply.status_code == 303:
                assert "/sign-in" in reply.location, f"{method} {address} did something for {person}"
        for person in sorted(OFFICE_DOORS[endpoint]):
            office.sign_in(person) if person in office.desks else office.desk(person)
            reply = ask(office, person, address, method)
            assert reply.status_code != 403, f"{method} {address} stayed shut to {person}"
            assert "/sign-in" not in (reply.location or ""), f"{method} {address} sent {person} away"
            assert reply.status_code < 500, f"{method} {address} broke for {person}"


@pytest.mark.req("Z2")
@pytest.mark.parametrize("endpoint", OFFICE_DOORS)
def test_another_inspection_answers_as_one_that_is_not_there(endpoint: str, office: OfficeRoom) -> None:
    address, methods = address_of(office, endpoint, office.other_slug)
    if office.other_slug not in address:
        return
    unknown = address.replace(office.other_slug, "nowhere-1999")
    for method in sorted(methods):
        for person in ("lead", "inspector", "support", "safeguarding", "approver"):
            there, nowhere = (ask(office, person, each, method) for each in (address, unknown))
            assert there.status_code == nowhere.status_code == 404, f"{method} {address} for {person}"
            assert there.data == nowhere.data


@pytest.mark.req("H3")
@pytest.mark.parametrize("endpoint", OFFICE_DOORS)
def test_no_form_is_taken_without_its_token(endpoint: str, office: OfficeRoom) -> None:
    address, methods = address_of(office, endpoint, office.slug)
    if "POST" not in methods:
        return
    person = min(OFFICE_DOORS[endpoint])
    reply = office.desk(person).client.post(address)
    assert reply.status_code == 403
    assert "out of date" in reply.text


def ask(office: OfficeRoom, person: str, address: str, method: str) -> TestResponse:
    desk = office.desk(person)
    return desk.post(address) if method == "POST" else desk.client.open(address, method=method)
