"""Booklets of every shipped questionnaire: nothing left out, in both languages, as pages and as tagged PDF."""

import re

import lxml.html
import pytest
from flask import Flask
from hypothesis import given, settings

from modes.paper import printing, typesetting
from modes.paper.keys import KEYS, key_of
from modes.paper.typesetting import POINTS, Print
from surveys.loading import definition, shipped
from surveys.questionnaire import Information, MultipleChoice, OpenEnded, Questionnaire, Scale, SingleChoice
from surveys.text import LANGUAGES, Language
from tests.modes.paper.samples import ADDRESS, booklet, items
from tests.surveys.strategies import NAMES, questionnaires

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def text_of(html: str) -> str:
    return " ".join(lxml.html.fromstring(html).text_content().split())


def squeezed(words: str) -> str:
    return " ".join(words.split())


@on_sqlite
@pytest.mark.req("C14")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_category_hint_and_consent_is_printed(language: Language, app: Flask) -> None:
    for name in shipped():
        questionnaire = definition(name)
        with app.app_context():
            printed = text_of(printing.html(booklet(questionnaire, language)))
        for page in questionnaire.pages:
            wanted = [page.wording, page.hint]
            match page:
                case SingleChoice() | MultipleChoice():
                    wanted += [category.label for category in page.categories]
                case Scale():
                    wanted += [page.low_label, page.high_label]
                case OpenEnded():
                    wanted.append(page.consent)
                case Information():
                    pass
            for words in filter(None, wanted):
                assert squeezed(NAMES.piped(words, language)) in printed, (name, page.id)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", POINTS)
def test_every_questionnaire_becomes_a_pdf_that_can_be_read_out(size: Print, language: Language) -> None:
    for name in shipped():
        pdf = printing.pdf(booklet(definition(name), language), ("E1-222",), size=size)
        assert pdf.startswith(b"%PDF-"), name
        assert b"/MarkInfo" in pdf
        assert b"/StructTreeRoot" in pdf
        assert b"pdfuaid:part>1<" in pdf
        assert f"/Lang({language}-GB)".encode() in pdf


def test_large_print_is_eighteen_points() -> None:
    assert POINTS["large"] >= 18


@settings(max_examples=25)
@given(questionnaires())
def test_any_questionnaire_becomes_a_booklet(questionnaire: Questionnaire) -> None:
    follow_ups = [question.ask_if is not None for question in questionnaire.questions]
    for language in LANGUAGES:
        printed = booklet(questionnaire, language)
        assert [item.number for item in items(printed)] == list(range(1, len(questionnaire.questions) + 1))
        assert [bool(item.instruction) for item in items(printed)] == follow_ups
    assert printing.pdf(booklet(questionnaire, "cy")).startswith(b"%PDF-")


def test_words_are_printed_as_they_are_and_never_taken_for_a_command() -> None:
    words = '#panic("no") *bold* $x$ \\ // @label <tag> ``` "quoted" #include "/etc/passwd"'
    drawn = {
        "title": words,
        "language": "cy",
        "words": {"no_serial": words, "serial": words, "page": words, "or": words},
    }
    around = {"before": [{"heading": words, "text": words, "danger": words, "helplines": []}], "after": []}
    part = {"title": words, "items": []}
    pdf = typesetting.pdf(
        printing.TEMPLATE,
        {**drawn, "place": words, "service": words, "around": around, "parts": [part], "serials": [words]},
    )
    assert pdf.startswith(b"%PDF-")


@on_sqlite
def test_a_page_shows_tags_in_words_as_words(app: Flask) -> None:
    with app.app_context():
        html = printing.html(booklet(definition("victims-2009")), ("<script>alert(1)</script>",))
    assert "<script>" not in html


def test_each_booklet_of_a_file_carries_its_own_number() -> None:
    one = printing.pdf(booklet(definition("victims-2009")), ("E1-222",))
    two = printing.pdf(booklet(definition("victims-2009")), ("E1-222", "E2-333"))
    pages = re.compile(rb"/Type\s*/Page\b")
    assert len(pages.findall(two)) == 2 * len(pages.findall(one)) > 2


@on_sqlite
def test_the_number_stands_on_the_front_and_nowhere_where_it_is_written_by_hand(app: Flask) -> None:
    with app.app_context():
        numbered = printing.html(booklet(definition("children-2012")), ("E17-KX4",))
        by_hand = printing.html(booklet(definition("children-2012")))
    assert "Booklet E17-KX4" in text_of(numbered)
    assert "Booklet number (for the office):" in text_of(by_hand)


@on_sqlite
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_booklet_begins_and_ends_with_what_the_web_says(language: Language, app: Flask) -> None:
    for name, name_of_helpline in (("children", "Childline"), ("victims", "Victim Support"), ("parents", "NSPCC")):
        with app.app_context():
            printed = text_of(printing.html(booklet(definition(name), language)))
        wanted = {
            "en": ["HM Inspectorate of Probation", "You can say no", "call 999", "Put this booklet in the envelope"],
            "cy": ["Arolygiaeth Prawf EF", "ddweud na", "999", "yn yr amlen"],
        }[language]
        assert [words for words in wanted if words not in printed] == []
        assert "{" not in printed
        assert "press Send" not in printed
        assert "pwyso Anfon" not in printed
        assert f"{ADDRESS}/talk" in printed
        if language == "en":
            assert name_of_helpline in printed


@on_sqlite
@pytest.mark.req("T18")
def test_who_helped_is_asked_on_paper_too(app: Flask) -> None:
    for name in ("children", "children-2009", "children-2010", "children-2012", "parents", "victims"):
        questionnaire = definition(name)
        assert questionnaire.helped_question
        wording = NAMES.piped(questionnaire.by_id[questionnaire.helped_question].wording, "en")
        with app.app_context():
            assert wording in text_of(printing.html(booklet(questionnaire)))


@on_sqlite
def test_a_page_that_stands_alone_asks_for_no_other_file(app: Flask) -> None:
    with app.app_context():
        html = printing.html(booklet(definition("children-2012")), size="large", styles="main { color: black }")
    assert "<style>" in html
    assert re.findall(r'(?:src|href)="(?!data:)', html) == []


def test_a_tick_or_a_cross_is_printed_beside_no_box() -> None:
    pictures = {tick.picture for name in shipped() for item in items(booklet(definition(name))) for tick in item.ticks}
    assert "face_happy" in pictures
    assert not pictures & {"tick", "cross"}


def test_every_category_of_every_questionnaire_has_a_key_and_no_key_is_undo_or_no_answer() -> None:
    assert not set(KEYS) & set("0-*u")
    assert len(set(KEYS)) == len(KEYS)
    for name in shipped():
        for item in items(booklet(definition(name))):
            assert [tick.key for tick in item.ticks] == list(KEYS[: len(item.ticks)])
    assert key_of(len(KEYS)) == ""
