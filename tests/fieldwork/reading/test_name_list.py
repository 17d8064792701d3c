"""The names that must not be printed are kept with their inspection, and nobody reads them from the tables alone."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from fieldwork.faults import NotFound, Refused
from fieldwork.models.comments import ListedName as Row
from fieldwork.office import audit
from fieldwork.reading import name_list
from fieldwork.reading.name_list import MOST, Unreadable
from fieldwork.sealing import Keys
from surveys.redaction.listed import ListedName
from surveys.redaction.marks import Kind
from tests.fieldwork.commenting import CARA
from tests.fieldwork.samples import Office

KEYS = Keys(current=b"1" * 32, before=None, suppression=b"2" * 32)
KERRY = ListedName("Kerry Jones", "person", "the victim worker")


@pytest.fixture
def here(office: Office) -> UUID:
    return office.wave.inspection_id


def add(office: Office, listed: ListedName, keys: Keys | None = KEYS) -> UUID:
    with office.database.transaction() as session:
        return name_list.add(session, keys, office.wave.inspection_id, listed, CARA)


def names(office: Office, keys: Keys | None = KEYS) -> list[ListedName]:
    with office.database.reading() as session:
        return name_list.names(session, keys, office.wave.inspection_id)


@pytest.mark.parametrize("keys", [KEYS, None], ids=["with keys", "without keys"])
def test_a_name_is_kept_with_its_kind_and_what_stands_in_its_place(office: Office, keys: Keys | None) -> None:
    add(office, KERRY, keys)
    add(office, ListedName(" Carr   Mill ", "school", "[her school]"), keys)
    assert names(office, keys) == [ListedName("Carr Mill", "school", "her school"), KERRY]


@pytest.mark.req("K1")
def test_with_keys_nothing_of_it_can_be_read_in_the_tables(office: Office) -> None:
    add(office, KERRY)
    with office.database.reading() as session:
        row = session.scalars(select(Row)).one()
    assert "Kerry" not in repr((row.name, row.instead))
    assert row.name.startswith("1.")


@pytest.mark.req("K6")
@pytest.mark.parametrize("swap", ["name", "instead"])
def test_what_was_changed_or_swapped_gives_an_error_and_an_alarm(
    office: Office, here: UUID, swap: str, caplog: pytest.LogCaptureFixture
) -> None:
    add(office, KERRY)
    add(office, ListedName("Carr Mill", "school"))
    with office.database.transaction() as session:
        session.execute(update(Row).where(Row.kind == "person").values({swap: "1.AAAA"}))
    with office.database.reading() as session, pytest.raises(Unreadable):
        name_list.entries(session, KEYS, here)
    assert names(office) == [ListedName("Carr Mill", "school")], "the rest still helps"
    assert "cannot be opened" in caplog.text


def test_a_name_of_another_row_or_column_does_not_open(office: Office, here: UUID) -> None:
    add(office, KERRY)
    with office.database.transaction() as session:
        session.execute(update(Row).values(name=Row.instead))
    with office.database.reading() as session, pytest.raises(Unreadable):
        name_list.entries(session, KEYS, here)


@pytest.mark.parametrize("keys", [None, replace(KEYS, suppression=b"3" * 32)], ids=["no key", "another key"])
def test_without_the_key_it_stays_shut(office: Office, here: UUID, keys: Keys | None) -> None:
    add(office, KERRY)
    with office.database.reading() as session, pytest.raises(Unreadable):
        name_list.entries(session, keys, here)


def test_the_contact_key_may_change(office: Office) -> None:
    add(office, KERRY)
    assert names(office, replace(KEYS, current=b"4" * 32, before=KEYS.current)) == [KERRY]


@pytest.mark.parametrize("name", ["", " ", "K", "a" * 81])
def test_a_name_has_at_least_two_letters_and_no_more_than_fit(office: Office, name: str) -> None:
    with pytest.raises(Refused):
        add(office, ListedName(name, "person"))


def test_a_name_is_on_the_list_once(office: Office) -> None:
    add(office, KERRY)
    with pytest.raises(Refused, match="already"):
        add(office, ListedName("KERRY JONES", "place"))


@pytest.mark.parametrize("kind", ["phone", "date"])
def test_only_names_are_listed(office: Office, kind: Kind) -> None:
    with pytest.raises(Refused, match="not kept"):
        add(office, ListedName("12 March", kind))


def test_a_list_has_an_end(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_list, "MOST", 1)
    add(office, KERRY)
    with pytest.raises(Refused, match="holds"):
        add(office, ListedName("Carr Mill", "school"))
    assert MOST == 500


def test_a_name_is_taken_off_once_and_only_by_its_own_inspection(office: Office, here: UUID) -> None:
    name_id = add(office, KERRY)
    with pytest.raises(NotFound), office.database.transaction() as session:
        name_list.remove(session, uuid4(), name_id, CARA)
    with office.database.transaction() as session:
        name_list.remove(session, here, name_id, CARA)
    with pytest.raises(NotFound), office.database.transaction() as session:
        name_list.remove(session, here, name_id, CARA)
    assert names(office) == []


def test_changes_are_written_down_without_the_name(office: Office, here: UUID) -> None:
    name_id = add(office, KERRY)
    with office.database.transaction() as session:
        name_list.remove(session, here, name_id, CARA)
        assert name_list.forget(session, here) == 0
    with office.database.reading() as session:
        entries = audit.entries(session)
    assert [(each.act, each.about) for each in entries] == [
        ("changed_names", f"name {name_id}: taken off"),
        ("changed_names", f"name {name_id}: added"),
    ]


def test_the_whole_list_can_be_forgotten(office: Office, here: UUID) -> None:
    add(office, KERRY)
    with office.database.transaction() as session:
        assert name_list.forget(session, here) == 1
    assert names(office) == []
