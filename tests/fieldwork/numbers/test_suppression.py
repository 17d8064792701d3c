"""Who asked not to be texted is not texted: in any inspection, and after everything else of them is erased."""

from datetime import date

import pytest
from sqlalchemy import select

from fieldwork.keeping import erasure
from fieldwork.models.base import Base
from fieldwork.models.contacts import SuppressedNumber
from fieldwork.numbers import suppression
from fieldwork.sealing import Keys
from tests.fieldwork.samples import Office
from tests.fieldwork.texted import AFTER, BEFORE, KEYS, TODAY, count, drama, open_another, people, take_in

OTHER_LIST = Keys(BEFORE.current, None, b"t" * 32)


def suppress(office: Office, number: int, keys: Keys = BEFORE, today: date = TODAY) -> None:
    with office.database.transaction() as session:
        suppression.suppress(session, drama(number), keys, today)


def is_suppressed(office: Office, number: int, keys: Keys = BEFORE) -> bool:
    with office.database.reading() as session:
        return suppression.is_suppressed(session, drama(number), keys)


@pytest.mark.req("M9")
def test_a_number_is_on_the_list_until_it_is_lifted(office: Office) -> None:
    suppress(office, 1)
    assert is_suppressed(office, 1)
    assert not is_suppressed(office, 2)
    with office.database.transaction() as session:
        suppression.lift(session, drama(1), BEFORE)
        suppression.lift(session, drama(2), BEFORE)
    assert not is_suppressed(office, 1)


@pytest.mark.req("M9")
def test_asking_again_keeps_the_first_day(office: Office) -> None:
    suppress(office, 1)
    suppress(office, 1, today=date(2027, 1, 1))
    with office.database.reading() as session:
        assert list(session.scalars(select(SuppressedNumber.since))) == [TODAY]


@pytest.mark.req("M9")
def test_the_list_outlives_contact_and_contact_key_and_holds_no_number(office: Office) -> None:
    take_in(office, people(1, 2))
    suppress(office, 1)
    with office.database.transaction() as session:
        erasure.erase_contacts(session, office.wave.id)
    assert count(office.database, "contacts") == 0
    assert is_suppressed(office, 1, KEYS)
    assert is_suppressed(office, 1, AFTER)
    assert not is_suppressed(office, 1, OTHER_LIST)
    with office.database.reading() as session:
        (mark,) = session.scalars(select(SuppressedNumber.mark))
    assert drama(1)[-6:] not in mark
    assert list(Base.metadata.tables["suppressed_numbers"].foreign_keys) == []


@pytest.mark.req("M9")
def test_an_import_counts_those_who_asked_and_says_not_whose_number_it_is(office: Office) -> None:
    suppress(office, 2)
    imported = take_in(office, people(1, 2, 3))
    assert (imported.added, imported.asked_not_to) == (2, 1)
    assert take_in(office, people(2), open_another(office)).asked_not_to == 1
    assert count(office.database, "contacts") == 2


def test_many_numbers_are_looked_up_at_once(office: Office) -> None:
    suppress(office, 7)
    suppress(office, 998)
    with office.database.reading() as session:
        found = suppression.suppressed(session, [drama(number) for number in range(1000)], BEFORE)
    assert found == {drama(7), drama(998)}
