"""The codebook of themes and the list of names, by the pages of the lead."""

import pytest

from fieldwork.reading import name_list, theme_counts
from surveys.redaction.listed import ListedName
from tests.staff.comments.conftest import Room

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def add(room: Room, name: str) -> str:
    """The address of the new theme."""
    desk = room.desk("lead")
    desk.open(f"{room.place}/themes")
    page = desk.press(name=name)
    assert page.status == 200
    return page.link(name).removeprefix("/office")


def counted(room: Room) -> dict[str, tuple[int, bool]]:
    with room.office.database.reading() as session:
        return {
            each.name: (each.respondents, each.retired) for each in theme_counts.counts(session, room.wave.id).themes
        }


def test_the_lead_adds_renames_merges_and_retires_themes(room: Room) -> None:
    room.receive("They listened")
    first, second = add(room, "Hearing"), add(room, "Listening")
    room.desk("inspector").post(f"{room.address('They')}/code", edition="0", themes=first.rpartition("/")[2])
    lead = room.desk("lead")
    lead.open(second)
    lead.post(f"{second}/name", name="Being listened to", edition="1")
    lead.post(f"{first}/merge", into=second.rpartition("/")[2], edition="1")
    assert counted(room) == {"Being listened to": (1, False)}
    lead.post(f"{second}/retire", edition="2")
    assert counted(room) == {"Being listened to": (1, True)}
    assert "Bring it back" in lead.open(second).words
    lead.post(f"{second}/bring-back", edition="3")
    assert counted(room) == {"Being listened to": (1, False)}
    assert "1 of 1" in lead.open(f"{room.place}/themes").words


def test_a_name_that_is_there_or_missing_is_told_beside_the_field(room: Room) -> None:
    first = add(room, "Food")
    desk = room.desk("lead")
    desk.open(f"{room.place}/themes")
    assert desk.press(name="food").errors == ["food is a theme already. Use the one that is there, or another name."]
    assert desk.press(name=" ").errors == ["Enter a name, like Being listened to."]
    reply = desk.post(f"{first}/name", name="", edition="1")
    assert (reply.status_code, "Enter a name." in reply.text) == (400, True)


def test_the_second_of_two_who_rename_is_told_and_loses_nothing(room: Room) -> None:
    first = add(room, "Food")
    room.desk("lead").post(f"{first}/name", name="Meals", edition="1")
    reply = room.desk("second lead").post(f"{first}/name", name="Lunch", edition="1")
    assert reply.status_code == 409
    assert "Somebody else has changed this theme meanwhile" in reply.text
    assert 'value="Lunch"' in reply.text
    assert set(counted(room)) == {"Meals"}


def test_merging_into_nothing_is_refused(room: Room) -> None:
    first = add(room, "Food")
    add(room, "Time")
    for into in ("", "nonsense", first.rpartition("/")[2]):
        assert room.desk("lead").post(f"{first}/merge", into=into, edition="1").status_code in {400, 404}
    assert set(counted(room)) == {"Food", "Time"}


def test_inspectors_see_the_themes_and_change_none(room: Room) -> None:
    add(room, "Food")
    page = room.open("inspector", f"{room.place}/themes")
    assert "Food" in page.words
    assert not [form for form in page.tree.forms if "/themes" in (form.action or "")]


def test_a_name_is_put_on_the_list_and_taken_off(room: Room) -> None:
    place = f"/inspections/{room.office.slug}/names"
    desk = room.desk("lead")
    desk.open(place)
    page = desk.press(name="Kerry Jones", kind="person", instead="the victim worker")
    assert "[the victim worker]" in page.words
    with room.office.database.reading() as session:
        (entry,) = name_list.entries(session, None, room.office.inspection_id)
    assert entry.listed == ListedName("Kerry Jones", "person", "the victim worker")
    assert "Kerry" not in str(room.office.acts())
    desk.post(f"{place}/{entry.id}/remove")
    assert "No names yet." in desk.open(place).words


def test_what_cannot_be_listed_is_told_and_stays(room: Room) -> None:
    place = f"/inspections/{room.office.slug}/names"
    desk = room.desk("lead")
    desk.open(place)
    page = desk.press(name="")
    assert page.errors == ["Enter the name, as people would write it.", "Say what it is."]
    page = desk.press(name="K", kind="person", instead="the worker")
    assert "is missing, or is one letter" in page.errors[0]
    assert page.form.fields["instead"] == "the worker"
    assert desk.press(name="Kerry", kind="phone").status == 400


def test_a_kind_of_inspections_own_has_its_own_list(room: Room) -> None:
    room.open("outsider", f"/inspections/{room.office.other_slug}/names")
    room.desk("outsider").press(name="Kerry", kind="person")
    assert "No names yet." in room.open("lead", f"/inspections/{room.office.slug}/names").words
