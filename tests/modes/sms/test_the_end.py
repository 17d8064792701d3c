"""What is left when a conversation is over: a response that leads to nobody, and a person to whom no answer leads."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from fieldwork.entry import cases, unsent, visits
from fieldwork.faults import NotFound, Refused
from fieldwork.keeping import closing, retention
from fieldwork.models.base import Base
from fieldwork.models.concerns import Concern
from fieldwork.models.contacts import Contact
from fieldwork.models.inspections import Inspection, Wave
from fieldwork.models.interviews import Case, Draft, DraftAnswer, Visit
from fieldwork.models.texts import Conversation, InboundText, OutboundText, TextReading
from fieldwork.returns import responses
from fieldwork.texting import conversations, corrections
from modes.sms import conversing
from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.loading import definition
from tests.modes.sms.test_conversing import LINKS, receive
from tests.modes.sms.texting import KEYS, Exchange, Phone, open_exchange

TODAY = date(2026, 11, 21)
ANSWERS = ("1", "1", "1", "1", "1", "1")


def talk_to_the_end(exchange: Exchange, number: int, *answers: str, ends: str = "no") -> Phone:
    phone = exchange.phone(f"+44770090{number:04d}")
    phone.invited()
    for words in ("yes", *answers, ends):
        phone.texts(words)
        exchange.clock.on(minutes=1)
    assert phone.state == "finished"
    return phone


# --- Nobody can find out ---


@pytest.mark.req("P1")
def test_of_a_conversation_that_is_over_no_text_says_whose_it_was_or_what_was_asked(exchange: Exchange) -> None:
    talk_to_the_end(exchange, 1, "1", "what", "2", "3", "SKIP", "1", "LINK", "2", ends="They were kind.")
    for came in exchange.rows(InboundText):
        assert (came.conversation_id, came.body, came.question_id, came.read_as) == (None, None, None, None)
        assert came.received_second % 86_400 == 0
        assert came.rung == "over"
    of_theirs = [each for each in exchange.rows(OutboundText) if each.conversation_id is not None]
    assert [each.kind for each in of_theirs] == ["thanks"]
    for sent in exchange.rows(OutboundText):
        assert (sent.question_id, sent.body is None) == (None, sent.kind != "thanks")


@pytest.mark.req("P1")
def test_after_the_end_the_same_is_kept_of_everybody_whatever_they_answered(database_url: str) -> None:
    """Their questions differed in number, some were asked again, one answered on: the rows that lead to them do not."""
    with contextlib.closing(open_exchange(database_url, definition("text-2019-parents"))) as exchange:
        talk_to_the_end(exchange, 1, "8", "1", "1", "Good people.", ends="1")
        talk_to_the_end(exchange, 2, "eh", "what", "hm", "SKIP", "5", "SKIP", "LINK", ends="2")
        assert len(exchange.responses()) == 2
        kept = [shape_of(exchange, talk) for talk in exchange.rows(Conversation)]
    assert kept[0] == kept[1]


def shape_of(exchange: Exchange, talk: Conversation) -> list[tuple[Any, ...]]:
    """Every row that leads to this conversation or its contact, without keys, seals and the time of the last text."""
    keys = {talk.id, talk.contact_id}
    hidden = {"number", "number_index", "body", "attempt", "provider_name", "mark"}
    shape = []
    with exchange.database.reading() as work:
        for table in Base.metadata.sorted_tables:
            columns = [each for each in table.columns if not each.primary_key and each.name not in hidden]
            for row in work.execute(select(table)).mappings():
                values = {
                    name: value for name, value in row.items() if value in keys or name in {c.name for c in columns}
                }
                if keys & {value for value in values.values() if isinstance(value, UUID)}:
                    plain = {n: v for n, v in values.items() if not isinstance(v, UUID) and not n.endswith("_second")}
                    shape.append((table.name, *sorted(plain.items())))
    return sorted(shape, key=repr)


@pytest.mark.req("P1")
def test_no_table_joins_a_contact_to_a_response(exchange: Exchange) -> None:
    """Follow every key of every row from the contact, both ways: no response is ever reached."""
    talk_to_the_end(exchange, 1, "1", "2 because of the hours", "yes", "1", "1", "1", ends="They were kind.")
    talk_to_the_end(exchange, 2, *ANSWERS)
    with exchange.database.reading() as work:
        (contact, _) = work.scalars(select(Contact.id)).all()
        assert len(set(work.scalars(select(TextReading.response_id)))) >= 1
        assert not {"responses", "answers", "verbatims", "text_readings"} & reached_from(work, contact)


ON_THE_WAY = {"waves", "inspections", "text_plans", "data_keys"}  # of all of a wave alike


def reached_from(work: Session, contact: UUID) -> set[str]:
    """The tables with a row that can be reached from the contact by equal values of any columns."""
    reached, known, fresh = {"contacts"}, {contact.hex}, {contact.hex}
    rows = [
        (table.name, {as_key(value) for value in row} - {None})
        for table in Base.metadata.sorted_tables
        if table.name not in ON_THE_WAY
        for row in work.execute(select(table))
    ]
    shared = {as_key(each) for model in (Wave, Inspection) for each in work.scalars(select(model.id))}
    while fresh:
        touched = [(name, keys) for name, keys in rows if keys & fresh]
        reached |= {name for name, _ in touched}
        fresh = {key for _, keys in touched for key in keys if key} - known - shared
        known |= fresh
    return reached


def as_key(value: Any) -> str | None:
    """The value, if it is long enough to be a key or a secret."""
    written = value.hex if isinstance(value, UUID) else str(value).replace("-", "")
    return written if len(written) >= 20 else None


@pytest.mark.req("P1")
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_keeps_no_transaction_number_that_pairs_a_conversation_with_a_response(exchange: Exchange) -> None:
    for number in range(4):
        talk_to_the_end(exchange, number, *ANSWERS, ends="he hits me")
    tables = ("conversations", "inbound_texts", "outbound_texts", "concerns", "visits")
    of_responses = transactions(exchange, "responses")
    assert all(transactions(exchange, table) & of_responses for table in tables), "they are paired before"
    exchange.database.tidy()
    of_responses = transactions(exchange, "responses")
    assert not any(transactions(exchange, table) & of_responses for table in tables)


def transactions(exchange: Exchange, table: str) -> set[str]:
    with exchange.database.reading() as work:
        return {str(each) for each in work.scalars(text(f"SELECT xmin FROM {table}"))}  # noqa: S608 - names above


@pytest.mark.req("P1")
def test_what_was_still_on_its_way_at_the_end_is_cut_a_day_later(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    for words in ("yes", *ANSWERS):
        phone.texts(words)
    with exchange.database.transaction() as work:
        last = work.scalars(select(OutboundText).where(OutboundText.question_id == "anything_else")).one()
        last.state = "unsure"
    phone.texts("no")
    assert sorted(each.kind for each in phone.outbound()) == ["question", "thanks"]
    exchange.clock.on(days=2)
    with exchange.database.transaction() as work:
        retention.forget_unsent(work, exchange.clock())
    assert [each.kind for each in phone.outbound()] == ["thanks"]
    assert phone.texts("hello") != []
    exchange.clock.on(days=2)
    with exchange.database.transaction() as work:
        retention.forget_unsent(work, exchange.clock())
    assert phone.texts("hello") == [], "thanked once"


# --- What is kept with the response ---


def test_words_beside_an_answer_are_kept_with_the_response_and_bare_answers_are_not(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    receive(exchange, "yes")
    exchange.carry()
    for words in ("1", "it was raining", "2 but it was late", "3", "yeah", "SKIP", "1"):
        phone.texts(words)
        exchange.clock.on(minutes=2)
    receive(exchange, "They were kind.")
    readings = {each.text: each.read_as for each in exchange.rows(TextReading)}
    assert readings == {
        "it was raining": None,
        "2 but it was late": '{"codes":["no"]}',
        "yeah": '{"codes":["yes"]}',
    }, "neither bare numbers, nor a skip, nor words that are the answer themselves"


def test_words_of_texts_are_kept_when_it_is_sent_on_the_web(exchange: Exchange) -> None:
    phone = exchange.phone()
    phone.invited()
    for words in ("yes", "it was raining", "1"):
        phone.texts(words)
    with on_the_web(exchange, phone) as visit, exchange.database.transaction() as work:
        responses.send(work, visit, "en", exchange.clock(), keys=KEYS)
    assert [each.text for each in exchange.rows(TextReading)] == ["it was raining"]
    assert (phone.state, phone.talk.visit_id) == ("finished", None)
    exchange.database.tidy()


@contextmanager
def on_the_web(exchange: Exchange, phone: Phone) -> Iterator[Any]:
    (link,) = phone.texts("LINK")
    with exchange.database.transaction() as work:
        case = cases.case_of(work, link.split("/l/")[1].split("\n")[0], LINKS.pepper)
        assert case
        token = visits.begin(work, case, exchange.clock())
    with exchange.database.glance() as glance:
        yield visits.visit_of(glance, token, exchange.clock())


# --- A person puts right what a machine read ---


def correct(exchange: Exchange, text_id: UUID, answer: Answer) -> None:
    with exchange.database.transaction() as work:
        corrections.correct(work, text_id, answer, "A. Reader", TODAY)


def to_read(exchange: Exchange) -> list[corrections.ToRead]:
    with exchange.database.reading() as work:
        return corrections.to_read(work, work.get_one(Wave, exchange.wave.id), KEYS)


@pytest.fixture
def phone(exchange: Exchange) -> Phone:
    phone = exchange.phone()
    phone.invited()
    for words in ("yes", "it was raining", "i said it was raining", "raining!"):
        phone.texts(words)
    return phone


def test_a_person_corrects_an_answer_while_the_conversation_goes_on(exchange: Exchange, phone: Phone) -> None:
    (parked,) = [each for each in to_read(exchange) if each.rung == "parked"]
    assert (parked.question_id, parked.words) == ("explained_offer", "raining!")
    assert parked.read_as == NoAnswer(Silence.NOT_UNDERSTOOD)
    correct(exchange, parked.id, Chosen(("no",)))
    (parked,) = [each for each in to_read(exchange) if each.rung == "parked"]
    assert (parked.words, parked.read_as) == ("raining!", NoAnswer(Silence.NOT_UNDERSTOOD)), "both readings stay"
    assert (parked.corrected_as, parked.corrected_by, parked.corrected_day) == (Chosen(("no",)), "A. Reader", TODAY)
    for words in ("1", "1", "1", "1", "1", "no"):
        phone.texts(words)
    assert exchange.answers()["explained_offer"] == Chosen(("no",))
    (kept,) = [each for each in to_read(exchange) if each.words == "raining!"]
    assert (kept.corrected_as, kept.corrected_by) == (Chosen(("no",)), "A. Reader")


@pytest.mark.parametrize("question", ["explained_offer", "anything_else"])
def test_a_person_corrects_an_answer_of_a_response(question: str, exchange: Exchange, phone: Phone) -> None:
    for words in ("1", "1", "1", "1", "1", "no"):
        phone.texts(words)
    kept = next(each for each in to_read(exchange) if each.question_id == "explained_offer")
    if question == "anything_else":
        with exchange.database.transaction() as work:
            work.get_one(TextReading, kept.id).question_id = question
    fits: Answer = Chosen(("not_sure",)) if question == "explained_offer" else Verbatim("Nothing.")
    correct(exchange, kept.id, fits)
    assert exchange.answers()[question] == fits
    correct(exchange, kept.id, NoAnswer(Silence.NOT_UNDERSTOOD))
    assert exchange.answers()[question] == NoAnswer(Silence.NOT_UNDERSTOOD)


@pytest.mark.parametrize("answer", [Chosen(("maybe",)), Chosen(("yes", "no")), Number(1), Verbatim("yes"), Chosen(())])
def test_an_answer_that_the_question_does_not_take_is_refused(answer: Answer, exchange: Exchange, phone: Phone) -> None:
    (parked,) = [each for each in to_read(exchange) if each.rung == "parked"]
    with pytest.raises(Refused, match="takes no such answer"):
        correct(exchange, parked.id, answer)


def test_what_is_not_there_or_about_no_question_cannot_be_corrected(exchange: Exchange, phone: Phone) -> None:
    yes = next(each for each in exchange.rows(InboundText) if each.rung == "agreed")
    for text_id in (yes.id, exchange.wave.id):
        with pytest.raises(NotFound, match="flask texts to-read"):
            correct(exchange, text_id, Chosen(("yes",)))


# --- The wave closes ---


def close(exchange: Exchange) -> None:
    with exchange.database.transaction() as work:
        closing.close_wave(work, work.get_one(Wave, exchange.wave.id), keys=KEYS)


def test_half_way_answers_count_where_the_wave_says_so(database_url: str) -> None:
    with contextlib.closing(open_exchange(database_url, definition("victims-text"), partial_counts=True)) as exchange:
        phones = [exchange.phone(f"+44770090{number:04d}") for number in range(4)]
        for phone in phones[:3]:
            phone.invited()
            phone.texts("yes")
        phones[0].texts("2 but it was raining")
        phones[0].texts("hm")
        phones[0].texts("2")
        phones[1].texts("SKIP")
        close(exchange)
        (response,) = exchange.responses()
        assert response.answers["explained_offer"] == Chosen(("no",))
        assert response.answers["satisfied"] == NoAnswer(Silence.NOT_REACHED)
        assert (response.mode, response.month) == ("sms", f"{exchange.clock():%Y-%m}")
        with exchange.database.reading() as work:
            counted = conversations.dispositions(work, exchange.wave)
        assert counted == {"partial": 1, "closed": 3}
        for table in (Draft, DraftAnswer, Case):
            assert exchange.count(table) == 0
        assert exchange.count(TextReading) >= 1
        assert {each.body for each in exchange.rows(InboundText)} == {None}


def test_half_way_answers_are_deleted_where_it_does_not(exchange: Exchange, phone: Phone) -> None:
    phone.texts("1")
    close(exchange)
    assert exchange.responses() == []
    assert phone.state == "closed"
    for table in (Draft, DraftAnswer, TextReading):
        assert exchange.count(table) == 0


def test_dispositions_count_everybody_once(exchange: Exchange) -> None:
    talk_to_the_end(exchange, 1, *ANSWERS)
    for number, words in ((2, "no thanks"), (3, "wrong number"), (4, "yes"), (5, "STOP")):
        phone = exchange.phone(f"+44770090{number:04d}")
        phone.invited()
        phone.texts(words)
    exchange.phone("+447700900006")
    with exchange.database.reading() as work:
        counted = conversations.dispositions(work, exchange.wave)
    assert counted == {"finished": 1, "refused": 2, "wrong_person": 1, "asking": 1, "waiting": 1}


# --- What is kept for how long ---


def forget(exchange: Exchange) -> retention.Forgotten:
    with exchange.database.transaction() as work:
        return retention.forget_unsent(work, exchange.clock())


def test_whoever_answers_by_text_may_come_back_after_weeks(exchange: Exchange, phone: Phone) -> None:
    exchange.clock.on(days=30)
    assert forget(exchange).drafts == 0
    assert phone.texts("1")[0].startswith("3 of 7")
    phone.stops()
    assert exchange.count(Draft) == 0


def test_a_link_that_is_made_void_takes_the_answers_but_not_the_conversation(exchange: Exchange, phone: Phone) -> None:
    with on_the_web(exchange, phone), exchange.database.transaction() as work:
        unsent.forget_drafts(work, Draft.wave_id == exchange.wave.id)
    assert phone.talk.visit_id is None
    (reply,) = phone.texts("yes")
    assert reply.startswith("1 of 7")


@pytest.mark.req("W15")
def test_a_number_that_reached_somebody_else_is_erased_when_they_have_been_told(
    exchange: Exchange, phone: Phone
) -> None:
    receive(exchange, "who is this", number=phone.number)
    forget(exchange)
    assert exchange.count(Contact) == 1, "the line that we are sorry still waits"
    exchange.carry()
    assert len(phone.arrived()) == 1
    assert forget(exchange).contacts == 1
    assert exchange.count(Contact) == 0
    assert phone.state == "wrong_person"


@pytest.mark.req("W15")
def test_it_stays_while_a_person_has_to_reach_them(exchange: Exchange, phone: Phone) -> None:
    phone.texts("wrong number. he will kill me")
    assert exchange.count(Concern) == 1
    forget(exchange)
    assert exchange.count(Contact) == 1


def test_marks_of_texts_outlive_everything_but_in_the_end_go_too(exchange: Exchange) -> None:
    talk_to_the_end(exchange, 1, *ANSWERS)
    exchange.clock.on(days=400)
    forget(exchange)
    assert exchange.count(InboundText) == 8
    assert {each.kind for each in exchange.rows(OutboundText)} == {"thanks"}
    exchange.clock.on(days=400)
    forget(exchange)
    assert exchange.count(InboundText) == 0


def test_a_person_lets_a_conversation_go_on_once(exchange: Exchange, phone: Phone) -> None:
    phone.texts("he hits me")
    assert phone.state == "paused"
    for _ in range(2):
        try:
            conversing.resume(exchange.database, KEYS, phone.conversation_id, exchange.clock(), LINKS)
        except Refused as refused:
            assert "is not paused" in str(refused)
    exchange.carry()
    assert [each[:6] for each in phone.arrived()] == ["2 of 7"]


def test_the_tables_hold_together_after_everything(exchange: Exchange, phone: Phone) -> None:
    talk_to_the_end(exchange, 1, *ANSWERS)
    close(exchange)
    exchange.database.tidy()
    exchange.clock.on(days=40)
    forget(exchange)
    assert exchange.count(Contact) == 0
    assert exchange.count(Visit) == 0
    with exchange.database.reading() as work:
        assert inspect(work.connection()).has_table("conversations")
        if work.get_bind().dialect.name == "sqlite":
            assert work.execute(text("PRAGMA foreign_key_check")).all() == []
