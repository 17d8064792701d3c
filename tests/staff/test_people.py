"""People: let in, given and taken what they do, shut out."""

from uuid import UUID

import pytest

from fieldwork.office.audit import Who, record
from tests.staff.desks import OfficeRoom


def test_everybody_finds_the_inspection_that_they_have_a_part_in(office: OfficeRoom) -> None:
    for person in ("lead", "inspector", "support", "safeguarding", "approver"):
        page = office.desk(person).open("/")
        assert "Leeds" in page.words
    assert "no part in any inspection" in office.desk("administrator").open("/").words


@pytest.mark.req("L8", "Z6")
def test_only_an_administrator_lets_somebody_in_and_they_choose_their_own_password(office: OfficeRoom) -> None:
    desk = office.desk("administrator")
    desk.open("/people/new")
    page = desk.press(name="Carys New", email="Carys@Example.org")
    assert page.heading == "A link for Carys New"
    assert "/office/sign-in/new-password/" in page.words
    assert "carys@example.org" in desk.open("/people").words
    for person in ("lead", "inspector"):
        assert office.desk(person).get("/people/new").status_code == 403


def test_an_address_that_is_there_already_is_said_beside_the_field(office: OfficeRoom) -> None:
    desk = office.desk("administrator")
    desk.open("/people/new")
    page = desk.press(name="Again", email="lead@example.org")
    assert page.status == 400
    assert page.errors == ["lead@example.org is there already. Look for it in the list of people."]
    assert ("name", "Again") in page.form.form_values()


@pytest.mark.req("Z4", "L5")
def test_what_is_taken_from_somebody_is_gone_at_their_next_page(office: OfficeRoom) -> None:
    inspector = office.desk("inspector")
    inspector.open("/")
    staff_id = office.member("inspector").id
    desk = office.desk("lead")
    desk.open(f"/inspections/{office.slug}/team/{staff_id}")
    assert desk.press(roles=[], why="Left the team").address == f"/office/inspections/{office.slug}/team"
    assert not inspector.is_in
    assert inspector.open("/sign-in").heading == "Sign in", "and they can sign in again"
    assert office.acts()[-1] == "changed_roles"


@pytest.mark.req("Z4")
def test_a_closed_account_opens_nothing(office: OfficeRoom) -> None:
    inspector = office.desk("inspector")
    assert inspector.is_in
    reply = office.desk("administrator").post(f"/people/{office.member('inspector').id}/close")
    assert reply.status_code == 303
    assert not inspector.is_in


def test_the_last_administrator_cannot_be_shut_out(office: OfficeRoom) -> None:
    desk = office.desk("administrator")
    reply = desk.post(f"/people/{office.member('administrator').id}/close")
    assert reply.status_code == 400
    assert "the last administrator" in reply.text
    assert desk.is_in


@pytest.mark.req("Z5")
def test_a_field_that_the_page_does_not_have_is_refused(office: OfficeRoom) -> None:
    desk = office.desk("administrator")
    reply = desk.post("/people/new", name="Someone", email="some@example.org", active="yes")
    assert reply.status_code == 400
    assert "some@example.org" not in desk.open("/people").words


@pytest.mark.req("L6")
def test_letting_somebody_in_wants_the_password_again_after_a_quarter_of_an_hour(office: OfficeRoom) -> None:
    desk = office.desk("administrator")
    office.rest("administrator", minutes=16)
    reply = desk.get("/people/new")
    assert reply.status_code == 303
    assert reply.location.startswith("/office/password-again?")


def test_the_audit_calls_people_by_their_names_and_everything_else_by_a_few_signs(office: OfficeRoom) -> None:
    lead = office.member("lead")
    with office.database.transaction() as session:
        who, key = Who(lead.id, lead.name), UUID("5eed5eed-0000-4000-8000-000000000000")
        record(session, "made_tablet", who, inspection_id=office.inspection_id, about=f"leeds-2011/small: tablet {key}")
        record(session, "changed_roles", who, inspection_id=office.inspection_id, about=f"person {lead.id}; nothing")
    words = office.desk("lead").open(f"/inspections/{office.slug}/audit").words
    assert "leeds-2011/small: tablet 5eed5e" in words
    assert "person Lead; nothing" in words
    assert str(lead.id) not in words
    assert str(key) not in words
