"""Numbers and texts are sealed: bound to place and inspection, under keys that can be changed while all goes on."""

import logging
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from fieldwork import sealing
from fieldwork.models.base import Base
from fieldwork.models.contacts import DataKey
from fieldwork.sealing import Keys, Tampered, Vault, WrongKey
from tests.fieldwork.samples import Office
from tests.fieldwork.texted import AFTER, BEFORE, KEYS, drama, open_another

PLACE = "contacts:1:number"
NUMBER = drama(123)
OTHER = Keys(b"9" * 32, None, b"s" * 32)


@contextmanager
def vault_in_memory(inspection_id: UUID | None = None) -> Iterator[Vault]:
    """A vault on tables in memory, for what has nothing to do with the database."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine, [Base.metadata.tables["data_keys"]])
    with Session(engine) as session:
        yield Vault(session, BEFORE, inspection_id or uuid4())
    engine.dispose()


def sealed_in(office: Office, words: str, place: str = PLACE, keys: Keys = BEFORE) -> str:
    with office.database.transaction() as session:
        return Vault(session, keys, office.wave.inspection_id).seal(words, place)


def opened_in(office: Office, sealed: str, place: str = PLACE, keys: Keys = BEFORE) -> str:
    with office.database.reading() as session:
        return Vault(session, keys, office.wave.inspection_id).open(sealed, place)


def wrapped_keys(office: Office) -> list[str]:
    with office.database.reading() as session:
        return list(session.scalars(select(DataKey.wrapped)))


@pytest.mark.req("K1")
def test_what_was_sealed_can_be_opened_at_its_place(office: Office) -> None:
    sealed = sealed_in(office, NUMBER)
    assert NUMBER not in sealed
    assert opened_in(office, sealed) == NUMBER


@settings(max_examples=200)
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=400))
def test_any_words_come_back_as_they_were(words: str) -> None:
    with vault_in_memory() as vault:
        assert vault.open(vault.seal(words, PLACE), PLACE) == words


@pytest.mark.req("K1")
def test_the_same_words_are_never_sealed_alike(office: Office) -> None:
    assert len({sealed_in(office, NUMBER) for _ in range(20)}) == 20


@pytest.mark.req("K1")
@pytest.mark.req("K6")
@pytest.mark.parametrize("elsewhere", ["contacts:2:number", "contacts:1:language", "concerns:1:number", ""])
def test_what_is_moved_to_another_place_is_not_opened(office: Office, elsewhere: str) -> None:
    sealed = sealed_in(office, NUMBER)
    with pytest.raises(Tampered):
        opened_in(office, sealed, elsewhere)


@pytest.mark.req("K1")
def test_what_is_moved_to_another_inspection_is_not_opened(office: Office) -> None:
    sealed = sealed_in(office, NUMBER)
    other = open_another(office)
    with office.database.transaction() as session:
        vault = Vault(session, BEFORE, other.inspection_id)
        vault.seal("makes its key", PLACE)
        with pytest.raises(Tampered):
            vault.open(sealed, PLACE)


@pytest.mark.req("K1")
def test_a_data_key_moved_to_another_inspection_opens_nothing(office: Office) -> None:
    sealed_in(office, NUMBER)
    other = open_another(office)
    with office.database.transaction() as session:
        session.add(DataKey(inspection_id=other.inspection_id, wrapped=session.scalars(select(DataKey.wrapped)).one()))
    with office.database.reading() as session, pytest.raises(Tampered):
        Vault(session, BEFORE, other.inspection_id).index(NUMBER)


@pytest.mark.req("K1")
def test_no_key_lies_open_in_the_database(office: Office) -> None:
    sealed_in(office, NUMBER)
    (wrapped,) = wrapped_keys(office)
    assert BEFORE.current.hex() not in wrapped
    with office.database.reading() as session, pytest.raises(WrongKey, match="CONTACT_KEY"):
        Vault(session, OTHER, office.wave.inspection_id).index(NUMBER)


def test_keys_do_not_show_when_they_are_printed() -> None:
    assert repr(KEYS) == "Keys()"


@pytest.mark.req("K2")
def test_a_number_has_another_index_in_every_inspection(office: Office) -> None:
    other = open_another(office)
    with office.database.transaction() as session:
        here, there = (Vault(session, BEFORE, each.inspection_id) for each in (office.wave, other))
        assert here.index(NUMBER) == here.index(NUMBER)
        assert here.index(NUMBER) != there.index(NUMBER)
        assert here.index(NUMBER) != here.index(drama(124))


@pytest.mark.req("K2")
def test_index_mark_and_key_of_the_database_all_differ(office: Office) -> None:
    with office.database.transaction() as session:
        vault = Vault(session, BEFORE, office.wave.inspection_id)
        marks = [
            vault.index(NUMBER),
            vault.file_mark(NUMBER.encode()),
            sealing.suppression_mark(NUMBER, BEFORE),
            sealing.message_mark(NUMBER, BEFORE),
        ]
    assert len(set(marks)) == len(marks)
    assert {len(mark) for mark in marks} == {64}


# --- Tampering ---


def flipped(sealed: str, chance: random.Random) -> str:
    place = chance.randrange(len(sealed))
    letter = chance.choice([each for each in LETTERS if each != sealed[place]])
    return sealed[:place] + letter + sealed[place + 1 :]


def cut(sealed: str, chance: random.Random) -> str:
    start = chance.randrange(len(sealed) + 1)
    return sealed[:start] + sealed[chance.randrange(start + 1, len(sealed) + 2) :]


def lengthened(sealed: str, chance: random.Random) -> str:
    place = chance.randrange(len(sealed) + 1)
    return sealed[:place] + chance.choice(LETTERS) + sealed[place:]


def swapped(sealed: str, chance: random.Random) -> str:
    one, other = sorted(chance.sample(range(len(sealed)), 2))
    return sealed[:one] + sealed[other] + sealed[one + 1 : other] + sealed[one] + sealed[other + 1 :]


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.+/ \n"


@pytest.mark.req("K6")
@pytest.mark.parametrize("mutate", [flipped, cut, lengthened, swapped])
def test_2500_changes_of_each_kind_give_an_error_and_never_a_text(
    mutate: Callable[[str, random.Random], str],
) -> None:
    chance = random.Random(2026)  # noqa: S311 - the same changes in every run
    with vault_in_memory() as vault:
        for number in range(2_500):
            sealed = vault.seal(drama(number % 1000), PLACE)
            changed = mutate(sealed, chance)
            if changed != sealed:
                with pytest.raises(Tampered):
                    vault.open(changed, PLACE)


@pytest.mark.req("K6")
def test_every_single_letter_counts() -> None:
    with vault_in_memory() as vault:
        sealed = vault.seal(NUMBER, PLACE)
        for place in range(len(sealed)):
            for letter in LETTERS:
                if letter != sealed[place]:
                    with pytest.raises(Tampered):
                        vault.open(sealed[:place] + letter + sealed[place + 1 :], PLACE)


@pytest.mark.req("K6")
@pytest.mark.parametrize("damaged", ["", ".", "1.", "2.AAAA", "1.AAAAAAAAAAAAAAAA", "ŵ", "1.ŵŵŵŵ", NUMBER])
def test_what_was_never_sealed_is_not_opened(office: Office, damaged: str) -> None:
    sealed_in(office, NUMBER)
    with pytest.raises(Tampered):
        opened_in(office, damaged)


@pytest.mark.req("K6")
def test_tampering_sounds_an_alarm_that_says_nothing_of_the_content(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    sealed = sealed_in(office, NUMBER)
    with pytest.raises(Tampered) as fault:
        opened_in(office, sealed[:-8] + "AAAAAAAA")
    assert [(each.levelno, each.name) for each in caplog.records] == [(logging.CRITICAL, "fieldwork.sealing")]
    assert NUMBER[3:] not in str(fault.value) + caplog.text
    assert sealed not in str(fault.value) + caplog.text


@pytest.mark.req("K6")
@pytest.mark.parametrize("damage", ["", ".", "{name}.", "{name}.AAAA", "{name}.{half}"])
def test_a_damaged_data_key_is_noticed_and_the_other_inspections_go_on(office: Office, damage: str) -> None:
    other = open_another(office)
    sealed_in(office, NUMBER)
    (wrapped,) = wrapped_keys(office)
    name, _, rest = wrapped.partition(".")
    with office.database.transaction() as session:
        Vault(session, BEFORE, other.inspection_id).seal(NUMBER, PLACE)
        broken = damage.format(name=name, half=rest[:40])
        mine = DataKey.inspection_id == office.wave.inspection_id
        session.execute(update(DataKey).where(mine).values(wrapped=broken))
    with office.database.reading() as session, pytest.raises((Tampered, WrongKey)):
        Vault(session, BEFORE, office.wave.inspection_id).index(NUMBER)
    if broken.startswith(name):
        with office.database.reading() as session:
            assert len(sealing.vaults(session, BEFORE)) == 1


def test_without_a_data_key_nothing_is_opened_and_none_is_made(office: Office) -> None:
    with pytest.raises(Tampered):
        opened_in(office, "1.AAAA")
    assert wrapped_keys(office) == []


# --- Many at once, and another key ---


def test_two_that_need_the_first_data_key_at_once_share_it(office: Office) -> None:
    together = threading.Barrier(4)
    sealed: list[str] = []

    def seal(number: int) -> None:
        together.wait()
        sealed.append(sealed_in(office, drama(number)))

    in_threads(seal, 4)
    assert len(wrapped_keys(office)) == 1
    assert sorted(opened_in(office, each) for each in sealed) == [drama(number) for number in range(4)]


def in_threads(work: Callable[[int], Any], count: int) -> None:
    faults: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException as fault:  # noqa: BLE001 - whatever it is, the test tells it
            faults.append(fault)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


@pytest.mark.req("K3")
def test_while_keys_are_changed_both_are_read_and_afterwards_the_new_one_is_enough(office: Office) -> None:
    sealed = sealed_in(office, NUMBER, keys=BEFORE)
    assert opened_in(office, sealed, keys=KEYS) == NUMBER
    with pytest.raises(WrongKey):
        opened_in(office, sealed, keys=AFTER)
    with office.database.transaction() as session:
        assert sealing.left_under_other_keys(session, KEYS) == 1
        assert sealing.rotate(session, KEYS) == 1
        assert sealing.rotate(session, KEYS) == 0
        assert sealing.left_under_other_keys(session, KEYS) == 0
    assert opened_in(office, sealed, keys=AFTER) == NUMBER
    with pytest.raises(WrongKey):
        opened_in(office, sealed, keys=BEFORE)


@pytest.mark.req("K3")
def test_without_a_key_before_there_is_nothing_to_change_from(office: Office) -> None:
    sealed_in(office, NUMBER)
    with office.database.transaction() as session:
        assert sealing.rotate(session, BEFORE) == 0


class Killed(BaseException):
    """Like the end of the process: nothing after it runs."""


def rotate_until_killed(office: Office, after: int, steps: list[int]) -> bool:
    """Change keys as the command does, and die at that step of all; true if it came to its end."""

    def step() -> None:
        steps[0] += 1
        if steps[0] == after:
            raise Killed

    while True:
        with office.database.transaction() as session:
            step()
            some = sealing.rotate(session, KEYS)
            step()
        step()
        if not some:
            return True


@pytest.mark.req("K3")
def test_killed_at_any_step_the_change_of_keys_leaves_everything_readable(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 2)
    everywhere = [office.wave, *(open_another(office, f"area-{number}") for number in range(4))]
    kept = []
    with office.database.transaction() as session:
        for wave in everywhere:
            vault = Vault(session, BEFORE, wave.inspection_id)
            kept.append((wave.inspection_id, vault.seal(NUMBER, PLACE), vault.index(NUMBER)))

    def all_readable(keys: Keys) -> bool:
        with office.database.reading() as session:
            return all(
                (vault := Vault(session, keys, inspection_id)).open(sealed, PLACE) == NUMBER
                and vault.index(NUMBER) == index
                for inspection_id, sealed, index in kept
            )

    kills = 0
    for after in range(1, 100):
        try:
            done = rotate_until_killed(office, after, [0])
        except Killed:
            kills += 1
            done = False
        assert all_readable(KEYS)
        if done:
            break
    assert kills >= 3
    assert all_readable(AFTER)


@pytest.mark.req("K3")
def test_whoever_seals_and_reads_while_keys_are_changed_notices_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 1)
    everywhere = [office.wave, *(open_another(office, f"area-{number}") for number in range(5))]
    with office.database.transaction() as session:
        kept = [(wave, Vault(session, BEFORE, wave.inspection_id).seal(NUMBER, PLACE)) for wave in everywhere]

    def work(number: int) -> None:
        if number == 0:
            while True:
                with office.database.transaction() as session:
                    if not sealing.rotate(session, KEYS):
                        return
        for wave, sealed in kept * 3:
            with office.database.transaction() as session:
                vault = Vault(session, KEYS, wave.inspection_id)
                assert vault.open(sealed, PLACE) == NUMBER
                assert vault.open(vault.seal("more", PLACE), PLACE) == "more"

    in_threads(work, 4)
    with office.database.reading() as session:
        assert sealing.left_under_other_keys(session, AFTER) == 0


def test_a_damaged_data_key_stops_the_change_of_keys_with_a_fault(office: Office) -> None:
    sealed_in(office, NUMBER)
    with office.database.transaction() as session:
        row = session.scalars(select(DataKey)).one()
        row.wrapped = row.wrapped[:-8] + "AAAAAAA="
    with office.database.transaction() as session, pytest.raises(Tampered):
        sealing.rotate(session, KEYS)
