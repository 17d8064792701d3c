"""Setting up a shared tablet in the office, and switching it off."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import inspect, text

from tests.modes.web.respondent import Seen
from tests.modes.web.tablet import Tablet
from tests.staff.desks import Desk, OfficeRoom
from tests.staff.ways_in.printed import unsigned

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LINK = re.compile(r"http://127\.0\.0\.1:8000(/tablet/[\w-]{20,})")
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def place(office: OfficeRoom, room: str = "") -> str:
    return f"/inspections/{office.slug}/{office.wave}/tablets{room}"


def set_up(office: OfficeRoom, name: str = "Blue tablet", person: str = "inspector", **more: str) -> Seen:
    desk = office.desk(person)
    desk.open(place(office, "/new"))
    return desk.press(name=name, **more)


def link_on(page: Seen) -> str:
    (found,) = set(LINK.findall(page.words))
    return str(found)


def a_tablet(office: OfficeRoom, name: str = "Blue tablet") -> Tablet:
    device = Tablet(office.app)
    device.make(link_on(set_up(office, name)))
    return device


def switch_off(desk: Desk) -> Seen:
    """Press the one button that switches a tablet off."""
    (form,) = (form for form in desk.page.tree.forms if form.action.endswith("/off"))
    return desk.open(desk.send(form.form_values(), form.action).location)


@pytest.mark.parametrize("person", ["lead", "inspector", "support"])
def test_the_link_makes_a_device_a_tablet(person: str, office: OfficeRoom) -> None:
    device = Tablet(office.app)
    assert device.make(link_on(set_up(office, person=person))).heading == "About this survey"
    assert office.acts()[-1] == "made_tablet"
    page = office.desk(person).open(place(office))
    assert "Blue tablet In use" in page.words


@pytest.mark.req("A11")
def test_the_link_is_shown_once_and_kept_nowhere(office: OfficeRoom) -> None:
    page = set_up(office)
    link = link_on(page).rpartition("/")[2]
    assert page.reply.headers["Cache-Control"] == "no-store"
    assert page.tree.xpath("//*[@class='app-qr']//*[local-name()='svg']")
    for address in ("", "/new"):
        assert not LINK.search(office.desk("inspector").open(place(office, address)).words)
    with office.database.reading() as session:
        tables = inspect(session.connection()).get_table_names()
        kept = str([row for table in tables for row in session.execute(text(f"SELECT * FROM {table}"))])  # noqa: S608
    assert link not in kept


@on_sqlite
def test_a_form_that_is_sent_again_makes_no_second_tablet(office: OfficeRoom) -> None:
    desk = office.desk("inspector")
    desk.open(place(office, "/new"))
    fields = desk.fields(name="Blue tablet")
    desk.send(fields)
    again = desk.send(fields)
    assert again.status_code == 400
    assert "is the name of another tablet" in again.text
    assert not LINK.search(again.text)
    assert office.acts().count("made_tablet") == 1


@on_sqlite
def test_who_gave_a_password_long_ago_gives_it_again_before_a_link_is_made(office: OfficeRoom) -> None:
    desk = office.desk("inspector")
    office.rest("inspector", 16)
    assert desk.get(place(office, "/new")).status_code == 303
    assert desk.get(place(office)).status_code == 200


@on_sqlite
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Give it a name"),
        ({"name": "x" * 61}, "60 letters or fewer"),
        ({"name": "Blue", "last_day": ["1", "1", "2020"]}, "from today to 14 days on"),
        ({"name": "Blue", "last_day": ["31", "2", "2027"]}, "no such day"),
        ({"name": "Blue", "last_day": ["1", "", ""]}, "lacks"),
        ({"name": "\0\x1b"}, "Give it a name"),
    ],
)
def test_what_will_not_do_is_said_beside_its_field_and_stays(
    typed: dict[str, Any], said: str, office: OfficeRoom
) -> None:
    desk = office.desk("inspector")
    desk.open(place(office, "/new"))
    page = desk.press(**typed)
    assert page.status == 400
    assert any(said in error for error in page.errors), page.errors
    assert not LINK.search(page.words)
    assert "made_tablet" not in office.acts()


@on_sqlite
def test_a_name_is_text_whatever_stands_in_it(office: OfficeRoom) -> None:
    set_up(office, "<script>alert(1)</script> {{ 7*7 }}")
    page = office.desk("inspector").open(place(office))
    assert "<script>alert(1)" not in page.html
    assert "{{ 7*7 }}" in page.words


def test_switched_off_it_shows_nothing_from_its_next_page_on(office: OfficeRoom) -> None:
    tablet = a_tablet(office)
    tablet.begin()
    desk = office.desk("support")
    desk.open(place(office))
    page = switch_off(desk)
    assert "Blue tablet is switched off" in page.words
    assert "Blue tablet Switched off" in page.words
    assert office.acts()[-1] == "switched_off_tablet"
    assert tablet.open("/question").heading == "This tablet is not in use"


@on_sqlite
def test_it_ends_by_itself_in_the_evening(office: OfficeRoom) -> None:
    office.at(NOON)
    set_up(office)
    office.at(NOON + timedelta(hours=13))
    office.sign_in("inspector")
    assert "Blue tablet Over" in office.desk("inspector").open(place(office)).words


@pytest.mark.req("A10")
@on_sqlite
def test_no_page_of_the_office_tells_whether_a_tablet_was_used(office: OfficeRoom) -> None:
    unused, used = a_tablet(office, "Unused"), a_tablet(office, "Used")
    desk = office.desk("lead")
    before = unsigned(desk.open(place(office)).html)
    used.begin()
    used.open("/check")
    used.push("Send")
    assert unused.open("/").heading == "About this survey"
    assert unsigned(desk.open(place(office)).html) == before
    assert desk.page.words.count("In use") == 2


@pytest.mark.req("Z2")
@on_sqlite
def test_the_tablet_of_another_inspection_is_not_there(office: OfficeRoom) -> None:
    tablet = a_tablet(office)
    desk = office.desk("inspector")
    desk.open(place(office))
    (form,) = (form for form in desk.page.tree.forms if form.action.endswith("/off"))
    address = form.action.removeprefix("/office").replace(office.slug, office.other_slug)
    assert office.desk("outsider").post(address).status_code == 404
    assert tablet.open("/").heading == "About this survey"


@on_sqlite
def test_the_audit_names_the_tablet_by_its_id_and_neither_by_its_name_nor_its_link(office: OfficeRoom) -> None:
    link = link_on(set_up(office))
    page = office.desk("lead").open(f"/inspections/{office.slug}/audit")
    assert "Blue tablet" not in page.words
    assert link not in page.html
