"""Planning waves: days, numbers, and two people at the same plan."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from fieldwork import inspections, waves
from fieldwork.database import Database
from fieldwork.faults import NotFound, Refused
from fieldwork.keeping import closing
from fieldwork.models.audit import AuditEntry
from fieldwork.models.inspections import PlannedWave, Wave
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.progress import planning
from fieldwork.progress.planning import Plan
from tests.fieldwork.samples import NOW, Office, an_inspection, small_questionnaire

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)
FORTNIGHT = Plan(TODAY, TODAY + timedelta(days=13), invited=40)


def planned(database: Database, meant: Plan = FORTNIGHT, questionnaire_id: str = "small") -> PlannedWave:
    with database.transaction() as session:
        return planning.plan(session, inspections.find(session, "leeds-2011"), questionnaire_id, meant)


def replanned(database: Database, meant: Plan, seen: int = 1) -> bool:
    with database.transaction() as session:
        there = planning.find(session, inspections.find(session, "leeds-2011"), "small").planned
        assert there
        return planning.replan(session, there, meant, seen)


@pytest.fixture
def leeds(database: Database) -> Database:
    with database.transaction() as session:
        inspections.create(session, an_inspection())
    return database


def test_a_plan_is_found_as_it_was_made(leeds: Database) -> None:
    planned(leeds)
    with leeds.reading() as session:
        found = planning.find(session, inspections.find(session, "leeds-2011"), "small")
    assert found.planned
    assert (found.planned.first_day, found.planned.last_day, found.planned.invited) == (
        FORTNIGHT.first_day,
        FORTNIGHT.last_day,
        40,
    )
    assert found.wave is None


def test_an_inspection_tells_what_it_asks_and_means_to_ask(office: Office) -> None:
    planned(office.database)
    planned(office.database, Plan(), "another")
    with office.database.reading() as session:
        found = planning.undertakings(session, inspections.find(session, "leeds-2011"))
        assert [(each.questionnaire_id, bool(each.planned), bool(each.wave)) for each in found] == [
            ("another", True, False),
            ("small", True, True),
        ]
        with pytest.raises(NotFound, match="neither planned nor open"):
            planning.find(session, inspections.find(session, "leeds-2011"), "third")


@pytest.mark.parametrize(
    ("meant", "told"),
    [
        (Plan(TODAY, TODAY - timedelta(days=1)), "before it opens"),
        (Plan(TODAY, TODAY + timedelta(days=367)), "more than a year"),
        (Plan(invited=-1), "-1 cannot have been invited"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_what_to_do(leeds: Database, meant: Plan, told: str) -> None:
    with pytest.raises(Refused, match=told) as refusal:
        planned(leeds, meant)
    assert refusal.value.remedy
    planned(leeds, Plan())
    with pytest.raises(Refused, match=told):
        replanned(leeds, meant)


def test_a_questionnaire_is_planned_once_even_by_two_people_at_once(leeds: Database) -> None:
    together, outcomes = threading.Barrier(2), list[str]()

    def work() -> None:
        together.wait()
        try:
            planned(leeds)
            outcomes.append("planned")
        except Refused:
            outcomes.append("told")

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["planned", "told"]


def test_the_second_of_two_people_is_told_and_overwrites_nothing(leeds: Database) -> None:
    planned(leeds)
    assert replanned(leeds, Plan(TODAY, TOMORROW, 50))
    with pytest.raises(ChangedMeanwhile):
        replanned(leeds, Plan(TODAY, TOMORROW, 60), seen=1)
    assert not replanned(leeds, Plan(TODAY, TOMORROW, 50), seen=1), "to change nothing is no change"
    assert replanned(leeds, Plan(TODAY, TOMORROW, 60), seen=2)


def test_the_number_invited_of_an_open_wave_follows_its_plan(office: Office) -> None:
    planned(office.database, Plan(invited=40))
    assert replanned(office.database, Plan(None, office.wave.opened + timedelta(days=30), 44))
    with office.database.reading() as session:
        assert session.get_one(Wave, office.wave.id).invited == 44


def test_a_closed_wave_is_planned_no_more(office: Office) -> None:
    planned(office.database)
    office.close()
    with pytest.raises(Refused, match="closed on"):
        replanned(office.database, Plan(TODAY, TOMORROW, 3))


def test_a_plan_is_dropped_while_nobody_was_asked_and_not_after(office: Office) -> None:
    small, other = planned(office.database), planned(office.database, Plan(), "another")
    with office.database.transaction() as session:
        planning.drop(session, other)
    with pytest.raises(Refused, match="has opened"), office.database.transaction() as session:
        planning.drop(session, small)


# --- Closing by itself ---


def close_due(database: Database, today: date) -> list[str]:
    with database.transaction() as session:
        return [wave.name for wave in closing.close_due(session, today)]


def opened_today(database: Database) -> Wave:
    with database.transaction() as session:
        return waves.open_wave(session, inspections.find(session, "leeds-2011"), small_questionnaire(), today=TODAY)


def test_a_wave_closes_by_itself_when_its_last_day_is_over(leeds: Database) -> None:
    planned(leeds, Plan(TODAY, TOMORROW))
    wave = opened_today(leeds)
    assert close_due(leeds, TOMORROW) == []
    assert close_due(leeds, TOMORROW + timedelta(days=1)) == ["leeds-2011/small"]
    with leeds.reading() as session:
        assert session.get_one(Wave, wave.id).closed == TOMORROW
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "closed_wave")).one()
    assert (entry.who_id, entry.about, entry.inspection_id) == (None, "leeds-2011/small", wave.inspection_id)


def test_closing_twice_is_closing_once(leeds: Database) -> None:
    planned(leeds, Plan(TODAY, TODAY))
    opened_today(leeds)
    together, closed = threading.Barrier(3), list[str]()

    def work() -> None:
        together.wait()
        closed.extend(close_due(leeds, TOMORROW))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert closed == ["leeds-2011/small"]
    assert close_due(leeds, TOMORROW + timedelta(days=9)) == []


def test_who_closes_late_says_so(leeds: Database) -> None:
    planned(leeds, Plan(TODAY, TODAY))
    wave = opened_today(leeds)
    close_due(leeds, TODAY + timedelta(days=5))
    with leeds.reading() as session:
        assert session.get_one(Wave, wave.id).closed == TODAY + timedelta(days=4), "answers were taken until then"


def test_a_wave_without_a_last_day_closes_by_hand_alone(leeds: Database) -> None:
    planned(leeds, Plan(TODAY, None))
    opened_today(leeds)
    assert close_due(leeds, date(2099, 1, 1)) == []
