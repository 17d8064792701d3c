"""What is said of an inspection, changed: while nobody was asked, afterwards, and by two people at once."""

from typing import Any

import pytest

from fieldwork import inspections
from fieldwork.inspections import NewInspection
from fieldwork.models.inspections import Inspection
from fieldwork.office import people
from fieldwork.office.audit import TERMINAL
from tests.fieldwork.samples import an_inspection
from tests.staff.desks import Desk, OfficeRoom

YORK = "york-2027"


@pytest.fixture
def york(office: OfficeRoom) -> OfficeRoom:
    """An inspection of which no wave has opened, with two leads."""
    with office.database.transaction() as session:
        made = inspections.create(session, an_inspection(YORK))
        for person in ("lead", "second lead"):
            member = people.find(session, office.member(person).email)
            people.set_roles(session, member, made, frozenset({"lead"}), TERMINAL)
    for person in ("lead", "second lead"):
        office.desk(person)
    return office


def at_the_form(office: OfficeRoom, slug: str = YORK, person: str = "lead") -> Desk:
    desk = office.desk(person)
    desk.open(f"/inspections/{slug}/change")
    return desk


def said(office: OfficeRoom, slug: str = YORK) -> NewInspection:
    with office.database.reading() as session:
        return inspections.as_new(inspections.find(session, slug))


def edition(office: OfficeRoom, slug: str = YORK) -> int:
    with office.database.reading() as session:
        found: Inspection = inspections.find(session, slug)
        return found.edition


def test_before_anybody_was_asked_everything_but_the_short_name_may_change(york: OfficeRoom) -> None:
    page = at_the_form(york).press(
        name="York",
        nation="wales",
        service_cy="GCI Efrog",
        policy="protected",
        first_day=["1", "2", "2027"],
        last_day=["3", "4", "2027"],
    )
    assert page.address == f"/office/inspections/{YORK}"
    assert "Kept: Area, What the pages call them, Nation" in page.words
    now = said(york)
    assert (now.slug, now.name, now.nation, now.names.service.cy, now.policy, now.fieldwork) == (
        YORK,
        "York",
        "wales",
        "GCI Efrog",
        "protected",
        "February to April 2027",
    )
    assert york.acts()[-1] == "changed_inspection"


def test_the_form_shows_what_is_there_and_to_send_it_as_it_is_changes_nothing(york: OfficeRoom) -> None:
    before = said(york)
    page = at_the_form(york).press()
    assert page.address == f"/office/inspections/{YORK}"
    assert (said(york), edition(york)) == (before, 1)
    assert "changed_inspection" not in york.acts()


def test_the_second_of_two_people_sees_both_and_loses_nothing(york: OfficeRoom) -> None:
    first, second = at_the_form(york), at_the_form(york, person="second lead")
    first.press(cases="40", name="York and Selby")
    page = second.press(cases="55", year="2027")
    assert page.status == 409
    assert "Somebody else has changed this inspection" in page.words
    rows = [[cell.text for cell in row] for row in page.tree.xpath("//tbody/tr")]
    assert ["Area", "York and Selby", "Leeds"] in rows, "theirs stands beside yours"
    assert ["Number of cases inspected", "40", "55"] in rows
    assert {("cases", "55"), ("year", "2027")} <= set(page.form.form_values())
    assert said(york).cases_inspected == 40
    assert second.press().address == f"/office/inspections/{YORK}", "having seen both, they keep theirs"
    assert (said(york).cases_inspected, said(york).name) == (55, "Leeds")


def test_once_people_were_asked_names_stay_and_that_is_said(office: OfficeRoom) -> None:
    page = at_the_form(office, office.slug).page
    assert "People have been asked under these names" in page.words
    fields = {name for name, _ in page.form.form_values()} | {each.name for each in page.form.iter("input")}
    assert not fields & {"name", "nation", "languages", "worker_en"}
    assert office.desk("lead").press(cases="60").address == f"/office/inspections/{office.slug}"
    assert said(office, office.slug).cases_inspected == 60


@pytest.mark.req("Z5")
def test_a_name_cannot_be_smuggled_in_once_people_were_asked(office: OfficeRoom) -> None:
    desk = at_the_form(office, office.slug)
    reply = desk.send([*desk.fields(cases="60"), ("name", "York")])
    assert reply.status_code == 400
    assert said(office, office.slug).cases_inspected is None


def test_once_people_were_asked_a_policy_is_not_loosened(office: OfficeRoom) -> None:
    at_the_form(office, office.slug).press(policy="protected")
    page = at_the_form(office, office.slug).press(policy="as_published", cases="70")
    assert page.status == 400
    assert "would break our word" in page.words
    assert ("cases", "70") in page.form.form_values()
    assert said(office, office.slug).policy == "protected"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"edition": "x"}, "There is a problem"),
        ({"edition": "-7", "cases": "3"}, "Somebody else has changed"),
        ({"cases": "none"}, "Enter a whole number"),
        ({"last_day": ["0", "0", "0"]}, "There is no such day."),
    ],
    ids=["no number", "below nought", "words", "no day"],
)
def test_bad_input_is_told_and_changes_nothing(york: OfficeRoom, typed: dict[str, Any], told: str) -> None:
    page = at_the_form(york).press(**{"cases": "44", **typed})
    assert page.status in {400, 409}
    assert told in page.words
    assert said(york).cases_inspected is None


@pytest.mark.req("Z2")
def test_somebody_elses_inspection_is_as_one_that_is_not_there(office: OfficeRoom) -> None:
    lead = office.desk("lead")
    places = [f"/inspections/{slug}{end}" for slug in (office.other_slug, "nowhere") for end in ("", "/change")]
    replies = [lead.get(place) for place in places]
    assert {(reply.status_code, reply.data) for reply in replies} == {(404, replies[0].data)}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_home_of_an_inspection_shows_only_the_rooms_that_one_may_enter(office: OfficeRoom) -> None:
    titles = {
        person: set(office.desk(person).open(f"/inspections/{office.slug}").words.split("Everything else")[1:])
        for person in ("lead", "support", "safeguarding")
    }
    words = {person: " ".join(found) for person, found in titles.items()}
    assert "Audit" in words["lead"]
    assert "Audit" not in words["support"]
    assert "Somebody’s own number" in words["support"]
    assert "Somebody’s own number" not in words["lead"]
    assert "Change the inspection" in words["lead"]
    assert "Change the inspection" not in words["safeguarding"]


def test_every_room_shown_opens(office: OfficeRoom) -> None:
    for person in ("lead", "inspector", "support", "safeguarding", "approver"):
        desk = office.desk(person)
        page = desk.open(f"/inspections/{office.slug}")
        rooms = page.tree.xpath("//ul[contains(@class, 'app-rooms')]//a/@href")
        assert rooms
        for address in rooms:
            assert desk.open(str(address)).status not in {403, 404, 500}, (person, address)


def test_an_administrator_sees_that_it_is_there_and_nothing_that_was_answered(office: OfficeRoom) -> None:
    page = office.desk("administrator").open(f"/inspections/{office.slug}")
    assert page.heading == "Leeds"
    assert "answered" not in page.words
