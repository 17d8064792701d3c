"""One browser answering: how long it lasts, what it may see, how it ends."""

import pytest
from sqlalchemy import func, select

from fieldwork import waves
from fieldwork.entry import visits
from fieldwork.faults import AlreadySent, Closed
from fieldwork.models.interviews import Case, Draft, DraftAnswer, Visit
from surveys.answers import Number
from tests.fieldwork.samples import NO, NOW, YES, Office, later
from tests.fieldwork.statements import counted


def test_a_visit_has_what_a_page_needs(office: Office) -> None:
    visit = office.at(office.enter(office.code()))
    assert (visit.state, visit.by_code, visit.read_safe) == ("open", True, False)
    assert visit.questionnaire.id == "small"
    assert (visit.inspection_name, visit.audience, visit.nation) == ("Leeds", "children", "england")
    assert visit.names.service.en == "YOS"
    assert (visit.answers, visit.shown) == ({}, frozenset())
    assert visit.wave_id == office.wave.id


def test_an_unknown_token_is_nobody(office: Office) -> None:
    for token in ("", "no such token", "\ud800", "\0"):
        assert office.look(token) is None


@pytest.mark.req("S1")
def test_a_token_has_more_than_128_bits_and_only_its_hash_is_kept(office: Office) -> None:
    tokens = {office.enter() for _ in range(20)}
    assert len(tokens) == 20
    assert visits.TOKEN_BYTES * 8 >= 128
    with office.database.reading() as session:
        kept = session.scalars(select(Visit.token_hash)).all()
    assert not tokens & set(kept)


def test_that_the_page_about_keeping_safe_was_read_is_remembered_for_this_visit(office: Office) -> None:
    code = office.code()
    token, other = office.enter(code), office.enter(code)
    with office.database.transaction() as session:
        visits.mark_read(session, office.at(token))
    assert office.at(token).read_safe
    assert not office.at(other).read_safe


@pytest.mark.req("S2")
@pytest.mark.parametrize(("minutes", "state"), [(0, "open"), (44, "open"), (45, "open"), (46.1, "idle"), (300, "idle")])
def test_a_visit_goes_idle_45_minutes_after_its_last_page(office: Office, minutes: float, state: str) -> None:
    token = office.enter()
    office.keep(token, "helped", YES, later(30))
    assert office.at(token, later(30 + minutes)).state == state


@pytest.mark.req("S2")
def test_a_visit_lasts_four_hours_however_busy(office: Office) -> None:
    token = office.enter()
    for minutes in range(0, 241, 40):
        office.keep(token, "rating", Number(minutes % 100), later(minutes))
    assert office.at(token, later(239)).state == "open"
    assert office.at(token, later(241.5)).state == "idle"


@pytest.mark.req("S4")
@pytest.mark.parametrize("minutes", [46.5, 180, 400])
def test_a_page_posted_after_the_visit_went_idle_is_kept_and_does_not_wake_it(office: Office, minutes: float) -> None:
    token = office.enter(office.code())
    office.keep(token, "helped", YES, later(minutes))
    assert office.answered_by(token) == {"helped": YES}
    assert office.at(token, later(minutes)).state == "idle"
    assert office.at(token, later(minutes + 1)).state == "idle"


@pytest.mark.req("R18")
def test_a_clock_put_back_wakes_no_idle_visit_and_ends_no_open_one(office: Office) -> None:
    token = office.enter()
    assert office.at(token, later(-1_500)).state == "open"
    office.keep(token, "helped", YES, later(50))
    assert office.at(token, later(0)).state == "idle"


@pytest.mark.req("S5")
def test_who_comes_back_with_the_code_may_replace_answers_and_is_shown_none(office: Office) -> None:
    code = office.code()
    first = office.enter(code)
    office.keep(first, "helped", YES)
    office.keep(first, "rating", Number(10))
    second = office.enter(code, later(60))
    assert office.at(second, later(60)).shown == frozenset()
    office.keep(second, "rating", Number(90), later(61))
    assert office.at(second, later(61)).shown == {"rating"}
    assert office.at(first).shown == {"helped"}, "the other device does not see what was changed elsewhere"
    assert office.answered_by(first) == office.answered_by(second) == {"helped": YES, "rating": Number(90)}


def test_two_people_on_the_open_link_have_nothing_to_do_with_each_other(office: Office) -> None:
    one, other = office.enter(), office.enter()
    office.keep(one, "helped", YES)
    assert office.answered_by(other) == {}
    assert not office.at(one).by_code


def test_a_code_can_be_used_on_two_devices_at_once(office: Office) -> None:
    code = office.code()
    one, other = office.enter(code), office.enter(code)
    office.keep(one, "helped", YES)
    office.keep(other, "helped", NO)
    assert office.answered_by(one) == {"helped": NO}


@pytest.mark.req("S9")
def test_who_leaves_is_gone_at_once_and_can_come_back_with_the_code(office: Office) -> None:
    code = office.code()
    token = office.enter(code)
    office.keep(token, "helped", YES)
    leave(office, token)
    assert office.look(token) is None
    assert office.answered_by(office.enter(code)) == {"helped": YES}


def test_who_leaves_without_a_code_leaves_nothing(office: Office) -> None:
    token = office.enter()
    office.keep(token, "helped", YES)
    leave(office, token)
    assert office.look(token) is None
    with office.database.reading() as session:
        left = [session.scalar(select(func.count()).select_from(table)) for table in (Visit, Draft, DraftAnswer)]
    assert left == [0, 0, 0]


def leave(office: Office, token: str) -> None:
    visit = office.at(token)
    with office.database.transaction() as session:
        visits.leave(session, visit)


def test_a_closed_wave_takes_no_visits_and_says_so_to_those_there(office: Office) -> None:
    token = office.enter(office.code())
    office.close()
    assert office.at(token).state == "closed"
    with pytest.raises(Closed), office.database.transaction() as session:
        visits.begin(session, waves.find_wave(session, office.wave.name), NOW)


def test_a_case_that_was_sent_meanwhile_begins_no_visit(office: Office) -> None:
    code = office.code()
    token = office.enter(code)
    with office.database.reading() as session:
        case = session.scalars(select(Case)).one()
    office.send(token)
    with pytest.raises(AlreadySent), office.database.transaction() as session:
        visits.begin(session, case, NOW)


def test_a_case_whose_wave_closed_meanwhile_begins_no_visit(office: Office) -> None:
    office.code()
    with office.database.reading() as session:
        case = session.scalars(select(Case)).one()
    office.close()
    with pytest.raises(Closed), office.database.transaction() as session:
        visits.begin(session, case, NOW)


def test_a_visit_with_all_its_answers_is_one_statement(office: Office) -> None:
    token = office.enter(office.code())
    office.keep(token, "helped", YES)
    office.keep(token, "rating", Number(3))
    with counted(office.database.engine) as seen:
        office.at(token)
    assert len(seen) == 1
