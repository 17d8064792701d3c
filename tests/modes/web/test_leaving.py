"""Going away and coming back, a second tab, leaving at once, and what is left behind in the browser: nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from surveys.answers import Chosen, Verbatim
from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import NUMBER, Field

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
START = datetime(2026, 11, 21, 10, tzinfo=UTC)
CANARY = "Kanarienvogel"
PAGES = ["/safe", "/question", *(f"/question/{number}" for number in NUMBER.values()), "/check", "/talk", "/privacy"]


def at(question: str) -> str:
    return f"/question/{NUMBER[question]}"


@pytest.fixture
def code(field: Field) -> str:
    return field.code()


@pytest.fixture
def earlier(field: Field, code: str) -> Respondent:
    """Somebody has said yes, 42 and something in words."""
    person = Respondent(field.app)
    person.enter(code)
    person.press()
    person.answer("yes")
    person.answer("home")
    person.skip()
    person.answer("42")
    person.answer(CANARY, may_quote="yes")
    assert CANARY in person.page.words
    return person


@pytest.mark.req("S4")
@pytest.mark.parametrize("away", [timedelta(minutes=46), timedelta(hours=3)])
def test_a_page_sent_after_a_long_while_is_kept_and_shows_nothing(away: timedelta, field: Field, code: str) -> None:
    person = Respondent(field.app)
    with time_machine.travel(START) as clock:
        person.enter(code)
        person.open(at("comment"))
        clock.shift(away)
        page = person.answer(CANARY)
        assert page.heading == "You were away for a while"
        assert CANARY not in page.html
        assert "We have kept your answers so far" in page.words
        for address in PAGES:
            assert CANARY not in person.open(address).html
        assert person.open("/check").heading == "You were away for a while"
        person.press(code=code)
        person.press()
        person.open("/check")
        person.press("submit")
    assert field.responses()[0].answers["comment"] == Verbatim(CANARY)


@pytest.mark.req("S4")
def test_what_cannot_be_kept_after_a_long_while_is_not_said_to_be(field: Field, code: str) -> None:
    person = Respondent(field.app)
    with time_machine.travel(START) as clock:
        person.enter(code)
        person.open(at("rating"))
        clock.shift(timedelta(hours=1))
        page = person.answer("lots")
    assert page.heading == "You were away for a while"


def test_who_came_by_an_open_link_starts_afresh_after_a_long_while(field: Field, someone: Respondent) -> None:
    with time_machine.travel(START) as clock:
        someone.enter_by(field.open_link)
        clock.shift(timedelta(hours=1))
        page = someone.open("/check")
    assert "open the link again" in page.words
    assert "code" not in page.words


@pytest.mark.req("S5")
def test_answers_of_an_earlier_visit_are_on_no_page(earlier: Respondent, field: Field, code: str) -> None:
    worker = Respondent(field.app)
    worker.enter(code)
    for address in PAGES:
        page = worker.open(address)
        assert page.status == 200
        assert not page.address.startswith("/question/") or page.filled == []
        for canary in (CANARY, "42"):
            assert canary not in page.html
    rows = [
        " ".join(row.text_content().split()) for row in worker.open("/check").tree.find_class("govuk-summary-list__row")
    ]
    assert [row.rpartition(" Change")[0].rpartition("? ")[2] for row in rows] == [
        "Answered",
        "Answered",
        "Not answered",
        "Answered",
        "Answered",
    ]


@pytest.mark.req("S5")
def test_a_page_that_hides_an_answer_says_so(earlier: Respondent, field: Field, code: str) -> None:
    worker = Respondent(field.app)
    worker.enter(code)
    assert "You have answered this one" in worker.open(at("comment")).words
    assert "You have answered this one" not in worker.open(at("mark")).words
    assert "You have answered this one" not in earlier.open(at("comment")).words


@pytest.mark.req("S5")
@pytest.mark.parametrize("button", ["continue", "skip"])
def test_going_past_a_hidden_answer_keeps_it(button: str, earlier: Respondent, field: Field, code: str) -> None:
    worker = Respondent(field.app)
    worker.enter(code)
    worker.open(at("comment"))
    worker.press(button)
    worker.press("submit")
    assert field.responses()[0].answers["comment"] == Verbatim(CANARY, may_quote=True)


@pytest.mark.req("S5")
def test_a_hidden_answer_can_be_replaced(earlier: Respondent, field: Field, code: str) -> None:
    back = Respondent(field.app)
    back.enter(code)
    back.open(at("helped"))
    back.answer("no")
    assert back.open(at("helped")).filled == ["no"]
    assert earlier.open(at("helped")).filled == [], "the other device does not show it"


def test_who_comes_back_goes_on_where_an_answer_is_missing(field: Field, code: str) -> None:
    person = Respondent(field.app)
    person.enter(code)
    person.press()
    person.answer("no")
    assert Respondent(field.app).enter(code).heading == "What mark?"


@pytest.mark.req("S6")
def test_after_send_every_page_says_only_that_it_was_sent(earlier: Respondent) -> None:
    end = earlier.press("submit")
    assert '"cache"' in end.reply.headers["Clear-Site-Data"]
    for address in [*PAGES[:-2], "/send"]:
        page = earlier.open(address)
        assert page.heading == "You have sent your answers"
        assert CANARY not in page.html
    assert earlier.open("/sent").heading == "Thank you"


@pytest.mark.req("S6")
def test_after_send_nothing_more_is_taken(earlier: Respondent, field: Field) -> None:
    earlier.open(at("helped"))
    late = earlier.fields(answer="no")
    earlier.open("/check")
    earlier.press("submit")
    reply = earlier.send(late, at("helped"))
    assert reply.status_code == 409
    assert "You have already sent your answers" in reply.text
    assert field.responses()[0].answers["helped"] == Chosen(("yes",))


@pytest.mark.req("S10")
def test_after_send_in_one_tab_the_other_is_told(earlier: Respondent, field: Field, code: str) -> None:
    other = Respondent(field.app)
    other.enter(code)
    other.open(at("helped"))
    earlier.press("submit")
    assert other.answer("no").heading == "You have sent your answers"
    assert other.open("/check").heading == "You have sent your answers"
    assert len(field.responses()) == 1


@pytest.mark.req("A9")
def test_send_in_two_tabs_is_one_response(earlier: Respondent, field: Field, code: str) -> None:
    other = Respondent(field.app)
    other.enter(code)
    other.open("/check")
    earlier.press("submit")
    assert other.press("submit").heading == "You have sent your answers"
    assert len(field.responses()) == 1


def test_a_wave_that_closes_meanwhile_says_that_nothing_was_used(earlier: Respondent, field: Field) -> None:
    field.close()
    page = earlier.press("submit")
    assert page.heading == "This survey is over"
    assert page.status == 409
    assert earlier.open("/question/2").heading == "This survey is over"
    assert field.responses() == []


@pytest.mark.req("S7")
@pytest.mark.parametrize("address", [at("comment"), at("rating"), "/talk", "/"])
def test_what_is_typed_is_not_for_the_browser_to_remember_or_to_check_elsewhere(
    address: str, field: Field, someone: Respondent
) -> None:
    someone.enter_by(field.open_link)
    page = someone.open(address)
    typed = page.tree.xpath("//textarea | //input[@type='text']")
    assert typed
    assert {each.get("autocomplete") for each in typed} == {"off"}
    assert {each.get("spellcheck") for each in typed} == {"false"}
    assert page.form.get("autocomplete") == "off"


@pytest.mark.req("S7")
def test_no_page_is_kept_by_the_browser(earlier: Respondent) -> None:
    for address in [*PAGES, "/", "/accessibility", "/nowhere"]:
        assert earlier.open(address).reply.headers["Cache-Control"] == "no-store"


@pytest.mark.req("S9")
@pytest.mark.parametrize("method", ["get", "head"])
def test_to_leave_at_once_forgets_the_visit_and_leads_to_a_harmless_site(method: str, earlier: Respondent) -> None:
    reply = getattr(earlier.client, method)("/exit")
    assert reply.status_code == 303
    assert reply.location == "https://www.bbc.co.uk/weather"
    assert reply.data == b""
    assert '"cookies"' in reply.headers["Clear-Site-Data"]
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert earlier.client.get_cookie("survey") is None
    assert earlier.open(at("comment")).heading == "Start here"
    assert CANARY not in earlier.page.html


@pytest.mark.req("S9")
def test_who_left_at_once_comes_back_with_the_code_and_has_lost_nothing(
    earlier: Respondent, field: Field, code: str
) -> None:
    earlier.client.get("/exit")
    earlier.enter(code)
    earlier.open("/check")
    earlier.press("submit")
    assert field.responses()[0].answers["comment"] == Verbatim(CANARY, may_quote=True)
