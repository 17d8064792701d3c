"""Making an inspection from the template of its programme."""

from typing import Any

import pytest

from fieldwork import inspections
from fieldwork.models.inspections import Inspection
from fieldwork.office import people
from fieldwork.progress import planning
from staff.inspections.programmes import programmes
from surveys.loading import shipped
from tests.staff.desks import Desk, OfficeRoom

LEEDS: dict[str, Any] = {"name": "Bradford", "nation": "england", "year": "2027", "cases": "45"}
FROM_TO = {"first_day": ["1", "3", "2027"], "last_day": ["19", "March", "2027"]}


def found(office: OfficeRoom, slug: str) -> Inspection:
    with office.database.reading() as session:
        return inspections.find(session, slug)


def at_the_form(office: OfficeRoom, programme: str = "today") -> Desk:
    desk = office.desk("administrator")
    desk.open(f"/new-inspection?programme={programme}")
    return desk


def test_first_the_programme_is_chosen(office: OfficeRoom) -> None:
    desk = office.desk("administrator")
    assert "Under which programme" in desk.open("/new-inspection").heading
    page = desk.open("/new-inspection?programme=")
    assert (page.status, page.errors) == (400, ["Choose a programme."])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("programme", programmes())
def test_every_programme_has_a_form_that_can_be_sent_as_it_is(office: OfficeRoom, programme: str) -> None:
    page = at_the_form(office, programme).press(**LEEDS)
    assert page.heading == "Bradford"
    made = found(office, "bradford-2027")
    template = programmes()[made.programme]
    assert (made.programme, made.names, made.policy) == (programme, template.names, template.policy)
    with office.database.reading() as session:
        planned = [each.questionnaire_id for each in planning.undertakings(session, made)]
    assert planned == sorted(each.id for each in template.questionnaires if template.proposes(each))


def test_every_questionnaire_of_a_template_is_shipped() -> None:
    asked = {each.id for template in programmes().values() for each in template.questionnaires}
    assert asked <= set(shipped())


def test_what_is_filled_in_is_what_is_kept(office: OfficeRoom) -> None:
    lead = office.member("lead")
    page = at_the_form(office).press(
        **{**LEEDS, **FROM_TO, "nation": "wales"},
        service_en="Bradford YJS",
        service_cy="GCI Bradford",
        asks=["children", "victims-text"],
        invited_children="40",
        invited_victims_text="24",
        policy="protected",
        open_link="y",
        lead=str(lead.id),
    )
    assert page.heading == "Bradford"
    made = found(office, "bradford-2027")
    assert (made.nation, made.year, made.cases_inspected, made.policy) == ("wales", 2027, 45, "protected")
    assert (made.fieldwork, made.open_link_allowed, made.names.service.cy) == ("March 2027", True, "GCI Bradford")
    with office.database.reading() as session:
        plans = {each.questionnaire_id: each.planned for each in planning.undertakings(session, made)}
        assert {name: plan and plan.invited for name, plan in plans.items()} == {"children": 40, "victims-text": 24}
        assert {plan and plan.last_day for plan in plans.values()} == {made.last_day}
        assert people.roles_in(session, lead.id, made, made.first_day or office.member("lead").last_here) == {"lead"}
    assert office.acts()[-4:] == ["made_inspection", "planned_wave", "planned_wave", "changed_roles"]


def test_a_short_name_is_made_from_area_and_year_and_the_second_gets_a_number(office: OfficeRoom) -> None:
    for slug in ("bradford-2027", "bradford-2027-2"):
        assert at_the_form(office).press(**LEEDS).address == f"/office/inspections/{slug}"


def test_a_short_name_that_is_taken_is_said_beside_the_field_and_nothing_is_lost(office: OfficeRoom) -> None:
    page = at_the_form(office).press(**LEEDS, slug=office.slug, worker_en="case manager", worker_cy="rheolwr achos")
    assert page.status == 400
    assert page.errors == ["leeds-2011: is there already. Choose another short name, or use the one that is there."]
    assert {("name", "Bradford"), ("worker_en", "case manager"), ("cases", "45")} <= set(page.form.form_values())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": " "}, "Enter the name of the area, as the report prints it."),
        ({"name": "x" * 81}, "Shorten this to 80 letters."),
        ({"name": "\x00"}, "Enter the name of the area, as the report prints it."),
        ({"nation": []}, "Say whether the area is in England or in Wales."),
        ({"year": "20x7"}, "Enter a whole number, like 40, or leave it empty."),
        ({"year": "12"}, "Enter a year from 2000 to 2100."),
        ({"year": "²"}, "Enter a whole number, like 40, or leave it empty."),
        ({"cases": "-1"}, "Enter a whole number, like 40, or leave it empty."),
        ({"cases": "9" * 5000}, "Enter a whole number, like 40, or leave it empty."),
        ({"slug": "x" * 41}, "Shorten this to 40 letters."),
        ({"slug": "Bradford 2027"}, "'Bradford 2027': cannot be the short name of an inspection."),
        ({"slug": "new/.."}, "cannot be the short name"),
        ({"nation": "wales", "languages": "english"}, "In Wales everybody is offered Welsh: choose both."),
        ({"worker_cy": ""}, "Enter the Welsh for somebody who works there, or offer English only."),
        ({"service_en": ""}, "Enter what the service is called."),
        ({"first_day": ["31", "2", "2027"]}, "There is no such day."),
        ({"first_day": ["1", "", ""]}, "It lacks a month and a year."),
        ({"first_day": ["1", "2"]}, "It lacks a year."),
        ({"first_day": ["1", "2", "99999999999999999999"]}, "There is no such day."),
        ({"last_day": ["1", "Smarch", "2027"]}, "There is no such day."),
        ({"first_day": ["2", "3", "2027"], "last_day": ["1", "3", "2027"]}, "The last day is before the first."),
        ({"invited_children": "many"}, "Enter a whole number, like 40, or leave it empty."),
        ({"asks": ["children-2012"]}, "'children-2012' is not a valid choice for this field."),
        ({"policy": "secret"}, "Not a valid choice."),
        ({"lead": "nobody"}, "Not a valid choice."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_made(
    office: OfficeRoom, typed: dict[str, Any], told: str
) -> None:
    page = at_the_form(office).press(**{**LEEDS, **typed})
    assert page.status == 400
    assert [each for each in page.errors if told in each], page.errors
    with office.database.reading() as session:
        assert [each.slug for each in inspections.all_of(session)] == [office.slug, office.other_slug]


@pytest.mark.req("Z5")
def test_a_field_that_the_form_does_not_have_is_refused(office: OfficeRoom) -> None:
    desk = at_the_form(office)
    reply = desk.send([*desk.fields(**LEEDS), ("published", "yes")])
    assert (reply.status_code, "no field called" in reply.text or "could not be read" in reply.text) == (400, True)


@pytest.mark.req("Z3")
@pytest.mark.parametrize("person", ["lead", "inspector", "support", "safeguarding", "approver", "outsider"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_an_administrator_makes_an_inspection(office: OfficeRoom, person: str) -> None:
    assert office.desk(person).get("/new-inspection").status_code == 403
    assert office.desk(person).post("/new-inspection?programme=today", **LEEDS).status_code == 403
