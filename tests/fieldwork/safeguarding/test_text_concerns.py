"""A text that a person must look at is kept, two people are told, and its writer can be reached until it is closed."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from fieldwork.faults import NotFound, Refused
from fieldwork.keeping import erasure, retention
from fieldwork.keeping.erasure import Erased
from fieldwork.models.base import Base
from fieldwork.models.concerns import Concern, ConcernKind, Matter, Notice
from fieldwork.models.contacts import Contact
from fieldwork.models.texts import Conversation
from fieldwork.numbers import suppression
from fieldwork.office.audit import Who
from fieldwork.safeguarding import concern_queue, concern_steps, concerns, notices
from fieldwork.safeguarding.concern_reading import Opened, read
from fieldwork.safeguarding.notices import LEASE, DueNotice
from fieldwork.sealing import Vault
from tests.fieldwork.samples import NOW, Office, later
from tests.fieldwork.texted import (
    BEFORE,
    TODAY,
    Killed,
    close,
    contact_of,
    count,
    drama,
    number_of,
    people,
    put_in_state,
    take_in,
    talks_with,
)

WORDS = "he is outside heulwen 7f3a"
PEOPLE = ("one@example.org", "two@example.org")
LEAD = Who(None, "A. Lead")


def raise_one(office: Office, number: int = 1, kind: ConcernKind = "words", words: str | None = WORDS) -> UUID:
    (talk, *_) = talks_with(office, number)
    with office.database.transaction() as session:
        vault = Vault(session, BEFORE, office.wave.inspection_id)
        return concerns.raise_concern(session, talk, kind, words, "en-1", vault, NOW).id


def still_open(office: Office) -> list[Opened]:
    with office.database.transaction() as session:
        waiting = concern_queue.queue(session, None, NOW)
        return [read(session, BEFORE, each.id, None, LEAD, NOW) for each in waiting]


def close_one(office: Office, concern_id: UUID) -> None:
    with office.database.transaction() as session:
        concern_steps.acknowledge(session, concern_id, LEAD, later(59))
        concern_steps.close(session, concern_id, LEAD, later(60), outcome="Called. All is well.")


def due(office: Office, seconds: float = 0) -> list[DueNotice]:
    with office.database.transaction() as session:
        return notices.due_notices(session, NOW + timedelta(seconds=seconds), PEOPLE)


def sent(office: Office, notice: DueNotice) -> None:
    with office.database.transaction() as session:
        notices.mark_sent(session, [notice.id], NOW)


@pytest.fixture
def texted(office: Office) -> Office:
    """Sam, 07700 900001, whom we text."""
    take_in(office, people(1))
    return office


@pytest.mark.req("T3")
def test_a_concern_is_read_with_its_words_and_the_end_of_the_number(texted: Office) -> None:
    key = raise_one(texted)
    (found,) = still_open(texted)
    there = found.waiting
    assert (there.id, there.kind, there.of_text, found.words, found.number) == (key, "text", "words", WORDS, "…001")
    assert (there.wave, there.state, found.age, found.language) == (texted.wave.name, "new", "child", "en")
    assert there.raised == NOW.replace(second=0)
    assert [(each.person, each.way, each.when) for each in found.told] == [
        ("first", "mail", None),
        ("second", "mail", None),
    ]


@pytest.mark.req("T3")
def test_a_concern_is_kept_in_the_transaction_of_its_cause_or_not_at_all(texted: Office) -> None:
    (talk,) = talks_with(texted, 1)

    def raise_and_die() -> None:
        with texted.database.transaction() as session:
            vault = Vault(session, BEFORE, texted.wave.inspection_id)
            concerns.raise_concern(session, talk, "words", WORDS, "en-1", vault, NOW)
            session.execute(update(Conversation).where(Conversation.id == talk.id).values(state="paused"))
            raise Killed

    with pytest.raises(Killed):
        raise_and_die()
    assert count(texted.database, "concerns") == count(texted.database, "concern_notices") == 0
    assert count(texted.database, "matters") == 0
    assert talks_with(texted, 1)[0].state == "waiting"


@pytest.mark.req("T3")
def test_the_words_are_sealed_and_bound_to_their_concern(texted: Office) -> None:
    one, other = raise_one(texted), raise_one(texted, words="something else")
    with texted.database.transaction() as session:
        words = session.get_one(Concern, one).words
        assert words
        assert WORDS not in words
        session.get_one(Concern, other).words = words
    told = {each.waiting.id: each.words for each in still_open(texted)}
    assert told == {one: WORDS, other: None}, "a concern whose words cannot be opened is told of all the same"


def test_words_are_shown_without_what_could_steer_a_screen(texted: Office) -> None:
    raise_one(texted, words="help\x1b[2J\u202eme\n")
    assert still_open(texted)[0].words == "help[2Jme"


def test_a_picture_has_no_words(texted: Office) -> None:
    raise_one(texted, kind="picture", words=None)
    assert still_open(texted)[0].words is None


def test_the_concern_that_waits_longest_comes_first(texted: Office) -> None:
    second = raise_one(texted)
    first = raise_one(texted)
    with texted.database.transaction() as session:
        session.get_one(Matter, first).raised_minute -= 5
    assert [each.waiting.id for each in still_open(texted)] == [first, second]


@pytest.mark.req("T3")
def test_whoever_wrote_it_can_be_reached_until_it_is_closed_even_after_a_stop(texted: Office) -> None:
    key = raise_one(texted, kind="stop_with_words")
    with texted.database.transaction() as session:
        suppression.suppress(session, drama(1), BEFORE, TODAY)
    put_in_state(texted, 1, "refused")
    close(texted)
    for _ in range(2):
        with texted.database.transaction() as session:
            assert erasure.erase_contacts(session, texted.wave.id) == Erased(0, 1)
            forgotten = retention.forget_unsent(session, NOW + timedelta(days=400))
        assert (forgotten.contacts, forgotten.keys) == (0, 0)
    assert number_of(texted, contact_of(texted, 1)) == drama(1)
    assert still_open(texted)[0].words == WORDS
    close_one(texted, key)
    with texted.database.transaction() as session:
        forgotten = retention.forget_unsent(session, NOW + timedelta(days=400))
    assert (forgotten.contacts, forgotten.keys) == (1, 1)


@pytest.mark.req("T3")
def test_a_concern_holds_its_contact_alone(texted: Office) -> None:
    take_in(texted, people(2, 3))
    raise_one(texted, 2)
    with texted.database.transaction() as session:
        assert erasure.erase_contacts(session, texted.wave.id) == Erased(2, 1)
    assert number_of(texted, contact_of(texted, 2)) == drama(2)


def test_one_of_two_concerns_closed_still_holds_the_contact(texted: Office) -> None:
    raise_one(texted)
    close_one(texted, raise_one(texted))
    with texted.database.transaction() as session:
        assert erasure.erase_contacts(session, texted.wave.id) == Erased(0, 1)


@pytest.mark.req("T3")
def test_a_closed_concern_keeps_that_it_was_and_nothing_of_whom_or_what(texted: Office) -> None:
    key = raise_one(texted)
    close_one(texted, key)
    assert still_open(texted) == []
    with texted.database.reading() as session:
        kept = session.get_one(Concern, key)
    assert (kept.words, kept.contact_id, kept.conversation_id) == (None, None, None)
    assert kept.closed_minute == kept.raised_minute + 60
    assert (kept.kind, kept.list_version) == ("words", "en-1")


def test_to_close_what_is_not_open_is_refused(texted: Office) -> None:
    key = raise_one(texted)
    close_one(texted, key)
    with pytest.raises(Refused, match="has been acknowledged already"):
        close_one(texted, key)
    with pytest.raises(NotFound, match="flask concerns list"):
        close_one(texted, uuid4())


def test_a_concern_without_a_contact_is_told_and_keeps_the_data_key(texted: Office) -> None:
    raise_one(texted)
    with texted.database.transaction() as session:
        session.execute(update(Concern).values(contact_id=None))
    close(texted)
    with texted.database.transaction() as session:
        forgotten = retention.forget_unsent(session, NOW + timedelta(days=31))
    assert (forgotten.contacts, forgotten.keys) == (1, 0)
    (found,) = still_open(texted)
    assert (found.number, found.words) == (None, WORDS)


def test_a_number_that_was_tampered_with_hides_no_concern(texted: Office) -> None:
    raise_one(texted)
    with texted.database.transaction() as session:
        session.execute(update(Contact).values(number="1.AAAA"))
    assert (still_open(texted)[0].number, still_open(texted)[0].words) == (None, WORDS)


# --- Telling two people ---


@pytest.mark.req("T3")
def test_two_people_are_told_each_on_their_own(texted: Office) -> None:
    key = raise_one(texted)
    found = due(texted)
    assert sorted((each.person, each.matter_id, each.tries) for each in found) == [
        ("first", key, 1),
        ("second", key, 1),
    ]
    sent(texted, found[0])
    assert [each.id for each in due(texted, LEASE)] == [found[1].id]
    assert [bool(each.when) for each in still_open(texted)[0].told].count(True) == 1
    sent(texted, found[1])
    assert due(texted, 3600) == []
    assert all(each.when for each in still_open(texted)[0].told)


@pytest.mark.req("T3")
def test_a_sender_that_dies_or_fails_is_followed_by_another_within_a_minute(texted: Office) -> None:
    raise_one(texted)
    assert len(due(texted)) == 2
    assert due(texted, 5) == []
    assert LEASE < 60
    again = due(texted, LEASE)
    assert [each.tries for each in again] == [2, 2]


@pytest.mark.req("T3")
def test_a_notice_is_never_given_up(texted: Office) -> None:
    raise_one(texted)
    for attempt in range(100):
        assert [each.tries for each in due(texted, attempt * LEASE)] == [attempt + 1] * 2


@pytest.mark.req("T3")
def test_a_notice_holds_no_content(texted: Office) -> None:
    raise_one(texted)
    said = repr(due(texted))
    for secret in (WORDS, "900001", "…001", "words", texted.wave.name, "child"):
        assert secret not in said
    columns = set(Base.metadata.tables["concern_notices"].columns.keys())
    assert columns == {"id", "matter_id", "rung", "person", "way", "sent_minute", "lease_second", "tries"}


def test_nobody_is_told_of_a_concern_that_was_closed_meanwhile(texted: Office) -> None:
    close_one(texted, raise_one(texted))
    assert due(texted) == []


def test_a_clock_put_back_holds_no_notice(texted: Office) -> None:
    raise_one(texted)
    due(texted, 86_400)
    assert len(due(texted)) == 2


def test_the_oldest_concern_is_told_of_first(texted: Office) -> None:
    raise_one(texted)
    first = raise_one(texted)
    with texted.database.transaction() as session:
        session.get_one(Matter, first).raised_minute -= 5
    assert [each.matter_id for each in due(texted)[:2]] == [first, first]


def test_a_notice_sent_twice_was_sent_when_the_first_said_so(texted: Office) -> None:
    raise_one(texted)
    notice = due(texted)[0]
    sent(texted, notice)
    with texted.database.transaction() as session:
        notices.mark_sent(session, [notice.id], later(30))
    with texted.database.reading() as session:
        assert session.scalar(select(Notice.sent_minute).where(Notice.id == notice.id)) == int(NOW.timestamp()) // 60


def test_two_senders_at_once_never_have_the_same_notice(texted: Office) -> None:
    for _ in range(30):
        raise_one(texted)
    together = threading.Barrier(4)
    found: list[UUID] = []

    def work() -> None:
        together.wait()
        found.extend(each.id for each in due(texted))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(set(found))
    assert set(found) | {each.id for each in due(texted)} | {each.id for each in due(texted, 1)} == all_notices(texted)


def all_notices(office: Office) -> set[UUID]:
    with office.database.reading() as session:
        return set(session.scalars(select(Notice.id)))


def test_what_is_kept_of_a_concern_leads_to_no_answer() -> None:
    assert {key.column.table.name for key in Base.metadata.tables["concerns"].foreign_keys} == {
        "waves",
        "conversations",
        "contacts",
    }
