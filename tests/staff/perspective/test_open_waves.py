"""While a wave is open the section moves by five answers or more, once an hour: nobody is read in it."""

from datetime import UTC, datetime, timedelta

import pytest

from fieldwork import inspections, waves
from fieldwork.job_runs import Outcome
from fieldwork.keeping import closing
from staff.perspective.showing import renew
from tests.staff.desks import OfficeRoom
from tests.staff.jobs.worked import worked
from tests.staff.perspective.reported import answered, frozen, more, place

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TEN = datetime(2026, 11, 21, 10, 20, tzinfo=UTC)
SECTION = "Twenty-two children completed"


def read(office: OfficeRoom) -> str:
    return office.desk("inspector").open(place(office, "perspective")).words


@pytest.mark.req("A10")
def test_one_more_answer_moves_nothing_and_five_do(office: OfficeRoom) -> None:
    answered(office, closed=False)
    assert "nothing is told of it yet" in read(office)
    assert renew(office.database, TEN) == 1
    first = read(office)
    assert SECTION in first
    assert "A wave was open when these figures were counted" in first
    assert "A wave is open. While it is, the section is made once an hour" in first
    more(office, 4)
    assert renew(office.database, TEN + timedelta(hours=1)) == 0
    assert read(office) == first
    topline = office.desk("lead").open(place(office, "children-2012", "topline"))
    assert "(22 answered)" in topline.words
    more(office, 1)
    assert renew(office.database, TEN + timedelta(hours=1, minutes=30)) == 0, "once an hour"
    assert renew(office.database, TEN + timedelta(hours=2)) == 1
    assert "Twenty-seven children completed" in read(office)


@pytest.mark.req("A10")
def test_a_snapshot_holds_what_is_shown_and_no_more(office: OfficeRoom) -> None:
    answered(office, closed=False)
    renew(office.database, TEN)
    more(office, 1)
    frozen(office)
    assert SECTION in office.desk("inspector").open(place(office, "snapshots", 1)).words


@pytest.mark.req("A10")
def test_before_anything_is_shown_nothing_is_frozen(office: OfficeRoom) -> None:
    answered(office, 3, closed=False)
    renew(office.database, TEN)
    assert "nothing is told of it yet" in read(office)
    assert "There was no survey" not in read(office)
    assert (
        "Nothing is told of this wave yet." in office.desk("lead").open(place(office, "children-2012", "topline")).words
    )


def test_without_a_worker_nothing_is_frozen_and_that_is_told(office: OfficeRoom) -> None:
    answered(office, closed=False)
    desk = office.desk("inspector")
    job = desk.post(place(office, "snapshots")).location
    assert worked(office) == [Outcome.FAILED]
    assert "The section: is not told of yet: a wave is open" in desk.open(job).words


def test_once_every_wave_has_closed_the_section_is_exact(office: OfficeRoom) -> None:
    answered(office, closed=False)
    renew(office.database, TEN)
    more(office, 1)
    with office.database.transaction() as session:
        for wave in waves.all_waves(session, inspections.find(session, office.slug)):
            closing.close_wave(session, wave)
    assert "Twenty-three children completed" in read(office)


def test_a_questionnaire_without_a_plan_stops_nobody_elses_section(office: OfficeRoom) -> None:
    """The other inspection has an open wave of which no report can be made."""
    answered(office, closed=False)
    renew(office.database, TEN)
    assert SECTION in read(office)
