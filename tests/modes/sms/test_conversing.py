"""Texts that come in: once each, read as what they were sent for, answered at most once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import replace
from functools import partial
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from fieldwork import inspections, waves
from fieldwork.database import Database, Session
from fieldwork.entry import answer_json, cases, visits
from fieldwork.faults import Busy
from fieldwork.models.concerns import Concern, Notice
from fieldwork.models.contacts import Contact, SuppressedNumber
from fieldwork.models.interviews import Case, Draft, DraftAnswer, Visit
from fieldwork.models.texts import Conversation, InboundText, OutboundText, StrangerCount, TextReading
from fieldwork.numbers import contacts
from fieldwork.numbers.suppression import is_suppressed
from fieldwork.returns import responses
from fieldwork.safeguarding import notices
from fieldwork.sealing import Vault
from fieldwork.texting import text_plans
from modes.sms import conversing
from modes.sms.conversing import Inbound
from modes.sms.going_on import MOST_REPLIES_A_DAY, Links
from modes.sms.replies import Reading, understand
from modes.sms.texts import texts
from surveys.answers import Chosen, NoAnswer, Silence, Verbatim
from surveys.loading import definition
from tests.fieldwork.samples import an_inspection
from tests.fieldwork.statements import Stopped, Tripwire, counted
from tests.modes.sms.texting import KEYS, NUMBER, PUBLIC_URL, Exchange, Phone, open_exchange

LINKS = Links(PUBLIC_URL, b"p" * 32)
TEXTS = (InboundText, OutboundText)
EVERYTHING = (*TEXTS, Conversation, Contact, Concern, Notice, Draft, DraftAnswer, Visit, Case, SuppressedNumber)
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def receive(
    exchange: Exchange, body: str, number: str = NUMBER, database: Database | None = None, **more: object
) -> None:
    text = Inbound(f"SM{uuid4().hex}", number, body)
    conversing.receive(database or exchange.database, KEYS, replace(text, **more), exchange.clock(), LINKS)  # type: ignore[arg-type]


@pytest.fixture
def phone(exchange: Exchange) -> Phone:
    """Somebody who was invited."""
    phone = exchange.phone()
    phone.invited()
    return phone


@pytest.fixture
def asked(phone: Phone) -> Phone:
    """Somebody who was asked the second question."""
    phone.texts("yes")
    phone.texts("1")
    return phone


# --- Once ---


@pytest.mark.req("W6")
def test_one_text_brought_ten_times_at_once_is_one_answer_and_one_reply(exchange: Exchange, asked: Phone) -> None:
    same = Inbound("SM" + "7" * 32, NUMBER, "2")

    def bring(number: int) -> None:
        conversing.receive(processes[number % 3], KEYS, same, exchange.clock(), LINKS)

    url = exchange.database.url.render_as_string(hide_password=False)
    processes = [Database(url) for _ in range(3)]
    with ThreadPoolExecutor(10) as threads:
        list(threads.map(bring, range(10)))
    for each in processes:
        each.engine.dispose()
    exchange.carry()
    (reply,) = asked.arrived()
    assert reply.startswith("3 of 7")
    assert exchange.count(InboundText, InboundText.question_id == "chance_to_talk") == 1
    assert exchange.count(DraftAnswer) == 2


@only_sqlite
def test_word_lists_are_read_before_the_turn_at_writing(
    exchange: Exchange, asked: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that had just begun held the database for a second, and everybody waited."""
    for read in (conversing.make_ready, texts):
        read.cache_clear()
    happened: list[str] = []
    transaction = Database.transaction

    def in_turn(database: Database) -> AbstractContextManager[Session]:
        happened.append(f"turn, {texts.cache_info().currsize} list read")
        return transaction(database)

    def reading(text: str, **more: Any) -> Reading:
        happened.append("understood")
        return understand(text, **more)

    monkeypatch.setattr(Database, "transaction", in_turn)
    monkeypatch.setattr(conversing, "understand", reading)
    receive(exchange, "2")
    assert happened == ["understood", "turn, 1 list read", "understood"]


@pytest.mark.req("W6")
def test_different_texts_of_one_person_at_once_are_dealt_with_one_after_the_other(
    exchange: Exchange, asked: Phone
) -> None:
    url = exchange.database.url.render_as_string(hide_password=False)
    processes = [Database(url) for _ in range(4)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: receive(exchange, "2", database=processes[n % 4]), range(8)))
    for each in processes:
        each.engine.dispose()
    exchange.carry()
    assert len(asked.arrived()) == 1, "one answer; the others came before the next question was out"
    assert exchange.count(DraftAnswer) == 2
    assert exchange.count(InboundText) == 10


@pytest.mark.req("T3")
def test_whatever_goes_wrong_at_whatever_statement_nothing_is_kept_and_the_text_can_be_brought_again(
    exchange: Exchange, asked: Phone
) -> None:
    before = {table.__tablename__: exchange.count(table) for table in EVERYTHING}
    text = Inbound("SM" + "8" * 32, NUMBER, "no he is outside and i am scared")
    for place in range(200):
        with Tripwire(exchange.database.engine, place) as wire, suppress(Stopped):
            conversing.receive(exchange.database, KEYS, text, exchange.clock(), LINKS)
        if not wire.tripped:
            break
        assert {table.__tablename__: exchange.count(table) for table in EVERYTHING} == before
    assert place > 16
    assert exchange.count(Concern) == 1
    assert exchange.count(Notice) == 2
    with exchange.database.transaction() as work:
        assert len(notices.due_notices(work, exchange.clock())) == 2


@only_sqlite
def test_an_ordinary_answer_takes_few_statements(exchange: Exchange, asked: Phone) -> None:
    with counted(exchange.database.engine) as statements:
        receive(exchange, "2")
    told = [statement for statement in statements if not statement.startswith("PRAGMA")]
    assert len(told) <= 9, told


# --- Which question ---


BURST = ("1", "2", "he never rang", "SKIP")


@pytest.mark.req("W7")
@pytest.mark.parametrize("order", list(permutations(BURST)), ids=" then ".join)
@pytest.mark.parametrize("handed_over_after", [1, 2, 4])
def test_no_text_is_taken_for_the_answer_to_a_question_that_was_not_handed_over_when_it_came(
    exchange: Exchange, phone: Phone, order: tuple[str, ...], handed_over_after: int
) -> None:
    phone.texts("yes")
    for place, words in enumerate(order, start=1):
        exchange.clock.on(seconds=2)
        seen = {each.question_id for each in phone.outbound() if each.posted_second is not None}
        known = {each.id for each in exchange.rows(InboundText)}
        receive(exchange, words)
        (text,) = [each for each in exchange.rows(InboundText) if each.id not in known]
        if text.question_id is not None:
            assert text.question_id in seen
        if place % handed_over_after == 0:
            exchange.carry()
    replies = [each for each in phone.outbound() if each.kind == "question" and each.posted_second]
    assert len({each.question_id for each in replies}) == len(replies), "no question is asked twice"


@pytest.mark.req("W7")
def test_a_text_that_was_sent_before_the_question_came_belongs_to_the_one_before(
    exchange: Exchange, asked: Phone
) -> None:
    """It was brought late, as by a look through the provider's list."""
    sent = exchange.clock()
    exchange.clock.on(seconds=5)
    asked.texts("2")
    exchange.clock.on(seconds=10)
    receive(exchange, "1", sent=sent)
    assert draft(exchange) == {"explained_offer": Chosen(("yes",)), "chance_to_talk": Chosen(("yes",))}


@pytest.mark.req("W7")
def test_words_of_ones_own_go_on_in_a_second_text(exchange: Exchange, phone: Phone) -> None:
    for words in ("yes", "1", "1", "1", "1", "1", "1"):
        phone.texts(words)
    receive(exchange, "I never heard from them")
    assert exchange.answers()["anything_else"] == Verbatim("I never heard from them")


def test_a_correction_that_changes_the_route_changes_the_question_that_waits(database_url: str) -> None:
    with closing(open_exchange(database_url, definition("victims"))) as exchange:
        phone = exchange.phone()
        phone.invited()
        for words in ("yes", "1", "1", "1", "1", "1", "3"):
            phone.texts(words)
        receive(exchange, "1")
        receive(exchange, "8")
        exchange.carry()
        (reply,) = phone.arrived()
        assert "How was the person dealt with?" in reply, "none was needed, so how it helped is not asked"


def test_a_question_that_will_not_arrive_is_asked_again_when_they_text(exchange: Exchange, asked: Phone) -> None:
    with exchange.database.transaction() as work:
        mine = OutboundText.question_id == "chance_to_talk"
        work.execute(update(OutboundText).where(mine).values(state="undelivered"))
    (reply,) = asked.texts("2")
    assert reply.startswith("2 of 7")
    assert draft(exchange) == {"explained_offer": Chosen(("no",))}, "a bare answer within a minute corrects the last"


def test_an_unreachable_number_that_texts_is_reachable(exchange: Exchange, asked: Phone) -> None:
    with exchange.database.transaction() as work:
        work.execute(update(Conversation).values(state="unreachable"))
    (reply,) = asked.texts("2")
    assert reply.startswith("3 of 7")
    assert asked.state == "asking"


def draft(exchange: Exchange) -> dict[str, object]:
    return {each.question_id: answer_json.read(each.answer) for each in exchange.rows(DraftAnswer)}


# --- How many ---


@pytest.mark.req("W13")
def test_a_machine_that_answers_every_text_for_an_hour_gets_twenty_at_most(exchange: Exchange, phone: Phone) -> None:
    echoed = exchange.provider.sent_to(NUMBER)[-1]
    replies = 0
    for _ in range(360):
        exchange.clock.on(seconds=10)
        came = phone.texts(echoed)
        assert len(came) <= 1
        replies += len(came)
        echoed = came[-1] if came else echoed
    assert replies <= MOST_REPLIES_A_DAY


@pytest.mark.req("W13")
def test_twenty_replies_a_day_and_the_next_day_it_goes_on(database_url: str) -> None:
    with closing(open_exchange(database_url, definition("victims"))) as exchange:
        exchange.clock.moment = exchange.clock.moment.replace(hour=9)
        phone = exchange.phone()
        phone.invited()
        replies = sum(len(phone.texts(words)) for words in ("yes", *["1"] * 30))
        assert replies == MOST_REPLIES_A_DAY
        exchange.clock.on(days=1)
        assert len(phone.texts("hello")) == 1


@pytest.mark.req("W13")
def test_no_text_has_more_than_one_reply(exchange: Exchange, asked: Phone) -> None:
    for words in ("what", "hm", "2", "LINK", "hello", "3"):
        assert len(asked.texts(words)) <= 1
    causes = [each.cause_id for each in asked.outbound() if each.cause_id]
    assert len(causes) == len(set(causes))


# --- Strangers ---


@pytest.mark.req("W14")
def test_of_a_stranger_only_a_count_is_kept_and_nothing_is_replied(exchange: Exchange) -> None:
    exchange.phone()
    before = {table.__tablename__: exchange.count(table) for table in EVERYTHING}
    for words in ("hello", "yes", "he hits me", "HELP", "1"):
        receive(exchange, words, number="+447700900555")
    assert {table.__tablename__: exchange.count(table) for table in EVERYTHING} == before
    assert [each.count for each in exchange.rows(StrangerCount)] == [5]


@pytest.mark.req("W14")
@pytest.mark.parametrize("words", ["STOP", "stop texting me please", "stopio"])
def test_the_stop_of_a_stranger_counts(words: str, exchange: Exchange) -> None:
    receive(exchange, words, number="+447700900555")
    with exchange.database.reading() as work:
        assert is_suppressed(work, "+447700900555", KEYS)
    assert exchange.count(InboundText) == 0


# --- Stop ---


@pytest.mark.req("M8")
def test_after_a_stop_nothing_that_waits_goes_out_in_any_inspection(exchange: Exchange, asked: Phone) -> None:
    with exchange.database.transaction() as work:
        other = waves.open_wave(work, inspections.create(work, an_inspection("york-2011")), definition("victims-text"))
        text_plans.start(work, other, 1_000_000, exchange.clock().date())
    exchange.phone(wave=other, state="waiting")
    receive(exchange, "2")
    receive(exchange, "leave me alone")
    assert exchange.count(OutboundText, OutboundText.state.in_(("waiting", "claimed", "held"))) == 0
    exchange.carry()
    assert asked.arrived() == []
    with exchange.database.reading() as work:
        assert set(work.scalars(select(Conversation.state))) == {"broken_off", "refused"}
        assert is_suppressed(work, NUMBER, KEYS)


@pytest.mark.req("M7")
@pytest.mark.parametrize(
    ("words", "opt_out"),
    [("STOP", "STOP"), ("END", "STOP"), ("stop.", None), ("Stop please", None), ("STOPIO", None), ("dim mwy", None)],
)
def test_every_way_to_say_stop_ends_it_half_way_and_deletes_the_answers(
    words: str, opt_out: str | None, exchange: Exchange, asked: Phone
) -> None:
    assert asked.texts(words, opt_out=opt_out) == []
    assert asked.state == "broken_off"
    for table in (Draft, DraftAnswer, Visit, Case, TextReading):
        assert exchange.count(table) == 0
    assert [each.body for each in exchange.rows(InboundText)] == [None] * 3
    assert {each.body for each in exchange.rows(OutboundText)} == {None}


@pytest.mark.req("M8")
def test_a_stop_while_a_text_is_being_handed_over_lets_no_other_out(exchange: Exchange, asked: Phone) -> None:
    receive(exchange, "2")
    exchange.provider.while_waiting = lambda: receive(exchange, "STOP")
    exchange.carry()
    exchange.provider.while_waiting = lambda: None
    receive(exchange, "3")
    exchange.carry()
    assert len(asked.arrived()) <= 1, "the one that was at the provider's door already"
    assert asked.state == "broken_off"


# --- A person has to look ---


@pytest.mark.req("T8")
@pytest.mark.parametrize(
    ("age", "language", "says"),
    [
        ("adult", "en", "Samaritans 116 123"),
        ("child", "en", "Childline"),
        ("adult", "cy", "Samariaid"),
        ("child", "cy", "Meic"),
    ],
)
def test_the_helping_text_goes_at_once_by_age_and_language(
    age: str, language: str, says: str, exchange: Exchange
) -> None:
    phone = exchange.phone(age=age, language=language)  # type: ignore[arg-type]
    phone.invited()
    (reply,) = phone.texts("he hits me")
    assert says in reply
    assert "999" in reply


@pytest.mark.req("T8")
def test_it_goes_once_a_day(exchange: Exchange, asked: Phone) -> None:
    came = 0
    for _ in range(50):
        came += len(asked.texts("he hits me"))
        exchange.clock.on(hours=1)
    assert came == 3
    assert exchange.count(Concern) == 50


@pytest.mark.req("T8")
def test_who_asked_us_to_stop_gets_no_text_and_a_person_is_told_at_once(exchange: Exchange, asked: Phone) -> None:
    asked.stops()
    assert asked.texts("he hits me") == []
    assert [each.contact_id for each in exchange.concerns()] == [asked.talk.contact_id]


@pytest.mark.req("T3")
def test_the_words_and_the_way_to_reach_them_stay_until_a_person_has_seen_to_it(
    exchange: Exchange, asked: Phone
) -> None:
    asked.texts("STOP he is outside")
    (concern,) = exchange.concerns()
    with exchange.database.reading() as work:
        vault = Vault(work, KEYS, exchange.wave.inspection_id)
        assert vault.open(concern.words or "", f"concerns:{concern.id}:words") == "STOP he is outside"
        contact = work.get_one(Contact, concern.contact_id)
        assert contacts.number_of(work, KEYS, contact) == NUMBER


def test_a_call_for_help_in_the_last_answer_ends_the_questions_and_the_help_goes_in_the_place_of_thanks(
    exchange: Exchange, phone: Phone
) -> None:
    for words in ("yes", "1", "1", "1", "1", "1", "1"):
        phone.texts(words)
    (reply,) = phone.texts("I want to kill myself")
    assert reply.startswith("Thank you for telling us")
    assert phone.state == "finished"
    assert exchange.answers()["anything_else"] == Verbatim("I want to kill myself")
    assert [each.kind for each in exchange.concerns()] == ["words"]


# --- What may be in a text ---


FAMILY = "\N{WOMAN}\u200d\N{WOMAN}\u200d\N{GIRL}\u200d\N{BOY}"
NASTY = [
    *("", " ", "\u200b", "\0", "1\0", "\x00" * 50, "\ud83d", "1\ud83d", "\u202e2\u202c", "٢", "👍", FAMILY * 30),
    *("ŵ" * 1_600, "x" * 1_600, "x" * 5_000, "\r\n\r\n", "1\r\n", "{service}", "%s %d", "\u2028", "a\u0301" * 500),
    *("'; DROP TABLE conversations; --", "<script>", "=1+1"),
]


@pytest.mark.req("W12")
@pytest.mark.parametrize("words", NASTY, ids=lambda words: f"{ascii(words)[:16]} {len(words)}")
def test_whatever_letters_come_the_text_is_kept_and_answered_at_most_once(
    words: str, exchange: Exchange, asked: Phone
) -> None:
    receive(exchange, words)
    exchange.carry()
    assert len(asked.arrived()) <= 1
    assert exchange.count(InboundText) == 3


@pytest.mark.req("W12")
@only_sqlite
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_at_all_can_come(exchange: Exchange, words: str) -> None:
    if exchange.count(Conversation) == 0:
        exchange.phone().invited()
    exchange.clock.on(days=1)
    receive(exchange, words)
    assert exchange.count(Conversation) == 1


@pytest.mark.req("W12")
def test_words_survive_to_the_response_but_for_what_is_no_letter(exchange: Exchange, phone: Phone) -> None:
    for words in ("yes", "1", "1", "1", "1", "1", "1"):
        phone.texts(words)
    receive(exchange, "Diolch ŵ \N{GRINNING FACE} \u202eabc \0 x\ud83d")
    said = exchange.answers()["anything_else"]
    assert said == Verbatim("Diolch ŵ \N{GRINNING FACE} abc  x\N{REPLACEMENT CHARACTER}")


@pytest.mark.req("W12")
def test_no_picture_is_ever_fetched(exchange: Exchange, asked: Phone) -> None:
    """Tests that reach beyond this machine fail at the place that tries; and the address of the picture is not kept."""
    fields = {"NumMedia": "1", "MediaUrl0": "https://api.twilio.com/evil.jpg", "MediaContentType0": "image/jpeg"}
    asked.delivered("")
    asked.last = {**asked.last, **fields, "MessageSid": f"SM{uuid4().hex}"}
    assert asked.again().status_code == 200
    exchange.carry()
    assert "picture" in asked.arrived()[-1]


# --- The end ---


def test_the_response_says_that_it_came_by_text_and_in_which_language(exchange: Exchange) -> None:
    phone = exchange.phone(language=None)
    phone.invited()
    for words in ("Cymraeg", "1", "hepgor", "1", "1", "1", "1", "dim"):
        phone.texts(words)
    (response,) = exchange.responses()
    assert (response.mode, response.language) == ("sms", "cy")
    assert response.answers["chance_to_talk"] == NoAnswer(Silence.SKIPPED)
    for table in (Draft, DraftAnswer, Case):
        assert exchange.count(table) == 0


def test_whoever_is_thanked_has_a_response(exchange: Exchange, phone: Phone) -> None:
    for words in ("yes", "1", "1", "1", "1", "1", "1"):
        phone.texts(words)
    with Tripwire(exchange.database.engine, 20) as wire, pytest.raises(Stopped):
        receive(exchange, "no")
    assert wire.tripped
    exchange.carry()
    assert phone.arrived() == []
    assert exchange.responses() == []
    (thanks,) = phone.texts("no")
    assert thanks.startswith("Thank you. That is the end.")


def test_sent_on_the_web_while_a_text_comes_in_there_is_one_response_and_the_answer_is_in_it_or_not_taken(
    exchange: Exchange,
) -> None:
    for number in range(6):
        phone = exchange.phone(f"+44770090{number:04d}")
        phone.invited()
        phone.texts("yes")
        (link,) = phone.texts("LINK")
        with exchange.database.transaction() as work:
            case = cases.case_of(work, link.split("/l/")[1].split("\n")[0], LINKS.pepper)
            assert case
            token = visits.begin(work, case, exchange.clock())
        with exchange.database.glance() as glance:
            visit = visits.visit_of(glance, token, exchange.clock())
        assert visit

        def send(at_the_web: visits.VisitNow = visit) -> None:
            with exchange.database.transaction() as work:
                responses.send(work, at_the_web, "en", exchange.clock(), keys=KEYS)

        with ThreadPoolExecutor(2) as threads:
            sent = threads.submit(trying_again, send)
            came = threads.submit(trying_again, partial(receive, exchange, "2", phone.number))
            sent.result(), came.result()
        assert phone.state == "finished"
    assert len(exchange.responses()) == 6
    taken = exchange.count(InboundText, InboundText.rung.in_(("answer", "over")))
    assert taken >= sum(each.answers["explained_offer"] == Chosen(("no",)) for each in exchange.responses())
    assert exchange.count(Draft) == 0


def trying_again(do: Callable[[], None]) -> None:
    """Do it, and again where the database was busy: so do people, and so does the provider."""
    for _ in range(10):
        try:
            return do()
        except Busy:
            continue
    raise AssertionError("busy ten times")
