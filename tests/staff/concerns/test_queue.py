"""The safeguarding lead's list and each concern on it: seen by nobody else, and no word of it in the list."""

from uuid import uuid4

import pytest

from fieldwork import heartbeats, inspections
from fieldwork.safeguarding import concerns
from tests.fieldwork.texted import drama, typed
from tests.staff.concerns.conftest import CANARY, Room

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OTHERS = ("lead", "inspector", "support", "approver", "administrator", "outsider", "nobody")
CANARIES = ("heulwen", "7f3a", "hits me", "Sam Canary", "900123", "900777", "…777")


@pytest.mark.req("T11")
def test_every_kind_of_concern_is_in_one_list_with_nothing_of_what_was_written(room: Room) -> None:
    for raised in (room.by_text, room.by_comment, room.by_talk):
        raised()
    room.by_talk(from_nowhere=True)
    for page in (room.desk().open("/concerns"), room.open()):
        assert page.status == 200
        for said in ("A text with words that worry", "A comment, raised by somebody who read it", "wants to talk"):
            assert said in page.words
        assert "Inspection not known" in page.words
        for canary in CANARIES:
            assert canary not in page.html
    assert "Concerns: 4 new" in page.words


@ON_SQLITE
@pytest.mark.req("T11")
@pytest.mark.parametrize("person", OTHERS)
def test_nobody_else_sees_a_concern_or_that_there_is_one(room: Room, person: str) -> None:
    keys = [room.by_text(), room.by_comment(), room.by_talk()]
    room.open(keys[0])
    room.desk().post(room.address(keys[0], "acknowledge"), edition="1")
    desk = room.desk(person)
    for key in keys:
        for step in ("", "refer", "close", "number"):
            assert desk.get(room.address(key, step)).status_code in {303, 403, 404}
        assert desk.post(room.address(key, "acknowledge"), edition="1").status_code in {303, 403, 404}
    pages = ["/", "/your-account", "/people", "/audit", f"/inspections/{room.office.slug}/audit"]
    for address in pages:
        page = desk.open(address)
        said = "Concerns:" if person == "outsider" else "oncern"  # who looks at concerns elsewhere has none there
        assert said not in page.html, f"{person} reads of concerns at {address}"
        for canary in (*CANARIES, *map(str, keys)):
            assert canary not in page.html


@pytest.mark.req("T11", "Z2")
def test_a_concern_of_another_inspection_is_not_there(room: Room) -> None:
    elsewhere = room.by_comment(room.office.other_slug)
    for key in (elsewhere, uuid4()):
        for step in ("", "refer", "close", "answer", "reopen", "number"):
            assert room.open(key, step).status == 404
        assert room.desk().post(room.address(key, "acknowledge"), edition="1").status_code == 404
    assert "Nothing waits" in room.open().words


@pytest.mark.req("T3", "T11")
def test_what_was_written_stands_on_its_page_and_that_it_was_read_is_kept(room: Room) -> None:
    key = room.by_text()
    page = room.open(key)
    assert CANARY in page.words
    assert "…777" in page.words
    assert drama(777)[3:] not in page.html
    assert room.office.acts()[-1] == "read_concern"
    assert "Safeguarding read it, last on 23 November 2026, 10:00." in page.words
    assert CANARY not in room.open().html


@pytest.mark.req("T4")
def test_two_people_at_once_the_second_is_told_who_came_first(room: Room) -> None:
    key = room.by_talk()
    first, second = room.desk(), room.desk("second safeguarding")
    first.open(room.address(key))
    second.open(room.address(key))
    assert "You have acknowledged it" in first.press().words
    page = second.press()
    assert "Somebody else has done something about it meanwhile" in page.words
    assert "Safeguarding acknowledged it" in page.words


@pytest.mark.req("T10")
def test_a_concern_is_handled_by_two_people_to_its_end(room: Room) -> None:
    key = room.by_text()
    room.open(key)
    room.desk().press()
    room.at(12)
    room.open(key, "refer", "second safeguarding")
    second = room.desk("second safeguarding")
    page = second.press(to_whom="", words="")
    assert page.status == 400
    assert page.errors == ["Enter who took it: their service and their name.", "Enter why you decided to refer it."]
    page = second.press(to_whom="Leeds duty team, Ms Okoro", words="A child may be hurt.")
    assert "Referred. An answer is due by Tuesday 24 November, 10:12." in page.words
    room.at(60)
    room.open(key, "answer")
    assert "wrote down the answer: They go there today." in room.desk().press(words="They go there today.").words
    room.open(key, "close")
    page = room.desk().press(words="Safe with her aunt.")
    assert "It is closed. What was written is deleted." in page.words
    assert CANARY not in page.html
    assert "Second Safeguarding referred it to Leeds duty team, Ms Okoro: A child may be hurt." in page.words
    assert "Nothing waits" in room.open().words
    assert "Acknowledged after 0 minutes of cover" in room.desk().open(f"{room.address()}?closed=yes").words
    room.open(key, "reopen")
    assert "reopened it: Her aunt called." in room.desk().press(words="Her aunt called.").words


@pytest.mark.req("T4")
def test_who_writes_while_somebody_else_closes_is_told_and_loses_nothing(room: Room) -> None:
    key = room.by_comment()
    room.open(key)
    room.desk().press()
    second = room.desk("second safeguarding")
    second.open(room.address(key, "refer"))
    room.open(key, "close")
    room.desk().press(words="All is well.")
    page = second.press(to_whom="Ms Okoro", words="A long account of why.")
    assert page.status == 409
    assert "What you wrote is still here" in page.words
    assert page.form.fields["words"].strip() == "A long account of why."
    page = second.press(to_whom="Ms Okoro", words="A long account of why.")
    assert page.status == 400
    assert "is closed" in page.words


@pytest.mark.req("T4")
def test_what_is_overdue_is_said_at_the_top(room: Room) -> None:
    room.by_talk()
    room.at(59)
    assert "Overdue" not in room.open().words
    room.at(75)
    page = room.open()
    assert "1 concern has waited for more than an hour of cover and nobody has acknowledged it" in page.words
    assert "1 hour 15 minutes" in page.words
    assert page.words.index("Overdue") < page.words.index("What waits")


@pytest.mark.req("K5", "L6")
def test_the_whole_number_is_shown_to_whoever_gave_a_password_and_a_reason(room: Room) -> None:
    key = room.by_text()
    room.office.desk("safeguarding")
    room.office.rest("safeguarding", 16)
    assert "/password-again" in room.desk().get(room.address(key, "number")).location
    assert "/password-again" in room.desk().post(room.address(key, "number"), why="Danger.").location
    room.office.sign_in("safeguarding")
    page = room.open(key, "number")
    assert drama(777) not in page.html
    assert typed(777) not in page.html
    assert room.desk().press(why=" ").status == 400
    assert typed(777) in room.desk().press(why="May be in danger.").words
    assert "was shown the number on 23 November 2026, 10:00: May be in danger." in room.open(key).words
    assert "unmasked_number" in room.office.acts()


def test_a_wish_to_talk_has_no_number_of_ours_to_show(room: Room) -> None:
    key = room.by_talk()
    assert "07700 900123" in room.open(key).words
    assert "Show the whole number" not in room.open(key).words
    room.open(key, "number")
    assert "no number any more" in room.desk().press(why="To call.").words


def test_a_field_that_was_not_asked_for_is_refused(room: Room) -> None:
    key = room.by_talk()
    assert room.desk().post(room.address(key, "acknowledge"), edition="1", state="closed").status_code == 400
    assert "New" in room.open(key).words


@pytest.mark.req("H4")
def test_what_was_written_is_shown_as_text(room: Room) -> None:
    with room.office.database.transaction() as session:
        place = inspections.find(session, room.office.slug)
        said = ("<b>Sam", "{{ 7 * 7 }}", "<script>alert(1)</script>")
        key = concerns.ask_to_talk(session, place, *said, "en", room.now).id
    page = room.open(key)
    assert "<script>alert(1)</script>" in page.words
    assert "{{ 7 * 7 }}" in page.words
    assert page.html.count("<script") == 1


@pytest.mark.req("T17")
def test_silence_of_whoever_tells_people_is_said_at_the_top(room: Room) -> None:
    assert "People may not be told" in room.open().words
    with room.office.database.transaction() as session:
        heartbeats.beat(session, room.now)
    assert "People may not be told" not in room.open().words
    room.at(76)
    assert "People may not be told" in room.open().words
