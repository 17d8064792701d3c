"""Who may open each door. A route without a row here fails, so that nobody adds an open one by accident."""

from enum import Enum, auto

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from tests.modes.sms.texting import settings_for_texts


class Guard(Enum):
    """What a door asks for before it opens."""

    NOTHING = auto()
    SECRET = auto()  # a code or a link, looked up by its fingerprint
    VISIT = auto()  # the cookie of a visit
    SIGNED_LINK = auto()  # a link that only who holds the key can make
    SIGNATURE = auto()  # the provider's, over the whole request


DOORS = {
    ("web.start", "GET"): Guard.NOTHING,
    ("web.try_code", "POST"): Guard.SECRET,
    ("web.own_link", "GET"): Guard.NOTHING,  # tells nothing about the link
    ("web.begin_by_own_link", "POST"): Guard.SECRET,
    ("web.open_link", "GET"): Guard.SECRET,
    ("web.begin_by_open_link", "POST"): Guard.SECRET,
    ("web.to_the_start", "GET"): Guard.NOTHING,
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
    ("perspective.show", "GET"): Guard.SIGNED_LINK,
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


@pytest.mark.parametrize("token", ["", "essex-2012", "ImVzc2V4LTIwMTIi.forged", "\x00", "a" * 5000])
def test_a_link_that_was_not_signed_opens_no_perspective(token: str, client: FlaskClient) -> None:
    assert client.get(f"/perspective/{token}").status_code == 404


@pytest.mark.parametrize("door", [door for door, guard in DOORS.items() if guard is Guard.SIGNATURE], ids="-".join)
def test_without_a_signature_the_doors_of_the_provider_stay_shut(door: tuple[str, str], database_url: str) -> None:
    app = create_app(settings_for_texts(database_url))
    endpoint, method = door
    (rule,) = app.url_map.iter_rules(endpoint)
    reply = app.test_client().open(rule.rule.replace("<attempt>", "1"), method=method, data={"Body": "1"})
    assert (reply.status_code, reply.data) == (403, b"")
