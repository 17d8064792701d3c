"""How people can be reached is erased when nobody has to reach them any more, and with the last of them the key."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from fieldwork import inspections, sealing, waves
from fieldwork.keeping import erasure, retention
from fieldwork.keeping.erasure import Erased
from fieldwork.models.base import Base
from fieldwork.models.contacts import Contact, DataKey
from fieldwork.models.inspections import Wave
from fieldwork.models.texts import Conversation, InboundText, OutboundText
from fieldwork.numbers import contacts
from fieldwork.sealing import Tampered, Vault, WrongKey
from fieldwork.texting import cutting
from tests.fieldwork.samples import NOW, YES, Office, small_questionnaire
from tests.fieldwork.texted import (
    AFTER,
    KEYS,
    Countdown,
    Killed,
    close,
    contact_of,
    count,
    drama,
    exchange,
    number_of,
    open_another,
    people,
    put_in_state,
    states,
    take_in,
    talks_with,
)


def erase(office: Office, wave: Wave | None = None) -> Erased:
    with office.database.transaction() as session:
        return erasure.erase_contacts(session, (wave or office.wave).id)


def forget(office: Office, days: int) -> retention.Forgotten:
    with office.database.transaction() as session:
        return retention.forget_unsent(session, NOW + timedelta(days=days))


def test_to_erase_a_wave_leaves_counts_and_nobody_in_them(office: Office) -> None:
    take_in(office, people(1, 2, 3))
    put_in_state(office, 1, "asking")
    put_in_state(office, 2, "refused")
    exchange(office, 1, "no thank you")
    elsewhere = open_another(office)
    take_in(office, people(4), elsewhere)
    assert erase(office) == Erased(3, 0)
    assert erase(office) == Erased(0, 0)
    assert states(office) == ["closed", "closed", "refused", "waiting"]
    assert [talks_with(office, number) for number in (1, 2, 3)] == [[], [], []]
    assert len(talks_with(office, 4)) == 1
    with office.database.reading() as session:
        assert list(session.scalars(select(OutboundText.body).where(OutboundText.body.is_not(None)))) == []
        assert set(session.scalars(select(OutboundText.state))) == {"delivered", "dropped"}
        assert list(session.scalars(select(InboundText.body))) == [None]
        assert session.scalar(select(func.count()).where(InboundText.conversation_id.is_not(None))) == 0
        assert session.scalar(select(func.count()).where(Conversation.contact_id.is_not(None))) == 1


def test_after_erasing_the_same_file_can_come_in_again(office: Office) -> None:
    take_in(office, people(1))
    erase(office)
    assert take_in(office, people(1)).added == 1


@pytest.mark.req("P6")
@pytest.mark.parametrize(("days", "gone"), [(0, False), (29, False), (30, True), (400, True)])
def test_contacts_go_thirty_days_after_their_wave_closed(office: Office, days: int, gone: bool) -> None:
    take_in(office, people(1, 2))
    exchange(office, 1, "hello")
    close(office)
    assert forget(office, days).contacts == (2 if gone else 0)
    assert count(office.database, "contacts") == (0 if gone else 2)
    assert count(office.database, "conversations") == 2
    assert forget(office, days).contacts == 0


@pytest.mark.req("P6")
def test_contacts_of_an_open_wave_stay(office: Office) -> None:
    take_in(office, people(1))
    assert forget(office, 400).contacts == 0
    assert number_of(office, contact_of(office, 1)) == drama(1)


@pytest.mark.req("P6")
def test_broken_off_the_erasing_is_done_the_next_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(office, people(*range(10)))
    close(office)
    monkeypatch.setattr(erasure, "AT_ONCE", 3)
    monkeypatch.setattr(cutting, "end", Countdown(2).before(cutting.end))
    with pytest.raises(Killed):
        forget(office, 31)
    assert count(office.database, "contacts") == 10
    assert forget(office, 31).contacts == 10
    assert count(office.database, "contacts") == 0


def test_answers_given_on_the_web_stay_when_contacts_are_erased(office: Office) -> None:
    take_in(office, people(1))
    token = office.enter()
    office.keep(token, "helped", YES)
    office.send(token)
    erase(office)
    assert office.count() == 1


# --- The data key ---


@pytest.mark.req("K4")
def test_the_data_key_goes_when_nobody_of_a_closed_inspection_is_left_to_reach(office: Office) -> None:
    take_in(office, people(1))
    assert forget(office, 31).keys == 0
    close(office)
    assert forget(office, 29).keys == 0
    assert forget(office, 31).keys == 1
    assert count(office.database, "data_keys") == 0


@pytest.mark.req("K4")
def test_the_data_key_stays_while_another_wave_of_the_inspection_is_open(office: Office) -> None:
    take_in(office, people(1))
    with office.database.transaction() as session:
        here = inspections.of_wave(session, office.wave.id)
        other = waves.open_wave(session, here, small_questionnaire().model_copy(update={"id": "other"}))
    close(office)
    forgotten = forget(office, 31)
    assert (forgotten.contacts, forgotten.keys) == (1, 0)
    close(office, other)
    assert forget(office, 31).keys == 1


@pytest.mark.req("K4")
def test_the_data_key_of_another_inspection_stays(office: Office) -> None:
    elsewhere = open_another(office)
    take_in(office, people(1))
    take_in(office, people(2), elsewhere)
    close(office)
    assert forget(office, 31).keys == 1
    with office.database.reading() as session:
        assert list(session.scalars(select(DataKey.inspection_id))) == [elsewhere.inspection_id]
    assert number_of(office, contact_of(office, 2)) == drama(2)


@pytest.mark.req("K4")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_backup_from_before_shows_nobody_once_the_contact_key_was_changed(office: Office, tmp_path: Path) -> None:
    take_in(office, people(777))
    place_and_sealed = _sealed_numbers(office)
    office.database.tidy()
    backup = tmp_path / "backup.sqlite3"
    shutil.copy(tmp_path / "perspective.sqlite3", backup)
    close(office)
    forget(office, 31)
    take_in(office, people(2), open_another(office))
    with office.database.transaction() as session:
        assert sealing.rotate(session, KEYS) == 1
    engine = create_engine(f"sqlite:///{backup}")
    with Session(engine) as session:
        for sealed, place in place_and_sealed:
            with pytest.raises(WrongKey):
                Vault(session, AFTER, office.wave.inspection_id).open(sealed, place)
    engine.dispose()
    for sealed, place in place_and_sealed:
        with office.database.reading() as session, pytest.raises(Tampered):
            Vault(session, KEYS, office.wave.inspection_id).open(sealed, place)


def _sealed_numbers(office: Office) -> list[tuple[str, str]]:
    with office.database.reading() as session:
        return [(each.number, contacts.place_of(each.id)) for each in session.scalars(select(Contact))]


@pytest.mark.req("K4")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_erased_numbers_and_the_data_key_are_overwritten_in_the_files(office: Office, tmp_path: Path) -> None:
    take_in(office, people(*range(100)))
    sealed = [each.encode() for each, _ in _sealed_numbers(office)]
    with office.database.reading() as session:
        wrapped = session.scalars(select(DataKey.wrapped)).one().encode()

    def found() -> bool:
        files = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
        return any(each in content for content in files for each in (*sealed, wrapped))

    assert found(), "the search can find them"
    close(office)
    forget(office, 31)
    office.database.tidy()
    assert not found()


def test_what_is_kept_of_a_contact_leads_to_no_answer() -> None:
    tables = Base.metadata.tables
    assert {key.column.table.name for key in tables["contacts"].foreign_keys} == {"waves"}
    assert "contacts" not in {key.column.table.name for key in tables["responses"].foreign_keys}
