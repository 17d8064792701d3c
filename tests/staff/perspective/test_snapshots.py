"""What leaves the office: frozen first, released by two, fetched by who asked, and written down."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document

from fieldwork import inspections
from fieldwork.job_runs import Outcome
from fieldwork.models.people import Role
from fieldwork.office import people
from fieldwork.office.audit import TERMINAL
from fieldwork.progress import snapshots
from reports.export.contents import read
from reports.export.files import FORMS
from tests.reports.export.opened import rows as rows_of_csv
from tests.staff.desks import OfficeRoom
from tests.staff.jobs.worked import worked
from tests.staff.perspective.reported import asked_for_file, exported, frozen, more, place, rows

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_figures_are_frozen_in_a_job_and_the_worker_is_told(room: OfficeRoom) -> None:
    desk = room.desk("inspector")
    page = desk.open(place(room, "perspective"))
    assert "Freeze these figures" in page.html
    reply = desk.post(place(room, "snapshots"))
    assert len(room.hurried) == 1
    assert str(room.hurried[0]) in reply.location
    waiting = desk.open(reply.location)
    assert "It waits for its turn" in waiting.words
    assert '<meta http-equiv="refresh" content="3; url=?again=yes">' in waiting.html
    assert worked(room) == [Outcome.DONE]
    done = desk.open(reply.location)
    assert "Snapshot 1 is there. It is a draft until another person releases it." in done.words
    assert "http-equiv" not in done.html
    listed = desk.open(done.link("See the snapshots"))
    assert rows(listed)[0][0] == "Snapshot 1"
    assert rows(listed)[0][1].startswith("Draft Frozen on ")


@pytest.mark.req("X4")
def test_files_are_made_of_what_was_frozen_whatever_is_answered_later(room: OfficeRoom) -> None:
    desk = frozen(room)
    before = {form: exported(room, desk, 1, form) for form in FORMS}
    more(room)
    assert "Twenty-seven children" in desk.open(place(room, "perspective")).words
    assert "Twenty-two children" in desk.open(place(room, "snapshots", 1)).words
    assert {form: exported(room, desk, 1, form) for form in FORMS} == before
    frozen(room)
    assert exported(room, desk, 2, "csv") != before["csv"]


def test_a_snapshot_holds_the_promised_json_and_the_toplines(room: OfficeRoom) -> None:
    frozen(room)
    with room.database.reading() as session:
        content = snapshots.content_of(snapshots.find(session, room.inspection_id, 1))
    kept = read(content)
    assert kept.en.section.inspection == room.slug
    assert [each.questionnaire for each in kept.en.toplines] == ["children-2012", "victims-2009"]
    assert json.loads(content)["form"] == 1


@pytest.mark.req("X4")
def test_another_person_releases_and_then_files_are_no_drafts(room: OfficeRoom) -> None:
    desk = frozen(room)
    assert b"draft" in exported(room, desk, 1, "csv")
    approver = room.desk("approver")
    page = approver.open(place(room, "snapshots", 1, "release"))
    assert "Would a worker recognise anybody by what is said?" in page.words
    assert "Twenty-two children" in page.words
    assert "Cwblhaodd dau ddeg dau o blant" in page.words
    told = approver.press()
    assert "Snapshot 1 is released. Files of it are no drafts any more." in told.words
    assert {each["state"] for each in rows_of_csv(exported(room, desk, 1, "csv"))} == {"released"}
    document = Document(io.BytesIO(exported(room, desk, 1, "docx")))
    assert "Draft" not in " ".join(each.text for each in document.paragraphs)
    acts = [act for act in room.acts() if act in {"took_snapshot", "exported", "fetched_file", "released_snapshot"}]
    assert acts == ["took_snapshot", "exported", "fetched_file", "released_snapshot", *["exported", "fetched_file"] * 2]


@pytest.mark.req("X4")
def test_who_froze_it_does_not_release_it_in_whatever_role(room: OfficeRoom) -> None:
    with room.database.transaction() as session:
        both: frozenset[Role] = frozenset({"inspector", "approver"})
        member, there = room.member("inspector"), inspections.find(session, room.slug)
        people.set_roles(session, session.merge(member), there, both, TERMINAL)
    desk = frozen(room)
    page = desk.open(place(room, "snapshots", 1, "release"))
    assert "Whoever froze it never releases it." in page.words
    with room.database.reading() as session:
        mark = snapshots.find(session, room.inspection_id, 1).mark
    reply = desk.post(place(room, "snapshots", 1, "release"), mark=mark)
    assert reply.status_code == 400
    assert "was frozen by you" in reply.text


def test_a_file_is_for_who_asked_for_it(room: OfficeRoom) -> None:
    job = asked_for_file(room, frozen(room), 1, "csv")
    worked(room)
    for person in ("second inspector", "lead", "approver", "support", "administrator"):
        other = room.desk(person)
        assert {other.get(job).status_code, other.post(f"{job}/file").status_code} <= {403, 404}, person
        assert other.post(f"{job}/again").status_code in {403, 404}
        assert other.post(f"{job}/stop").status_code in {403, 404}
    assert "csv" not in room.desk("second inspector").open(place(room, "jobs")).words
    assert "Make a file of a snapshot" in room.desk("inspector").open(place(room, "jobs")).words


def test_who_is_no_inspector_any_more_fetches_nothing(room: OfficeRoom) -> None:
    desk = frozen(room)
    job = asked_for_file(room, desk, 1, "csv")
    worked(room)
    with room.database.transaction() as session:
        there = inspections.find(session, room.slug)
        member = session.merge(room.member("inspector"))
        people.set_roles(session, member, there, frozenset({"support"}), TERMINAL)
    room.sign_in("inspector")
    assert desk.post(f"{job}/file").status_code == 404


@pytest.mark.req("L6")
def test_making_fetching_and_releasing_ask_for_the_password_again(room: OfficeRoom) -> None:
    desk = frozen(room)
    job = asked_for_file(room, desk, 1, "csv")
    worked(room)
    room.rest("inspector", 16)
    for reply in (
        desk.get(place(room, "snapshots", 1, "export")),
        desk.post(place(room, "snapshots", 1, "export"), form="csv", language="en"),
        desk.post(f"{job}/file"),
    ):
        assert reply.status_code == 303
        assert reply.location.startswith("/office/password-again")
    approver = room.desk("approver")
    room.rest("approver", 16)
    assert approver.get(place(room, "snapshots", 1, "release")).location.startswith("/office/password-again")
    assert room.acts().count("fetched_file") == room.acts().count("released_snapshot") == 0


def test_a_file_says_what_it_is_and_goes(room: OfficeRoom) -> None:
    desk = frozen(room)
    job = asked_for_file(room, desk, 1, "docx", "cy")
    worked(room)
    assert f"{room.slug}-draft-1-cy.docx: " in desk.open(job).words
    reply = desk.post(f"{job}/file")
    assert reply.headers["Content-Disposition"] == f"attachment; filename={room.slug}-draft-1-cy.docx"
    assert reply.headers["Cache-Control"] == "no-store"
    room.at(datetime.now(UTC) + timedelta(minutes=16))
    room.sign_in("inspector")
    page = desk.open(job)
    assert "Download the file" not in page.html
    assert "Run it again" in page.html


def test_a_form_that_is_not_filled_in_says_what_is_missing(room: OfficeRoom) -> None:
    desk = frozen(room)
    desk.open(place(room, "snapshots", 1, "export"))
    assert desk.press().errors == ["Pick a file.", "Pick a language."]
    reply = desk.post(place(room, "snapshots", 1, "export"), form="exe", language="en")
    assert reply.status_code == 400
    assert desk.get(place(room, "snapshots", 9)).status_code == 404
    assert desk.get(place(room, "snapshots", 9, "export")).status_code == 404


@pytest.mark.req("X3")
def test_no_file_has_a_row_for_a_person(room: OfficeRoom) -> None:
    """Another answer changes figures, and adds no row to any table."""
    desk = frozen(room)
    before = codes(exported(room, desk, 1, "csv"))
    more(room, 200)
    frozen(room)
    assert codes(exported(room, desk, 2, "csv")) == before


def codes(content: bytes) -> list[tuple[str, str, str]]:
    """The answers that may be chosen; of a scale each number that was given has a row with its count."""
    listed = [(each["questionnaire"], each["question"], each["code"]) for each in rows_of_csv(content) if each["code"]]
    return [each for each in listed if not each[2].isdigit()]
