"""Whom we asked: codes and links that work once, and tell nothing when they do not."""

import pytest
from sqlalchemy import insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from fieldwork.entry import cases
from fieldwork.entry.codes import well_formed
from fieldwork.faults import Refused
from fieldwork.models.inspections import Wave
from fieldwork.models.interviews import Case
from tests.fieldwork.samples import NOW, PEPPER, YES, Office, later
from tests.fieldwork.statements import counted


def usable(office: Office, secret: str) -> bool:
    with office.database.reading() as session:
        return cases.case_of(session, secret, PEPPER) is not None


def test_each_code_made_is_different_and_works(office: Office) -> None:
    with office.database.transaction() as session:
        made = cases.invite_by_code(session, office.wave, 40, PEPPER)
    assert len(set(made)) == 40
    assert all(usable(office, code) for code in made)


@pytest.mark.req("A12")
def test_a_code_works_as_it_is_shown_as_it_is_typed_and_bare(office: Office) -> None:
    code = office.code()
    for written in (code, code.lower().replace("-", " "), well_formed(code)):
        assert usable(office, str(written))


def test_links_work_like_codes(office: Office) -> None:
    with office.database.transaction() as session:
        tokens = cases.invite_by_link(session, office.wave, 3, PEPPER)
    assert all(usable(office, token) for token in tokens)
    assert not usable(office, tokens[0].swapcase())


@pytest.mark.req("A4")
def test_unknown_used_void_and_closed_codes_are_the_same_to_whoever_asks(office: Office) -> None:
    used, void, out_of_date = office.code(), office.code(), office.code()
    office.send(office.enter(used))
    with office.database.transaction() as session:
        cases.void(session, void, PEPPER)
    statements = []
    for code in ("2222-2222-2222", used, void):
        with counted(office.database.engine) as seen:
            assert not usable(office, code)
        statements.append(seen)
    office.close()
    with counted(office.database.engine) as seen:
        assert not usable(office, out_of_date)
    assert all(each == seen for each in statements)


@pytest.mark.req("A4")
def test_a_code_left_behind_by_a_closed_wave_is_of_no_use(office: Office) -> None:
    code = office.code()
    with office.database.transaction() as session:
        session.execute(update(Wave).values(closed=NOW.date()))
    assert not usable(office, code)


def test_a_void_code_takes_its_unsent_answers_with_it(office: Office) -> None:
    code = office.code()
    token = office.enter(code)
    office.keep(token, "helped", YES)
    with office.database.transaction() as session:
        cases.void(session, code, PEPPER)
    assert office.look(token) is None


def test_to_void_a_code_twice_or_one_that_was_used_changes_nothing(office: Office) -> None:
    code = office.code()
    office.send(office.enter(code))
    with office.database.transaction() as session:
        cases.void(session, code, PEPPER)
        cases.void(session, "no such code", PEPPER)
    assert office.count() == 1


@pytest.mark.req("A5")
def test_the_database_holds_no_code_and_no_link(office: Office) -> None:
    with office.database.transaction() as session:
        secrets = cases.invite_by_code(session, office.wave, 20, PEPPER)
        secrets += cases.invite_by_link(session, office.wave, 20, PEPPER)
    token = office.enter(secrets[0])
    everything = "\n".join(dump(office))
    for secret in [*secrets, token]:
        assert secret not in everything
        assert secret.replace("-", "") not in everything


def dump(office: Office) -> list[str]:
    with office.database.reading() as session:
        tables = inspect(session.connection()).get_table_names()
        return [str(row) for table in tables for row in session.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608


@pytest.mark.req("A5")
def test_another_pepper_finds_nothing(office: Office) -> None:
    code = office.code()
    with office.database.reading() as session:
        assert cases.case_of(session, code, b"another pepper") is None


@pytest.mark.req("A6")
def test_the_database_refuses_a_twin_and_a_code_without_a_fingerprint(office: Office) -> None:
    office.code()
    with office.database.reading() as session:
        there = session.scalars(select(Case.fingerprint)).one()
    for fingerprint in (there, None, "", "too short"):
        with pytest.raises(IntegrityError), office.database.transaction() as session:
            session.execute(insert(Case), [{"wave_id": office.wave.id, "fingerprint": fingerprint}])


def test_how_many_were_invited_is_what_was_declared_or_else_how_many_codes_were_made(office: Office) -> None:
    assert office.wave.number_invited is None
    with office.database.transaction() as session:
        wave = session.merge(office.wave)
        cases.invite_by_code(session, wave, 5, PEPPER)
        cases.invite_by_link(session, wave, 2, PEPPER)
        session.refresh(wave)
        assert wave.number_invited == 7
        wave.invited = 50
        assert wave.number_invited == 50


@pytest.mark.parametrize("count", [0, -1, cases.MOST_AT_ONCE + 1])
def test_a_senseless_number_of_codes_is_refused(office: Office, count: int) -> None:
    with pytest.raises(Refused, match="Ask for 1 to"), office.database.transaction() as session:
        cases.invite_by_code(session, office.wave, count, PEPPER)


def test_a_closed_wave_invites_nobody(office: Office) -> None:
    office.close()
    with pytest.raises(Refused, match="closed on"), office.database.transaction() as session:
        cases.invite_by_code(session, session.merge(office.wave, load=True), 1, PEPPER)


def test_a_code_still_works_after_its_first_visit_went_idle(office: Office) -> None:
    code = office.code()
    office.enter(code, NOW)
    assert office.at(office.enter(code, later(100)), later(100)).state == "open"
