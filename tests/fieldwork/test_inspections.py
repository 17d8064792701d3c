"""Inspections: made once, found by their short name."""

import threading
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from fieldwork import inspections, waves
from fieldwork.database import Database
from fieldwork.faults import NotFound, Refused
from fieldwork.inspections import NewInspection
from fieldwork.models.inspections import Inspection
from fieldwork.office.editions import ChangedMeanwhile
from surveys.text import Text
from tests.fieldwork.samples import Office, an_inspection, small_questionnaire
from tests.surveys.strategies import NAMES


def made(database: Database, new: NewInspection) -> Inspection:
    with database.transaction() as session:
        return inspections.create(session, new)


def test_an_inspection_is_found_as_it_was_made(database: Database) -> None:
    new = NewInspection(
        slug="essex-2012",
        name="Essex",
        programme="cci",
        names=NAMES,
        nation="wales",
        year=2012,
        fieldwork="February 2012",
        cases_inspected=85,
        open_link_allowed=True,
        policy="protected",
        note=Text(en="Reconstructed.", cy="Wedi'i ail-greu."),
        first_day=date(2012, 2, 6),
        last_day=date(2012, 2, 24),
    )
    made(database, new)
    with database.reading() as session:
        found = inspections.find(session, "essex-2012")
    assert {name: getattr(found, name) for name in NewInspection.__dataclass_fields__} == {
        name: getattr(new, name) for name in NewInspection.__dataclass_fields__
    }


def test_all_inspections_are_listed_by_short_name(database: Database) -> None:
    for slug in ("leeds-2011", "essex-2012"):
        made(database, an_inspection(slug))
    with database.reading() as session:
        assert [each.slug for each in inspections.all_of(session)] == ["essex-2012", "leeds-2011"]


def test_a_short_name_is_given_once(database: Database) -> None:
    made(database, an_inspection())
    with pytest.raises(Refused, match="is there already"):
        made(database, an_inspection())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"slug": "Leeds 2011"}, "short name"),
        ({"slug": ""}, "short name"),
        ({"slug": "a" * 41}, "short name"),
        ({"slug": "leeds/2011"}, "short name"),
        ({"name": "  "}, "has no name"),
        ({"cases_inspected": -1}, "cannot have -1"),
        ({"first_day": date(2011, 3, 2), "last_day": date(2011, 3, 1)}, "end before it begins"),
        ({"nation": "wales", "offers_welsh": False}, "everybody is offered Welsh"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(database: Database, changes: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told) as refusal:
        made(database, replace(an_inspection(), **changes))
    assert refusal.value.remedy


def test_a_name_that_is_not_there_is_told_with_the_nearest(database: Database) -> None:
    made(database, an_inspection())
    with database.reading() as session:
        with pytest.raises(NotFound, match=r"Did you mean leeds-2011\?"):
            inspections.find(session, "leeds-2010")
        with pytest.raises(NotFound, match="flask inspections list"):
            inspections.find(session, "somewhere else")


def test_a_wave_tells_its_inspection(office: Office) -> None:
    with office.database.reading() as session:
        assert inspections.of_wave(session, office.wave.id).slug == "leeds-2011"


@pytest.mark.parametrize("column", ["programme", "nation", "policy"])
def test_the_database_itself_knows_the_few_values_there_are(office: Office, column: str) -> None:
    with pytest.raises(IntegrityError), office.database.transaction() as session:
        session.execute(update(Inspection).values({column: "something else"}))


def test_waves_of_two_inspections_are_kept_apart(office: Office) -> None:
    with office.database.transaction() as session:
        other = inspections.create(session, an_inspection("essex-2012"))
        waves.open_wave(session, other, small_questionnaire())
        assert [wave.name for wave in waves.all_waves(session)] == ["essex-2012/small", "leeds-2011/small"]
        assert [wave.name for wave in waves.all_waves(session, other)] == ["essex-2012/small"]


# --- Changing ---


def changed(database: Database, seen: int, **changes: Any) -> tuple[str, ...]:
    with database.transaction() as session:
        there = inspections.find(session, "leeds-2011")
        return inspections.change(session, there, replace(inspections.as_new(there), **changes), seen)


def found(database: Database) -> Inspection:
    with database.reading() as session:
        return inspections.find(session, "leeds-2011")


def test_what_has_changed_is_told_and_counted(database: Database) -> None:
    made(database, an_inspection())
    assert changed(database, 1, name="Leeds and Bradford", cases_inspected=60) == ("name", "cases_inspected")
    assert (found(database).name, found(database).cases_inspected, found(database).edition) == (
        "Leeds and Bradford",
        60,
        2,
    )


def test_to_change_nothing_is_no_change(database: Database) -> None:
    made(database, an_inspection())
    assert changed(database, 7) == ()
    assert found(database).edition == 1


def test_the_second_of_two_people_is_told_and_overwrites_nothing(database: Database) -> None:
    made(database, an_inspection())
    changed(database, 1, cases_inspected=60)
    with pytest.raises(ChangedMeanwhile):
        changed(database, 1, name="York")
    assert (found(database).name, found(database).cases_inspected) == ("Leeds", 60)


def test_two_people_who_save_at_the_same_moment_are_one_and_another(database: Database) -> None:
    made(database, an_inspection())
    together, outcomes = threading.Barrier(2), list[str]()

    def save(cases: int) -> None:
        together.wait()
        try:
            changed(database, 1, cases_inspected=cases)
            outcomes.append("kept")
        except ChangedMeanwhile:
            outcomes.append("told")

    threads = [threading.Thread(target=save, args=(cases,)) for cases in (50, 60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", "told"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "York"}, "this stays as it is: name"),
        ({"programme": "today"}, "programme"),
        ({"nation": "wales"}, "nation"),
        ({"names": NAMES.model_copy(update={"service": Text(en="YJS", cy="GCI")})}, "names"),
        ({"offers_welsh": False}, "Welsh"),
        ({"slug": "leeds-2012"}, "keeps its short name"),
    ],
)
def test_what_people_have_been_asked_under_stays(office: Office, changes: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told):
        changed(office.database, 1, **changes)
    assert found(office.database).edition == 1


def test_what_nobody_was_asked_under_may_still_change(office: Office) -> None:
    changes = {"cases_inspected": 60, "open_link_allowed": False, "last_day": date(2027, 1, 1), "fieldwork": "May 2011"}
    assert changed(office.database, 1, **changes) == ("fieldwork", "cases_inspected", "open_link_allowed", "last_day")


def test_once_a_wave_has_opened_a_policy_becomes_stricter_and_never_looser(office: Office) -> None:
    assert changed(office.database, 1, policy="protected") == ("policy",)
    with pytest.raises(Refused, match="would break our word"):
        changed(office.database, 2, policy="as_published")


def test_before_a_wave_has_opened_everything_but_the_short_name_may_change(database: Database) -> None:
    made(database, an_inspection())
    assert changed(database, 1, policy="protected", programme="today", offers_welsh=False) == (
        "programme",
        "policy",
        "offers_welsh",
    )
    assert changed(database, 2, policy="as_published") == ("policy",)
    with pytest.raises(Refused, match="short name"):
        changed(database, 3, slug="york-2011")


# --- What is proposed ---


@pytest.mark.parametrize(
    ("area", "proposed"),
    [
        ("Leeds", "leeds-2011"),
        ("Ynys Môn", "ynys-mon-2011"),
        ("King's Lynn & West Norfolk", "kings-lynn-west-norfolk-2011"),
        ("  99 Éire -- ", "eire-2011"),
        ("Bournemouth, Christchurch, Poole and Dorset", "bournemouth-christchurch-poole-and-2011"),
    ],
)
def test_a_short_name_is_proposed_from_the_area_and_the_year(database: Database, area: str, proposed: str) -> None:
    with database.reading() as session:
        assert inspections.propose_slug(session, area, 2011) == proposed
    made(database, an_inspection(proposed))


@given(area=st.text(max_size=60), year=st.integers(1, 9999))
def test_whatever_is_proposed_can_be_a_short_name(area: str, year: int) -> None:
    assert inspections.SLUG.fullmatch(inspections.slug_of(area, f"-{year}") or "a")


def test_the_next_of_an_area_and_a_year_gets_a_number(database: Database) -> None:
    for count in range(2):
        with database.transaction() as session:
            slug = inspections.propose_slug(session, "Leeds", 2011)
            inspections.create(session, an_inspection(slug))
        assert slug == ("leeds-2011", "leeds-2011-2")[count]


def test_an_area_without_a_letter_gets_no_short_name(database: Database) -> None:
    with database.reading() as session, pytest.raises(Refused, match="Give a short name yourself"):
        inspections.propose_slug(session, "北京 123", 2011)


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        (date(2012, 2, 6), date(2012, 2, 24), "February 2012"),
        (date(2012, 5, 6), date(2012, 7, 1), "May to July 2012"),
        (date(2012, 12, 3), date(2013, 1, 5), "December 2012 to January 2013"),
    ],
)
def test_the_dates_are_printed_as_months(first: date, last: date, printed: str) -> None:
    assert inspections.months_from(first, last) == printed
