"""The page of a job: how far it is, what went wrong, and what can be done."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NoReturn
from uuid import UUID

import pytest

from fieldwork import job_runs, jobs
from fieldwork.faults import Refused
from fieldwork.job_runs import Made, Work
from fieldwork.jobs import File
from fieldwork.office.audit import Who
from staff.jobs import hurrying
from tests.staff.desks import OfficeRoom

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def asked(office: OfficeRoom, person: str = "inspector", kind: str = "export", *, inside: bool = True) -> UUID:
    with office.database.transaction() as session:
        member = office.member(person)
        who = Who(member.id, member.name)
        return jobs.ask(session, kind, {}, who, office.inspection_id if inside else None).id


def run(office: OfficeRoom, job_id: UUID, function: Callable[[Work], Made]) -> None:
    job_runs.run(office.database, {"export": function}, job_id)


def page_of(office: OfficeRoom, job_id: UUID, *rest: str) -> str:
    return "/".join(["/inspections", office.slug, "jobs", str(job_id), *rest])


def test_progress_stands_on_the_page_with_words(office: OfficeRoom) -> None:
    job_id = asked(office)
    desk = office.desk("inspector")
    assert "Not begun yet" in desk.open(page_of(office, job_id)).words
    with office.database.transaction() as session:
        held = jobs.claim(session, job_id, datetime.now(UTC))
        assert held is not None
        jobs.renew(session, held, 3, 7, datetime.now(UTC))
    page = desk.open(page_of(office, job_id))
    assert "It is under way" in page.words
    assert "3 of 7 steps done" in page.words
    (bar,) = page.tree.iter("progress")
    assert (bar.get("value"), bar.get("max")) == ("3", "7")
    assert page.tree.xpath("//label[@for='progress']")


def test_a_failed_job_says_what_happened_and_is_run_again(office: OfficeRoom) -> None:
    job_id = asked(office)

    def refuse(work: Work) -> NoReturn:
        raise Refused("Snapshot 1", "is not what was frozen.", "Freeze the figures anew.")

    run(office, job_id, refuse)
    desk = office.desk("inspector")
    page = desk.open(page_of(office, job_id))
    assert "It did not work" in page.words
    assert "Snapshot 1: is not what was frozen. Freeze the figures anew." in page.words
    assert desk.post(page_of(office, job_id, "again")).status_code == 303
    assert office.hurried == [job_id]
    run(office, job_id, lambda _: Made("Here it is.", File("x.csv", "text/csv", b"1")))
    assert "Here it is." in desk.open(page_of(office, job_id)).words
    assert desk.post(page_of(office, job_id, "file")).data == b"1"


def test_a_job_is_stopped(office: OfficeRoom) -> None:
    job_id = asked(office)
    desk = office.desk("inspector")
    desk.post(page_of(office, job_id, "stop"))
    assert "It was stopped. Nothing of it was kept." in desk.open(page_of(office, job_id)).words
    assert "It was stopped" in desk.open(page_of(office, job_id)).words
    run(office, job_id, lambda _: Made("Done all the same."))
    assert "Done all the same." not in desk.open(page_of(office, job_id)).words


def test_what_is_done_is_not_run_again_by_an_old_page(office: OfficeRoom) -> None:
    job_id = asked(office)
    run(office, job_id, lambda _: Made("Done.", File("x.csv", "text/csv", b"1")))
    desk = office.desk("inspector")
    desk.post(page_of(office, job_id, "again"))
    assert "Done." in desk.open(page_of(office, job_id)).words


def test_in_another_inspection_the_job_is_not_there(office: OfficeRoom) -> None:
    job_id = asked(office)
    elsewhere = page_of(office, job_id).replace(office.slug, office.other_slug)
    assert office.desk("inspector").get(elsewhere).status_code == 404
    assert office.desk("inspector").get(f"/jobs/{job_id}").status_code == 403


def test_a_job_of_a_kind_that_went_is_not_there(office: OfficeRoom) -> None:
    job_id = asked(office, kind="fly")
    assert office.desk("inspector").get(page_of(office, job_id)).status_code == 404
    assert office.desk("inspector").open(f"/inspections/{office.slug}/jobs").status == 200


def test_a_queue_that_is_down_keeps_nobody_from_asking(office: OfficeRoom, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(job_id: UUID) -> NoReturn:
        raise ConnectionRefusedError

    office.office.extensions["jobs"] = refuse
    with office.office.app_context():
        hurrying.hurry(asked(office))
    assert "no worker could be hurried: ConnectionRefusedError" in caplog.text
