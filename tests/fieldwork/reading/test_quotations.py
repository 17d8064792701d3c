"""Only what was released leaves, and in no order that tells who wrote what."""

import pytest
from sqlalchemy import update

from fieldwork.models.responses import StoredVerbatim
from surveys.answers import Verbatim
from surveys.redaction.quotation import binding
from tests.fieldwork.commenting import BEN, Desk
from tests.fieldwork.samples import Office

pytestmark = pytest.mark.req("T14")


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def test_what_is_new_read_proposed_sent_back_or_approved_does_not_leave(desk: Desk) -> None:
    desk.receive("One new.", "Two read.", "Three proposed.", "Four sent back.", "Five approved.", "Six released.")
    desk.read(desk.key_of("Two"))
    for number, words in (("Three", "Three proposed"), ("Four", "Four"), ("Five", "Five"), ("Six", "Six")):
        desk.propose(desk.key_of(number), words)
    desk.send_back(desk.key_of("Four"), "no")
    desk.approve(desk.key_of("Five"))
    desk.approve(desk.key_of("Six"))
    desk.release(desk.key_of("Six"))
    assert [each.words for each in desk.quotations()] == ["Six"]


def test_a_quotation_has_its_question_in_the_names_of_the_inspection_and_its_approval(desk: Desk) -> None:
    desk.released("Kerry was kind to me.", "[The worker] was kind to me.")
    (quotation,) = desk.quotations()
    assert (quotation.question_id, quotation.question.en, quotation.language) == ("comment", "What do you say?", "en")
    assert quotation.approval.approved_by == BEN.id
    assert quotation.approval.bound_to == binding("What do you say?", quotation.comment_mark, quotation.words)
    assert "Kerry" not in repr(quotation)


@pytest.mark.req("P2")
def test_quotations_stand_in_the_order_of_their_letters(desk: Desk) -> None:
    for words in ("zebras are good", "apples are good", "Moles are good"):
        desk.released(words, words)
    assert [each.words for each in desk.quotations()] == ["apples are good", "Moles are good", "zebras are good"]


def test_who_takes_back_their_leave_is_printed_no_more(desk: Desk) -> None:
    desk.released("It was kind.", "It was kind.")
    with desk.office.database.transaction() as session:
        session.execute(update(StoredVerbatim).values(may_quote=False))
    assert desk.quotations() == []


def test_the_language_is_that_in_which_it_was_written(desk: Desk) -> None:
    desk.respond({"comment": Verbatim("Da iawn wir", may_quote=True)}, language="cy")
    key = desk.key_of("Da iawn")
    desk.propose(key, "Da iawn wir")
    desk.approve(key)
    desk.release(key)
    assert [each.language for each in desk.quotations()] == ["cy"]
