"""Comments that worry: kept with the Send that brings them or not at all, and leading to nobody."""

from itertools import count

import pytest
from sqlalchemy import select, text

from fieldwork.database import Database
from fieldwork.faults import Refused
from fieldwork.keeping import erasure
from fieldwork.models.base import Base
from fieldwork.models.concerns import CommentConcern, Matter, Notice
from fieldwork.models.contacts import DataKey
from fieldwork.office.audit import entries
from fieldwork.returns import responses
from fieldwork.safeguarding import concern_steps, concerns
from fieldwork.sealing import Keys, rotate
from surveys.answers import Verbatim
from surveys.interview import Mode, Response
from tests.fieldwork.concerned import WORDS, acknowledge, listed, opened, raise_comment, step
from tests.fieldwork.returns.test_sending import state_of
from tests.fieldwork.samples import NOW, Office
from tests.fieldwork.statements import Stopped, Tripwire
from tests.fieldwork.texted import AFTER, BEFORE, KEYS, close
from tests.fieldwork.texted import count as rows_in

WORRYING = Verbatim(WORDS, may_quote=False)
ORDINARY = Verbatim("They were kind and listened to me.", may_quote=True)
OURS = ("matters", "comment_concerns", "concern_notices")


def answered(office: Office, comment: Verbatim = WORRYING) -> str:
    token = office.enter(office.code())
    office.keep(token, "comment", comment)
    return token


def send(office: Office, token: str, mode: Mode = "web", keys: Keys | None = BEFORE) -> None:
    visit = office.at(token)
    with office.database.transaction() as session:
        responses.send(session, visit, "en", NOW, mode=mode, keys=keys)


@pytest.mark.req("T3")
@pytest.mark.parametrize("mode", ["web", "kiosk"])
def test_a_comment_with_words_that_worry_becomes_a_concern_when_it_is_sent(office: Office, mode: Mode) -> None:
    send(office, answered(office), mode)
    (waiting,) = listed(office)
    assert (waiting.kind, waiting.state, waiting.by_reader) == ("comment", "new", False)
    shown = opened(office, waiting.id)
    assert (shown.words, shown.number, shown.way_to_reach) == (WORDS, None, "")
    assert [(each.person, each.when) for each in shown.told] == [("first", None), ("second", None)]


def test_an_ordinary_comment_raises_nothing(office: Office) -> None:
    send(office, answered(office, ORDINARY))
    assert listed(office) == []


def test_what_came_by_text_was_looked_at_when_it_came(office: Office) -> None:
    send(office, answered(office), "sms")
    assert listed(office) == []


def test_several_comments_that_worry_are_one_concern(office: Office) -> None:
    with office.database.transaction() as session:
        said = [WORRYING, ORDINARY, Verbatim("I want to die", may_quote=False)]
        key = concerns.raise_from_answers(session, office.wave.id, said, BEFORE, NOW)
    assert key
    assert opened(office, key).words == f"{WORDS}\n\nI want to die"


@pytest.mark.req("T3", "R11")
def test_an_error_at_any_statement_of_a_send_with_a_concern_changes_nothing(office: Office) -> None:
    token = answered(office)
    visit, before = office.at(token), everything(office)
    for place in count():
        with Tripwire(office.database.engine, place) as wire:
            try:
                with office.database.transaction() as session:
                    responses.send(session, visit, "en", NOW, keys=BEFORE)
            except Stopped:
                pass
        if not wire.tripped:
            break
        assert everything(office) == before
    assert place > 24, "a send with a concern has at least twelve statements, each with a before and an after"
    assert office.count() == 1
    assert {table: rows_in(office.database, table) for table in OURS} == {
        "matters": 1,
        "comment_concerns": 1,
        "concern_notices": 2,
    }


def everything(office: Office) -> dict[str, int]:
    return state_of(office) | {table: rows_in(office.database, table) for table in OURS}


@pytest.mark.req("T3", "P1")
def test_nothing_leads_from_a_concern_to_a_response_or_to_who_sent_it() -> None:
    led_to = {"waves", "inspections", "matters", "staff_members"}
    for name in (*OURS, "concern_steps"):
        table = Base.metadata.tables[name]
        assert {key.column.table.name for key in table.foreign_keys} <= led_to
        assert not {"response_id", "visit_id", "draft_id", "case_id", "contact_id"} & set(table.columns.keys())
    assert set(Base.metadata.tables["comment_concerns"].columns.keys()) == {"id", "words", "list_version"}


@pytest.mark.req("P1")
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_keeps_no_transaction_number_that_pairs_a_concern_with_a_response(office: Office) -> None:
    for _ in range(3):
        send(office, answered(office))
    sent = transactions(office, "responses")
    assert transactions(office, "comment_concerns") == sent, "they are paired before"
    office.database.tidy()
    for table in OURS:
        assert not transactions(office, table) & transactions(office, "responses")


def transactions(office: Office, table: str) -> set[str]:
    with office.database.reading() as session:
        return {str(each) for each in session.scalars(text(f"SELECT xmin FROM {table}"))}  # noqa: S608 - names above


def test_the_words_are_sealed_and_bound_to_their_concern(office: Office) -> None:
    one, other = raise_comment(office), raise_comment(office, words="another")
    with office.database.transaction() as session:
        kept = session.get_one(CommentConcern, one).words
        assert kept
        assert "heulwen" not in kept
        session.get_one(CommentConcern, other).words = kept
    assert opened(office, other).words is None, "and it is listed all the same"
    assert len(listed(office)) == 2


def test_an_installation_without_keys_keeps_them_as_it_keeps_every_comment(office: Office) -> None:
    send(office, answered(office), keys=None)
    (waiting,) = listed(office)
    assert opened(office, waiting.id, keys=None).words == WORDS


def test_who_reads_a_comment_can_raise_it_and_is_named(office: Office) -> None:
    key = raise_comment(office, words="Something is not right at home.")
    (waiting,) = listed(office)
    assert (waiting.id, waiting.by_reader, waiting.wave) == (key, True, office.wave.name)
    (raised,) = opened(office, key).steps
    assert (raised.step, raised.who) == ("raised", "Ann Lead")
    with office.database.reading() as session:
        assert [each.act for each in entries(session)] == ["read_concern", "raised_concern"]


def test_no_words_raise_nothing(office: Office) -> None:
    with pytest.raises(Refused, match="no words"):
        raise_comment(office, words=" \u200b")


def test_the_data_key_stays_until_the_concern_is_closed(office: Office) -> None:
    key = raise_comment(office)
    close(office)
    with office.database.transaction() as session:
        assert erasure.destroy_idle_keys(session) == 0
    acknowledge(office, key)
    step(office, concern_steps.close, key, outcome="Called.")
    with office.database.transaction() as session:
        assert erasure.destroy_idle_keys(session) == 1
        assert session.scalar(select(DataKey.inspection_id)) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_response_from_elsewhere_raises_nothing_by_itself(office: Office) -> None:
    with office.database.transaction() as session:
        responses.add(session, office.wave, Response({"comment": WORRYING}, "paper", "en", "2026-11"))
    assert listed(office) == []


def test_the_words_stay_readable_while_the_contact_key_is_changed(office: Office) -> None:
    key = raise_comment(office)
    with office.database.transaction() as session:
        assert rotate(session, KEYS) == 1
    assert opened(office, key, keys=AFTER).words == WORDS


def unsent(database: Database) -> int:
    with database.reading() as session:
        return session.query(Notice).filter(Notice.sent_minute.is_(None)).count()


def test_each_kind_of_concern_is_told_of_by_the_same_rows(office: Office) -> None:
    raise_comment(office)
    assert unsent(office.database) == 2
    with office.database.reading() as session:
        assert session.scalars(select(Matter.kind)).one() == "comment"
