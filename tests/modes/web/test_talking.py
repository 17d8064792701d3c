"""Somebody wants to talk: reachable from every page, kept apart from every answer."""

import pytest
from sqlalchemy import inspect, text

from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import Field, every_kind, open_field

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EVERYWHERE = [
    "/",
    "/safe",
    "/question/1",
    "/question/2",
    "/question/6",
    "/check",
    "/privacy",
    "/accessibility",
    "/nowhere",
]


@pytest.mark.req("T2")
def test_every_page_leads_there_in_one_step(field: Field, someone: Respondent) -> None:
    someone.open(field.open_link)
    assert someone.page.link("I want to talk to someone") == "/talk"
    someone.press()
    someone.press()
    for address in EVERYWHERE:
        assert someone.open(address).link("I want to talk to someone") == "/talk"
    someone.open("/check")
    assert someone.press("submit").link("I want to talk to someone") == "/talk"
    assert someone.open("/question/2").link("I want to talk to someone") == "/talk"


@pytest.mark.req("T2")
def test_what_is_said_is_kept_with_the_inspection_and_nothing_else(field: Field, someone: Respondent) -> None:
    someone.enter_by(field.open_link)
    someone.open("/talk")
    page = someone.press("submit", name="Sam", reach="07700 900123, after 4", words="Please call.\r\nDiolch ŵ 😀")
    assert page.heading == "Thank you"
    assert page.link("Go back to the survey") == "/question"
    (asked,) = field.asked_to_talk()
    assert (asked.name, asked.way_to_reach) == ("Sam", "07700 900123, after 4")
    assert asked.words == "Please call.\nDiolch ŵ 😀"
    assert asked.inspection_id == field.wave.inspection_id
    assert asked.language == "en"


@pytest.mark.req("T2")
def test_what_is_said_is_in_no_table_that_leads_to_an_answer(field: Field) -> None:
    tables = inspect(field.database.engine)
    assert {key["referred_table"] for key in tables.get_foreign_keys("talk_requests")} == {"inspections"}
    for table in tables.get_table_names():
        assert "talk_requests" not in {key["referred_table"] for key in tables.get_foreign_keys(table)}


@pytest.mark.req("T2")
def test_who_has_no_visit_can_ask_too(field: Field, someone: Respondent) -> None:
    someone.open("/talk")
    someone.press("submit", reach="my aunt")
    (asked,) = field.asked_to_talk()
    assert (asked.name, asked.way_to_reach, asked.words, asked.inspection_id) == ("", "my aunt", "", None)


@pytest.mark.req("T2")
def test_asking_changes_no_answer_and_answering_goes_on(field: Field, someone: Respondent) -> None:
    someone.enter_by(field.open_link)
    someone.press()
    someone.answer("no")
    someone.open("/talk")
    someone.press("submit", words="Hello")
    assert someone.open("/question").heading == "What mark?"
    with field.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM draft_answers")).scalar() == 1


def test_nobody_who_has_not_asked_is_told_that_we_have_it(field: Field, someone: Respondent) -> None:
    assert someone.open("/talk/sent").heading == "I want to talk to someone"
    someone.press("submit", words="Please call.")
    assert someone.open("/talk/sent").heading == "Thank you"
    someone.enter(field.code())
    assert someone.open("/talk/sent").heading == "I want to talk to someone", "that was another person"


def test_who_says_nothing_at_all_is_told_what_is_needed(field: Field, someone: Respondent) -> None:
    someone.open("/talk")
    page = someone.press("submit", name="Sam", reach=" ", words="\x00")
    assert page.title == "Error: Survey: help"
    assert page.errors == ["Tell us how we can reach you, or what you want to say."]
    assert page.link(page.errors[0]) == "#reach"
    assert page.form.fields["name"] == "Sam"
    assert field.asked_to_talk() == []


def test_what_is_too_long_comes_back_whole(field: Field, someone: Respondent) -> None:
    someone.open("/talk")
    page = someone.press("submit", reach="x" * 201, words="y" * 5001)
    assert page.errors == ["That is too long. Take out 1 letters or more."] * 2
    assert page.form.fields["words"] == "y" * 5001


@pytest.mark.req("R4")
def test_the_same_words_sent_again_are_one_request(field: Field, someone: Respondent) -> None:
    someone.open("/talk")
    sent = someone.fields("submit", words="Please call.")
    assert {someone.send(sent).status_code for _ in range(5)} == {303}
    assert len(field.asked_to_talk()) == 1
    other = Respondent(field.app)
    other.open("/talk")
    other.press("submit", words="Please call.")
    assert len(field.asked_to_talk()) == 2, "somebody else who says the same is somebody else"


@pytest.mark.req("R15")
def test_words_sent_with_a_stale_token_come_back_to_be_sent_once_more(field: Field, someone: Respondent) -> None:
    someone.open("/talk")
    fields = [
        each for each in someone.fields("submit", words="Please call.", reach="my aunt") if each[0] != "csrf_token"
    ]
    reply = someone.send([*fields, ("csrf_token", "stale")])
    assert reply.status_code == 403
    assert field.asked_to_talk() == []
    someone.page.reply = reply
    assert someone.page.form.fields["words"] == "Please call."
    assert someone.press("submit").heading == "Thank you"
    assert field.asked_to_talk()[0].way_to_reach == "my aunt"


@pytest.mark.req("T1")
def test_the_page_says_before_anything_is_written_when_somebody_looks(someone: Respondent) -> None:
    words = someone.open("/talk").words
    assert "call 999" in words
    assert "weekdays, 9am to 5pm" in words
    assert words.index("call 999") < words.index("How can we reach you")


@pytest.mark.req("S9")
def test_pages_for_victims_and_pages_of_support_can_be_left_at_once(field: Field, someone: Respondent) -> None:
    victims = open_field(field.app, every_kind("victims"), slug="hull")
    someone.open(victims.open_link)
    assert someone.page.link("Emergency Exit this page") == "/exit"
    someone.press()
    for address in ("/safe", "/question/2", "/check", "/privacy"):
        assert someone.open(address).tree.find_class("govuk-exit-this-page")
        assert someone.page.tree.find_class("govuk-js-exit-this-page-skiplink")[0].get("href") == "/exit"
        someone.press() if address == "/safe" else None
    someone.open("/check")
    assert someone.press("submit").tree.find_class("govuk-exit-this-page")
    stranger = Respondent(field.app)
    assert stranger.open("/talk").tree.find_class("govuk-exit-this-page")


@pytest.mark.req("S9")
def test_pages_for_children_do_not_frighten_with_an_emergency(field: Field, someone: Respondent) -> None:
    someone.enter_by(field.open_link)
    for address in ("/", "/safe", "/question/2", "/check"):
        assert not someone.open(address).tree.find_class("govuk-exit-this-page")


def test_people_to_talk_to_fit_who_reads_and_where(field: Field, someone: Respondent) -> None:
    someone.enter_by(field.open_link)
    words = someone.open("/talk").words
    assert "Childline Call 0800 1111" in words
    assert "Meic" not in words, "this inspection is in England"
    wales = open_field(field.app, every_kind("victims"), nation="wales", slug="cardiff")
    person = Respondent(field.app)
    person.enter_by(wales.open_link)
    words = person.open("/talk").words
    assert "Victim Support" in words
    assert "Live Fear Free" in words
    assert "Childline" not in words
