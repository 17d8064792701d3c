"""Keying with nothing but a keyboard, in a real browser; and the script's route beside our own."""

import json
from collections.abc import Callable
from typing import Any
from wsgiref.types import WSGIApplication

import pytest
from flask import Flask
from playwright.sync_api import Page

from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.routing import route
from tests.browser import barriers, follow
from tests.fieldwork.samples import EVERY_KIND
from tests.staff.desks import OfficeRoom, open_room
from tests.staff.paper.keying import PaperRoom

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NewPage = Callable[..., Page]
NAMED = {"Enter", "Backspace", "ArrowUp", "ArrowDown"}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def address(app: Flask, serve: Callable[[Callable[[str], WSGIApplication]], str]) -> str:
    return serve(lambda _: app)


@pytest.fixture
def room(app: Flask) -> OfficeRoom:
    return open_room(app)


def desk(room: OfficeRoom, address: str, new_page: NewPage, person: str = "support", **options: Any) -> Page:
    page = new_page(**options)
    room.sign_in_browser(page.context, person, address)
    page.goto(f"{address}/office{PaperRoom(room).place}")
    return page


def begin(page: Page, serial: str) -> None:
    """Type the number where the focus is, once it is there, and press Enter."""
    page.wait_for_selector("#serial:focus")
    page.keyboard.type(serial.lower().replace("-", ""))
    page.keyboard.press("Enter")
    page.wait_for_selector("body.app-keying-by-key")


def type_keys(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key) if key in NAMED else page.keyboard.type(key)


EVERY_ANSWER = ("1", "1", "2", "Enter", "70", "Enter", EVERY_KIND["comment"].text, "Enter", "1")  # type: ignore[union-attr]


def finish(page: Page) -> str:
    page.keyboard.press("Enter")
    page.wait_for_selector("#serial")
    return page.inner_text(".govuk-notification-banner")


def test_two_booklets_are_keyed_by_two_people_with_a_keyboard_alone(
    room: OfficeRoom, address: str, new_page: NewPage
) -> None:
    paper = PaperRoom(room)
    for person, said in (("support", "Put it on the pile for another person"), ("inspector", "is in.")):
        page = desk(room, address, new_page, person, viewport=WIDE)
        for serial in paper.serials(2) if person == "support" else _serials(page):
            begin(page, serial)
            type_keys(page, *EVERY_ANSWER)
            assert page.inner_text("[data-count]") == "4 of 4"
            assert said in finish(page)
    assert [response.answers for response in paper.responses()] == [EVERY_KIND, EVERY_KIND]


def _serials(page: Page) -> list[str]:
    return page.inner_text("h2:has-text('For you to key a second time') + p").split(", ")


def test_a_follow_up_is_left_out_by_itself_and_can_be_keyed_all_the_same(
    room: OfficeRoom, address: str, new_page: NewPage
) -> None:
    paper = PaperRoom(room)
    serials = paper.serials(2)
    for person in ("support", "inspector"):
        page = desk(room, address, new_page, person)
        begin(page, serials[0])
        type_keys(page, "2")
        assert here(page) == "rating"
        type_keys(page, "-", "Enter", "-", "Enter")
        finish(page)
        begin(page, serials[1])
        type_keys(page, "2", "ArrowUp")
        assert here(page) == "with_what"
        type_keys(page, "3", "Enter", "5", "Enter", "*", "Enter")
        finish(page)
    none = NoAnswer(Silence.SKIPPED)
    found = sorted((response.answers for response in paper.responses()), key=len)
    no: Answer = Chosen(("no",))
    unreadable = NoAnswer(Silence.NOT_UNDERSTOOD)
    assert found == [
        {"helped": no, "rating": none, "comment": none},
        {"helped": no, "with_what": Chosen(("health",)), "rating": Number(5), "comment": unreadable},
    ]


def here(page: Page) -> str | None:
    return page.get_attribute(".app-keying__step--here", "data-step")


def checked(page: Page) -> list[str]:
    values: list[str] = page.evaluate(
        "[...document.querySelectorAll('[data-step] input:checked')].map((each) => each.value)"
    )
    return values


def test_undo_takes_back_one_answer_after_the_other(room: OfficeRoom, address: str, new_page: NewPage) -> None:
    page = desk(room, address, new_page)
    begin(page, PaperRoom(room).serials()[0])
    type_keys(page, "1", "1", "2", "Enter", "70", "Enter")
    assert here(page) == "comment"
    type_keys(page, "Backspace")
    assert (here(page), page.input_value("[name=answer-rating]")) == ("rating", "")
    type_keys(page, "8", "Backspace")
    assert here(page) == "rating", "the first Backspace takes the digit back"
    type_keys(page, "Backspace")
    assert (here(page), checked(page)) == ("with_what", ["yes"])
    type_keys(page, "1", "u")
    assert (here(page), checked(page)) == ("with_what", ["yes"]), "half an answer is taken back where it stands"
    type_keys(page, "u")
    assert (here(page), checked(page)) == ("helped", [])
    type_keys(page, "u")
    assert here(page) == "helped", "before the first there is nothing"


def test_what_was_undone_is_undone_in_what_is_kept_too(room: OfficeRoom, address: str, new_page: NewPage) -> None:
    page = desk(room, address, new_page)
    begin(page, PaperRoom(room).serials()[0])
    type_keys(page, "1", "1", "Enter", "u")
    kept(page)
    page.reload()
    page.wait_for_selector("body.app-keying-by-key")
    assert (here(page), checked(page)) == ("with_what", ["yes"])


def kept(page: Page) -> None:
    """Wait until what was keyed is kept on the way."""
    page.get_by_text("Kept", exact=True).wait_for()


def test_after_a_reload_keying_goes_on_where_it_was(room: OfficeRoom, address: str, new_page: NewPage) -> None:
    page = desk(room, address, new_page)
    serial = PaperRoom(room).serials()[0]
    begin(page, serial)
    type_keys(page, "1", "1", "Enter")
    kept(page)
    page.goto(f"{address}/office{PaperRoom(room).place}")
    assert "Half keyed by you" in page.inner_text("main")
    begin(page, serial)
    assert (here(page), checked(page)) == ("rating", ["yes", "school"])


def test_a_key_that_means_nothing_here_does_nothing_and_is_told(
    room: OfficeRoom, address: str, new_page: NewPage
) -> None:
    page = desk(room, address, new_page)
    begin(page, PaperRoom(room).serials()[0])
    for key, told in (
        ("9", "There is no box 9"),
        ("z", "There is no box Z"),
        ("Enter", "Key an answer, or - for none."),
    ):
        type_keys(page, key)
        assert told in page.inner_text("[data-told]")
        assert (here(page), checked(page)) == ("helped", [])
    type_keys(page, "2", "101", "Enter")
    assert "Key a number from 0 to 100" in page.inner_text("[data-told]")
    assert here(page) == "rating"
    page.keyboard.press("Control+Shift+ArrowUp")
    assert here(page) == "rating"


def test_a_category_that_stands_alone_takes_the_others_away(room: OfficeRoom, address: str, new_page: NewPage) -> None:
    page = desk(room, address, new_page)
    begin(page, PaperRoom(room).serials()[0])
    type_keys(page, "1", "1", "2", "4")
    assert checked(page) == ["yes", "none"]
    type_keys(page, "2")
    assert checked(page) == ["yes", "home"]
    type_keys(page, "0")
    assert (here(page), checked(page)) == ("rating", ["yes", "-"])


def test_another_tab_is_told_and_what_was_keyed_stays_on_its_page(
    room: OfficeRoom, address: str, new_page: NewPage
) -> None:
    page = desk(room, address, new_page)
    serial = PaperRoom(room).serials()[0]
    begin(page, serial)
    other = page.context.new_page()
    other.goto(page.url)
    type_keys(page, "1")
    kept(page)
    type_keys(other, "2")
    other.wait_for_selector("[data-told]:has-text('in another tab')")
    assert checked(other) == ["no"]


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_this_room_keeps_anybody_out(width: int, room: OfficeRoom, address: str, new_page: NewPage) -> None:
    paper = PaperRoom(room)
    serials = paper.serials(2)
    paper.key("support", serials[0], answer__comment="One thing")
    paper.key("second support", serials[0], answer__comment="Another", answer__rating="3")
    page = desk(room, address, new_page, "lead", viewport={"width": width, "height": 844})
    place = f"{address}/office{paper.place}"
    looked = 0

    def look() -> None:
        nonlocal looked
        looked += 1
        assert barriers(page) == [], page.url
        assert page.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"), page.url

    look()
    follow(page.get_by_role("link", name=f"Settle {serials[0]}"))
    look()
    page.goto(place)
    begin(page, serials[1])
    look()
    type_keys(page, "2")
    look()
    for address_of in ("/sheets", "/booklet", "/booklet?language=cy&size=large"):
        page.goto(place + address_of)
        look()
    assert looked == 7


def test_the_script_leaves_out_the_questions_that_we_leave_out(
    room: OfficeRoom, address: str, new_page: NewPage
) -> None:
    """The script's own reading of conditions, against surveys.routing, for every answer of a few questionnaires."""
    from pathlib import Path  # noqa: PLC0415 - for this test alone

    from hypothesis import HealthCheck, given, settings  # noqa: PLC0415 - as above

    from tests.surveys.strategies import answered  # noqa: PLC0415 - as above

    page = desk(room, address, new_page)
    source = (Path(__file__).parents[3] / "assets" / "route.js").read_text(encoding="utf-8").replace("export ", "")
    ours = page.evaluate_handle(f"() => {{ {source}; return (asked, said) => [...route(asked, said)] }}")

    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(answered())
    def agree(pair: Any) -> None:
        questionnaire, answers = pair
        said = {question_id: answer for question_id, answer in answers.items() if answer.says_something}
        asked = [
            {"id": each.id, "askIf": each.ask_if and each.ask_if.model_dump(mode="json", by_alias=True)}
            for each in questionnaire.questions
        ]
        by_script = page.evaluate(
            "([route, asked, said]) => route(JSON.parse(asked), JSON.parse(said))",
            [ours, json.dumps(asked), json.dumps({id_: _as_keyed(answer) for id_, answer in said.items()})],
        )
        assert by_script == [question.id for question in route(questionnaire, said)]

    agree()


def _as_keyed(answer: Answer) -> dict[str, Any]:
    match answer:
        case Chosen():
            return {"codes": answer.codes}
        case Number():
            return {"number": answer.value}
        case Verbatim():
            return {"words": answer.text}
        case NoAnswer():
            raise AssertionError("silence is not handed over")
