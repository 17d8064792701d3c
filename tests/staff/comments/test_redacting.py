"""From a comment to the perspective, by the pages of two people."""

import pytest

from fieldwork.reading.quotations import quotations
from fieldwork.returns import responses
from surveys.answers import Verbatim
from surveys.interview import Response
from tests.staff.comments.conftest import FOR_THE_REPORT, KIND, Room

pytestmark = [pytest.mark.req("T12"), pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture
def kind(room: Room) -> Room:
    """One comment has come in."""
    room.receive(KIND)
    return room


def test_the_field_is_filled_with_what_the_helper_proposes(kind: Room) -> None:
    page = kind.open("inspector", f"{kind.address('Kerry')}/quotation")
    assert page.form.fields["words"].strip() == "[A person] was kind, she rang me on [a telephone number] every week"
    assert [each.text for each in page.tree.iter("mark")] == ["Kerry", "07700 900123"]


def test_what_was_written_in_welsh_is_redacted_in_welsh(room: Room) -> None:
    with room.office.database.transaction() as session:
        said = Response({"comment": Verbatim("Ffoniodd hi 07700 900123", may_quote=True)}, "web", "cy", "2026-11")
        responses.add(session, room.wave, said)
    page = room.open("inspector", f"{room.address('Ffoniodd')}/quotation")
    assert page.form.fields["words"].strip() == "Ffoniodd hi [rhif ffôn]"
    assert page.tree.xpath("//table//td")[-1].text_content() == "[rhif ffôn]"


def test_the_list_of_names_helps(kind: Room) -> None:
    kind.open("lead", f"/inspections/{kind.office.slug}/names")
    kind.desk("lead").press(name="kerry smith", kind="person", instead="the victim worker")
    page = kind.open("inspector", f"{kind.address('Kerry')}/quotation")
    assert page.form.fields["words"].strip().startswith("[The victim worker] was kind")


def test_the_whole_way(kind: Room) -> None:
    address = kind.propose()
    assert kind.state("Kerry") == "proposed"
    page = kind.approve(address)
    assert "Approved: exactly these words." in page.words
    kind.open("lead", f"{address}/release")
    assert "It is in the perspective now." in kind.desk("lead").press().words
    assert kind.state("Kerry") == "released"
    acts = [
        act for act in kind.office.acts() if act in {"proposed_redaction", "approved_redaction", "released_quotation"}
    ]
    assert acts == ["proposed_redaction", "approved_redaction", "released_quotation"]


@pytest.mark.req("T14")
def test_only_what_was_released_is_in_the_perspective(room: Room) -> None:
    room.receive(KIND)
    address = room.propose()
    room.approve(address)
    with room.office.database.reading() as session:
        assert quotations(session, room.wave) == []
    room.open("lead", f"{address}/release")
    room.desk("lead").press()
    with room.office.database.reading() as session:
        (quotation,) = quotations(session, room.wave)
        assert quotation.words == FOR_THE_REPORT
    reply = room.desk("lead").post(f"{address}/taken-back", edition="3")
    assert "not in the perspective any more" in room.open("lead", reply.location).words
    with room.office.database.reading() as session:
        assert quotations(session, room.wave) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "Enter the words that may be printed"),
        ("   ", "Enter the words that may be printed"),
        ("[The worker] was cruel", "was cruel"),
        ("[everything]", "do not stand in the comment"),
        ("a" * 13_000, "Take some of it out"),
    ],
)
def test_what_cannot_be_printed_is_told_beside_the_field_and_stays(kind: Room, words: str, told: str) -> None:
    kind.open("inspector", f"{kind.address('Kerry')}/quotation")
    page = kind.desk("inspector").press(words=words)
    assert page.status == 400
    assert told in " ".join(page.errors)
    assert page.form.fields["words"].strip() == words.strip()
    assert page.title.startswith("Error: ")


def test_what_is_known_by_its_form_stays_only_if_somebody_says_so(kind: Room) -> None:
    kind.open("inspector", f"{kind.address('Kerry')}/quotation")
    left = "she rang me on 07700 900123 every week"
    page = kind.desk("inspector").press(words=left)
    assert page.status == 400
    assert "07700 900123" in " ".join(page.errors)
    assert kind.state("Kerry") == "new"
    assert kind.desk("inspector").press(words=left, may_stay="y").status == 200
    assert kind.state("Kerry") == "proposed"
    assert (
        "The helper would still take out: 07700 900123"
        in kind.open("approver", f"{kind.address('Kerry')}/approval").words
    )


def test_nobody_approves_their_own(kind: Room) -> None:
    address = kind.propose(person="approver")
    page = kind.open("approver", f"{address}/approval")
    assert "You proposed this. Another person has to approve it." in page.words
    values = {"worker_would_know": "no", "matches_example": "no", "names_an_event": "no", "decision": "approve"}
    reply = kind.desk("approver").post(f"{address}/approval", edition="1", reasons="", **values)
    assert reply.status_code == 400
    assert "is your own proposal" in reply.text
    assert kind.state("Kerry") == "proposed"
    assert kind.approve(address, "second approver").status == 200
    assert kind.state("Kerry") == "approved"


def test_every_question_has_to_be_answered(kind: Room) -> None:
    address = kind.propose()
    kind.open("approver", f"{address}/approval")
    assert kind.desk("approver").press().errors == ["Say whether you approve it or send it back."]
    page = kind.desk("approver").press(decision="approve")
    assert page.status == 400
    assert page.errors.count("Say yes or no.") == 3
    assert kind.state("Kerry") == "proposed"


@pytest.mark.parametrize("question", ["worker_would_know", "matches_example", "names_an_event"])
def test_a_yes_needs_a_reason(kind: Room, question: str) -> None:
    address = kind.propose()
    page = kind.approve(address, **{question: "yes"})
    assert "Enter why it may be printed all the same." in page.errors
    assert kind.state("Kerry") == "proposed"
    assert page.tree.xpath(f"//input[@name='{question}' and @value='yes' and @checked]"), "what was ticked stays"
    kind.approve(address, **{question: "yes"}, reasons="Many said so.")
    assert kind.state("Kerry") == "approved"


def test_it_is_sent_back_with_a_reason_that_whoever_redacts_it_reads(kind: Room) -> None:
    address = kind.propose()
    assert "Enter what has to be changed." in kind.approve(address, decision="send_back").errors
    kind.approve(address, decision="send_back", reasons="Every week is too clear.")
    assert kind.state("Kerry") == "sent_back"
    page = kind.open("inspector", f"{address}/quotation")
    assert "It was sent back: Every week is too clear." in page.words
    kind.desk("inspector").press(words="[The worker] was kind")
    assert kind.state("Kerry") == "proposed"


def test_an_edit_after_approval_voids_it(kind: Room) -> None:
    address = kind.propose()
    kind.approve(address)
    page = kind.open("inspector", f"{address}/quotation")
    assert "Any change voids that" in page.words
    kind.desk("inspector").press(words="[The worker] was kind")
    assert kind.state("Kerry") == "proposed"
    assert kind.desk("lead").get(f"{address}/release").status_code == 404


def test_whoever_approves_what_was_edited_meanwhile_is_told_and_loses_nothing(kind: Room) -> None:
    address = kind.propose()
    kind.open("approver", f"{address}/approval")
    kind.open("inspector", f"{address}/quotation")
    kind.desk("inspector").press(words="[The worker] was kind")
    page = kind.desk("approver").press(
        worker_would_know="yes", matches_example="no", names_an_event="no", decision="approve", reasons="Many said so."
    )
    assert page.status == 409
    assert "Somebody else has changed this meanwhile" in page.words
    assert "“[The worker] was kind”" in page.words
    assert page.form.fields["reasons"].strip() == "Many said so."
    assert kind.state("Kerry") == "proposed"
    assert kind.desk("approver").press(decision="approve").status == 200
    assert kind.state("Kerry") == "approved"


def test_of_two_who_propose_the_second_is_told_and_loses_nothing(kind: Room) -> None:
    address = kind.address("Kerry")
    for person in ("inspector", "lead"):
        kind.open(person, f"{address}/quotation")
    kind.desk("inspector").press(words="[The worker] was kind")
    page = kind.desk("lead").press(words="she rang me... every week")
    assert page.status == 409
    assert page.form.fields["words"].strip() == "she rang me... every week"
    assert "What stands there now, by Inspector" in page.words
    assert kind.desk("lead").press(words="she rang me... every week").status == 200


def test_two_approvers_one_after_the_other(kind: Room) -> None:
    address = kind.propose()
    for person in ("approver", "second approver"):
        kind.open(person, f"{address}/approval")
    values = {"worker_would_know": "no", "matches_example": "no", "names_an_event": "no"}
    kind.desk("approver").press(**values, decision="approve")
    page = kind.desk("second approver").press(**values, decision="send_back", reasons="no")
    assert page.status == 409
    assert "does not wait for approval any more" in page.words
    assert kind.state("Kerry") == "approved"


def test_what_may_not_be_printed_has_no_form(room: Room) -> None:
    room.receive("Please do not print", may_quote=False)
    address = room.address("Please")
    assert "did not agree that it may be printed" in room.open("inspector", address).words
    room.open("inspector", f"{address}/quotation")
    reply = room.desk("inspector").post(f"{address}/quotation", edition="0", words="Please do not print")
    assert reply.status_code == 400
    assert room.state("Please") == "new"


@pytest.mark.req("L6")
def test_release_wants_the_password_again(kind: Room) -> None:
    address = kind.propose()
    kind.approve(address)
    kind.desk("lead")
    kind.office.rest("lead", 16)
    for reply in (
        kind.desk("lead").get(f"{address}/release"),
        kind.desk("lead").post(f"{address}/release", edition="2"),
    ):
        assert "/verify" in reply.location or "again" in reply.location
    assert kind.state("Kerry") == "approved"


def test_what_waits_is_listed_for_those_who_may_approve_it(kind: Room) -> None:
    kind.propose(person="approver")
    place = f"/inspections/{kind.office.slug}/approvals"
    assert "You proposed it: for another approver" in kind.open("approver", place).words
    page = kind.open("second approver", place)
    assert "For you" in page.words
    (link,) = page.tree.xpath("//th/a/@href")
    assert link.endswith("/approval")
    assert KIND not in page.html
    assert "For an approver" in kind.open("inspector", place).words


def test_nothing_proposed_is_nothing_to_approve(kind: Room) -> None:
    assert kind.desk("approver").get(f"{kind.address('Kerry')}/approval").status_code == 404
