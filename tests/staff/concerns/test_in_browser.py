"""The room of concerns in a real browser: handled by two people, and nobody is kept out of any of its pages."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page

from app import create_app
from tests.application import settings_for_texts
from tests.browser import PHONE, barriers, follow
from tests.staff.concerns.conftest import CANARY, MONDAY, Room
from tests.staff.desks import open_room

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def served(database_url: str, serve: Callable[..., str]) -> Iterator[tuple[Room, str]]:
    """The office with a concern of each kind, on a Monday a little after eleven, and its address."""
    made: list[Flask] = []

    def make_app(address: str) -> Flask:
        made.append(create_app(settings_for_texts(database_url).model_copy(update={"public_url": address})))
        return made[0]

    address = serve(make_app)
    room = Room(open_room(made[0]))
    room.office.at(MONDAY)
    yield room, address
    made[0].extensions["database"].engine.dispose()


def signed_in(served: tuple[Room, str], new_page: Callable[..., Page], person: str, **options: object) -> Page:
    room, address = served
    page = new_page(**options)
    room.office.sign_in_browser(page.context, person, address)
    return page


@pytest.mark.req("T4", "T10")
def test_two_people_see_to_a_concern_without_a_script(served: tuple[Room, str], new_page: Callable[..., Page]) -> None:
    room, address = served
    room.by_text()
    first = signed_in(served, new_page, "safeguarding", java_script_enabled=False, viewport=DESK)
    first.goto(f"{address}/office/concerns")
    assert CANARY not in first.content()
    follow(first.get_by_role("link", name="23 November 2026, 10:00"))
    assert first.get_by_text(CANARY).is_visible()
    follow(first.get_by_role("button", name="I have looked, and see to it"))
    room.office.at(MONDAY + timedelta(minutes=10))
    second = signed_in(served, new_page, "second safeguarding", java_script_enabled=False, viewport=PHONE)
    second.goto(first.url)
    follow(second.get_by_role("button", name="Write down a referral"))
    follow(second.get_by_role("button", name="Write it down"))
    assert second.get_by_role("alert").get_by_role("link").count() == 2
    second.get_by_label("Who took it").fill("Leeds duty team, Ms Okoro")
    second.get_by_label("Why you decided to refer it").fill("A child may be hurt.")
    follow(second.get_by_role("button", name="Write it down"))
    assert second.get_by_text("The referral is written down.").is_visible()
    first.reload()
    follow(first.get_by_role("button", name="Write down their answer"))
    first.get_by_label("What they answered").fill("They go there today.")
    follow(first.get_by_role("button", name="Write it down"))
    follow(first.get_by_role("button", name="Close"))
    first.get_by_label("What was decided").fill("Safe with her aunt.")
    follow(first.get_by_role("button", name="Write it down"))
    assert CANARY not in first.content()
    assert first.get_by_text("Second Safeguarding referred it to Leeds duty team").is_visible()


@pytest.mark.req("C1")
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_nobody_is_kept_out(served: tuple[Room, str], new_page: Callable[..., Page], viewport: dict[str, int]) -> None:
    room, address = served
    texted, talk, comment = room.by_text(), room.by_talk(), room.by_comment()
    room.office.at(MONDAY + timedelta(minutes=75))
    page = signed_in(served, new_page, "safeguarding", viewport=viewport)
    wide = []
    for name, place in {
        "everywhere": "/concerns",
        "queue": room.address(),
        "closed": f"{room.address()}?closed=yes",
        "text": room.address(texted),
        "talk": room.address(talk),
        "comment": room.address(comment),
        "refer": room.address(talk, "refer"),
        "close": room.address(talk, "close"),
        "number": room.address(texted, "number"),
        "who-looks": room.address(step="who-looks"),
        "practice": room.address(step="practice"),
    }.items():
        page.goto(f"{address}/office{place}")
        assert barriers(page) == [], name
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)
    assert wide == [], "these scroll sideways"
