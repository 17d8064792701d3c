"""A wave opens when everything is there, and not before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from fieldwork import inspections
from fieldwork.faults import Refused
from fieldwork.models.audit import AuditEntry
from fieldwork.models.inspections import Inspection, PlannedWave, Wave
from fieldwork.office import people
from fieldwork.office.audit import Who
from fieldwork.progress import planning, readiness
from fieldwork.progress.planning import Plan
from fieldwork.progress.readiness import House, Task
from surveys.problems import Problem
from surveys.text import Names, Text
from tests.fieldwork.concerned import COVER, acknowledge, let_in, name_people, practise
from tests.fieldwork.samples import NOW, Office, later
from tests.surveys.strategies import NAMES

TODAY = NOW.date()
LEAD = Who(None, "Lee Lead")
HOUSE = House(helplines_checked=TODAY)
DAYS = 24 * 60


def planned(office: Office, last_day: date | None = TODAY, questionnaire_id: str = "children") -> PlannedWave:
    with office.database.transaction() as session:
        there = inspections.find(session, "leeds-2011")
        return planning.plan(session, there, questionnaire_id, Plan(TODAY, last_day, 40))


def complete(office: Office) -> PlannedWave:
    """Everything that a wave needs, and the wave that needs it."""
    name_people(office)
    let_in(office, "ann@example.org", "ben@example.org")
    acknowledge(office, practise(office))
    return planned(office)


def tasks(office: Office, of: PlannedWave, house: House = HOUSE, minutes: float = 0) -> list[Task]:
    with office.database.reading() as session:
        return readiness.tasks(session, of, house, later(minutes))


def missing(office: Office, of: PlannedWave, house: House = HOUSE, minutes: float = 0) -> list[str]:
    return [task.what for task in tasks(office, of, house, minutes) if not task.done]


def opens(office: Office, of: PlannedWave, house: House = HOUSE, minutes: float = 0) -> Wave:
    with office.database.transaction() as session:
        return readiness.open_planned(session, of, house, LEAD, later(minutes))


@pytest.mark.req("T5")
def test_a_wave_opens_when_nothing_is_missing(office: Office) -> None:
    wave = opens(office, complete(office))
    assert (wave.name, wave.opened, wave.invited, wave.closed) == ("leeds-2011/children", TODAY, 40, None)
    with office.database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "opened_wave")).one()
    assert (entry.who, entry.about) == ("Lee Lead", "leeds-2011/children")


@pytest.mark.req("T5")
def test_of_a_new_inspection_everything_about_its_cover_is_missing_and_said(office: Office) -> None:
    found = tasks(office, planned(office, last_day=None), House(TODAY - timedelta(days=91)))
    lacking = [task for task in found if not task.done]
    assert [task.what for task in lacking] == ["Dates", "Helplines", *readiness.COVER]
    assert all(task.remedy for task in lacking)


def less(**absent: Any) -> Callable[[Office], None]:
    return lambda office: name_people(office, replace(COVER, **absent), 1)


def shut_out(office: Office) -> None:
    with office.database.transaction() as session:
        ben = people.find(session, "ben@example.org")
        people.set_roles(session, ben, inspections.find(session, "leeds-2011"), frozenset(), LEAD)


@pytest.mark.req("T5")
@pytest.mark.parametrize(
    ("lose", "what"),
    [
        (less(second_name=""), "Two named people"),
        (less(first_email=""), "Two named people"),
        (shut_out, "Two named people"),
        (less(days=""), "Cover hours"),
        (less(childrens_services=""), "Children's services"),
        (less(police=""), "The police"),
    ],
    ids=["one person", "no address", "not let in", "no hours", "no children's services", "no police"],
)
def test_with_one_thing_missing_a_wave_stays_shut(office: Office, lose: Callable[[Office], None], what: str) -> None:
    wave = complete(office)
    lose(office)
    assert missing(office, wave) == [what]
    with pytest.raises(Refused, match=what) as refusal:
        opens(office, wave)
    assert refusal.value.remedy
    with office.database.reading() as session:
        assert session.scalars(select(Wave.questionnaire_id)).all() == ["small"]


@pytest.mark.req("T5")
def test_a_test_alert_counts_for_seven_days(office: Office) -> None:
    name_people(office)
    let_in(office, "ann@example.org", "ben@example.org")
    wave = planned(office, TODAY + timedelta(days=30))
    assert missing(office, wave) == ["A test alert"]
    alert = practise(office)
    assert missing(office, wave) == ["A test alert"], "nobody has acknowledged it"
    acknowledge(office, alert)
    assert missing(office, wave) == []
    assert missing(office, wave, minutes=7 * DAYS) == []
    assert missing(office, wave, minutes=7 * DAYS + 1) == ["A test alert"]


@pytest.mark.req("T5")
def test_helplines_count_for_ninety_days(office: Office) -> None:
    wave = complete(office)
    assert missing(office, wave, House(TODAY - timedelta(days=90))) == []
    assert missing(office, wave, House(TODAY - timedelta(days=91))) == ["Helplines"]
    with pytest.raises(Refused, match="91 days ago"):
        opens(office, wave, House(TODAY - timedelta(days=91)))


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (Plan(TODAY, None), "never close"),
        (Plan(None, TODAY - timedelta(days=1)), "last day was"),
        (Plan(TODAY + timedelta(days=1), TODAY + timedelta(days=2)), "first day is"),
    ],
    ids=["no last day", "too late", "too early"],
)
def test_a_wave_opens_between_its_first_and_its_last_day(office: Office, plan: Plan, told: str) -> None:
    wave = complete(office)
    with office.database.transaction() as session:
        planning.replan(session, wave, plan, 1)
        wave = session.get_one(PlannedWave, (wave.inspection_id, wave.questionnaire_id))
    (dates,) = [task for task in tasks(office, wave) if task.what == "Dates"]
    assert told in dates.missing


def named(office: Office, names: Names, *, welsh: bool = True) -> None:
    with office.database.transaction() as session:
        there: Inspection = inspections.find(session, "leeds-2011")
        there.names, there.offers_welsh = names, welsh


def test_names_have_to_be_there_in_each_language_that_is_offered(office: Office) -> None:
    wave = complete(office)
    named(office, NAMES.model_copy(update={"worker": Text(en="worker", cy="worker"), "child": Text(en="child", cy="")}))
    (names,) = [task for task in tasks(office, wave) if not task.done]
    assert names.missing == "Not given: worker (Welsh), child (Welsh)."
    named(office, NAMES.model_copy(update={"worker": Text(en="worker", cy="worker")}), welsh=False)
    assert missing(office, wave) == [], "where Welsh is not offered, nobody reads it"
    named(office, NAMES.model_copy(update={"service": Text(en="Llamau", cy="Llamau")}))
    assert missing(office, wave) == [], "a service may have one name"


def test_a_questionnaire_that_a_mode_cannot_ask_or_that_is_not_there_keeps_its_wave_shut(office: Office) -> None:
    wave = complete(office)
    fault = Problem("children.toml", 'question "why"', "its Welsh text is 4 parts", "Shorten it.")
    house = replace(HOUSE, checks=(lambda _asks, _file: [fault],))
    (task,) = [task for task in tasks(office, wave, house) if not task.done]
    assert (task.room, str(fault) in task.missing) == ("questionnaire", True)
    gone = planned(office, questionnaire_id="children-1999")
    assert "There is no questionnaire" in tasks(office, gone)[2].missing


def test_opened_twice_is_refused_and_opened_once(office: Office) -> None:
    wave = complete(office)
    opens(office, wave)
    with pytest.raises(Refused, match="is there already"):
        opens(office, wave)
