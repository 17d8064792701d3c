"""The shared tablet: nothing but the questions, warned and cleared, and nothing of one person left for the next."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from fieldwork.entry import tablets
from fieldwork.models.interviews import Draft
from modes.web.routes import blueprint
from modes.web.sharing import MAKING, SHOWN
from surveys.answers import Chosen, Verbatim
from surveys.loading import definition
from surveys.readability import OLDEST_GRADE, grade
from surveys.text import LANGUAGES
from tests.modes.web.respondent import Seen
from tests.modes.web.samples import NUMBER, Field, every_kind, open_field
from tests.modes.web.tablet import Tablet, link_to_a_tablet

START = datetime(2026, 11, 21, 10, tzinfo=UTC)
CANARY = "Kanarienvogel"
IDLE = timedelta(minutes=6)
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def tablet(field: Field) -> Tablet:
    """A device that has just been made one."""
    device = Tablet(field.app)
    device.make(link_to_a_tablet(field))
    return device


def at(question: str) -> str:
    return f"/question/{NUMBER[question]}"


def drafts_in(field: Field) -> int:
    with field.database.reading() as reading:
        return reading.scalar(select(func.count()).select_from(Draft)) or 0


def is_the_start(page: Seen) -> bool:
    return page.address == "/" and page.heading == "About this survey" and "/begin" in page.html


# --- Becoming a tablet ---


def test_a_link_from_the_office_makes_a_device_a_tablet(field: Field) -> None:
    device = Tablet(field.app)
    page = device.open(link_to_a_tablet(field))
    assert page.heading == "Make this a shared tablet?"
    page = device.press()
    assert is_the_start(page)
    assert "help children" in page.words
    assert "code" not in page.words


@pytest.mark.req("A8")
@sqlite_only
def test_looking_at_the_link_makes_nothing_a_tablet_and_writes_nothing(field: Field) -> None:
    link = link_to_a_tablet(field)
    for _ in range(20):
        looker = Tablet(field.app)
        looker.client.head(link)
        assert (looker.open(link).status, looker.page.heading) == (200, "Make this a shared tablet?")
        assert looker.open("/").heading == "About this survey"
        assert "Your code" in looker.page.words
    assert is_the_start(Tablet(field.app).make(link))


@pytest.mark.req("A7")
def test_the_secret_is_in_no_later_address_and_a_link_opens_once(field: Field, tablet: Tablet) -> None:
    link = link_to_a_tablet(field)
    assert is_the_start(Tablet(field.app).make(link))
    for address in (link, "/tablet/unknown"):
        late = Tablet(field.app)
        page = late.make(address)
        assert (page.status, page.heading) == (404, "We cannot use this link")
        assert "Your code" in late.open("/").words


def test_whoever_was_signed_in_on_the_device_is_so_no_longer(field: Field) -> None:
    device = Tablet(field.app)
    device.client.set_cookie("office", "somebody")
    device.make(link_to_a_tablet(field))
    assert device.client.get_cookie("office") is None
    assert device.client.get_cookie("survey")


def test_an_interview_by_code_on_the_device_is_over(field: Field) -> None:
    device = Tablet(field.app)
    device.enter(field.code())
    device.make(link_to_a_tablet(field))
    assert is_the_start(device.open("/question"))


def test_a_device_without_its_cookie_shows_nothing_of_anybody(tablet: Tablet, field: Field) -> None:
    tablet.begin()
    tablet.to_the_check_page(CANARY)
    assert CANARY in tablet.page.html
    tablet.client.delete_cookie("survey")
    for address in ("/", "/check", at("comment"), "/sent", "/stop"):
        assert CANARY not in tablet.open(address).html
    assert tablet.open("/check").heading == "Start here"


# --- Nothing but the questions ---


def test_a_whole_interview_is_kept_as_one_from_a_tablet(tablet: Tablet, field: Field) -> None:
    tablet.begin()
    tablet.to_the_check_page("It helped.")
    page = tablet.push("Send")
    assert (page.address, page.heading) == ("/sent", "Thank you")
    (response,) = field.responses()
    assert response.mode == "kiosk"
    assert response.answers["comment"] == Verbatim("It helped.")


@pytest.mark.req("T18")
@sqlite_only
@pytest.mark.parametrize("name", ["children", "parents"])
def test_who_helped_and_how_is_asked_and_kept(name: str, app: Flask) -> None:
    field = open_field(app, definition(name))
    tablet = Tablet(app)
    tablet.make(link_to_a_tablet(field))
    tablet.begin()
    numbers = {page.id: number for number, page in enumerate(definition(name).pages, start=1)}
    for question, code in (("helped", "worker"), ("helped_how", "read_to_me")):
        tablet.open(f"/question/{numbers[question]}")
        assert code in tablet.page.choices, question
        tablet.answer(code)
    tablet.open("/check")
    tablet.push("Send")
    answers = field.responses()[0].answers
    assert (answers["helped"], answers["helped_how"]) == (Chosen(("worker",)), Chosen(("read_to_me",)))


def states_of(tablet: Tablet) -> list[Seen]:
    """Every kind of page that a tablet shows."""
    seen = [tablet.open("/"), tablet.open("/talk"), tablet.open("/privacy"), tablet.open("/accessibility")]
    tablet.open("/")
    seen += [tablet.push("Start"), tablet.open("/stop"), tablet.open("/safe"), tablet.push("Continue")]
    seen += [tablet.open(f"/question/{number}") for number in NUMBER.values()]
    tablet.open(at("rating"))
    seen += [tablet.answer("lots"), tablet.open("/talk"), tablet.push("Ask to talk"), tablet.open("/stop")]
    tablet.open(at("helped"))
    tablet.answer("yes")
    tablet.open("/talk")
    seen += [tablet.press("submit", reach="my aunt"), tablet.open("/stop"), tablet.open("/check")]
    late = list(tablet.form_of("Send").form_values())
    seen += [tablet.push("Send"), Seen("/send", tablet.send(late, "/send")), tablet.open("/")]
    return [*seen, Seen("/question", tablet.send([], at("helped")))]


@pytest.mark.parametrize("audience", ["children", "victims"])
@sqlite_only
def test_no_page_leads_out(audience: str, app: Flask) -> None:
    field = open_field(app, every_kind(audience), nation="wales")  # type: ignore[arg-type]  # one of ours
    tablet = Tablet(app)
    tablet.make(link_to_a_tablet(field))
    pages = states_of(tablet)
    assert len(pages) > 20
    ours = re.compile(r"/|/question(/\d+)?(\?change=yes)?|/(stop|safe|check|talk|privacy|accessibility|exit)|\?.*|#.*")
    for page in pages:
        leads = page.tree.xpath("//a/@href | //form/@action | //area/@href")
        out = [each for each in leads if not ours.fullmatch(each) and each not in {"/begin", "/next", "/here", "/send"}]
        assert out == [], (page.address, page.heading)
        assert page.tree.xpath("//a[@target] | //iframe | //object | //embed") == []
        assert all("url=/exit" in each for each in page.tree.xpath("//meta[@http-equiv]/@content"))


@pytest.mark.req("T2")
@sqlite_only
def test_every_page_has_i_want_to_talk_to_someone_and_its_end_leads_back(tablet: Tablet, field: Field) -> None:
    for page in states_of(tablet):
        if not page.address.startswith("/talk") and page.heading != "I want to talk to someone":
            assert page.tree.xpath("//a[@href='/talk']"), page.heading
    tablet.open("/")
    tablet.open("/talk")
    page = tablet.press("submit", words="Please call my aunt.")
    assert page.heading == "Thank you"
    assert is_the_start(tablet.push("Go to the start"))
    (asked,) = (each for each in field.asked_to_talk() if each.words == "Please call my aunt.")
    assert asked.inspection_id == field.wave.inspection_id


@sqlite_only
def test_every_other_address_leads_to_the_start(tablet: Tablet, field: Field) -> None:
    code, link = field.code(), field.link()
    for address in (
        link,
        link_to_a_tablet(field, "Red"),
        field.open_link,
        "/perspective/x",
        "/nowhere",
        "/o",
        "/l",
        "/begin",
        "/next",
        "/tablet",
    ):
        assert is_the_start(tablet.open(address)), address
    tablet.open("/")
    token = dict(tablet.form_of("Start").form_values())["csrf_token"]
    for address, values in (("/", {"code": code}), ("/l", {"link": link[3:]}), ("/o", {"link": field.wave.open_slug})):
        reply = tablet.client.post(address, data={**values, "csrf_token": token})
        assert (reply.status_code, reply.location) == (303, "/")
    assert drafts_in(field) == 0


@pytest.mark.parametrize("first", ["tablet", "phone"])
@sqlite_only
def test_a_page_that_was_drawn_for_a_phone_is_not_shown_on_a_tablet_nor_the_other_way(
    first: str, tablet: Tablet, field: Field
) -> None:
    phone = Tablet(field.app)
    phone.enter_by(field.open_link)
    tablet.begin()
    people = {"tablet": tablet, "phone": phone}
    for each in (first, "phone" if first == "tablet" else "tablet"):
        for address in ("/safe", at("helped"), at("comment")):
            html = people[each].open(address).html
            assert ("kiosk" in html, 'href="/stop"' in html) == ((each == "tablet",) * 2), (each, address)


def test_every_page_of_ours_is_shown_on_a_tablet_or_kept_from_it(app: Flask) -> None:
    ours = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{blueprint.name}.")}
    kept_away = {"web.try_code", "web.own_link", "web.open_link", "web.begin_by_own_link", "web.begin_by_open_link"}
    assert ours - SHOWN - MAKING == {*kept_away, "web.to_the_start"}


@pytest.mark.req("C7")
@sqlite_only
def test_each_page_of_a_tablet_is_for_readers_of_nine(tablet: Tablet) -> None:
    read = [page for page in states_of(tablet) if page.tree.xpath("count(//main//p)") > 1]
    assert len(read) > 10
    for page in read:
        found = page.tree.xpath("//main//p | //main//li[not(*)] | //dialog//p")
        words = "\n".join(" ".join(each.text_content().split()) for each in found)
        if page.address != "/accessibility":  # what the law is called
            assert grade(words) <= OLDEST_GRADE, (page.heading, grade(words))


# --- Until it ends ---


@pytest.mark.parametrize("how", ["switched off", "last day", "wave closed"])
@sqlite_only
def test_from_the_next_page_on_a_tablet_that_has_ended_shows_nothing(how: str, field: Field) -> None:
    with time_machine.travel(START) as clock:
        tablet = Tablet(field.app)
        tablet.make(link_to_a_tablet(field))
        tablet.begin()
        tablet.to_the_check_page(CANARY)
        match how:
            case "switched off":
                with field.database.transaction() as work:
                    (one,) = tablets.all_of(work, field.wave.id, START)
                    tablets.switch_off(work, field.wave.id, one.id)
            case "last day":
                clock.shift(timedelta(hours=14))
            case _:
                field.close()
        reply = tablet.send(tablet.form_of("Send").form_values(), "/send")
        assert reply.status_code == 403
        assert "This tablet is not in use" in reply.text
        for address in ("/", "/check", at("comment"), "/sent", "/talk", "/privacy", "/stop"):
            page = tablet.open(address)
            assert (page.status, page.heading) == (403, "This tablet is not in use")
            assert CANARY not in page.html
    assert field.responses() == []


def test_a_tablet_that_has_ended_can_be_made_one_again(field: Field, tablet: Tablet) -> None:
    with field.database.transaction() as work:
        (one,) = tablets.all_of(work, field.wave.id, datetime.now(UTC))
        tablets.switch_off(work, field.wave.id, one.id)
    assert tablet.open("/").status == 403
    assert is_the_start(tablet.make(link_to_a_tablet(field, "Red")))


# --- Too long away ---


@pytest.mark.req("S2")
@pytest.mark.req("S4")
@pytest.mark.parametrize(("away", "kept"), [(5, True), (6, False), (61, False)])
def test_a_page_that_is_sent_too_late_is_not_kept_and_says_so(away: int, kept: bool, field: Field) -> None:
    with time_machine.travel(START, tick=False) as clock:
        tablet = Tablet(field.app)
        tablet.make(link_to_a_tablet(field))
        tablet.begin()
        tablet.open(at("comment"))
        clock.shift(timedelta(minutes=away))
        page = tablet.answer(CANARY)
        assert (page.heading == "Check your answers") == kept
        if not kept:
            assert (page.status, page.heading) == (403, "This page was open for too long")
            assert "We have not kept what was on it" in page.words
            assert CANARY not in page.html
            assert is_the_start(tablet.push("Go to the start"))
    with field.database.reading() as reading:
        given = reading.scalars(text("SELECT answer FROM draft_answers")).all()
    assert any(CANARY in each for each in given) == kept


@pytest.mark.req("S4")
@pytest.mark.parametrize("button", ["Send", "Send my answers"])
def test_neither_is_send(button: str, field: Field) -> None:
    with time_machine.travel(START, tick=False) as clock:
        tablet = Tablet(field.app)
        tablet.make(link_to_a_tablet(field))
        tablet.begin()
        tablet.open(at("helped"))
        tablet.answer("yes")
        tablet.open("/check" if button == "Send" else "/stop")
        clock.shift(IDLE)
        assert tablet.push(button).status == 403
    assert field.responses() == []


@pytest.mark.req("S4")
@sqlite_only
def test_a_page_of_the_person_before_is_not_kept_for_the_next_one(field: Field, tablet: Tablet) -> None:
    tablet.begin()
    tablet.open(at("comment"))
    typed = tablet.fields(answer=CANARY)
    tablet.open("/stop")
    tablet.push("Next person")
    tablet.begin()
    reply = tablet.send(typed, at("comment"))
    assert reply.status_code == 403
    assert CANARY not in reply.text
    assert "This page was open for too long" in reply.text
    assert tablet.open(at("comment")).filled == []


@pytest.mark.req("S2")
@sqlite_only
def test_every_page_that_is_sent_counts_whatever_it_brings(field: Field) -> None:
    with time_machine.travel(START, tick=False) as clock:
        tablet = Tablet(field.app)
        tablet.make(link_to_a_tablet(field))
        tablet.open("/")
        tablet.push("Start")
        clock.shift(timedelta(minutes=4))
        tablet.push("Continue")
        steps: list[Callable[[], Seen]] = [
            tablet.press,  # a page to read
            lambda: tablet.press(language="cy"),
            lambda: tablet.press(language="en"),
            lambda: (tablet.open(at("rating")), tablet.answer("lots"))[1],
            lambda: (tablet.open("/talk"), tablet.push("Ask to talk"))[1],
        ]
        for step in steps:
            clock.shift(timedelta(minutes=4))
            assert step().status == 200
        tablet.open(at("comment"))
        clock.shift(timedelta(minutes=4))
        assert tablet.answer("Still here.").heading == "Check your answers"


@pytest.mark.req("S3")
def test_who_is_still_there_says_so_and_is_told_how_long_it_lasts(field: Field) -> None:
    with time_machine.travel(START, tick=False) as clock:
        tablet = Tablet(field.app)
        tablet.make(link_to_a_tablet(field))
        tablet.begin()
        for minutes in range(4, 61, 4):
            clock.shift(timedelta(minutes=4))
            told = here(tablet)
            assert (told.status_code, told.json) == (200, {"minutes": 60 - minutes})
        assert tablet.answer().status == 200
        clock.shift(timedelta(minutes=1))
        assert here(tablet).status_code == 403


@pytest.mark.req("S3")
@pytest.mark.parametrize(("minutes", "status"), [(5, 200), (6, 403)])
def test_who_comes_too_late_is_not_there_any_more(minutes: int, status: int, field: Field) -> None:
    with time_machine.travel(START, tick=False) as clock:
        tablet = Tablet(field.app)
        tablet.make(link_to_a_tablet(field))
        tablet.begin()
        clock.shift(timedelta(minutes=minutes))
        assert here(tablet).status_code == status


def here(tablet: Tablet) -> TestResponse:
    """What the page's script asks."""
    (form,) = (each for each in tablet.page.tree.forms if each.action == "/here")
    return tablet.send(form.form_values(), "/here")


@sqlite_only
def test_without_a_visit_it_is_nobodys_but_the_tablets(tablet: Tablet, field: Field) -> None:
    tablet.open("/talk")
    told = here(tablet)
    assert (told.status_code, told.json) == (200, {"minutes": None})
    stranger = Tablet(field.app)
    stranger.open("/")
    token = dict(stranger.page.form.form_values())["csrf_token"]
    assert stranger.client.post("/here", data={"csrf_token": token}).status_code == 403
    assert tablet.client.post("/here").status_code == 403


@pytest.mark.req("S2")
@sqlite_only
def test_without_script_a_page_goes_away_by_itself_once_it_is_of_no_use(tablet: Tablet) -> None:
    waits = {page.heading: waits_for(page) for page in states_of(tablet)}
    assert waits["About this survey"] == 0
    assert waits["Thank you"] == waits["You have sent your answers"] == waits["This page was open for too long"] == 60
    assert waits["Check your answers"] == waits["What mark?"] == waits["I want to talk to someone"] == 360


def waits_for(page: Seen) -> int:
    """The seconds after which a browser without script asks for the start."""
    found = re.search(r'<noscript><meta http-equiv="refresh" content="(\d+); url=/exit"></noscript>', page.html)
    return int(found[1]) if found else 0


# --- Half-way: send, or throw away ---


def test_who_stops_is_asked_what_shall_become_of_the_answers(tablet: Tablet, field: Field) -> None:
    tablet.begin()
    tablet.open(at("helped"))
    tablet.answer("yes")
    page = tablet.open(tablet.page.link("Stop"))
    assert page.heading == "Do you want to stop?"
    assert page.link("Go on with the questions") == "/question"
    assert tablet.push("Send my answers").heading == "Thank you"
    (response,) = field.responses()
    assert response.answers["helped"] == Chosen(("yes",))
    assert not response.answers["comment"].says_something


def test_what_is_thrown_away_is_gone(tablet: Tablet, field: Field) -> None:
    tablet.begin()
    tablet.open(at("comment"))
    tablet.answer(CANARY)
    tablet.open("/stop")
    assert is_the_start(tablet.push("Throw my answers away"))
    assert drafts_in(field) == 0
    assert field.responses() == []
    for address in ("/check", at("comment"), "/sent", "/stop"):
        assert is_the_start(tablet.open(address))


def test_who_goes_on_has_lost_nothing(tablet: Tablet) -> None:
    tablet.begin()
    tablet.open(at("comment"))
    tablet.answer("Still mine.")
    tablet.open("/stop")
    tablet.open("/question")
    assert tablet.open(at("comment")).filled == ["Still mine."]


def test_who_has_said_nothing_is_not_asked_to_send_it(tablet: Tablet, field: Field) -> None:
    tablet.open("/")
    tablet.push("Start")
    page = tablet.open("/stop")
    assert "You have not answered anything yet." in page.words
    assert "Send my answers" not in page.words
    assert is_the_start(tablet.push("Next person"))
    assert drafts_in(field) == 0


@sqlite_only
def test_the_start_asks_it_of_somebody_in_the_middle(tablet: Tablet) -> None:
    tablet.begin()
    assert tablet.open("/").heading == "Do you want to stop?"


@pytest.mark.req("S9")
@sqlite_only
def test_to_leave_at_once_shows_the_start_and_no_other_site(tablet: Tablet, field: Field) -> None:
    tablet.begin()
    tablet.open(at("comment"))
    tablet.answer(CANARY)
    reply = tablet.client.get("/exit")
    assert (reply.status_code, reply.location) == (303, "/")
    assert "cookies" not in reply.headers["Clear-Site-Data"]
    for address in ("/", "/check", at("comment"), "/sent", "/stop"):
        assert is_the_start(tablet.open(address))
    with time_machine.travel(datetime.now(UTC) + IDLE):
        tablet.begin()
    with field.database.reading() as reading:
        assert reading.scalars(text("SELECT answer FROM draft_answers")).all() == []


def test_pressing_twice_starts_one_interview_that_can_be_sent(tablet: Tablet, field: Field) -> None:
    tablet.open("/")
    pressed = list(tablet.form_of("Start").form_values())
    assert tablet.send(pressed, "/begin").status_code == 303
    tablet.open("/safe")
    tablet.push("Continue")
    tablet.to_the_check_page()
    sending = list(tablet.form_of("Send").form_values())
    assert tablet.send(sending, "/send").status_code == 303
    late = tablet.send(sending, "/send")
    assert late.status_code == 409
    assert "You have already sent your answers" in late.text
    assert len(field.responses()) == 1


# --- The next person ---


@pytest.mark.req("S8")
@pytest.mark.parametrize("how", ["Next person", "a minute", "Back"])
@sqlite_only
def test_after_the_end_comes_a_start_that_knows_nobody(how: str, tablet: Tablet, field: Field) -> None:
    fresh = tablet.open("/").html
    tablet.open("/?language=cy")
    tablet.push("Dechrau")
    tablet.push("Parhau")
    tablet.to_the_check_page(CANARY)
    page = tablet.push("Anfon")
    assert page.heading == "Diolch"
    assert "116 123" in page.words
    assert CANARY not in page.html
    match how:
        case "Next person":
            page = tablet.push("Person nesaf")
        case "a minute":
            page = tablet.open("/exit")
        case _:
            page = tablet.open("/check")
    assert is_the_start(page)
    assert without_token(page.html) == without_token(fresh)
    assert "116 123" in page.words


def without_token(html: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", html)


@pytest.mark.req("S8")
@sqlite_only
def test_each_person_has_a_token_of_their_own(tablet: Tablet) -> None:
    tokens = set()
    for _ in range(3):
        tablet.begin()
        tokens.add(dict(tablet.page.form.form_values())["csrf_token"].partition(".")[0])
        tablet.open("/stop")
        tablet.push("Next person")
    assert len(tokens) == 3


@pytest.mark.req("S8")
@sqlite_only
def test_a_chosen_language_goes_with_who_chose_it(tablet: Tablet) -> None:
    page = tablet.open("/?language=cy")
    assert waits_for(page) == 60
    assert tablet.open("/exit").tree.get("lang") == "en"
    assert waits_for(tablet.page) == 0


@pytest.mark.req("S8")
@pytest.mark.parametrize("language", LANGUAGES)
@sqlite_only
def test_the_cookie_of_a_tablet_at_its_start_holds_the_tablet_and_nothing_else(language: str, tablet: Tablet) -> None:
    tablet.open(f"/?language={language}")
    tablet.push({"en": "Start", "cy": "Dechrau"}[language])
    tablet.open("/exit")
    with tablet.client.session_transaction() as session:
        assert set(session) <= {"tablet", "csrf_token"}


@pytest.mark.req("S6")
@pytest.mark.req("S7")
@sqlite_only
def test_the_browser_is_told_to_keep_nothing(tablet: Tablet) -> None:
    for page in states_of(tablet):
        assert page.reply.headers["Cache-Control"] == "no-store", page.address
        for field in page.tree.xpath("//textarea | //input[@type='text']"):
            assert (field.get("autocomplete"), field.get("spellcheck")) == ("off", "false"), page.address
    tablet.begin()
    tablet.open("/check")
    assert tablet.push("Send").reply.headers["Clear-Site-Data"] == '"cache", "storage"'
    form = tablet.form_of("Next person")
    assert tablet.send(form.form_values(), "/next").headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.req("H3")
@sqlite_only
def test_nothing_is_done_on_a_tablet_without_a_token(tablet: Tablet, field: Field) -> None:
    assert tablet.client.post("/begin").status_code == 403
    assert drafts_in(field) == 0
    tablet.begin()
    for address in ("/next", "/here", "/send", "/begin"):
        assert tablet.client.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert tablet.client.post(address).status_code == 403
    assert drafts_in(field) == 1
    assert tablet.open(at("comment")).heading == "Why?"
    assert Tablet(field.app).client.post("/tablet", data={"link": "x"}).status_code == 403


@pytest.mark.req("H8")
@sqlite_only
def test_opening_pages_on_a_tablet_writes_nothing(tablet: Tablet, field: Field) -> None:
    tablet.begin()
    before = drafts_in(field)
    for address in ("/", "/stop", "/check", "/talk", "/exit", "/sent", "/next", "/begin"):
        tablet.open(address)
    assert drafts_in(field) == before


@pytest.mark.req("A10")
@sqlite_only
def test_no_page_of_a_tablet_counts_who_has_answered(tablet: Tablet) -> None:
    starts = []
    for _ in range(3):
        tablet.begin()
        tablet.open("/check")
        tablet.push("Send")
        starts.append(without_token(tablet.push("Next person").html))
    assert len(set(starts)) == 1
