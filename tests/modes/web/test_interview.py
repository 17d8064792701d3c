"""One question a page, from the start to thank you."""

import pytest

from surveys.answers import Chosen, NoAnswer, Silence
from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import NUMBER, Field

SKIPPED = NoAnswer(Silence.SKIPPED)


def at(question: str) -> str:
    return f"/question/{NUMBER[question]}"


pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def inside(field: Field, someone: Respondent) -> Respondent:
    someone.enter_by(field.open_link)
    return someone


def test_each_way_in_leads_to_the_first_page(field: Field) -> None:
    for link in (field.link(), field.open_link):
        assert Respondent(field.app).enter_by(link).address == "/question/1"
    assert Respondent(field.app).enter(field.code()).address == "/question/1"


@pytest.mark.req("T1")
@pytest.mark.parametrize("address", ["/question", "/question/1", "/question/2", "/check", "/send"])
def test_no_page_opens_before_keeping_safe_was_read(address: str, field: Field, someone: Respondent) -> None:
    someone.open(field.open_link)
    someone.press()
    assert someone.open(address).heading == "Keeping safe"
    assert "call 999" in someone.page.words


@pytest.mark.req("T1")
@pytest.mark.parametrize(("address", "fields"), [(at("helped"), [("answer", "yes")]), ("/send", [])])
def test_nothing_is_kept_or_sent_before_keeping_safe_was_read(
    address: str, fields: list[tuple[str, str]], field: Field, someone: Respondent
) -> None:
    someone.open(field.open_link)
    someone.press()
    token = dict(someone.page.form.form_values())["csrf_token"]
    someone.send([*fields, ("csrf_token", token)], address)
    assert field.responses() == []
    assert someone.open("/safe").heading == "Keeping safe"
    assert someone.press().address == "/question/1", "nothing has been answered"


@pytest.mark.req("C5")
def test_back_leads_to_the_page_before_and_shows_what_was_said(inside: Respondent) -> None:
    inside.press()
    inside.answer("yes")
    assert inside.open(inside.page.link("Back")).heading == "Has the youth team helped you?"
    assert inside.page.filled == ["yes"]
    assert inside.open(inside.page.link("Back")).address == "/question/1"
    assert inside.open(inside.page.link("Back")).heading == "Keeping safe"


def test_who_is_not_asked_a_question_goes_past_it_and_back_past_it(inside: Respondent) -> None:
    inside.press()
    assert inside.answer("no").heading == "What mark?"
    assert inside.open(inside.page.link("Back")).heading == "Has the youth team helped you?"


def test_the_progress_counts_the_questions_asked(inside: Respondent) -> None:
    assert inside.page.title == "Survey: please read"
    assert inside.press().title == "Survey: question 1"
    assert inside.answer("no").title == "Survey: question 2"


@pytest.mark.req("C5")
def test_every_question_can_be_skipped(field: Field, inside: Respondent) -> None:
    inside.press()
    for heading in ("What mark?", "How happy?", "Why?", "Check your answers"):
        assert inside.skip().heading == heading
    inside.press("submit")
    (response,) = field.responses()
    assert response.answers == {"helped": SKIPPED, "mark": SKIPPED, "rating": SKIPPED, "comment": SKIPPED}


def test_to_go_on_without_an_answer_is_to_skip(field: Field, inside: Respondent) -> None:
    inside.press()
    inside.open(at("comment"))
    inside.answer("   ")
    inside.press("submit")
    assert field.responses()[0].answers["comment"] == SKIPPED


def test_a_skip_takes_the_place_of_what_was_typed(field: Field, inside: Respondent) -> None:
    inside.press()
    inside.answer("no")
    inside.open(at("helped"))
    inside.press("skip", answer="yes")
    inside.open("/check")
    inside.press("submit")
    assert field.responses()[0].answers["helped"] == SKIPPED


def test_a_change_from_the_check_page_returns_there(inside: Respondent) -> None:
    inside.press()
    inside.answer_everything()
    assert inside.open(inside.page.link("Change question 5")).filled == ["7"]
    assert inside.page.link("Back") == "/check"
    assert inside.answer("99").address == "/check"
    assert "99" in inside.page.words


def test_a_change_that_opens_a_question_asks_it_before_the_check_page(inside: Respondent) -> None:
    inside.press()
    inside.answer("no")
    inside.answer_everything()
    inside.open(inside.page.link("Change question 1"))
    assert inside.answer("yes").heading == "What with?"
    assert inside.answer("home").heading == "Check your answers"


def test_answers_off_the_route_are_neither_shown_nor_lost(field: Field, inside: Respondent) -> None:
    inside.press()
    inside.answer("yes")
    inside.answer("home")
    inside.open(at("helped"))
    inside.answer("no")
    assert "Home" not in inside.open("/check").words
    inside.press("submit")
    assert field.responses()[0].answers["with_what"] == Chosen(("home",))


@pytest.mark.parametrize("typed", ["99", "0", "-1", "٣", "abc", "1.5", "007", "9" * 400])
def test_the_address_of_a_page_that_is_not_theirs_leads_to_the_one_that_is(typed: str, inside: Respondent) -> None:
    assert inside.open(f"/question/{typed}").address == "/question/1"
    inside.press()
    inside.answer("no")
    assert inside.open(f"/question/{typed}").address == at("mark")


def test_the_address_of_a_question_off_the_route_leads_to_the_right_one(inside: Respondent) -> None:
    inside.press()
    inside.answer("no")
    assert inside.open(at("with_what")).heading == "What mark?"


def test_an_answer_from_a_stale_tab_to_a_question_off_the_route_is_kept(field: Field, inside: Respondent) -> None:
    inside.press()
    inside.answer("yes")
    stale = inside.fields(answer="school")
    inside.open(at("helped"))
    inside.answer("no")
    assert inside.send(stale, at("with_what")).status_code == 303
    inside.open("/check")
    inside.press("submit")
    answers = field.responses()[0].answers
    assert (answers["with_what"], answers["helped"]) == (Chosen(("school",)), Chosen(("no",)))


@pytest.mark.req("R17")
def test_a_later_version_of_the_definition_changes_nothing_for_an_open_wave(field: Field, inside: Respondent) -> None:
    inside.press()
    newer = field.wave.frozen.replace("Has the {service} helped you?", "Something else?")
    assert newer != field.wave.frozen
    assert inside.open(at("helped")).heading == "Has the youth team helped you?"


def test_language__switched_on_a_page__stays_there_and_keeps_the_answers(field: Field, inside: Respondent) -> None:
    inside.press()
    inside.answer("yes")
    inside.open(at("helped"))
    inside.open(at("helped") + inside.page.link("Cymraeg"))
    assert inside.page.heading == "Ydy'r tîm ieuenctid wedi dy helpu?"
    assert inside.page.filled == ["yes"]
    assert inside.page.tree.get("lang") == "cy"
    inside.open("/check")
    assert inside.press("submit").heading == "Diolch"
    assert field.responses()[0].language == "cy"


def test_language__switched_while_changing__still_returns_to_the_check_page(inside: Respondent) -> None:
    inside.press()
    inside.answer_everything()
    inside.open(inside.page.link("Change question 1"))
    inside.open(at("helped") + inside.page.link("Cymraeg"))
    assert inside.answer("no").address == "/check"


def test_language__asked_for_with_a_page_half_filled_in__keeps_what_is_typed_and_takes_it_for_no_answer(
    field: Field, inside: Respondent
) -> None:
    inside.open(at("comment"))
    welsh = inside.press(answer="Half a ", may_quote="yes", language="cy")
    assert (welsh.address, welsh.tree.get("lang"), welsh.errors) == (at("comment"), "cy", [])
    assert welsh.filled == ["Half a "]
    assert "Half a" not in inside.open("/check").words


def test_language__of_a_welsh_browser__is_welsh_from_the_start(field: Field) -> None:
    assert Respondent(field.app, "cy,en;q=0.5").open("/").heading == "Am yr arolwg hwn"
    assert Respondent(field.app, "de").open("/").heading == "About this survey"


def test_easier_words_are_offered_where_there_are_some_and_stay(inside: Respondent) -> None:
    inside.press()
    inside.open(at("helped") + inside.page.link("Ask me in easier words"))
    assert inside.page.heading == "Did they help?"
    assert inside.answer("yes").heading == "What with?"
    assert "Ask me in" not in inside.page.words
    inside.open(at("helped"))
    inside.open(at("helped") + inside.page.link("Ask me in the usual words"))
    assert inside.page.heading == "Has the youth team helped you?"


def test_what_is_spoken_differs_where_the_questionnaire_says_so(inside: Respondent) -> None:
    inside.press()
    inside.answer("yes")
    spoken = {
        each.text_content(): each.get("data-spoken") for each in inside.page.tree.xpath("//label//*[@data-read-aloud]")
    }
    assert spoken["School"] == "School or college"
    assert spoken["Home"] is None


def test_pictures_stand_beside_words_and_say_nothing_themselves(inside: Respondent) -> None:
    inside.press()
    pictures = inside.page.tree.xpath("//label//svg")
    assert [each.get("aria-hidden") for each in pictures] == ["true", "true"]
    assert [each.find("use").get("href").partition("#")[2] for each in pictures] == ["tick", "cross"]


def test_a_short_scale_has_a_button_for_each_number_and_one_without_ten_steps_is_typed(inside: Respondent) -> None:
    inside.open(at("mark"))
    assert inside.page.choices == [str(number) for number in range(11)]
    assert "0 – Bad" in inside.page.words
    inside.open(at("rating"))
    assert inside.page.choices == []
    assert "0 means: Not happy. 99 means: Happy." in inside.page.words


def test_choices_that_stand_alone_come_last_behind_an_or(inside: Respondent) -> None:
    inside.press()
    inside.answer("yes")
    alone = inside.page.tree.xpath("//input[@data-behaviour='exclusive']")
    assert [each.get("value") for each in alone] == ["none", "not_sure"]
    assert [each.text_content() for each in inside.page.tree.find_class("govuk-checkboxes__divider")] == ["or"]


@pytest.mark.req("C6")
@pytest.mark.parametrize(
    ("question", "typed", "error"),
    [
        ("helped", ["maybe"], "We do not know that answer. Pick one from the list."),
        ("helped", ["yes", "no"], "You picked more than one answer. Pick just one."),
        ("with_what", ["home", "none"], "You picked “None of these” and something else. Pick one or the other."),
        ("mark", ["11"], "That number does not fit. Type one from 0 to 10."),
        ("rating", ["lots"], "Type a number from 0 to 99, like 99."),
        ("comment", ["x" * 301], "That is too long. Take out 1 letters or more."),
    ],
)
def test_an_answer_that_is_none_comes_back_with_what_to_do(
    question: str, typed: list[str], error: str, inside: Respondent
) -> None:
    inside.press()
    inside.answer("yes")
    inside.open(at(question))
    page = inside.answer(*typed)
    assert page.status == (400 if question == "helped" else 200), "what no form of ours sends is a bad request"
    assert page.title.startswith("Error: Survey: question")
    assert page.errors == [error]
    assert page.link(error) == "#answer"
    assert page.tree.get_element_by_id("answer") is not None
    assert f"Error: {error}" in page.words
    assert set(page.filled) == set(typed) & {*page.choices, *(() if page.choices else typed)}


def test_a_long_text_comes_back_whole_with_its_consent(inside: Respondent) -> None:
    inside.open(at("comment"))
    page = inside.answer("<b>&\"' \n\n" + "x" * 400, may_quote="yes")
    assert page.form.fields["answer"] == "<b>&\"' \n\n" + "x" * 400
    assert page.form.fields["may_quote"] == "yes"
    assert inside.answer("Short.", may_quote="yes").address == "/check"


def test_the_check_page_says_what_was_said_and_what_was_not(inside: Respondent) -> None:
    inside.press()
    inside.answer("no")
    inside.skip()
    inside.answer("70")
    inside.answer("Two\nlines", may_quote="yes")
    rows = [" ".join(row.text_content().split()) for row in inside.page.tree.find_class("govuk-summary-list__row")]
    assert rows == [
        "Has the youth team helped you? No Change question 1",
        "What mark? Not answered Change question 2",
        "How happy? 70 Change question 3",
        "Why? Two lines We may print these words. Change question 4",
    ]
    assert inside.page.link("Back") == at("comment")


@pytest.mark.req("R5")
def test_every_page_that_is_sent_is_answered_with_another_address(field: Field, inside: Respondent) -> None:
    inside.press()
    assert inside.send(inside.fields(answer="yes")).status_code == 303
    inside.open("/check")
    assert inside.send(inside.fields("submit")).status_code == 303
    assert inside.open("/talk").status == 200
    assert inside.send(inside.fields(words="Hello")).status_code == 303


@pytest.mark.req("R5")
def test_back_and_once_more_replaces(field: Field, inside: Respondent) -> None:
    inside.press()
    inside.answer("yes")
    inside.open(at("helped"))
    inside.answer("no")
    inside.open("/check")
    inside.press("submit")
    assert field.responses()[0].answers["helped"] == Chosen(("no",))


@pytest.mark.req("R4")
@pytest.mark.parametrize("times", [2, 5, 50])
def test_the_same_page_sent_again_and_again_is_one_answer_and_one_response(
    times: int, field: Field, inside: Respondent
) -> None:
    inside.press()
    sent = inside.fields(answer="yes")
    assert {inside.send(sent).status_code for _ in range(times)} == {303}
    inside.open("/check")
    sending = inside.fields("submit")
    for _ in range(times):
        inside.send(sending)
    assert len(field.responses()) == 1
    assert inside.open("/sent").heading == "Thank you"
