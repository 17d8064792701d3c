"""The open link of a wave: where it is allowed, and renewed when it has gone round too far."""

import pytest
from sqlalchemy import update

from fieldwork import waves
from fieldwork.entry import open_links
from fieldwork.faults import Refused
from fieldwork.models.inspections import Inspection, Wave
from tests.fieldwork.samples import YES, Office


def test_a_new_open_link_takes_the_place_of_the_old_one(office: Office) -> None:
    old = office.wave.open_slug
    with office.database.transaction() as session:
        new = open_links.renew(session, session.get_one(Wave, office.wave.id), old)
    with office.database.reading() as session:
        assert waves.by_open_link(session, old) is None
        assert waves.by_open_link(session, new)


def test_who_has_begun_by_the_old_link_goes_on(office: Office) -> None:
    token = office.enter()
    with office.database.transaction() as session:
        open_links.renew(session, session.get_one(Wave, office.wave.id), office.wave.open_slug)
    office.keep(token, "helped", YES)
    office.send(token)
    assert office.count() == 1


def test_of_two_who_renew_at_once_the_second_is_told(office: Office) -> None:
    seen = office.wave.open_slug
    with office.database.transaction() as session:
        new = open_links.renew(session, session.get_one(Wave, office.wave.id), seen)
    with pytest.raises(Refused, match="meanwhile"), office.database.transaction() as session:
        open_links.renew(session, session.get_one(Wave, office.wave.id), seen)
    with office.database.reading() as session:
        assert session.get_one(Wave, office.wave.id).open_slug == new


def test_where_no_open_link_is_allowed_none_is_made(office: Office) -> None:
    with office.database.transaction() as session:
        session.execute(update(Inspection).values(open_link_allowed=False))
    with pytest.raises(Refused, match="no open link"), office.database.transaction() as session:
        open_links.renew(session, session.get_one(Wave, office.wave.id), office.wave.open_slug)


def test_a_closed_wave_has_no_open_link(office: Office) -> None:
    office.close()
    with office.database.reading() as session:
        assert not open_links.may_be_used(session.get_one(Wave, office.wave.id))
    with pytest.raises(Refused, match="closed on"), office.database.transaction() as session:
        open_links.renew(session, session.get_one(Wave, office.wave.id), office.wave.open_slug)
