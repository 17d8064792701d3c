"""The office as its people use it, in a real browser: from `flask people add` to a closed wave, all of it in the audit.

With `--pictures FOLDER` the pages of the shared tablet are kept as pictures; those of the office are in
tests/staff/test_pictures_of_every_page.py.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from passlib.totp import TOTP
from playwright.sync_api import Page, expect

from app import create_app
from fieldwork.job_runs import Outcome
from fieldwork.office import audit
from tests.application import settings_for_texts
from tests.browser import PHONE, barriers, follow
from tests.staff.desks import OfficeRoom
from tests.staff.jobs.worked import worked

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
DESK = {"width": 1280, "height": 900}
PASSWORD = "quiet-harbour-lamp-seven"  # noqa: S105 - nobody's
NAMES = {
    "lead": ("Ann Lead", "Lead inspector"),
    "inspector": ("Ifor Inspector", "Inspector"),
    "support": ("Sian Support", "Support"),
    "first": ("Gwen Guard", "Safeguarding lead"),
    "second": ("Huw Second", "Safeguarding lead"),
    "approver": ("Olu Approver", "Approver"),
}
WORRYING = "I want to die. Kerry Jones, my victim worker, was the only one who listened."
CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
WAVE = "children"
HALF_MINUTE = 30  # the next code: clocks of telephones may be that far ahead


@dataclass
class Building:
    """The running service, and the browsers of everybody who comes to it."""

    app: Flask
    address: str
    new_page: Callable[..., Page]
    pictures: Path | None
    slug: str = ""
    desks: dict[str, Page] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def office(self) -> str:
        return f"{self.address}/office"

    @property
    def inspection(self) -> str:
        return f"{self.office}/inspections/{self.slug}"

    @property
    def wave(self) -> str:
        return f"{self.inspection}/{WAVE}"

    def look(self, page: Page, name: str) -> None:
        """Nothing here keeps anybody out."""
        assert barriers(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"

    def keep(self, page: Page, name: str) -> None:
        """The same, and the page is kept as a picture if somebody asked for that."""
        self.look(page, name)
        if self.pictures:
            page.screenshot(path=self.pictures / f"{name}.png", full_page=True)

    def comes_in(self, person: str, link: str, email: str) -> Page:
        """Choose a password by the link, sign in, and set up the second factor."""
        page = self.desks[person] = self.new_page(viewport=DESK)
        page.goto(link)
        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_label("The same once more").fill(PASSWORD)
        follow(page.get_by_role("button", name="Keep this password"))
        if person == "administrator":
            self.look(page, "sign-in")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        follow(page.get_by_role("button", name="Go on"))
        follow(page.get_by_role("button", name="Show me the code to scan"))
        if person == "administrator":
            self.look(page, "second-factor")
        key = self.keys[person] = re.sub(r"\W", "", page.locator("strong.app-key").inner_text())
        page.get_by_label("The six digits that the app shows now").fill(str(TOTP(key=key).generate().token))
        follow(page.get_by_role("button", name="Check the code"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Your inspections")
        return page

    def acts(self) -> set[str]:
        """Everything in the audit. Its page leaves out what was done about concerns: that is for the leads of those."""
        with self.app.extensions["database"].reading() as session:
            return {entry.act for entry in audit.entries(session, most=1000)}


@pytest.fixture
def building(
    database_url: str, serve: Callable[..., str], new_page: Callable[..., Page], request: pytest.FixtureRequest
) -> Iterator[Building]:
    made: list[Flask] = []

    def make_app(address: str) -> Flask:
        made.append(create_app(settings_for_texts(database_url).model_copy(update={"public_url": address})))
        return made[0]

    address = serve(make_app)
    folder = request.config.getoption("pictures")
    yield Building(made[0], address, new_page, Path(folder) if folder else None)
    made[0].extensions["database"].engine.dispose()


@pytest.mark.req("AU1", "AU3")
def test_from_the_first_account_to_a_closed_wave(building: Building) -> None:
    let_everybody_in(building)
    make_the_inspection(building)
    make_ready_and_open(building)
    codes = print_codes(building)
    answer_by_code(building, codes[0])
    answer_on_a_shared_tablet(building)
    key_a_booklet_twice(building)
    handle_the_concern(building)
    redact_and_approve(building)
    close_the_wave(building)
    pull_the_section(building)
    everything_is_in_the_audit(building)


def let_everybody_in(building: Building) -> None:
    made = building.app.test_cli_runner().invoke(
        args=["people", "add", "admin@example.org", "--name", "Ada Admin", "--administrator"]
    )
    assert made.exit_code == 0, made.output
    admin = building.comes_in("administrator", made.output.strip(), "admin@example.org")
    for person, (name, _) in NAMES.items():
        admin.goto(f"{building.office}/people/new")
        admin.get_by_label("Name").fill(name)
        admin.get_by_label("E-mail address").fill(f"{person}@example.org")
        follow(admin.get_by_role("button", name="Make the account"))
        building.comes_in(person, admin.locator("p.app-key").inner_text(), f"{person}@example.org")
    admin.goto(f"{building.office}/people")
    building.look(admin, "people")


def make_the_inspection(building: Building) -> None:
    admin = building.desks["administrator"]
    admin.goto(f"{building.office}/")
    follow(admin.get_by_role("button", name="New inspection"))
    admin.get_by_label("Youth justice work with children and victims").check()
    follow(admin.get_by_role("button", name="Continue"))
    building.look(admin, "new-inspection")
    admin.get_by_label("Area").fill("Ynys Môn")
    admin.get_by_label("Wales", exact=True).check()
    fill_day(admin, "First day of fieldwork", datetime.now(UTC).date())
    fill_day(admin, "Last day of fieldwork", datetime.now(UTC).date() + timedelta(days=12))
    admin.get_by_label("Lead inspector").select_option(label=NAMES["lead"][0])
    follow(admin.get_by_role("button", name="Make the inspection"))
    expect(admin.get_by_role("heading", level=1)).to_contain_text("Ynys Môn")
    building.slug = admin.url.rsplit("/", 1)[1]
    for person, (name, role) in NAMES.items():
        if person == "lead":
            continue
        admin.goto(f"{building.inspection}/team")
        admin.get_by_label("Who", exact=True).select_option(label=f"{name} ({person}@example.org)")
        follow(admin.get_by_role("button", name="Say what they do"))
        admin.get_by_label(role, exact=True).check()
        admin.get_by_label("Why", exact=True).fill("The team of this inspection")
        follow(admin.get_by_role("button", name="Keep"))
    building.look(admin, "team")
    for person in NAMES:  # a new role ends the sessions there were, and a code works once: so those of half a minute on
        sign_in_again(building, person)


def fill_day(page: Page, label: str, day: date) -> None:
    group = page.get_by_role("group", name=label)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(value))


def sign_in_again(building: Building, person: str) -> None:
    page = building.desks[person]
    page.goto(f"{building.office}/sign-in")
    page.get_by_label("E-mail address").fill(f"{person}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    follow(page.get_by_role("button", name="Go on"))
    code = TOTP(key=building.keys[person]).generate(time.time() + HALF_MINUTE).token
    page.get_by_label("The six digits that your app shows").fill(str(code))
    follow(page.get_by_role("button", name="Sign in"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your inspections")


def make_ready_and_open(building: Building) -> None:
    guard, lead = building.desks["first"], building.desks["lead"]
    guard.goto(f"{building.inspection}/concerns/who-looks")
    for number, person in enumerate(("first", "second")):
        guard.locator("input[name$=_name]").nth(number).fill(NAMES[person][0])
        guard.locator("input[name$=_email]").nth(number).fill(f"{person}@example.org")
    for day in guard.locator("input[name=days]").all():
        day.check()
    guard.locator("input[name=childrens_services]").fill("Teulu Môn, 01632 960001")
    guard.locator("input[name=police]").fill("North Wales Police, 101")
    building.look(guard, "who-looks-at-concerns")
    follow(guard.get_by_role("button", name="Keep"))
    guard.goto(f"{building.inspection}/concerns/practice")
    follow(guard.locator("main form button").first)
    guard.goto(f"{building.inspection}/concerns/practice")
    follow(guard.locator("main a[href*='/concerns/']").last)
    follow(guard.get_by_role("button", name="I have looked").first)
    lead.goto(f"{building.inspection}/waves/{WAVE}")
    building.look(lead, "wave-ready")
    follow(lead.get_by_role("button", name="Open the wave"))
    expect(lead.get_by_text("The wave is open: people can answer now.")).to_be_visible()
    lead.goto(building.inspection)
    building.look(lead, "inspection")


def print_codes(building: Building) -> list[str]:
    page = building.desks["inspector"]
    page.goto(f"{building.wave}/ways-in/codes")
    building.look(page, "codes")
    page.get_by_label("How many codes").fill("4")
    follow(page.get_by_role("button", name="Make and show them"))
    codes = sorted(set(CODE.findall(page.inner_text("body"))))
    assert len(codes) == 4
    return codes


def answer_by_code(building: Building, code: str) -> None:
    child = building.new_page(viewport=PHONE, locale="cy-GB", java_script_enabled=False)
    child.goto(building.address)
    child.locator("input[name=code]").fill(code)
    follow(child.locator("main form button").first)
    follow(child.locator("main form button").first)
    answer_everything(child, WORRYING)
    follow(child.locator("main form button[value=submit]"))
    expect(child).to_have_url(re.compile("/sent$"))


def answer_everything(page: Page, words: str) -> None:
    """Give the first answer to every question, and these words wherever words are asked for."""
    for _ in range(60):
        if "/question" not in page.url:
            return
        if page.locator("main form textarea").count():
            page.locator("main form textarea").fill(words)
            for box in page.locator("main form input[name=may_quote]").all()[:1]:
                box.check()
        elif page.locator(
            "main form input[name=answer][type=radio], main form input[name=answer][type=checkbox]"
        ).count():
            page.locator("main form input[name=answer]").first.check()
        elif page.locator("main form input[name=answer]").count():
            page.locator("main form input[name=answer]").fill("7")
        follow(page.locator("main form button[value=continue]").first)
    raise AssertionError("there is no end to it")


def answer_on_a_shared_tablet(building: Building) -> None:
    page = building.desks["inspector"]
    page.goto(f"{building.wave}/ways-in")
    building.look(page, "ways-in")
    follow(page.get_by_role("button", name="Shared tablets"))
    follow(page.get_by_role("button", name="Set up a tablet"))
    page.get_by_label("Name of the tablet").fill("Blue tablet")
    follow(page.get_by_role("button", name="Make the link and show it"))
    link = page.locator("p.app-key").inner_text()
    tablet = building.new_page(viewport={"width": 1024, "height": 768})
    tablet.goto(link)
    follow(tablet.locator("main form button").first)
    building.keep(tablet, "tablet-start")
    follow(tablet.get_by_role("button", name="Start", exact=True))
    follow(tablet.get_by_role("button", name="Continue", exact=True))
    answer_everything(tablet, "They were kind.")
    follow(tablet.locator("main form button[value=submit]"))
    expect(tablet.get_by_role("heading", level=1)).to_contain_text("Thank you")
    building.keep(tablet, "tablet-end")


def key_a_booklet_twice(building: Building) -> None:
    support, inspector = building.desks["support"], building.desks["inspector"]
    support.goto(f"{building.wave}/paper")
    support.get_by_text("The booklet has no number").click()
    support.get_by_label("English", exact=True).first.check()
    follow(support.get_by_role("button", name="Give it a number"))
    serial = support.get_by_role("heading", level=1).inner_text().removeprefix("Booklet ")
    for page, age in ((support, 0), (inspector, 1)):  # they differ in one answer
        page.goto(f"{building.wave}/paper")
        page.get_by_label("Number of the booklet to key").fill(serial)
        follow(page.get_by_role("button", name="Key this booklet"))
        for step in page.locator("[data-step]").all():
            kind, options = step.get_attribute("data-kind"), step.locator("input[data-key]")
            if not step.locator("input, textarea").first.is_visible():
                continue  # it was to be left out
            if kind in {"single_choice", "multiple_choice"}:
                options.nth(age if step.get_attribute("data-step") == "age" else 0).check(force=True)
            elif kind == "scale":
                step.locator("input").first.fill("8")
            else:
                step.locator("textarea").fill("More trips out.")
        if page is support:
            building.look(page, "keying")
        follow(page.get_by_role("button", name="Finish this booklet"))
    inspector.goto(f"{building.wave}/paper")
    building.look(inspector, "paper")
    follow(inspector.get_by_role("link", name=re.compile("Settle")))
    building.look(inspector, "settling")
    inspector.locator("main form input[type=radio]").first.check(force=True)
    follow(inspector.locator("main form button").first)
    inspector.goto(f"{building.wave}/paper")
    assert "Keyed twice, and differ" not in inspector.inner_text("main")


def handle_the_concern(building: Building) -> None:
    first, second = building.desks["first"], building.desks["second"]
    first.goto(f"{building.inspection}/concerns")
    assert "Kerry" not in first.content()
    building.look(first, "concerns")
    follow(first.locator("main tbody a").first)
    expect(first.get_by_text("I want to die").first).to_be_visible()
    follow(first.get_by_role("button", name="I have looked, and see to it"))
    building.look(first, "concern")
    second.goto(first.url)
    follow(second.get_by_role("button", name="Write down a referral"))
    second.get_by_label("Who took it").fill("Teulu Môn duty team")
    second.get_by_label("Why you decided to refer it").fill("A child may be hurt.")
    follow(second.get_by_role("button", name="Write it down"))
    first.reload()
    follow(first.get_by_role("button", name="Write down their answer"))
    first.get_by_label("What they answered").fill("They go there today.")
    follow(first.get_by_role("button", name="Write it down"))
    follow(first.get_by_role("button", name="Close"))
    first.get_by_label("What was decided").fill("Safe with her aunt.")
    follow(first.get_by_role("button", name="Write it down"))


def redact_and_approve(building: Building) -> None:
    lead, inspector, approver = (building.desks[each] for each in ("lead", "inspector", "approver"))
    lead.goto(f"{building.inspection}/names")
    lead.get_by_label("Name", exact=True).fill("Kerry Jones")
    lead.get_by_label("A person").check()
    lead.get_by_label("What stands in its place").fill("the victim worker")
    follow(lead.get_by_role("button", name="Put it on the list"))
    building.look(lead, "names")
    inspector.goto(f"{building.wave}/comments")
    building.look(inspector, "comments")
    follow(inspector.get_by_role("button", name="Read the next comment"))
    expect(inspector.get_by_text("I want to die").first).to_be_visible()
    building.look(inspector, "comment")
    comment = inspector.url
    follow(inspector.get_by_role("button", name="I have read it"))
    inspector.goto(comment)
    follow(inspector.get_by_role("button", name="Propose words for the report"))
    field_ = inspector.get_by_label("Words for the report")
    assert "[the victim worker]" in field_.input_value().lower()
    building.look(inspector, "redaction")
    field_.fill("[The victim worker] was the only one who listened.")
    follow(inspector.get_by_role("button", name="Propose these words"))
    approver.goto(f"{building.inspection}/approvals")
    follow(approver.get_by_role("rowheader").get_by_role("link").first)
    for question in approver.get_by_role("group").filter(has=approver.get_by_label("No", exact=True)).all():
        question.get_by_label("No", exact=True).check()
    approver.get_by_label("Approve exactly these words").check()
    building.look(approver, "approval")
    follow(approver.get_by_role("button", name="Keep my decision"))
    expect(approver.get_by_text("Approved: exactly these words.")).to_be_visible()
    lead.goto(comment)
    follow(lead.get_by_role("button", name="Put it into the perspective"))
    follow(lead.get_by_role("button", name="Put it in"))


def pull_the_section(building: Building) -> None:
    lead = building.desks["lead"]
    lead.goto(f"{building.inspection}/fieldwork")
    building.look(lead, "fieldwork")
    lead.goto(f"{building.wave}/fieldwork")
    building.look(lead, "fieldwork-of-a-wave")
    lead.goto(f"{building.inspection}/perspective")
    expect(lead.get_by_text("was the only one who listened").first).to_be_visible()
    assert "Kerry" not in lead.content()
    building.look(lead, "perspective")
    follow(lead.get_by_role("button", name="Freeze these figures"))
    expect(lead.get_by_role("heading", level=1)).to_be_visible()
    assert worked(OfficeRoom(building.app)) == [Outcome.DONE]
    lead.goto(f"{building.inspection}/snapshots")
    building.look(lead, "snapshots")


def close_the_wave(building: Building) -> None:
    lead = building.desks["lead"]
    lead.goto(f"{building.inspection}/waves/{WAVE}/close")
    lead.get_by_label(f"Type “close {WAVE}”").fill(f"close {WAVE}")
    building.look(lead, "close")
    follow(lead.get_by_role("button", name="Close the wave"))
    expect(lead.get_by_text("It takes no more answers.").first).to_be_visible()


def everything_is_in_the_audit(building: Building) -> None:
    acts = building.acts()
    admin = building.desks["administrator"]
    admin.goto(f"{building.office}/audit")
    assert "closed wave" in admin.inner_text("main")
    assert "read concern" not in admin.inner_text("main tbody")
    assert "Kerry" not in admin.content()
    building.look(admin, "audit")
    expected = {
        "added_person",
        "signed_in",
        "made_inspection",
        "changed_roles",
        "changed_cover",
        "raised_practice",
        "opened_wave",
        "made_codes",
        "made_tablet",
        "keyed_booklet",
        "settled_booklet",
        "read_concern",
        "acknowledged_concern",
        "referred_concern",
        "closed_concern",
        "read_comment",
        "proposed_redaction",
        "approved_redaction",
        "released_quotation",
        "took_snapshot",
        "closed_wave",
    }
    assert expected - acts == set()
    with building.app.extensions["database"].reading() as session:
        written = " ".join(f"{entry.about} {entry.why} {entry.who}" for entry in audit.entries(session, most=1000))
    for secret in (WORRYING, "Kerry", "They were kind", "More trips", "Safe with her aunt"):
        assert secret not in written
    assert not CODE.search(written)
    checked = building.app.test_cli_runner().invoke(args=["audit", "verify"])
    assert checked.exit_code == 0, checked.output
