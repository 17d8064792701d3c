"""A wave: planned, its missing things named, opened, and closed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fieldwork import inspections, waves
from fieldwork.models.inspections import PlannedWave, Wave
from fieldwork.progress import planning
from tests.fieldwork.concerned import COVER as ANN_AND_BEN
from tests.fieldwork.concerned import acknowledge, name_people, practise
from tests.fieldwork.samples import Office
from tests.staff.desks import Desk, OfficeRoom

TODAY = datetime.now(UTC).date()
LAST = TODAY + timedelta(days=10)
NOT_OPEN = "The wave is not open"


def written(day: Any) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]


def plan(office: OfficeRoom, last: Any = LAST) -> Desk:
    desk = office.desk("lead")
    desk.open(f"/inspections/{office.slug}/plan-a-wave")
    desk.press(questionnaire="children-2012", first_day=written(TODAY), last_day=written(last), invited="40")
    return desk


def complete(office: OfficeRoom) -> None:
    """Name the two safeguarding leads of the office, and let one of them acknowledge a test alert."""
    with office.database.reading() as session:
        field = Office(office.database, waves.find_wave(session, f"{office.slug}/{office.wave}"))
    named = {
        "first_email": office.member("safeguarding").email,
        "second_email": office.member("second safeguarding").email,
    }
    now = datetime.now(UTC)
    name_people(field, type(ANN_AND_BEN)(**{**vars_of(ANN_AND_BEN), **named}))
    acknowledge(field, practise(field, now), now=now)


def vars_of(cover: Any) -> dict[str, Any]:
    return {name: getattr(cover, name) for name in cover.__dataclass_fields__}


def found(office: OfficeRoom, questionnaire: str = "children-2012") -> tuple[PlannedWave | None, Wave | None]:
    with office.database.reading() as session:
        there = planning.find(session, inspections.find(session, office.slug), questionnaire)
        return there.planned, there.wave


def address(office: OfficeRoom, end: str = "", questionnaire: str = "children-2012") -> str:
    return f"/inspections/{office.slug}/waves/{questionnaire}{end}"


def test_a_wave_is_planned_and_says_what_is_missing(office: OfficeRoom) -> None:
    page = plan(office).page
    assert page.address == f"/office{address(office)}"
    assert "5 things are missing." in page.words
    assert "Two people who look at concerns are not named." in page.words
    assert "Open the wave" not in page.words.replace("The button to open the wave", "")
    planned, wave = found(office)
    assert planned
    assert (planned.last_day, planned.invited, wave) == (LAST, 40, None)


@pytest.mark.req("T5")
def test_while_anything_is_missing_the_wave_stays_shut_whoever_posts(office: OfficeRoom) -> None:
    lead = plan(office)
    reply = lead.post(address(office, "/open"))
    assert reply.status_code == 409
    assert NOT_OPEN in reply.text
    assert "No practice concern was acknowledged" in reply.text
    assert found(office)[1] is None


@pytest.mark.req("T5")
def test_when_nothing_is_missing_the_lead_opens_it_by_hand(office: OfficeRoom) -> None:
    lead = plan(office)
    complete(office)
    page = lead.open(address(office))
    assert "Everything is there. The wave can open." in page.words
    reply = lead.post(address(office, "/open"))
    assert reply.status_code == 303
    assert "people can answer now" in lead.open(address(office)).words
    wave = found(office)[1]
    assert wave
    assert (wave.opened, wave.invited, wave.closed) == (TODAY, 40, None)
    assert office.acts()[-1] == "opened_wave"
    assert lead.post(address(office, "/open")).status_code == 303, "opening twice is opening once"
    assert office.acts().count("opened_wave") == 1


def test_whoever_may_not_set_up_sees_the_wave_and_opens_and_closes_nothing(office: OfficeRoom) -> None:
    plan(office)
    complete(office)
    for person in ("inspector", "support", "safeguarding", "approver"):
        desk = office.desk(person)
        page = desk.open(address(office))
        assert page.status == 200
        assert "Open the wave" not in page.words
        for end in ("/open", "/close", "/drop", "/change"):
            assert desk.post(address(office, end)).status_code == 403
    assert found(office)[1] is None


def test_the_plan_can_change_and_the_second_of_two_is_told(office: OfficeRoom) -> None:
    lead, other = plan(office), office.desk("second lead")
    for desk in (lead, other):
        desk.open(address(office, "/change"))
    lead.press(invited="50")
    page = other.press(invited="60", last_day=written(TODAY))
    assert page.status == 409
    assert "Somebody else has changed this plan" in page.words
    assert "50 invited" in page.words
    assert ("invited", "60") in page.form.form_values()
    planned = found(office)[0]
    assert planned
    assert planned.invited == 50
    other.press()
    planned = found(office)[0]
    assert planned
    assert (planned.invited, planned.last_day) == (60, TODAY)


def test_a_wave_that_opened_without_a_last_day_can_be_given_one(office: OfficeRoom) -> None:
    lead = office.desk("lead")
    assert "no last day" in lead.open(address(office, "", "small")).words
    lead.open(address(office, "/change", "small"))
    assert lead.press(last_day=written(LAST)).status == 200
    assert found(office, "small")[0]
    assert "closes by itself when its last day is over" in lead.open(address(office, "", "small")).words


def test_a_plan_is_dropped(office: OfficeRoom) -> None:
    lead = plan(office)
    assert lead.post(address(office, "/drop")).status_code == 303
    assert lead.get(address(office)).status_code == 404
    assert lead.post(address(office, "/drop", "small")).status_code == 404, "it was never planned"


@pytest.mark.parametrize("typed", ["", "close", "close children-2012", "yes", "\x00"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_wave_is_not_closed_by_mistake(office: OfficeRoom, typed: str) -> None:
    lead = office.desk("lead")
    lead.open(address(office, "/close", "small"))
    page = lead.press(word=typed)
    assert page.errors == ["Type “close small” to close the wave. Nothing has changed."]
    wave = found(office, "small")[1]
    assert wave
    assert wave.closed is None


def test_whoever_types_that_they_mean_it_closes_the_wave_once(office: OfficeRoom) -> None:
    lead = office.desk("lead")
    lead.open(address(office, "/close", "small"))
    assert "It takes no more answers" in lead.press(word=" Close  SMALL ").words
    wave = found(office, "small")[1]
    assert wave
    assert wave.closed == TODAY
    lead.open(address(office, "/close", "small"))
    assert "closed already" in lead.page.words
    lead.post(address(office, "/close", "small"), word="close small")
    assert office.acts().count("closed_wave") == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"questionnaire": []}, "Choose what the wave asks."),
        ({"questionnaire": "victims"}, "Not a valid choice."),
        ({"invited": "-1"}, "Enter a whole number, like 40, or leave it empty."),
        ({"first_day": ["2", "3", "2027"], "last_day": ["1", "3", "2027"]}, "The last day is before the first."),
        ({"first_day": ["2", "3", "2027"], "last_day": ["1", "3", "2031"]}, "more than a year"),
    ],
    ids=["nothing", "of another programme", "below nought", "backwards", "for years"],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_cannot_be_planned_is_said(office: OfficeRoom, typed: dict[str, Any], told: str) -> None:
    desk = office.desk("lead")
    desk.open(f"/inspections/{office.slug}/plan-a-wave")
    page = desk.press(**{"questionnaire": "children-2012", **typed})
    assert page.status == 400
    assert told in page.words


@pytest.mark.parametrize("name", ["nothing", "..", "a%00b", "x" * 300])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_wave_that_is_not_there_is_not_found(office: OfficeRoom, name: str) -> None:
    for end in ("", "/change", "/close"):
        assert office.desk("lead").get(address(office, end, name)).status_code in {404, 308}
