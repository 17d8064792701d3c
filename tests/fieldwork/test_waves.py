"""Waves: a questionnaire frozen on the day it is first asked."""

from datetime import date

import pytest
from sqlalchemy import update

from fieldwork import inspections, waves
from fieldwork.faults import NotFound, Refused
from fieldwork.keeping import closing
from fieldwork.models.inspections import Inspection, Wave
from surveys.loading import definition, shipped
from surveys.text import Names
from tests.fieldwork.samples import YES, Office, an_inspection, small_questionnaire
from tests.fieldwork.statements import counted
from tests.surveys.strategies import WORDS


@pytest.mark.req("R17")
def test_a_visit_keeps_the_questionnaire_it_began_with_whatever_becomes_of_it(office: Office) -> None:
    token = office.enter(office.code())
    office.keep(token, "helped", YES)
    with office.database.transaction() as session:
        other = inspections.create(session, an_inspection("essex-2012"))
        newer = waves.open_wave(session, other, small_questionnaire(version=2, wording="Now what?"))
        session.execute(
            update(Inspection).values(names=Names(service=WORDS, worker=WORDS, child=WORDS, children=WORDS))
        )
    forget_what_was_read()
    visit = office.at(token)
    assert visit.questionnaire == small_questionnaire(version=1)
    assert visit.names.service.en == "YOS"
    assert visit.answers == {"helped": YES}
    with office.database.reading() as session:
        assert waves.asked_in(session, newer.id).questionnaire == small_questionnaire(version=2, wording="Now what?")


def forget_what_was_read() -> None:
    """As a process does that starts afresh."""
    waves._asked.clear()  # noqa: SLF001
    waves._frozen.clear()  # noqa: SLF001


@pytest.mark.parametrize("questionnaire_id", shipped())
def test_every_questionnaire_shipped_is_the_same_after_it_was_frozen(office: Office, questionnaire_id: str) -> None:
    asks = definition(questionnaire_id)
    with office.database.transaction() as session:
        wave = waves.open_wave(session, inspections.find(session, "leeds-2011"), asks)
    with office.database.reading() as session:
        found = waves.find_wave(session, wave.name)
        assert waves.frozen_questionnaire(found.id, found.frozen) == asks
        assert found.version == asks.version


def test_what_a_wave_asks_is_read_once_in_a_process(office: Office) -> None:
    with office.database.reading() as session:
        waves.asked_in(session, office.wave.id)
        with counted(office.database.engine) as seen:
            waves.asked_in(session, office.wave.id)
    assert seen == []


def test_a_process_remembers_only_so_many_waves(monkeypatch: pytest.MonkeyPatch, office: Office) -> None:
    monkeypatch.setattr(waves, "REMEMBERED", 2)
    with office.database.transaction() as session:
        for year in range(2001, 2006):
            there = inspections.create(session, an_inspection(f"leeds-{year}"))
            waves.asked_in(session, waves.open_wave(session, there, small_questionnaire()).id)
    assert len(waves._asked) == 2  # noqa: SLF001


def test_a_wave_is_found_by_its_name(office: Office) -> None:
    with office.database.reading() as session:
        assert waves.find_wave(session, "leeds-2011/small").id == office.wave.id


@pytest.mark.parametrize("name", ["leeds-2011/smal", "leeds-2010/small", "leeds-2011"])
def test_a_name_that_is_not_there_is_told_with_the_nearest(office: Office, name: str) -> None:
    with office.database.reading() as session, pytest.raises(NotFound, match=r"Did you mean leeds-2011/small\?"):
        waves.find_wave(session, name)


def test_an_inspection_asks_a_questionnaire_in_one_wave(office: Office) -> None:
    with pytest.raises(Refused, match="is there already"), office.database.transaction() as session:
        waves.open_wave(session, inspections.find(session, "leeds-2011"), small_questionnaire(version=2))


def test_fewer_than_none_cannot_have_been_invited(office: Office) -> None:
    with pytest.raises(Refused, match="cannot have been invited"), office.database.transaction() as session:
        waves.open_wave(session, inspections.find(session, "leeds-2011"), small_questionnaire(), invited=-1)


def test_a_wave_keeps_the_days_it_opened_and_closed_and_no_time(office: Office) -> None:
    with office.database.transaction() as session:
        there = inspections.create(session, an_inspection("essex-2012"))
        wave = waves.open_wave(session, there, small_questionnaire(), today=date(2012, 2, 1))
        closing.close_wave(session, wave, today=date(2012, 2, 29))
        closing.close_wave(session, wave, today=date(2012, 3, 31))
    with office.database.reading() as session:
        kept = session.get_one(Wave, wave.id)
        assert (kept.opened, kept.closed) == (date(2012, 2, 1), date(2012, 2, 29))


def test_the_open_link_leads_to_a_wave_while_it_is_open_and_allowed(office: Office) -> None:
    slug = office.wave.open_slug
    with office.database.transaction() as session:
        found = waves.by_open_link(session, slug)
        assert found
        assert found.id == office.wave.id
        assert waves.by_open_link(session, "somewhere else") is None
        found.inspection.open_link_allowed = False
        assert waves.by_open_link(session, slug) is None
        found.inspection.open_link_allowed = True
        closing.close_wave(session, found)
        assert waves.by_open_link(session, slug) is None


def test_open_links_cannot_be_guessed(office: Office) -> None:
    assert waves.SLUG_BYTES * 8 >= 96
    assert len(office.wave.open_slug) >= 16
