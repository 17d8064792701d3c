"""Comments in a real browser: the whole way by three people without a script, and nobody is kept out of any page."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page

from app import create_app
from fieldwork.reading import reading_clock
from fieldwork.reading.quotations import quotations
from tests.application import settings_for
from tests.browser import PHONE, barriers, follow
from tests.staff.comments.conftest import KIND, MONDAY, Room
from tests.staff.desks import open_room

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def served(database_url: str, serve: Callable[..., str]) -> Iterator[tuple[Room, str]]:
    """The office with comments in it, on a Monday at ten, and its address."""
    made: list[Flask] = []

    def make_app(address: str) -> Flask:
        made.append(create_app(settings_for(database_url, address)))
        return made[0]

    address = serve(make_app)
    room = Room(open_room(made[0]))
    room.office.at(MONDAY)
    with room.office.database.transaction() as session:
        reading_clock.look(session, MONDAY)
    room.receive("I want to die", KIND, "my old worker was a dickhead, the new one listens", "It was ok.")
    yield room, address
    made[0].extensions["database"].engine.dispose()


def signed_in(served: tuple[Room, str], new_page: Callable[..., Page], person: str, **options: object) -> Page:
    room, address = served
    page = new_page(**options)
    room.office.sign_in_browser(page.context, person, address)
    return page


@pytest.mark.req("T6", "T12")
def test_the_whole_way_by_three_people_without_a_script(
    served: tuple[Room, str], new_page: Callable[..., Page]
) -> None:
    room, address = served
    here = f"{address}/office{room.place}"
    lead = signed_in(served, new_page, "lead", java_script_enabled=False, viewport=DESK)
    lead.goto(f"{address}/office/inspections/{room.office.slug}/names")
    lead.get_by_label("Name", exact=True).fill("Kerry Jones")
    lead.get_by_label("A person").check()
    lead.get_by_label("What stands in its place").fill("the victim worker")
    follow(lead.get_by_role("button", name="Put it on the list"))
    lead.goto(f"{here}/themes")
    lead.get_by_label("Add a theme").fill("Being listened to")
    follow(lead.get_by_role("button", name="Add it"))

    inspector = signed_in(served, new_page, "inspector", java_script_enabled=False, viewport=PHONE)
    inspector.goto(f"{here}/comments")
    follow(inspector.get_by_role("button", name="Read the next comment"))
    inspector.get_by_text("I want to die").wait_for()  # what looks worrying comes first
    for left in (3, 2, 1, 0):
        written = inspector.get_by_role("blockquote").first
        if inspector.get_by_text("offensive word").count():
            assert "dickhead" not in written.inner_text()
            inspector.get_by_text("offensive word").click()
            assert "dickhead" in written.inner_text()
        follow(inspector.get_by_role("button", name="I have read it"))
        assert room_unread(room) == left
    inspector.get_by_text("Every comment of this wave has been read.").wait_for()
    inspector.goto(f"{address}/office{room.address('Kerry')}")
    inspector.get_by_label("Being listened to").check()
    follow(inspector.get_by_role("button", name="Keep the themes"))
    assert inspector.get_by_label("Being listened to").is_checked()
    follow(inspector.get_by_role("button", name="Propose words for the report"))
    field = inspector.get_by_label("Words for the report")
    assert field.input_value() == "[The victim worker] was kind, she rang me on [a telephone number] every week"
    field.fill("[The victim worker] was kind, she rang me... every week")
    follow(inspector.get_by_role("button", name="Propose these words"))

    approver = signed_in(served, new_page, "approver", java_script_enabled=False, viewport=DESK)
    approver.goto(f"{address}/office/inspections/{room.office.slug}/approvals")
    follow(approver.get_by_role("rowheader").get_by_role("link"))
    follow(approver.get_by_role("button", name="Keep my decision"))
    assert approver.get_by_role("alert").get_by_role("link").count() >= 1
    for question in approver.get_by_role("group").filter(has=approver.get_by_label("No", exact=True)).all():
        question.get_by_label("No", exact=True).check()
    approver.get_by_label("Approve exactly these words").check()
    follow(approver.get_by_role("button", name="Keep my decision"))
    approver.get_by_text("Approved: exactly these words.").wait_for()

    lead.goto(f"{address}/office{room.address('Kerry')}")
    follow(lead.get_by_role("button", name="Put it into the perspective"))
    follow(lead.get_by_role("button", name="Put it in"))
    lead.get_by_text("It is in the perspective now.").wait_for()
    with room.office.database.reading() as session:
        (quotation,) = quotations(session, room.wave)
    assert quotation.words == "[The victim worker] was kind, she rang me... every week"


@pytest.mark.req("C1")
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_nobody_is_kept_out(served: tuple[Room, str], new_page: Callable[..., Page], viewport: dict[str, int]) -> None:
    room, address = served
    everywhere(room)
    lead = signed_in(served, new_page, "lead", viewport=viewport)
    approver = signed_in(served, new_page, "approver", viewport=viewport)
    kind, rude = room.address("Kerry"), room.address("dickhead")
    of = f"/inspections/{room.office.slug}"
    theme = room.open("lead", f"{room.place}/themes").link("Being listened to").removeprefix("/office")
    for page, place in (
        *(
            (lead, each)
            for each in (f"{room.place}/comments", rude, f"{rude}/quotation", f"{room.place}/themes", theme)
        ),
        *((lead, each) for each in (f"{of}/names", kind, f"{kind}/release", f"{of}/approvals")),
        (approver, f"{rude}/approval"),
    ):
        page.goto(f"{address}/office{place}")
        assert barriers(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{place} scrolls sideways"
    lead.goto(f"{address}/office{rude}/quotation")
    lead.get_by_label("Words for the report").fill("ring 07700 900123")
    follow(lead.get_by_role("button", name="Propose these words"))
    follow(approver.get_by_role("button", name="Keep my decision"))
    for page in (lead, approver):
        assert barriers(page) == [], "after an error"


def room_unread(room: Room) -> int:
    return sum(each.state == "new" for each in room.listed())


def everywhere(room: Room) -> None:
    """Let something stand on every page: an approved comment, one that waits, a theme, a name, an alarm."""
    lead = room.desk("lead")
    lead.open(f"{room.place}/themes")
    lead.press(name="Being listened to")
    lead.open(f"/inspections/{room.office.slug}/names")
    lead.press(name="Kerry Jones", kind="person", instead="the victim worker")
    room.approve(room.propose())
    room.propose("dickhead", "the new one listens")
    room.office.at(MONDAY + timedelta(days=2))
    for person in room.office.desks:
        room.office.sign_in(person)
