"""What somebody may ask about their own number."""

import pytest

from fieldwork.keeping import contact_requests
from fieldwork.keeping.contact_requests import Kept
from fieldwork.keeping.erasure import Erased
from fieldwork.models.concerns import Concern
from fieldwork.models.inspections import Wave
from fieldwork.numbers import suppression
from tests.fieldwork.samples import Office
from tests.fieldwork.texted import (
    BEFORE,
    TODAY,
    contact_of,
    count,
    drama,
    exchange,
    open_another,
    people,
    put_in_state,
    take_in,
    talks_with,
)


def kept_of(office: Office, number: int, wave: Wave | None = None) -> list[Kept]:
    with office.database.reading() as session:
        return contact_requests.kept_of(session, drama(number), BEFORE, wave.inspection_id if wave else None)


@pytest.mark.req("P12")
def test_somebody_learns_what_is_kept_of_them_in_every_inspection(office: Office) -> None:
    elsewhere = open_another(office)
    take_in(office, people(1, 2))
    put_in_state(office, 1, "finished")
    take_in(office, people(1, language="cy", age="adult"), elsewhere)
    told = [(each.wave, each.number, each.language, each.age, each.state, each.held) for each in kept_of(office, 1)]
    assert told == [
        ("leeds-2011/small", "…001", "en", "child", "finished", False),
        ("york-2012/small", "…001", "cy", "adult", "waiting", False),
    ]
    assert [each.wave for each in kept_of(office, 1, elsewhere)] == ["york-2012/small"]
    assert kept_of(office, 3) == []


def test_to_look_for_somebody_makes_no_key(office: Office) -> None:
    assert kept_of(office, 1, office.wave) == []
    assert count(office.database, "data_keys") == 0


@pytest.mark.req("P12")
def test_the_language_somebody_is_texted_in_can_be_put_right(office: Office) -> None:
    take_in(office, people(1, 2))
    with office.database.transaction() as session:
        kept = contact_requests.kept_of(session, drama(1), BEFORE)
        assert contact_requests.correct(session, kept, "cy", "adult") == 1
        assert (
            contact_requests.correct(session, contact_requests.kept_of(session, drama(1), BEFORE), "cy", "adult") == 0
        )
    assert [(each.language, each.age) for each in kept_of(office, 1)] == [("cy", "adult")]
    assert [(each.language, each.age) for each in kept_of(office, 2)] == [("en", "child")]
    assert talks_with(office, 1)[0].language == "cy"


def test_a_conversation_that_is_over_keeps_the_language_it_was_in(office: Office) -> None:
    take_in(office, people(1))
    put_in_state(office, 1, "finished")
    with office.database.transaction() as session:
        contact_requests.correct(session, contact_requests.kept_of(session, drama(1), BEFORE), "cy", "child")
    assert talks_with(office, 1)[0].language == "en"


@pytest.mark.req("P12")
def test_erased_means_number_and_texts_are_gone_and_nobody_elses(office: Office) -> None:
    take_in(office, people(1, 2))
    exchange(office, 1, "hello")
    with office.database.transaction() as session:
        erased = contact_requests.erase(session, contact_requests.kept_of(session, drama(1), BEFORE))
    assert erased == Erased(1, 0)
    assert kept_of(office, 1) == []
    assert len(kept_of(office, 2)) == 1
    assert count(office.database, "contacts") == 1


def test_whom_an_open_concern_holds_is_not_erased(office: Office) -> None:
    take_in(office, people(1))
    contact = contact_of(office, 1)
    with office.database.transaction() as session:
        session.add(
            Concern(wave_id=office.wave.id, contact_id=contact.id, kind="help", list_version="1", raised_minute=1)
        )
    assert kept_of(office, 1)[0].held
    with office.database.transaction() as session:
        kept = contact_requests.kept_of(session, drama(1), BEFORE)
        assert contact_requests.erase(session, kept) == Erased(0, 1)
    assert len(kept_of(office, 1)) == 1


def test_it_is_told_whether_somebody_asked_not_to_be_texted(office: Office) -> None:
    with office.database.transaction() as session:
        assert not contact_requests.asked_not_to(session, drama(1), BEFORE)
        suppression.suppress(session, drama(1), BEFORE, TODAY)
        assert contact_requests.asked_not_to(session, drama(1), BEFORE)


def test_an_inspection_sees_nobody_of_another(office: Office) -> None:
    take_in(office, people(1), open_another(office))
    assert kept_of(office, 1, office.wave) == []
