"""Coming in by a code, by a link of one's own, or by the open link."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app import create_app
from fieldwork.database import Database
from fieldwork.entry.codes import new_code, new_link_token
from tests.application import settings_for
from tests.fieldwork.statements import counted
from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import NUMBER, Field, open_field

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TEN_O_CLOCK = datetime(2030, 11, 21, 10, tzinfo=UTC)
TOKEN = re.compile(rb'name="csrf_token" value="[^"]+"')


def used_code(field: Field) -> str:
    code = field.code()
    somebody = Respondent(field.app)
    somebody.enter(code)
    somebody.open("/check")
    somebody.press("submit")
    return code


def voided_code(field: Field) -> str:
    code = field.code()
    field.void(code)
    return code


def expired_code(field: Field) -> str:
    other = open_field(field.app, slug="hull")
    code = other.code()
    other.close()
    return code


@pytest.mark.req("A4")
def test_a_code_that_cannot_be_used_gets_one_answer_whatever_the_reason(field: Field) -> None:
    answers, costs = set(), set()
    unusable = [new_code(), used_code(field), voided_code(field), expired_code(field)]
    person = Respondent(field.app)
    with time_machine.travel(TEN_O_CLOCK, tick=False):
        person.open("/")
        person.send(person.fields(code=new_code()))  # the first try in a minute leaves its trace, whatever the code
    for seconds, code in enumerate(unusable, start=1):
        with (
            time_machine.travel(TEN_O_CLOCK + timedelta(seconds=seconds), tick=False),
            counted(field.database.engine) as made,
        ):
            reply = person.send(person.fields(code=code))
        headers = {(name, value) for name, value in reply.headers if name not in {"Date", "Set-Cookie"}}
        answers.add((reply.status_code, TOKEN.sub(b"", reply.data), frozenset(headers)))
        costs.add(len(made))
    assert len(answers) == 1
    assert len(costs) == 1, "the same work, and so the same time"
    assert answers.pop()[0] == 400


@pytest.mark.req("C6")
def test_a_code_that_cannot_be_used_says_what_to_do(someone: Respondent) -> None:
    someone.open("/")
    page = someone.press(code="ABCD")
    assert page.title == "Error: Survey: start"
    assert page.errors == ["We cannot use this code. Check it and try again."]
    assert "ask the inspector for a new one" in page.words
    assert page.link(page.errors[0]) == "#code"
    assert someone.press(code=" ").errors == ["Type your code. It is on the sheet you were given."]


@pytest.mark.req("A12")
def test_a_code_may_be_typed_in_any_way(field: Field) -> None:
    for code in (field.code().lower(), field.code().replace("-", " "), f" {field.code().replace('-', '')} "):
        assert Respondent(field.app).enter(code).address == "/question/1"


@pytest.mark.req("A3")
def test_too_many_wrong_codes_are_asked_to_wait_and_the_right_one_still_works(
    field: Field, someone: Respondent
) -> None:
    with time_machine.travel(TEN_O_CLOCK, tick=False) as clock:
        for _ in range(10):
            someone.open("/")
            assert someone.press(code=new_code()).status == 400
            clock.shift(timedelta(seconds=1))
        someone.open("/")
        code = field.code()
        page = someone.press(code=code)
        assert page.status == 429
        assert page.reply.headers["Retry-After"] == "30"
        assert "Wait half a minute" in page.words
        assert "Your code still works" in page.words
        clock.shift(timedelta(seconds=30))
        assert someone.enter(code).address == "/question/1"


@pytest.mark.req("A3")
def test_neighbours_behind_another_address_do_not_wait(field: Field) -> None:
    with time_machine.travel(TEN_O_CLOCK, tick=False) as clock:
        guesser = Respondent(field.app)
        for _ in range(12):
            guesser.open("/")
            guesser.press(code=new_code())
            clock.shift(timedelta(seconds=1))
        child = Respondent(field.app)
        child.client.environ_base["REMOTE_ADDR"] = "192.0.2.9"
        assert child.enter(field.code()).address == "/question/1"


@pytest.mark.req("A3")
def test_addresses_of_one_household_are_one_network(field: Field) -> None:
    with time_machine.travel(TEN_O_CLOCK, tick=False) as clock:
        seen = set()
        for number in range(12):
            guesser = Respondent(field.app)
            guesser.client.environ_base["REMOTE_ADDR"] = f"2001:db8:1:2::{number + 1}"
            guesser.open("/")
            seen.add(guesser.press(code=new_code()).status)
            clock.shift(timedelta(seconds=1))
    assert seen == {400, 429}


@pytest.mark.req("A7")
def test_the_token_of_a_link_is_in_no_later_page_or_address(field: Field, someone: Respondent) -> None:
    link = field.link()
    token = link.rpartition("/")[2]
    assert len(token) * 6 >= 128
    someone.open(link)
    assert token not in someone.page.title
    reply = someone.send(someone.fields())
    assert reply.status_code == 303
    assert token not in str(reply.headers)
    for address in (reply.location, "/question/1", "/check", "/talk", "/"):
        page = someone.open(address)
        assert token not in page.html + page.address + str(page.reply.headers)
        assert page.reply.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.req("A8")
@pytest.mark.parametrize("kind", ["own", "open"])
def test_a_link_that_is_only_looked_at_can_still_be_used(kind: str, field: Field) -> None:
    link = field.link() if kind == "own" else field.open_link
    looker = field.app.test_client()
    for _ in range(25):
        assert looker.get(link).status_code == 200
        assert looker.head(link).status_code == 200
    assert Respondent(field.app).enter_by(link).address == "/question/1"


def test_a_page_of_a_link_looks_the_same_whatever_the_link(field: Field, someone: Respondent) -> None:
    good, used = field.link(), field.link()
    somebody = Respondent(field.app)
    somebody.enter_by(used)
    somebody.open("/check")
    somebody.press("submit")
    seen = set()
    for link in (good, used, "/l/" + new_link_token()):
        page = someone.open(link)
        seen.add((page.status, page.words))
    assert len(seen) == 1


@pytest.mark.req("A4")
def test_a_link_that_cannot_be_used_says_so_once_it_is_tried(field: Field, someone: Respondent) -> None:
    used = field.link()
    someone.enter_by(used)
    someone.open("/check")
    someone.press("submit")
    seen = set()
    for link in (used, "/l/" + new_link_token(), "/l/" + "x" * 500, "/l/%00"):
        person = Respondent(field.app)
        person.open(link)
        page = person.press()
        seen.add((page.status, page.words))
    assert len(seen) == 1
    assert "We cannot use this link" in seen.pop()[1]


@pytest.mark.parametrize("link", ["/o/unknown", "/o/%00", "/o/" + "x" * 500])
def test_an_open_link_that_leads_nowhere_says_so(link: str, someone: Respondent) -> None:
    assert someone.open(link).status == 404
    assert someone.page.heading == "We cannot use this link"


def test_an_open_link_of_a_closed_wave_leads_nowhere(field: Field, someone: Respondent) -> None:
    someone.open(field.open_link)
    field.close()
    assert someone.press().heading == "We cannot use this link"
    assert someone.open(field.open_link).status == 404


@pytest.mark.parametrize("address", ["/l", "/o"])
def test_where_a_link_is_sent_to_leads_to_the_start_when_it_is_opened(address: str, someone: Respondent) -> None:
    assert someone.open(address).address == "/"


@pytest.mark.req("S1")
def test_the_cookie_of_a_visit_is_for_this_site_alone(database_url: str) -> None:
    app = create_app(settings_for(database_url, "https://survey.example.org"))
    field = open_field(app)
    reply = app.test_client().get(field.open_link, base_url="https://survey.example.org")
    cookie = reply.headers["Set-Cookie"]
    database: Database = app.extensions["database"]
    database.engine.dispose()
    assert cookie.startswith("__Host-survey=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def visit_token(person: Respondent) -> str:
    with person.client.session_transaction() as session:
        return str(session["visit"])


@pytest.mark.req("S1")
def test_each_entry_begins_a_visit_with_a_secret_of_its_own(field: Field, someone: Respondent) -> None:
    code = field.code()
    someone.enter(code)
    first = visit_token(someone)
    someone.enter(code)
    assert visit_token(someone) != first
    assert len(first) * 6 >= 128


@pytest.mark.req("S1")
def test_a_cookie_that_was_planted_before_is_not_taken_over(field: Field, someone: Respondent) -> None:
    someone.open("/")
    with someone.client.session_transaction() as session:
        session["visit"] = "planted"
        session["evil"] = "yes"
    someone.enter(field.code())
    with someone.client.session_transaction() as session:
        assert set(session) <= {"visit", "csrf_token", "language", "easy"}
        assert session["visit"] != "planted"


@pytest.mark.req("S1")
def test_a_cookie_that_somebody_changed_opens_nothing(field: Field, someone: Respondent) -> None:
    someone.enter(field.code())
    cookie = someone.client.get_cookie("survey")
    assert cookie
    someone.client.set_cookie("survey", cookie.value[:-3] + "abc")
    assert someone.open("/question/2").heading == "Start here"


@pytest.mark.req("S10")
def test_what_is_typed_in_one_tab_is_kept_when_another_has_typed_the_code_again(
    field: Field, someone: Respondent
) -> None:
    code = field.code()
    someone.enter(code)
    someone.press()
    typed = someone.fields(answer="no")
    someone.enter(code)
    assert someone.send(typed, f"/question/{NUMBER['helped']}").status_code == 303
    someone.open("/check")
    someone.press("submit")
    assert field.responses()[0].answers["helped"].says_something


def test_the_page_of_another_persons_session_does_nothing(field: Field, someone: Respondent) -> None:
    someone.enter(field.code())
    someone.press()
    typed = someone.fields(answer="no")
    someone.enter(field.code())
    reply = someone.send(typed, f"/question/{NUMBER['helped']}")
    assert reply.status_code == 403
    assert someone.open("/check").words.count("Not answered") == 4
