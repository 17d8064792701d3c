"""A comment becomes a quotation by two people, and by nobody alone."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from fieldwork.faults import NotFound, Refused
from fieldwork.models.comments import Redaction
from fieldwork.models.responses import StoredVerbatim
from fieldwork.office import audit
from fieldwork.office.audit import TERMINAL, Who
from fieldwork.office.editions import ChangedMeanwhile
from fieldwork.reading import redactions
from fieldwork.reading.redactions import Jigsaw
from tests.fieldwork.commenting import ANNA, BEN, CARA, NO_JIGSAW, Desk
from tests.fieldwork.samples import Office

pytestmark = pytest.mark.req("T12")
COMMENT = "Kerry listened to me, she never shouted."
WORDS = "[The worker] listened to me..."


@pytest.fixture
def desk(office: Office) -> Desk:
    desk = Desk(office)
    desk.receive(COMMENT)
    return desk


@pytest.fixture
def key(desk: Desk) -> str:
    return desk.key_of(COMMENT)


def state(desk: Desk, key: str) -> str:
    return desk.open(key).state


def test_the_way_is_new_read_proposed_approved_released(desk: Desk, key: str) -> None:
    way = [state(desk, key)]
    for step in (
        lambda: desk.read(key),
        lambda: desk.propose(key, WORDS),
        lambda: desk.approve(key),
        lambda: desk.release(key),
    ):
        step()
        way.append(state(desk, key))
    assert way == ["new", "read", "proposed", "approved", "released"]
    assert [each.words for each in desk.quotations()] == [WORDS]


def test_each_step_is_written_down_without_a_word_of_it(desk: Desk, key: str) -> None:
    desk.propose(key, WORDS)
    desk.send_back(key, "Say less.")
    desk.propose(key, "listened to me", seen=2)
    desk.approve(key, seen=3)
    desk.release(key, seen=4)
    desk.take_back(key, seen=5)
    with desk.office.database.reading() as session:
        entries = list(reversed(audit.entries(session)))
    assert [(each.act, each.who) for each in entries] == [
        ("proposed_redaction", "Anna Reads"),
        ("sent_back_redaction", "Ben Approves"),
        ("proposed_redaction", "Anna Reads"),
        ("approved_redaction", "Ben Approves"),
        ("released_quotation", "Cara Leads"),
        ("took_back_quotation", "Cara Leads"),
    ]
    assert {(each.about, each.why) for each in entries} == {(f"comment {key}", "")}


def test_nobody_approves_what_they_proposed(desk: Desk, key: str) -> None:
    desk.propose(key, WORDS)
    with pytest.raises(Refused, match="your own proposal"):
        desk.approve(key, who=ANNA)
    with pytest.raises(Refused, match="your own proposal"):
        desk.send_back(key, "no", who=ANNA)
    assert state(desk, key) == "proposed"


def test_nor_does_the_database_let_them(desk: Desk, key: str) -> None:
    desk.propose(key, WORDS)
    alone = {
        "state": "approved",
        "approved_by": ANNA.id,
        "approved_as": Redaction.bound_to,
        "worker_would_know": False,
        "matches_example": False,
        "names_an_event": False,
    }
    with pytest.raises(IntegrityError, match="two_people"), desk.office.database.transaction() as session:
        session.execute(update(Redaction).values(alone))
    with desk.office.database.transaction() as session:
        session.execute(update(Redaction).values(alone | {"approved_by": BEN.id}))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"bound_to": "0" * 64}, "approved_as_it_is"),
        ({"approved_by": None}, "approved"),
        ({"approved_as": None}, "approval"),
        ({"matches_example": None}, "asked"),
        ({"names_an_event": True}, "reasons"),
        ({"state": "released"}, "released"),
        ({"state": "sent_back", "approved_by": None, "approved_as": None}, "sent_back"),
        ({"words": ""}, "words"),
    ],
)
def test_the_database_refuses_an_approval_that_is_none(
    desk: Desk, key: str, change: dict[str, object], rule: str
) -> None:
    desk.propose(key, WORDS)
    desk.approve(key)
    with pytest.raises(IntegrityError, match=rule), desk.office.database.transaction() as session:
        session.execute(update(Redaction).values(change))


def test_another_proposal_voids_approval_and_release(desk: Desk, key: str) -> None:
    desk.propose(key, WORDS)
    desk.approve(key)
    desk.release(key)
    desk.propose(key, "[The worker] listened to me, she never shouted.", seen=3, who=CARA)
    assert state(desk, key) == "proposed"
    assert desk.quotations() == []
    with pytest.raises(Refused, match="your own proposal"):
        desk.approve(key, seen=4, who=CARA)
    desk.approve(key, seen=4, who=ANNA)
    assert state(desk, key) == "approved"


def test_a_change_of_the_comment_itself_voids_it_too(desk: Desk, key: str, caplog: pytest.LogCaptureFixture) -> None:
    desk.propose(key, WORDS)
    desk.approve(key)
    desk.release(key)
    with desk.office.database.transaction() as session:
        session.execute(update(StoredVerbatim).values(text="Kerry never listened to me."))
    assert desk.quotations() == []
    assert "does not match its approval" in caplog.text
    assert "Kerry" not in caplog.text


def test_a_change_of_the_words_behind_our_back_leaves_them_out(
    desk: Desk, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk.propose(key, WORDS)
    desk.approve(key)
    desk.release(key)
    with desk.office.database.transaction() as session:
        session.execute(update(Redaction).values(words="Kerry listened to me"))
    assert desk.quotations() == []
    assert "does not match its approval" in caplog.text


def test_approval_is_of_what_was_seen(desk: Desk, key: str) -> None:
    desk.propose(key, WORDS)
    with desk.office.database.transaction() as session:
        session.execute(update(StoredVerbatim).values(text="Kerry never listened to me."))
    with pytest.raises(Refused, match="not the one that was redacted"):
        desk.approve(key)


@pytest.mark.parametrize("question", ["worker_would_know", "matches_example", "names_an_event"])
def test_a_yes_needs_a_reason(desk: Desk, key: str, question: str) -> None:
    desk.propose(key, WORDS)
    answered: Any = {question: True}
    yes = replace(NO_JIGSAW, **answered)
    for reasons in ("", " \n "):
        with pytest.raises(Refused, match="no reason is given"):
            desk.approve(key, jigsaw=replace(yes, reasons=reasons))
    assert state(desk, key) == "proposed"
    desk.approve(key, jigsaw=replace(yes, reasons="Many children said the same."))
    assert state(desk, key) == "approved"


def test_sending_back_needs_a_reason_which_the_next_proposal_takes_away(desk: Desk, key: str) -> None:
    desk.propose(key, WORDS)
    with pytest.raises(Refused, match="reason"):
        desk.send_back(key, " ")
    desk.send_back(key, "It is still clear who it is.")
    assert state(desk, key) == "sent_back"
    with desk.office.database.reading() as session:
        assert session.scalars(select(Redaction.sent_back_why)).one() == "It is still clear who it is."
    with pytest.raises(Refused, match="does not wait"):
        desk.approve(key, seen=2)
    desk.propose(key, "she never shouted", seen=2)
    assert state(desk, key) == "proposed"
    with desk.office.database.reading() as session:
        assert session.scalars(select(Redaction.sent_back_why)).one() == ""


def test_what_may_not_be_printed_is_not_proposed(desk: Desk) -> None:
    desk.receive("Do not print this.", may_quote=False)
    key = desk.key_of("Do not print")
    with pytest.raises(Refused, match="did not agree"):
        desk.propose(key, "Do not print this.")


@pytest.mark.parametrize("words", ["Kerry shouted at me", "[The worker] helped me", "[all of it]", "..."])
def test_nothing_is_put_into_their_mouth(desk: Desk, key: str, words: str) -> None:
    with pytest.raises(Refused, match="do not stand in the comment"):
        desk.propose(key, words)
    assert state(desk, key) == "new"


def test_only_what_was_approved_can_be_released(desk: Desk, key: str) -> None:
    with pytest.raises(NotFound):
        desk.release(key, seen=0)
    desk.propose(key, WORDS)
    with pytest.raises(Refused, match="not approved"):
        desk.release(key, seen=1)
    desk.approve(key)
    desk.release(key)
    with pytest.raises(Refused, match="released already"):
        desk.release(key, seen=3)
    desk.take_back(key, seen=3)
    assert (state(desk, key), desk.quotations()) == ("approved", [])
    with pytest.raises(Refused, match="is not in"):
        desk.take_back(key, seen=4)


def test_somebody_at_the_terminal_redacts_nothing(desk: Desk, key: str) -> None:
    with pytest.raises(Refused, match="signed in"):
        desk.propose(key, WORDS, who=TERMINAL)


def test_of_two_who_propose_at_first_the_second_is_told(desk: Desk, key: str) -> None:
    desk.propose(key, WORDS)
    with pytest.raises(ChangedMeanwhile):
        desk.propose(key, "she never shouted", seen=0, who=CARA)


def test_who_approves_what_was_edited_meanwhile_is_told(desk: Desk, key: str) -> None:
    desk.propose(key, WORDS)
    desk.propose(key, "she never shouted", seen=1)
    with pytest.raises(ChangedMeanwhile):
        desk.approve(key, seen=1)
    assert state(desk, key) == "proposed"


@pytest.mark.parametrize("other", ["approve", "send_back", "propose"])
def test_of_two_at_the_very_same_time_one_is_told(desk: Desk, key: str, other: str) -> None:
    desk.propose(key, WORDS)
    second: dict[str, Callable[[], object]] = {
        "approve": lambda: desk.approve(key, who=CARA),
        "send_back": lambda: desk.send_back(key, "no", who=CARA),
        "propose": lambda: desk.propose(key, "she never shouted", seen=1),
    }
    told = at_once(lambda: desk.approve(key), second[other])
    assert [type(each) for each in told if each is not None] == [ChangedMeanwhile]
    with desk.office.database.reading() as session:
        assert session.scalars(select(Redaction.edition)).one() == 2, "one of them was kept"


def at_once(*steps: Callable[[], object]) -> list[Exception | None]:
    """What each step raised, taken by threads that begin together."""
    start, told = threading.Barrier(len(steps)), list[Exception | None]()

    def take(step: Callable[[], object]) -> None:
        start.wait()
        try:
            step()
            told.append(None)
        except Exception as error:  # noqa: BLE001 - what it is, is the answer
            told.append(error)

    threads = [threading.Thread(target=take, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_those_that_wait_say_who_may_approve_them(desk: Desk, key: str) -> None:
    desk.propose(key, WORDS)
    with desk.office.database.reading() as session:
        (mine,) = redactions.waiting(session, [desk.wave_id], ANNA)
        (theirs,) = redactions.waiting(session, [desk.wave_id], BEN)
        assert redactions.waiting(session, [UUID(int=1)], BEN) == []
    assert (mine[0], mine[2], theirs[2]) == (desk.wave_id, False, True)
    desk.approve(key)
    with desk.office.database.reading() as session:
        assert redactions.waiting(session, [desk.wave_id], BEN) == []


def test_jigsaw_and_people_are_kept_with_the_approval(desk: Desk, key: str) -> None:
    desk.propose(key, WORDS)
    desk.approve(key, jigsaw=Jigsaw(worker_would_know=True, matches_example=False, names_an_event=False, reasons="ok"))
    with desk.office.database.reading() as session:
        row = session.scalars(select(Redaction)).one()
    assert (row.proposed_by, row.approved_by, row.approved_as) == (ANNA.id, BEN.id, row.bound_to)
    assert (row.worker_would_know, row.matches_example, row.reasons) == (True, False, "ok")
    assert (row.proposed_by_name, row.approved_by_name) == ("Anna Reads", "Ben Approves")


def test_two_people_are_two_ids_whatever_they_are_called(desk: Desk, key: str) -> None:
    desk.propose(key, WORDS)
    with pytest.raises(Refused, match="your own"):
        desk.approve(key, who=Who(ANNA.id, "Somebody Else"))


def test_a_redaction_cannot_lie_without_its_comment(desk: Desk) -> None:
    alone = {"comment_id": UUID(int=1), "words": "x", "bound_to": "0" * 64, "state": "proposed"}
    by = {"proposed_by": ANNA.id, "proposed_by_name": "A", "sent_back_why": "", "approved_by_name": "", "reasons": ""}
    with pytest.raises(IntegrityError), desk.office.database.transaction() as session:
        session.execute(insert(Redaction).values(alone | by | {"released_by_name": "", "edition": 1}))
