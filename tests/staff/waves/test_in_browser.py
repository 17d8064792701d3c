"""An inspection in a real browser: made, planned, seen to lack things, opened, closed. Nobody is kept out."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app import create_app
from fieldwork import inspections, waves
from fieldwork.office import people
from fieldwork.office.audit import TERMINAL
from surveys.loading import definition
from tests.application import settings_for_texts
from tests.browser import PHONE, barriers, follow
from tests.fieldwork.texted import people as sheet_of
from tests.staff.contacts.test_contact_pages import NOON
from tests.staff.desks import OfficeRoom, open_room

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
DESK = {"width": 1280, "height": 900}
LAST = (NOON + timedelta(days=12)).date()


@pytest.fixture
def served(database_url: str, serve: Callable[..., str]) -> Iterator[tuple[OfficeRoom, str]]:
    """The office, on a Tuesday at noon, and its address."""
    made: list[Flask] = []

    def make_app(address: str) -> Flask:
        made.append(create_app(settings_for_texts(database_url).model_copy(update={"public_url": address})))
        return made[0]

    address = serve(make_app)
    office = open_room(made[0])
    office.at(NOON)
    yield office, f"{address}/office"
    made[0].extensions["database"].engine.dispose()


def signed_in(served: tuple[OfficeRoom, str], new_page: Callable[..., Page], person: str, **options: object) -> Page:
    office, address = served
    page = new_page(**{"viewport": DESK} | options)
    office.sign_in_browser(page.context, person, address)
    return page


def fill_day(page: Page, label: str, day: object) -> None:
    group = page.get_by_role("group", name=label)
    for part, value in (("Day", "%-d"), ("Month", "%-m"), ("Year", "%Y")):
        group.get_by_label(part).fill(f"{day:{value}}")


@pytest.mark.req("T5")
def test_from_making_an_inspection_to_closing_its_wave_without_a_script(
    served: tuple[OfficeRoom, str], new_page: Callable[..., Page]
) -> None:
    office, address = served
    page = signed_in(served, new_page, "administrator", java_script_enabled=False)
    page.goto(f"{address}/")
    follow(page.get_by_role("button", name="New inspection"))
    page.get_by_label("Youth justice work with children and victims").check()
    follow(page.get_by_role("button", name="Continue"))
    page.get_by_label("Area").fill("Ynys Môn")
    page.get_by_label("Wales", exact=True).check()
    fill_day(page, "First day of fieldwork", NOON.date())
    fill_day(page, "Last day of fieldwork", LAST)
    page.get_by_label("Your views: parents and carers").uncheck()
    page.get_by_label("Lead inspector").select_option(label="Lead")
    follow(page.get_by_role("button", name="Make the inspection"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ynys Môn")
    slug = f"ynys-mon-{NOON.year}"
    assert page.url.endswith(f"/inspections/{slug}")

    lead = signed_in(served, new_page, "lead", java_script_enabled=False)
    lead.goto(page.url)
    follow(lead.get_by_role("link", name="Your views: children", exact=True))
    expect(lead.get_by_text("5 things are missing.")).to_be_visible()
    assert lead.get_by_role("button", name="Open the wave").count() == 0

    with office.database.transaction() as session:
        there = inspections.find(session, slug)
        for person in ("safeguarding", "second safeguarding"):
            member = people.find(session, office.member(person).email)
            people.set_roles(session, member, there, frozenset({"safeguarding"}), TERMINAL)
    guard = signed_in(served, new_page, "safeguarding", java_script_enabled=False)
    guard.goto(f"{address}/inspections/{slug}/waves/children")
    follow(guard.get_by_role("link", name="Cover hours"))
    for number, person in enumerate(("safeguarding", "second safeguarding")):
        guard.locator("input[name$=_name]").nth(number).fill(person.title())
        guard.locator("input[name$=_email]").nth(number).fill(office.member(person).email)
    for day in guard.locator("input[name=days]").all()[:5]:
        day.check()
    guard.locator("input[name=childrens_services]").fill("Teulu Môn, 01632 960001")
    guard.locator("input[name=police]").fill("North Wales Police, 101")
    follow(guard.locator("main form button").first)
    guard.goto(f"{address}/inspections/{slug}/waves/children")
    follow(guard.get_by_role("link", name="A test alert"))
    follow(guard.locator("main form button").first)
    guard.goto(f"{address}/inspections/{slug}/concerns/practice")
    follow(guard.locator("main a[href*='/concerns/']").last)
    follow(guard.get_by_role("button", name="I have looked").first)

    lead.reload()
    expect(lead.get_by_text("Everything is there. The wave can open.")).to_be_visible()
    follow(lead.get_by_role("button", name="Open the wave"))
    expect(lead.get_by_text("The wave is open: people can answer now.")).to_be_visible()
    follow(lead.get_by_role("button", name="Close it early"))
    lead.get_by_label("Type “close children”").fill("close children")
    follow(lead.get_by_role("button", name="Close the wave"))
    expect(lead.get_by_text("It takes no more answers.").first).to_be_visible()
    assert [act for act in office.acts() if "wave" in act] == ["planned_wave"] * 2 + ["opened_wave", "closed_wave"]


@pytest.mark.req("C1")
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_nobody_is_kept_out(
    served: tuple[OfficeRoom, str], new_page: Callable[..., Page], viewport: dict[str, int], tmp_path: Path
) -> None:
    office, address = served
    with office.database.transaction() as session:
        there = inspections.find(session, office.slug)
        waves.open_wave(session, there, definition("victims-text"), today=NOON.date())
    pages = {person: signed_in(served, new_page, person, viewport=viewport) for person in ("lead", "support")}
    pages["administrator"] = signed_in(served, new_page, "administrator", viewport=viewport)
    leeds, list_file = f"/inspections/{office.slug}", tmp_path / "people.csv"
    lead, support = pages["lead"], pages["support"]
    lead.goto(f"{address}{leeds}/plan-a-wave")
    look(lead, "plan")
    lead.get_by_label("Your views of the service (2009)").check()
    follow(lead.get_by_role("button", name="Plan it"))
    look(lead, "wave planned")
    for name, place in {
        "home": leeds,
        "change": f"{leeds}/change",
        "wave open": f"{leeds}/waves/small",
        "change plan": f"{leeds}/waves/victims-2009/change",
        "close": f"{leeds}/waves/small/close",
    }.items():
        lead.goto(f"{address}{place}")
        look(lead, name)
    pages["administrator"].goto(f"{address}/new-inspection")
    look(pages["administrator"], "programme")
    pages["administrator"].goto(f"{address}/new-inspection?programme=today")
    look(pages["administrator"], "new")
    follow(pages["administrator"].get_by_role("button", name="Make the inspection"))
    look(pages["administrator"], "new, nothing filled in")

    contacts = f"{leeds}/victims-text/contacts"
    support.goto(f"{address}{contacts}/upload")
    look(support, "upload")
    for content, name in ((sheet_of(1, agreed="no"), "bad list"), (sheet_of(*range(24), age="adult"), "preview, mine")):
        list_file.write_bytes(content)
        support.get_by_label("The list").set_input_files(list_file)
        support.get_by_label("All texts of this wave").fill("60")
        follow(support.get_by_role("button", name="Upload and look at it"))
        look(support, name)
    lead.goto(f"{address}{contacts}/waiting")
    look(lead, "preview")
    follow(lead.get_by_role("button", name="Text them"))
    look(lead, "preview, not confirmed")
    lead.get_by_label("Type “text 24 people”").fill("text 24 people")
    follow(lead.get_by_role("button", name="Text them"))
    look(lead, "contacts")
    for name, place in {"contacts, support": contacts, "everybody": f"{contacts}/everybody"}.items():
        support.goto(f"{address}{place}")
        look(support, name)
    support.goto(f"{address}{leeds}/somebodys-number")
    support.get_by_label("Their mobile number").fill("07700 900003")
    support.get_by_label("Know what is kept").check()
    follow(support.get_by_role("button", name="Do it"))
    look(support, "by number")


def look(page: Page, name: str) -> None:
    """Nothing on this page keeps anybody out, and nothing scrolls sideways."""
    assert barriers(page) == [], name
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{name} scrolls sideways"
