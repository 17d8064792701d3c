"""While a wave is open nobody reads one person's answers in how the section changes."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldwork import inspections, waves
from fieldwork.database import Database
from fieldwork.keeping import closing
from fieldwork.models.inspections import Inspection
from fieldwork.progress import shown_sections
from fieldwork.progress.figures import FEWEST
from fieldwork.progress.shown_sections import Due, stepped
from tests.fieldwork.samples import an_inspection, small_questionnaire

TEN = datetime(2026, 11, 21, 10, 20, tzinfo=UTC)
CHILDREN, VICTIMS = uuid4(), uuid4()


@pytest.mark.req("A10")
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30))
def test_between_two_sections_no_open_wave_moves_by_fewer_than_five(come: list[tuple[int, int]]) -> None:
    shown: dict[UUID, int] = {}
    now = dict.fromkeys((CHILDREN, VICTIMS), 0)
    for several in come:
        for wave_id, more in zip(now, several, strict=True):
            now[wave_id] += more
        following = stepped(shown, now, set(now))
        if following is not None:
            for wave_id in now:
                moved = following.get(wave_id, 0) - shown.get(wave_id, 0)
                assert moved == 0 or moved >= FEWEST
            shown = dict(following)


def test_a_wave_that_has_closed_is_told_of_exactly() -> None:
    assert stepped({CHILDREN: 20, VICTIMS: 8}, {CHILDREN: 21, VICTIMS: 8}, {VICTIMS}) == {CHILDREN: 21, VICTIMS: 8}
    assert stepped({}, {CHILDREN: 2, VICTIMS: 2}, {VICTIMS}) == {CHILDREN: 2}


def test_answers_taken_back_move_nothing_either() -> None:
    assert stepped({CHILDREN: 20}, {CHILDREN: 19}, {CHILDREN}) is None
    assert stepped({CHILDREN: 20}, {CHILDREN: 14}, {CHILDREN}) == {CHILDREN: 14}


def made(database: Database) -> Inspection:
    with database.transaction() as session:
        inspection = inspections.create(session, an_inspection())
        waves.open_wave(session, inspection, small_questionnaire())
        return inspection


def due(database: Database, now: datetime) -> list[UUID]:
    with database.reading() as session:
        return [each.id for each in shown_sections.to_look_at(session, now)]


@pytest.mark.req("A10")
def test_an_inspection_with_an_open_wave_is_looked_at_once_an_hour(database: Database) -> None:
    inspection = made(database)
    assert due(database, TEN) == [inspection.id]
    with database.transaction() as session:
        shown_sections.keep(session, Due(inspection.id, {CHILDREN: 5}), "{}", TEN)
    assert due(database, TEN + timedelta(minutes=39)) == []
    assert due(database, TEN + timedelta(minutes=40)) == [inspection.id]
    with database.transaction() as session:
        shown_sections.looked(session, inspection.id, TEN + timedelta(minutes=40))
        assert shown_sections.shown(session, inspection) == "{}"
    assert due(database, TEN + timedelta(minutes=41)) == []


def test_when_all_has_closed_nothing_of_it_stays(database: Database) -> None:
    inspection = made(database)
    with database.transaction() as session:
        shown_sections.keep(session, Due(inspection.id, {}), "{}", TEN)
        shown_sections.forget_closed(session)
        assert shown_sections.shown(session, inspection) == "{}"
        (wave,) = waves.all_waves(session, inspection)
        closing.close_wave(session, wave)
        shown_sections.forget_closed(session)
        assert shown_sections.shown(session, inspection) is None
        assert not shown_sections.has_open_wave(session, inspection)
    assert due(database, TEN) == []
