"""Whom we may text: added whole or not at all, once, found by number, and erased when nobody has to reach them."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from fieldwork import inspections, sealing, waves
from fieldwork.faults import Refused
from fieldwork.models.base import Base
from fieldwork.models.contacts import Contact
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Conversation, ConversationState
from fieldwork.numbers import contacts, suppression
from fieldwork.numbers.contacts import Imported
from fieldwork.sealing import Keys, Tampered, Vault, WrongKey
from tests.fieldwork.samples import Office, small_questionnaire
from tests.fieldwork.texted import (
    AFTER,
    BEFORE,
    KEYS,
    TODAY,
    Countdown,
    Killed,
    chosen_language,
    close,
    contact_of,
    count,
    drama,
    exchange,
    number_of,
    open_another,
    people,
    put_in_state,
    read,
    row,
    sheet,
    take_in,
    talks_with,
)

CANARY = "900777"
WRITTEN_BY_IMPORT = ("contacts", "conversations", "imported_contacts", "data_keys")
OTHER = Keys(b"9" * 32, None, b"s" * 32)


# --- Coming in ---


@pytest.mark.req("K1")
def test_a_contact_is_kept_sealed_and_can_be_reached(office: Office) -> None:
    content = sheet(row(1, language="cy", age="adult", confirmed="2026-10-01"), row(2, language=""))
    assert take_in(office, content) == Imported(2, 0, 0, 0)
    kept = contact_of(office, 1)
    assert (kept.language, kept.age, kept.confirmed.isoformat()) == ("cy", "adult", "2026-10-01")
    assert drama(1)[3:] not in kept.number + kept.number_index
    assert number_of(office, kept) == drama(1)
    assert [each.state for each in talks_with(office, 1)] == ["waiting"]
    assert (chosen_language(office, 1), chosen_language(office, 2)) == ("cy", None)


@pytest.mark.req("K1")
def test_a_number_moved_to_another_row_reaches_nobody(office: Office) -> None:
    take_in(office, people(1, 2))
    one, other = contact_of(office, 1), contact_of(office, 2)
    with office.database.transaction() as session:
        session.execute(update(Contact).where(Contact.id == one.id).values(number=other.number))
    with pytest.raises(Tampered):
        number_of(office, contact_of(office, 1))
    with office.database.reading() as session, pytest.raises(Tampered):
        contacts.listed(session, office.wave, BEFORE)


@pytest.mark.req("U4")
def test_the_same_file_again_adds_nobody(office: Office) -> None:
    assert take_in(office, people(1, 2)).added == 2
    assert take_in(office, people(1, 2)) == Imported(0, 2, 0, 0)
    assert count(office.database, "contacts") == count(office.database, "conversations") == 2
    assert count(office.database, "imported_contacts") == 1


@pytest.mark.req("U4")
def test_the_same_number_in_another_file_adds_nobody(office: Office) -> None:
    take_in(office, people(1, 2))
    assert take_in(office, people(2, 3)) == Imported(1, 1, 0, 0)
    assert count(office.database, "contacts") == 3


@pytest.mark.req("U4")
def test_a_file_that_is_in_brings_nobody_back_who_was_taken_out(office: Office) -> None:
    take_in(office, people(1, 2))
    gone = contact_of(office, 2).id
    with office.database.transaction() as session:
        session.execute(update(Conversation).where(Conversation.contact_id == gone).values(contact_id=None))
        session.delete(session.get_one(Contact, gone))
    assert take_in(office, people(1, 2)) == Imported(0, 2, 0, 0)


def test_a_number_with_an_open_conversation_elsewhere_waits_for_its_end(office: Office) -> None:
    elsewhere = open_another(office)
    take_in(office, people(1, 2), elsewhere)
    assert take_in(office, people(1, 2, 3)) == Imported(1, 0, 0, 2)
    put_in_state(office, 1, "finished", elsewhere)
    assert take_in(office, people(1, 2, 3)) == Imported(1, 1, 0, 1)
    put_in_state(office, 2, "refused", elsewhere)
    assert take_in(office, people(1, 2, 3)) == Imported(1, 2, 0, 0)
    assert take_in(office, people(1, 2, 3)) == Imported(0, 3, 0, 0)


@pytest.mark.parametrize("state", ["waiting", "invited", "asking", "paused"])
def test_a_conversation_is_open_until_it_is_over(office: Office, state: ConversationState) -> None:
    elsewhere = open_another(office)
    take_in(office, people(1), elsewhere)
    put_in_state(office, 1, state, elsewhere)
    assert take_in(office, people(1)).waiting == 1


def test_two_waves_of_one_inspection_do_not_share_a_number_either(office: Office) -> None:
    take_in(office, people(1))
    with office.database.transaction() as session:
        here = inspections.of_wave(session, office.wave.id)
        other = waves.open_wave(session, here, small_questionnaire().model_copy(update={"id": "other"}))
    assert take_in(office, people(1, 2), other) == Imported(1, 0, 0, 1)


def test_of_several_conversations_the_open_one_comes_first_and_then_the_latest(office: Office) -> None:
    take_in(office, people(1))
    put_in_state(office, 1, "finished")
    later = open_another(office)
    with office.database.transaction() as session:
        session.get_one(Wave, later.id).opened = later.opened + timedelta(days=9)
    take_in(office, people(1), later)
    assert [each.wave_id for each in talks_with(office, 1)] == [later.id, office.wave.id]
    put_in_state(office, 1, "closed", later)
    assert [each.wave_id for each in talks_with(office, 1)] == [later.id, office.wave.id]
    put_in_state(office, 1, "asking")
    assert [each.wave_id for each in talks_with(office, 1)] == [office.wave.id, later.id]
    assert talks_with(office, 2) == []


def test_a_closed_wave_takes_nobody(office: Office) -> None:
    close(office)
    with pytest.raises(Refused, match="closed on 21 November 2026"):
        take_in(office, people(1))
    assert count(office.database, "data_keys") == 0


def test_to_sort_a_file_keeps_nothing(office: Office) -> None:
    with office.database.reading() as session:
        found = contacts.sort(session, office.wave, read(people(1, 2)).rows, BEFORE)
    assert found.counted == Imported(2, 0, 0, 0)
    assert count(office.database, "data_keys") == count(office.database, "contacts") == 0


def test_two_files_at_once_never_give_a_number_two_open_conversations(office: Office) -> None:
    everywhere = [office.wave, *(open_another(office, f"area-{number}") for number in range(3))]
    together = threading.Barrier(len(everywhere))
    found: list[Imported] = []

    def work(wave: Wave) -> None:
        together.wait()
        found.append(take_in(office, people(*range(20)), wave))

    threads = [threading.Thread(target=work, args=(wave,)) for wave in everywhere]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((each.added, each.waiting) for each in found) == [(0, 20)] * 3 + [(20, 0)]
    assert count(office.database, "conversations") == 20


def test_the_same_file_twice_at_once_adds_everybody_once(office: Office) -> None:
    together = threading.Barrier(3)
    found: list[Imported] = []

    def work() -> None:
        together.wait()
        found.append(take_in(office, people(*range(20))))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.added for each in found) == [0, 0, 20]
    assert count(office.database, "contacts") == 20


@pytest.mark.req("U3")
def test_killed_at_any_step_an_import_leaves_nothing_behind(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    countdown = Countdown(0)
    for name in ("seal", "index", "file_mark"):
        monkeypatch.setattr(Vault, name, countdown.before(getattr(Vault, name)))
    imported, kills = None, 0
    while imported is None:
        countdown.left = kills + 1
        try:
            imported = take_in(office, people(1, 2, 3))
        except Killed:
            kills += 1
            assert {count(office.database, table) for table in WRITTEN_BY_IMPORT} == {0}
    assert kills >= 7
    assert imported.added == 3


@pytest.mark.req("U3")
def test_a_fault_after_everything_is_written_takes_all_of_it_back(office: Office) -> None:
    file = read(people(1, 2))

    def add_and_die() -> None:
        with office.database.transaction() as session:
            contacts.add(session, office.wave, file.rows, file.sha256, BEFORE)
            raise Killed

    with pytest.raises(Killed):
        add_and_die()
    assert count(office.database, "contacts") == count(office.database, "conversations") == 0


def test_waiting_to_be_invited_are_those_whose_conversation_was_not_begun(office: Office) -> None:
    take_in(office, people(1, 2, 3))
    put_in_state(office, 2, "invited")
    with office.database.reading() as session:
        waiting = contacts.waiting_to_be_invited(session, office.wave, BEFORE)
    assert {each.number for each in waiting} == {drama(1), drama(3)}
    assert drama(1) not in repr(waiting)


def test_a_stranger_has_no_conversation(office: Office) -> None:
    assert talks_with(office, 1) == []
    take_in(office, people(2))
    assert talks_with(office, 1) == []


# --- What shows ---


@pytest.mark.req("K5")
def test_the_list_shows_the_last_three_digits(office: Office) -> None:
    take_in(office, sheet(row(777), row(2, language="cy", age="adult")))
    with office.database.reading() as session:
        listed = contacts.listed(session, office.wave, BEFORE)
    assert sorted((each.number, each.language, each.age, each.state, each.held) for each in listed) == [
        ("…002", "cy", "adult", "waiting", False),
        ("…777", "en", "child", "waiting", False),
    ]


@pytest.mark.req("K5")
@pytest.mark.req("U6")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_number_stands_in_any_file_of_the_database(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    take_in(office, people(777))
    exchange(office, 777, f"call me on 07700 {CANARY}")
    with office.database.transaction() as session:
        suppression.suppress(session, drama(777), BEFORE, TODAY)
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert files
    assert not any(CANARY.encode() in path.read_bytes() for path in files)
    assert CANARY not in caplog.text


@pytest.mark.req("K5")
def test_no_number_stands_in_any_table(office: Office) -> None:
    take_in(office, people(777))
    exchange(office, 777, f"call me on 07700 {CANARY}")
    with office.database.transaction() as session:
        suppression.suppress(session, drama(777), BEFORE, TODAY)
    with office.database.reading() as session:
        everything = [str(session.execute(select(table)).all()) for table in Base.metadata.sorted_tables]
    assert "finished" not in "".join(everything)
    assert "waiting" in "".join(everything), "the search can find what stands there"
    assert CANARY not in "".join(everything)


@pytest.mark.req("K2")
def test_the_same_person_in_two_inspections_cannot_be_joined(office: Office) -> None:
    take_in(office, people(1))
    put_in_state(office, 1, "finished")
    take_in(office, people(1), open_another(office))
    with office.database.reading() as session:
        indexes = list(session.scalars(select(Contact.number_index)))
        numbers = list(session.scalars(select(Contact.number)))
    assert len(set(indexes)) == len(set(numbers)) == 2


@pytest.mark.req("K3")
def test_contacts_are_found_and_reached_while_keys_are_changed_and_afterwards(office: Office) -> None:
    take_in(office, people(1))
    take_in(office, people(2), open_another(office))
    for keys in (BEFORE, KEYS):
        assert number_of(office, contact_of(office, 1, keys), keys) == drama(1)
    with office.database.transaction() as session:
        assert sealing.rotate(session, KEYS) == 2
    for keys in (KEYS, AFTER):
        assert number_of(office, contact_of(office, 2, keys), keys) == drama(2)
    assert take_in(office, people(1, 2), keys=AFTER) == Imported(0, 1, 0, 1)


def test_with_the_wrong_key_nobody_is_taken_for_a_stranger(office: Office) -> None:
    take_in(office, people(1))
    with pytest.raises(WrongKey, match="CONTACT_KEY"):
        talks_with(office, 1, OTHER)
