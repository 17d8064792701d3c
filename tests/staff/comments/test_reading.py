"""Comments on their list and on their pages: read by people, coded to themes."""

from datetime import timedelta
from uuid import UUID

import pytest

from fieldwork.reading import reading_clock, themes
from fieldwork.safeguarding import concern_queue
from tests.fieldwork.commenting import CARA
from tests.staff.comments.conftest import KIND, MONDAY, Room

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CANARY = "heulwen 7f3a"


def a_theme(room: Room, name: str) -> str:
    with room.office.database.transaction() as session:
        return str(themes.add(session, room.wave.id, name, CARA).id)


@pytest.mark.req("T6")
def test_the_list_shows_every_comment_and_none_of_its_words(room: Room) -> None:
    room.receive(f"{CANARY} one", f"{CANARY} two, I want to die", f"{CANARY} three")
    page = room.open("inspector", f"{room.place}/comments")
    assert "3 comments" in page.words
    assert CANARY not in page.html
    assert page.words.index("Read first: self harm") < page.words.index("Not read", page.words.index("Read first"))


@pytest.mark.req("T6")
def test_reading_goes_from_comment_to_comment_until_all_are_read(room: Room) -> None:
    room.receive("fine thanks", "I want to die", "good")
    room.open("inspector", f"{room.place}/comments")
    desk = room.desk("inspector")
    assert desk.open(desk.page.link("Read the next comment")).words.count("I want to die") == 1
    for left in (2, 1, 0):
        address = f"{desk.page.address}/read"
        reply = desk.post(address.removeprefix("/office"))
        desk.open(reply.location)
        assert sum(each.state == "new" for each in room.listed()) == left
    assert "Every comment of this wave has been read." in desk.page.words


@pytest.mark.req("AU1")
def test_each_look_at_words_is_written_down(room: Room) -> None:
    room.receive(KIND)
    address = room.address("Kerry")
    for page in (address, f"{address}/quotation"):
        room.open("inspector", page)
    room.open("inspector", f"{room.place}/comments")
    assert room.office.acts().count("read_comment") == 2


def test_looking_does_not_make_it_read(room: Room) -> None:
    room.receive(KIND)
    room.open("inspector", room.address("Kerry"))
    assert room.state("Kerry") == "new"


def test_a_page_shows_the_words_the_question_and_nothing_else_of_the_respondent(room: Room) -> None:
    room.receive(KIND)
    words = room.open("inspector", room.address("Kerry")).words
    assert KIND in words
    assert "What do you say?" in words
    for other in ("2026-11", "web", "English", "rating"):
        assert other not in words


@pytest.mark.req("H6")
@pytest.mark.parametrize(
    "nasty", ["<script>alert(1)</script>", "{{ 7*7 }}", '"><img src=x onerror=alert(1)>', "</details>"]
)
def test_words_are_text_whatever_they_look_like(room: Room, nasty: str) -> None:
    room.receive(f"{nasty} Kerry")
    page = room.open("inspector", room.address("Kerry"))
    assert f"{nasty} Kerry" in page.words
    assert "<script>alert" not in page.html
    assert not page.tree.xpath("//img")
    assert nasty in room.open("inspector", f"{page.address}/quotation".removeprefix("/office")).words


def test_offensive_words_are_behind_a_press(room: Room) -> None:
    room.receive("my worker was a dickhead tbh")
    page = room.open("inspector", room.address("tbh"))
    (hidden,) = page.tree.xpath("//details[@class='app-hidden-word']")
    assert hidden.text_content() == "offensive worddickhead"
    assert hidden.get("open") is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", 3),
        ("state=new", 2),
        ("state=read", 1),
        ("question=comment", 3),
        ("question=other", 0),
        ("theme=none", 2),
        ("state=nonsense", 0),
        ("page=99999999999999999", 3),
        ("page=-1&theme=%00", 0),
    ],
)
def test_the_list_can_be_narrowed(room: Room, asked: str, found: int) -> None:
    room.receive("One.", "Two.", "Three.")
    theme = a_theme(room, "Food")
    room.desk("inspector").post(f"{room.address('One')}/code", edition="0", themes=theme)
    page = room.open("inspector", f"{room.place}/comments?{asked}")
    assert page.status == 200
    assert f"{found} comment{'' if found == 1 else 's'}" in page.tree.findtext(".//caption")
    assert "1 comment" in room.open("inspector", f"{room.place}/comments?theme={theme}").words


def test_a_long_list_has_pages_that_keep_what_it_is_narrowed_to(room: Room) -> None:
    room.receive(*(f"comment {number}" for number in range(120)))
    page = room.open("inspector", f"{room.place}/comments?state=new")
    keys = {each.get("href") for each in page.tree.xpath("//th/a")}
    for _ in range(2):
        page = room.open("inspector", f"{room.place}/{page.link('Next page')}")
        keys |= {each.get("href") for each in page.tree.xpath("//th/a")}
    assert len(keys) == 120
    assert "Page 3 of 3" in page.words
    assert "state=new" in page.link("Previous page")


@pytest.mark.req("T6")
def test_an_alarm_sounds_when_one_may_have_waited_for_more_than_a_working_day(room: Room) -> None:
    with room.office.database.transaction() as session:
        reading_clock.look(session, MONDAY)
    room.receive("One.")
    room.office.at(MONDAY + timedelta(hours=3))
    room.office.sign_in("inspector") if "inspector" in room.office.desks else room.office.desk("inspector")
    for address in (f"{room.place}/comments", f"/inspections/{room.office.slug}/approvals"):
        words = room.open("inspector", address).words
        assert "None has waited for more than 4 hours" in words
        assert "within one working day" not in words
    room.office.at(MONDAY + timedelta(days=1, minutes=1))
    room.office.sign_in("inspector")
    for address in (f"{room.place}/comments", f"/inspections/{room.office.slug}/approvals"):
        words = room.open("inspector", address).words
        assert "1 comment has not been read within one working day: small." in words
        assert "One may have waited for more than 1 working day." in words


def test_themes_are_ticked_kept_and_shown_again(room: Room) -> None:
    room.receive("They listened")
    food, listening = a_theme(room, "Food"), a_theme(room, "Listening")
    desk = room.desk("inspector")
    page = desk.open(room.address("They"))
    assert page.tree.xpath("//input[@name='themes' and @checked]") == []
    desk.press(themes=[food, listening])
    ticked = desk.page.tree.xpath("//input[@name='themes' and @checked]/@value")
    assert set(ticked) == {food, listening}
    assert room.state("They") == "read"
    desk.press(themes=[listening])
    assert desk.page.tree.xpath("//input[@name='themes' and @checked]/@value") == [listening]


def test_suggestions_are_words_beside_an_empty_box(room: Room) -> None:
    room.receive("They always listened", "My worker listened too")
    listening = a_theme(room, "Listening")
    room.desk("inspector").post(f"{room.address('always')}/code", edition="0", themes=listening)
    page = room.open("inspector", room.address("worker"))
    assert "Suggested: “listened”" in page.words
    assert page.tree.xpath("//input[@name='themes' and @checked]") == []


def test_of_two_who_code_at_once_the_second_is_told_and_loses_nothing(room: Room) -> None:
    room.receive("They listened")
    food, listening = a_theme(room, "Food"), a_theme(room, "Listening")
    address = room.address("They")
    first, second = room.desk("inspector"), room.desk("lead")
    for desk in (first, second):
        desk.open(address)
    first.press(themes=[food])
    page = second.press(themes=[listening])
    assert page.status == 409
    assert "Somebody else has coded this comment meanwhile" in page.words
    assert page.words.count("You had ticked this.") == 1
    assert page.tree.xpath("//input[@name='themes' and @checked]/@value") == [food]
    assert second.press(themes=[food, listening]).status == 200
    assert next(iter(room.listed())).themes == {UUID(food), UUID(listening)}


@pytest.mark.parametrize("theme", ["nonsense", "0c5ab7d2-0000-4000-8000-000000000000", "' OR 1=1"])
def test_a_theme_that_is_not_there_is_refused_or_passed_over(room: Room, theme: str) -> None:
    room.receive("They listened")
    reply = room.desk("inspector").post(f"{room.address('They')}/code", edition="0", themes=theme)
    assert reply.status_code in {303, 404}
    assert not room.listed()[0].themes


def test_a_reader_can_tell_the_safeguarding_lead(room: Room) -> None:
    room.receive("he hits me")
    desk = room.desk("inspector")
    reply = desk.post(f"{room.address('hits')}/concern")
    assert "The safeguarding lead is told" in desk.open(reply.location).words
    with room.office.database.reading() as session:
        (waiting,) = concern_queue.queue(session, [room.office.inspection_id], MONDAY)
    assert (waiting.kind, waiting.by_reader) == ("comment", True)
    assert room.state("hits") == "read"
    assert "raised_concern" in room.office.acts()


@pytest.mark.req("Z5")
@pytest.mark.parametrize("what", ["read", "code", "concern"])
def test_a_field_that_nobody_asked_for_is_refused(room: Room, what: str) -> None:
    room.receive("One.")
    assert room.desk("inspector").post(f"{room.address('One')}/{what}", surprise="1").status_code == 400
    assert room.state("One") == "new"


@pytest.mark.parametrize("edition", ["", "x", "-1", "99999999999999999999"])
def test_a_strange_edition_loses_nothing(room: Room, edition: str) -> None:
    room.receive("One.")
    reply = room.desk("inspector").post(f"{room.address('One')}/code", edition=edition)
    assert reply.status_code in {303, 400, 409}


@pytest.mark.req("Z2")
def test_a_comment_of_another_inspection_is_not_there(room: Room) -> None:
    room.receive(KIND)
    foreign = room.address("Kerry").replace(room.office.slug, room.office.other_slug)
    for page in (foreign, f"{foreign}/quotation", f"{foreign}/approval", f"{foreign}/release"):
        assert room.desk("outsider").get(page).status_code == 404
