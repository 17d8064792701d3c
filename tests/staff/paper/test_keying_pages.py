"""Keying at the desk without script: begun, kept, finished, keyed by another, settled, and never done twice."""

import re

import pytest

from fieldwork.keeping import closing
from surveys.answers import Chosen, NoAnswer, Number, Silence
from tests.fieldwork.samples import EVERY_KIND
from tests.staff.paper.keying import PaperRoom

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_booklet_keyed_twice_alike_is_a_response(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    assert paper.key("support", serial).words.count(f"{serial} is keyed. Put it on the pile for another person") == 1
    assert paper.responses() == []
    assert f"{serial} is in." in paper.key("inspector", serial).words
    assert [response.answers for response in paper.responses()] == [EVERY_KIND]
    assert paper.responses()[0].mode == "paper"
    assert paper.office.acts()[-2:] == ["keyed_booklet", "keyed_booklet"]


def test_what_the_audit_says_of_keying_names_no_booklet(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    paper.key("support", serial)
    assert serial not in paper.desk("lead").open(f"/inspections/{paper.office.slug}/audit").words


def test_the_second_person_sees_nothing_of_the_first_keying_anywhere(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    paper.key("support", serial, answer__comment="zebra canary", answer__rating="93")
    page = paper.begin("inspector", serial)
    assert "Second keying" in page.words
    assert not re.search(r"zebra|\b93\b|checked", page.html)
    key = page.address.rpartition("/")[2]
    for address in (paper.place, f"{paper.place}/booklets/{key}/settle", f"{paper.place}/booklets/{key}"):
        assert not re.search(r"zebra|\b93\b", paper.desk("inspector").open(address).html), address


def test_nobody_keys_a_booklet_the_second_time_who_keyed_it_first(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    paper.key("support", serial)
    page = paper.begin("support", serial)
    assert page.status == 400
    assert "was keyed by you. Another person keys it now" in page.words


def test_where_two_people_differ_somebody_who_sees_both_settles_it(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    paper.key("support", serial, answer__rating="70")
    assert "put it on the pile to be settled" in paper.key("second support", serial, answer__rating="77").words
    desk = paper.desk("lead")
    assert "Ticks and numbers that differed 33.3% (1 of 3)" in desk.open(paper.place).words
    page = desk.open(desk.page.link(f"Settle {serial}"))
    assert "70" in page.words
    assert "77" in page.words
    assert "They listened" not in page.words
    assert paper.office.acts()[-1] == "read_keyings"
    page = desk.press("")
    assert page.errors == ["Question 3: Choose what the booklet says."]
    page = desk.press("", **{"choice-rating": "second"})
    assert f"{serial} is in." in page.words
    assert paper.responses()[0].answers["rating"] == Number(77)
    assert paper.office.acts()[-1] == "settled_booklet"


def test_what_neither_keyed_can_be_settled_too(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    paper.key("support", serial, answer__helped="yes")
    paper.key("inspector", serial, answer__helped="no")
    desk = paper.desk("lead")
    desk.open(desk.open(paper.place).link(f"Settle {serial}"))
    assert desk.press("", **{"choice-helped": "other"}).errors == ["Question 1: Key what the booklet says."]
    desk.press("", **{"choice-helped": "other", "answer-helped": "not_sure"})
    assert paper.responses()[0].answers["helped"] == Chosen(("not_sure",))


def test_settling_twice_stores_once_and_the_second_is_told(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    paper.key("support", serial, answer__helped="yes")
    paper.key("inspector", serial, answer__helped="no")
    lead, second = paper.desk("lead"), paper.desk("second lead")
    for desk in (lead, second):
        desk.open(desk.open(paper.place).link(f"Settle {serial}"))
    lead.press("", **{"choice-helped": "first"})
    assert "This booklet is not in your hands" in second.press("", **{"choice-helped": "second"}).words
    assert [response.answers["helped"] for response in paper.responses()] == [Chosen(("yes",))]


def test_finishing_twice_stores_once(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    paper.begin("support", serial)
    page = paper.desk("support").page
    paper.go_on("support")
    paper.desk("support").page = page
    assert "This booklet is not in your hands" in paper.go_on("support").words
    assert "Booklets done 0 Answers keyed 4" in paper.desk("lead").open(paper.place).words


def test_half_a_booklet_is_kept_and_taken_up_again_with_all_that_was_keyed(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    paper.key("support", serial, "keep", answer__rating=[], answer__comment=[], quote__comment=[])
    page = paper.desk("support").open(paper.desk("support").page.link(f"Go on with {serial}"))
    assert dict(page.form.form_values())["answer-helped"] == "yes"
    assert "2 of 4" in page.words
    assert f"{serial} Support" in paper.desk("inspector").open(paper.place).words


def test_nothing_is_finished_while_a_question_is_left(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    page = paper.key("support", serial, answer__rating=[])
    assert page.status == 400
    assert page.errors == ["Question 3: Key what it says, or that there is no answer."]
    assert dict(page.form.form_values())["answer-comment"] == EVERY_KIND["comment"].text  # type: ignore[union-attr]
    assert "is keyed" in paper.go_on("support", answer__rating="-").words


def test_what_cannot_be_is_told_beside_its_question_and_nothing_typed_is_lost(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    page = paper.key("support", serial, answer__rating="700", answer__helped=["yes"])
    assert page.status == 400
    assert page.errors == ["Question 3: That number does not fit. Type one from 0 to 100."]
    values = dict(page.form.form_values())
    assert values["answer-rating"] == "700"
    assert values["answer-helped"] == "yes"


def test_a_follow_up_that_should_have_been_left_out_can_be_keyed_and_is_kept(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    for person in ("support", "inspector"):
        paper.key(person, serial, answer__helped="no", answer__with_what=["home"])
    assert paper.responses()[0].answers["with_what"] == Chosen(("home",))


def test_a_follow_up_left_out_need_not_be_keyed(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    for person in ("support", "inspector"):
        paper.key(person, serial, answer__helped="no", answer__with_what=[], answer__comment="*", quote__comment=[])
    (response,) = paper.responses()
    assert "with_what" not in response.answers
    assert response.answers["comment"] == NoAnswer(Silence.NOT_UNDERSTOOD)


def test_the_second_tab_is_told_and_loses_nothing(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    paper.begin("support", serial)
    stale = paper.desk("support").page
    paper.go_on("support", "keep")
    paper.desk("support").page = stale
    page = paper.go_on("support", "keep", answer__rating="12")
    assert page.status == 409
    assert "keyed on elsewhere" in page.words
    assert dict(page.form.form_values())["answer-rating"] == "12"
    page = paper.desk("support").press("keep")
    assert "is kept" in page.words


def test_what_somebody_else_is_keying_is_left_to_them_until_it_is_thrown_away(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    key = paper.begin("support", serial).address.rpartition("/")[2]
    assert "is being keyed by somebody else" in paper.begin("second support", serial).words
    reply = paper.desk("second support").post(f"{paper.place}/booklets/{key}/throw-away")
    assert "not in your hands" in paper.desk("second support").open(reply.location).words
    paper.desk("lead").post(f"{paper.place}/booklets/{key}/throw-away")
    assert paper.office.acts()[-1] == "threw_keying_away"
    assert "Booklet" in paper.begin("second support", serial).heading


def test_a_booklet_without_a_number_is_given_one(paper: PaperRoom) -> None:
    desk = paper.desk("support")
    reply = desk.post(f"{paper.place}/number", booklet_language="cy")
    page = desk.open(reply.location)
    assert re.search(r"Write this number on the front of the booklet: C1-\w{3}", page.words)


@pytest.mark.parametrize("serial", ["", "nonsense", "E1-222", "<b>E1</b>", "x" * 300, "E1-ŵŵŵ", "\x00"])
def test_a_number_that_is_none_is_refused_in_words(serial: str, paper: PaperRoom) -> None:
    page = paper.begin("support", serial)
    assert page.status == 400
    assert page.errors
    assert "<b>E1" not in page.html


@pytest.mark.parametrize("typed", ["101", "-1", "half", "10.5", ""])
def test_a_share_that_is_none_is_refused(typed: str, paper: PaperRoom) -> None:
    desk = paper.desk("lead")
    assert desk.post(f"{paper.place}/second", share=typed, edition="1").status_code == 400


def test_the_second_who_changes_the_share_is_told(paper: PaperRoom) -> None:
    desk = paper.desk("lead")
    desk.open(paper.place)
    assert desk.post(f"{paper.place}/second", share="10", edition="1").status_code == 303
    reply = desk.post(f"{paper.place}/second", share="20", edition="1")
    assert reply.status_code == 409
    assert "changed this meanwhile, to 10" in reply.text
    assert paper.office.acts()[-1] == "changed_second_keying"


def test_a_form_with_a_field_that_no_page_has_is_refused(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    address = paper.begin("support", serial).address
    assert paper.desk("support").post(address, turn="1", action="keep", edition="1").status_code == 400
    assert paper.desk("support").post(f"{paper.place}/booklets/not-a-key").status_code == 404


def test_a_booklet_of_another_wave_or_inspection_is_not_there(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    address = paper.begin("support", serial).address.replace(paper.office.slug, paper.office.other_slug)
    for person in ("support", "lead"):
        assert paper.desk(person).get(address).status_code == 404
    assert "not in your hands" in paper.desk("outsider").open(address).words


def test_a_booklet_in_which_every_line_is_full_can_be_kept(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    paper.begin("support", serial)
    assert (
        paper.go_on("support", "keep", answer__comment="ŵ" * 20_000).status == 400
    )  # too long for the question, not for us


def test_a_closed_wave_takes_paper_that_was_there_in_time(paper: PaperRoom) -> None:
    (serial,) = paper.serials()
    paper.begin("support", serial)
    from fieldwork import waves  # noqa: PLC0415 - for this test alone

    with paper.office.database.transaction() as session:
        closing.close_wave(session, waves.find_wave(session, paper.wave_name))
    assert "is keyed" in paper.go_on("support").words
    assert "This wave closed on" in paper.desk("support").open(paper.place).words
