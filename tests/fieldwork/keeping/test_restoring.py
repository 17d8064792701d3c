"""A backup that is put back brings nobody back: what people asked for since then is done again."""

import base64
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from fieldwork import waves
from fieldwork.database import Database
from fieldwork.faults import Refused
from fieldwork.keeping import closing, restoring
from fieldwork.keeping.restoring import DoneAgain, ledger, remember_erasure
from fieldwork.models.contacts import Contact
from fieldwork.numbers import contacts, suppression
from fieldwork.numbers.contact_rows import ContactRow
from fieldwork.office import audit, people
from fieldwork.office.audit import TERMINAL
from fieldwork.sealing import Keys
from tests.fieldwork.samples import NOW, Office

KEYS = Keys(b"1" * 32, None, b"s" * 32)
STOPS, ASKS, STAYS = "+447700900001", "+447700900002", "+447700900003"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def invite(office: Office) -> None:
    rows = [ContactRow(2, number, language="en", age="adult", confirmed=NOW.date()) for number in (STOPS, ASKS, STAYS)]
    with office.database.transaction() as session:
        contacts.add(session, waves.find_wave(session, office.wave.name), rows, b"f" * 32, KEYS)


def numbers(database: Database) -> set[str]:
    with database.reading() as session:
        return {contacts.number_of(session, KEYS, each) for each in session.scalars(select(Contact))}


@pytest.fixture
def since(office: Office, tmp_path: Path) -> tuple[Path, list[str]]:
    """A backup, and the ledger of what was asked for after it was made."""
    invite(office)
    with office.database.transaction() as session:
        people.add(session, "gone@example.org", "Gone", TERMINAL, NOW.date())
    office.database.engine.dispose()
    backup = tmp_path / "backup.sqlite3"
    shutil.copy(str(office.database.url.database), backup)
    with office.database.transaction() as session:
        suppression.suppress(session, STOPS, KEYS, NOW.date())
        remember_erasure(session, ASKS, KEYS, NOW.date())
        people.close_account(session, people.find(session, "gone@example.org"), TERMINAL)
        closing.close_wave(session, waves.find_wave(session, office.wave.name), today=NOW.date(), keys=KEYS)
    with office.database.reading() as session:
        return backup, list(ledger(session))


@pytest.mark.req("P7")
def test_who_said_stop_or_asked_to_be_erased_since_the_backup_is_gone_again(since: tuple[Path, list[str]]) -> None:
    backup, lines = since
    database = Database(f"sqlite:///{backup}")
    assert numbers(database) == {STOPS, ASKS, STAYS}, "the backup brings them back"
    with database.transaction() as session:
        done = restoring.do_again(session, lines, KEYS, TERMINAL)
    assert done == DoneAgain(stops=1, contacts=2, waves=1, accounts=1)
    assert numbers(database) == {STAYS}
    with database.reading() as session:
        assert suppression.is_suppressed(session, STOPS, KEYS)
        assert not people.find(session, "gone@example.org").active
        assert all(wave.closed for wave in waves.all_waves(session))
        assert audit.entries(session)[0].act == "did_ledger_again"
    with database.transaction() as session:
        assert restoring.do_again(session, lines, KEYS, TERMINAL) == DoneAgain(stops=1)
    database.engine.dispose()


@pytest.mark.req("P7")
def test_the_ledger_holds_no_number_and_no_name(since: tuple[Path, list[str]]) -> None:
    _, lines = since
    written = "\n".join(lines)
    for secret in (STOPS, STOPS[-9:], "Gone", "gone@", base64.b64encode(KEYS.suppression).decode()):
        assert secret not in written


def test_a_line_that_is_not_of_a_ledger_is_named(office: Office) -> None:
    with pytest.raises(Refused, match="line 2"), office.database.transaction() as session:
        restoring.do_again(session, ['{"closed": "a/b", "since": "2026-11-21"}', "7700900001"], KEYS, TERMINAL)


def test_without_keys_nobody_is_passed_over_in_silence(since: tuple[Path, list[str]], database: Database) -> None:
    with pytest.raises(Refused, match="not set"), database.transaction() as session:
        restoring.do_again(session, since[1], None, TERMINAL)
