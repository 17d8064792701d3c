"""Inspections: made once, found by their short name."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from fieldwork import inspections, waves
from fieldwork.database import Database
from fieldwork.faults import NotFound, Refused
from fieldwork.inspections import NewInspection
from fieldwork.models.inspections import Inspection
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
