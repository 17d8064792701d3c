"""Every comment is read by a person, the worrying ones first; who read which is written down."""

from itertools import pairwise

import pytest
from sqlalchemy import delete, select, text, update

from fieldwork.faults import NotFound
from fieldwork.models.base import Base
from fieldwork.models.comments import Comment
from fieldwork.models.responses import StoredAnswer, StoredResponse, StoredVerbatim
from fieldwork.models.texts import TextReading
from fieldwork.office import audit
from fieldwork.reading import comments
from surveys.answers import Verbatim
from tests.fieldwork.commenting import ANNA, BEN, Desk
from tests.fieldwork.samples import EVERY_KIND, PEPPER, Office

MANY = "i am hungry and scared, he hits me and threatens to stab me"


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


@pytest.mark.req("T6")
def test_every_comment_of_every_mode_is_on_the_list(desk: Desk) -> None:
    for mode in ("web", "kiosk", "sms", "paper"):
        desk.respond(EVERY_KIND | {"comment": Verbatim(f"by {mode}")}, mode)
    response_id = desk.respond({})
    with desk.office.database.transaction() as session:
        session.add(TextReading(response_id=response_id, question_id="helped", text="2 he never rang back"))
    assert sorted(desk.texts()) == ["2 he never rang back", "by kiosk", "by paper", "by sms", "by web"]


@pytest.mark.req("T6")
def test_what_looks_worrying_comes_first_and_the_rest_is_there_all_the_same(desk: Desk) -> None:
    desk.receive("It was fine.", "I want to die", "They were late.", MANY, "Good.")
    assert desk.texts()[0] == "I want to die"
    assert desk.texts()[1] == MANY, "more topics, and a lesser one first"
    assert sorted(desk.texts()[2:]) == ["Good.", "It was fine.", "They were late."]
    assert [bool(each.topics) for each in desk.listed()] == [True, True, False, False, False]


@pytest.mark.req("T6")
def test_only_a_person_makes_a_comment_read(desk: Desk) -> None:
    desk.receive("I want to die", "It was fine.")
    assert {each.state for each in desk.listed()} == {"new"}
    assert desk.unread() == 2
    key = desk.listed()[0].key
    assert desk.read(key)
    assert not desk.read(key, BEN), "it was read by somebody before"
    assert desk.unread() == 1
    assert [each.state for each in desk.listed()] == ["new", "read"], "what is read goes to the end"


def test_the_next_to_read_is_the_first_that_nobody_has_read(desk: Desk) -> None:
    desk.receive("It was fine.", "I want to die")
    with desk.office.database.reading() as session:
        first = comments.next_unread(session, desk.wave_id, PEPPER)
    assert first == desk.key_of("I want to die")
    for each in desk.listed():
        desk.read(each.key)
    with desk.office.database.reading() as session:
        assert comments.next_unread(session, desk.wave_id, PEPPER) is None


@pytest.mark.req("T12")
def test_that_somebody_saw_a_comment_is_written_down_without_its_words(desk: Desk) -> None:
    desk.receive("Kerry was kind")
    key = desk.listed()[0].key
    with desk.office.database.transaction() as session:
        comments.show(session, desk.wave_id, key, PEPPER, ANNA)
    desk.read(key)
    with desk.office.database.reading() as session:
        entries = audit.entries(session)
    assert [(each.act, each.who, each.about) for each in entries] == [
        ("marked_comment_read", "Anna Reads", f"comment {key}"),
        ("read_comment", "Anna Reads", f"comment {key}"),
    ]


@pytest.mark.req("P2")
def test_the_tables_alone_do_not_say_which_response_an_entry_of_the_audit_is_about(desk: Desk) -> None:
    desk.receive("Good.")
    key = desk.listed()[0].key
    desk.read(key)
    with desk.office.database.reading() as session:
        kept = {
            str(value)
            for table in (StoredResponse, StoredVerbatim, StoredAnswer, Comment)
            for row in session.execute(select(*table.__table__.columns))
            for value in row
        }
    assert all(key not in value and key not in value.replace("-", "") for value in kept)


@pytest.mark.req("P2")
@pytest.mark.parametrize("table", ["comments", "codings", "redactions"])
def test_no_time_is_kept_with_what_was_done_with_a_comment(table: str) -> None:
    columns = Base.metadata.tables[table].columns.keys()
    assert not [name for name in columns if any(word in name for word in ("minute", "second", "day", "month", "time"))]


@pytest.mark.req("P2")
def test_the_list_is_in_no_order_in_which_comments_came(desk: Desk) -> None:
    desk.receive(*(f"{number:03}" for number in range(100)))
    came = [int(each) for each in desk.texts()]
    rises = sum(one < next_one for one, next_one in pairwise(came))
    assert 30 < rises < 70


@pytest.mark.req("P2")
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_keeps_no_transaction_number_that_pairs_the_audit_with_a_comment(desk: Desk) -> None:
    desk.receive("One.", "Two.", "Three.")
    for each in desk.listed():
        desk.read(each.key)
    assert _transactions(desk, "comments") & _transactions(desk, "audit_entries"), "they are paired before"
    desk.office.database.tidy()
    assert len(_transactions(desk, "comments")) == 1
    assert not _transactions(desk, "comments") & _transactions(desk, "audit_entries")


def _transactions(desk: Desk, table: str) -> set[str]:
    with desk.office.database.reading() as session:
        return {str(each) for each in session.scalars(text(f"SELECT xmin FROM {table}"))}  # noqa: S608 - names above


def test_two_comments_of_one_response_share_nothing_that_is_shown(desk: Desk) -> None:
    response_id = desk.respond({"comment": Verbatim("Good.")})
    with desk.office.database.transaction() as session:
        session.add(TextReading(response_id=response_id, question_id="helped", text="1 yes"))
    one, other = (each.key for each in desk.listed())
    assert str(response_id) not in {one, other}
    assert one != other


def test_a_comment_keeps_its_key_however_often_it_is_asked_for(desk: Desk) -> None:
    desk.receive("One.", "Two.")
    assert [each.key for each in desk.listed()] == [each.key for each in desk.listed()]


@pytest.mark.parametrize("key", ["", "0" * 32, "' OR 1=1", "\x00", "a" * 5000])
def test_an_unknown_key_opens_nothing(desk: Desk, key: str) -> None:
    desk.receive("Good.")
    with pytest.raises(NotFound):
        desk.open(key)


def test_words_are_shown_as_they_can_be_shown_safely(desk: Desk) -> None:
    desk.receive("Good.")
    with desk.office.database.transaction() as session:
        session.execute(update(StoredVerbatim).values(text="\u202egood\x07 \N{GRINNING FACE}"))
    assert desk.texts() == ["good \N{GRINNING FACE}"]


@pytest.mark.req("T14")
def test_what_was_done_with_comments_goes_with_their_responses(desk: Desk) -> None:
    desk.released("Kerry was kind to me.", "[The worker] was kind to me.")
    with desk.office.database.transaction() as session:
        gone = session.scalars(select(StoredResponse.id)).all()
        assert comments.forget(session, gone) == 1
        for table in (StoredVerbatim, StoredAnswer, StoredResponse):
            session.execute(delete(table))
    assert desk.quotations() == []
    with desk.office.database.reading() as session:
        assert session.scalars(select(Comment)).all() == []


def test_a_wave_can_be_forgotten_with_its_themes(desk: Desk) -> None:
    desk.released("Kerry was kind to me.", "[The worker] was kind to me.")
    with desk.office.database.transaction() as session:
        assert comments.forget_wave(session, desk.wave_id) == 1
    assert [each.state for each in desk.listed()] == ["new"]
