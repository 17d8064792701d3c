"""Who looks, when, and whom to call; and practice."""

from typing import Any

import pytest

from fieldwork import inspections
from fieldwork.safeguarding import cover
from tests.staff.concerns.conftest import Room

FILLED_IN: dict[str, Any] = {
    "first_name": "Safeguarding",
    "first_email": "safeguarding@example.org",
    "first_phone": "07700 900801",
    "second_name": "Second Safeguarding",
    "second_email": "second.safeguarding@example.org",
    "duty_name": "Dee Manager",
    "duty_email": "dee@example.org",
    "days": ["1", "2", "3", "4", "5"],
    "opens": "9",
    "closes": "17:00",
    "childrens_services": "Leeds duty team, 0113 496 0000",
    "police": "Leeds, 101",
}


@pytest.mark.req("T5")
def test_what_is_missing_is_said_until_it_is_there(room: Room) -> None:
    page = room.open(step="who-looks")
    for what in ("Two named people", "Cover hours", "Children's services", "The police", "A test alert"):
        assert what in page.words
    page = room.desk().press(**FILLED_IN)
    assert "Kept." in page.words
    assert "Two named people" not in page.words
    assert "A test alert" in page.words
    assert room.desk().post(room.address(step="practice")).status_code == 303
    practice = room.open(step="practice").tree.xpath("//tbody//a/@href")[0]
    room.at(11)
    room.desk().open(practice)
    page = room.desk().press()
    assert "PRACTICE" in page.words
    page = room.open(step="practice")
    assert "Safeguarding acknowledged it. 11" in page.words
    assert "nobody can be asked anything" not in room.open(step="who-looks").words
    assert "Nothing waits" in room.open().words


def test_what_was_kept_comes_back(room: Room) -> None:
    room.open(step="who-looks")
    room.desk().press(**FILLED_IN)
    fields = room.open(step="who-looks").form.fields
    assert (fields["opens"], fields["closes"], fields["first_phone"]) == ("09:00", "17:00", "07700 900801")
    with room.office.database.reading() as session:
        kept = cover.cover_of(session, inspections.find(session, room.office.slug))
    assert kept
    assert (kept.days, kept.opens_minute, kept.closes_minute) == ("12345", 540, 1020)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"opens": "nine"}, "Write the time like 09:00"),
        ({"closes": "25:00"}, "Write the time like 09:00"),
        ({"closes": "08:00"}, "end before they begin"),
        ({"second_email": "safeguarding@example.org"}, "both of the two people"),
        ({"first_phone": "0113 496 0000"}, "not a UK mobile number"),
    ],
)
def test_what_cannot_be_is_told_and_all_that_was_typed_stays(room: Room, wrong: dict[str, str], told: str) -> None:
    room.open(step="who-looks")
    page = room.desk().press(**FILLED_IN | wrong)
    assert page.status == 400
    assert told in page.words
    assert page.form.fields["police"] == "Leeds, 101"
    assert page.form.fields[next(iter(wrong))] == next(iter(wrong.values()))


def test_of_two_who_change_it_the_second_is_shown_both(room: Room) -> None:
    second = room.desk("second safeguarding")
    second.open(room.address() + "/who-looks")
    room.open(step="who-looks")
    room.desk().press(**FILLED_IN)
    page = second.press(**FILLED_IN | {"police": "York, 101"})
    assert page.status == 409
    assert "Kept now, by somebody else" in page.words
    assert "The police: Leeds, 101" in page.words
    assert page.form.fields["police"] == "York, 101"
    assert "Kept." in second.press().words
    assert room.open(step="who-looks").form.fields["police"] == "York, 101"


def test_two_practices_at_a_time_are_refused(room: Room) -> None:
    assert room.desk().post(room.address(step="practice")).status_code == 303
    again = room.desk().post(room.address(step="practice"))
    assert again.status_code == 400
    assert "is waiting already" in again.text
