"""Quotations stand after the bullets, under their questions: those that two people agreed on, and no others."""

import json
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from reports.perspective import Occasion, Perspective, perspective
from reports.pooling import Fieldwork
from reports.quotations import quoted
from reports.rendering.plain import as_markdown, as_text
from reports.rendering.structured import as_json
from surveys.loading import definition
from surveys.redaction.quotation import Approval, NotApproved, Quotation, binding, mark_of
from surveys.text import LANGUAGES, Language, Text
from tests.reports.made_up import CHILDREN, drawn, wave
from tests.reports.test_rendering import as_html

ESSEX = Occasion("essex-2026", "Essex", "today")
CHILDRENS = definition("children")
WELL, BETTER = "done_well", "do_better"


def question(question_id: str) -> Text:
    wording = CHILDRENS.by_id[question_id].wording
    return Text(en=CHILDREN.piped(wording, "en"), cy=CHILDREN.piped(wording, "cy"))


def quotation(
    words: str, question_id: str = WELL, language: Language = "en", by: tuple[UUID, UUID] | None = None
) -> Quotation:
    asked, mark = question(question_id), mark_of(f"Kerry: {words}")
    proposer, approver = by or (uuid4(), uuid4())
    approval = Approval(proposer, approver, binding(asked.en, mark, words))
    return Quotation(question_id, asked, language, words, mark, approval)


def made(*quotations: Quotation, language: Language = "en") -> Perspective:
    came_back = wave("children", drawn(CHILDRENS, 40, 1))
    return perspective(ESSEX, [replace(came_back, quotations=quotations)], language)


@pytest.mark.req("T12")
def test_a_quotation_that_nobody_else_approved_cannot_be_built() -> None:
    one = uuid4()
    with pytest.raises(NotApproved):
        quotation("They listen.", by=(one, one))
    with pytest.raises(NotApproved):
        replace(quotation("They listen."), words="They never listen.")


def test_they_stand_by_question_in_its_order_and_then_by_their_letters() -> None:
    section = made(quotation("Zebras", BETTER), quotation("cats"), quotation("Ants"), quotation("bees", BETTER))
    told = [(each.question_id, [one.words for one in each.quotations]) for each in section.audiences[0].quoted]
    assert told == [(WELL, ["Ants", "cats"]), (BETTER, ["bees", "Zebras"])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_layout_has_them_in_double_quotation_marks_under_their_question(language: Language) -> None:
    section = made(quotation("[The worker] listens."), language=language)
    asked = question(WELL).in_language(language)
    heading = "In their own words" if language == "en" else "Yn eu geiriau eu hunain"
    for layout, words in (
        (as_text, "“[The worker] listens.”"),
        (as_markdown, r"> “\[The worker\] listens.”"),
        (as_html, "“[The worker] listens.”</blockquote>"),
    ):
        page = layout(section).replace("&#39;", "'")
        assert page.index(heading) < page.index(asked) < page.index(words)


def test_they_come_after_the_bullets() -> None:
    section = made(quotation("They listen."))
    page = as_text(section)
    assert page.rindex("•") < page.index("In their own words")


def test_the_json_has_the_words_and_the_question_and_nothing_of_the_comment_or_of_people() -> None:
    one = quotation("[The worker] listens.")
    (audience,) = json.loads(as_json(made(one)))["audiences"]
    assert audience["quotations"] == ["[The worker] listens."]
    assert audience["quoted"] == [{"question": WELL, "wording": question(WELL).en, "words": ["[The worker] listens."]}]
    for layout in (as_json, as_html, as_text, as_markdown):
        printed = layout(made(one))
        assert not any(
            str(each) in printed for each in (one.comment_mark, one.approval.proposed_by, one.approval.bound_to)
        )


def test_words_in_another_language_are_marked_as_such() -> None:
    page = as_html(made(quotation("Da iawn.", language="cy"), quotation("Good.")))
    assert '<blockquote class="app-quotation" lang="cy">“Da iawn.”' in page
    assert '<blockquote class="app-quotation">“Good.”' in page


def test_what_somebody_wrote_is_shown_and_never_run() -> None:
    nasty = "<script>alert(1)</script> {{ 7*7 }} [x](javascript:1)\n# Heading"
    section = made(quotation(nasty))
    assert "<script>" not in as_html(section)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in as_html(section)
    assert r"> “\<script\>alert(1)\</script\> {{ 7\*7 }} \[x\](javascript:1) \# Heading”" in as_markdown(section)


def test_no_heading_stands_where_nothing_is_quoted() -> None:
    for layout in (as_text, as_markdown, as_html):
        assert "In their own words" not in layout(made())
    assert json.loads(as_json(made()))["audiences"][0]["quoted"] == []


def test_those_of_a_shorter_form_stand_with_those_of_the_longer() -> None:
    shorter = replace(wave("victims-text", []), quotations=())
    longer = wave("victims", [])
    both = _comment_of(longer), _comment_of(shorter)
    section = perspective(ESSEX, [replace(longer, quotations=(both[0],)), replace(shorter, quotations=(both[1],))])
    if len(section.audiences) == 1:
        assert sum(len(each.quotations) for each in section.audiences[0].quoted) == 2


def _comment_of(came_back: Fieldwork) -> Quotation:
    asked = next(each for each in came_back.questionnaire.questions if each.type == "open_ended")
    mark, words = mark_of(came_back.questionnaire.id), came_back.questionnaire.id
    approval = Approval(uuid4(), uuid4(), binding(asked.wording.en, mark, words))
    return Quotation(asked.id, asked.wording, "en", words, mark, approval)


def test_a_quotation_of_a_question_that_was_not_asked_is_an_error() -> None:
    foreign = replace(quotation("They listen."), question_id="other")
    with pytest.raises(KeyError):
        quoted(CHILDRENS, [foreign])
