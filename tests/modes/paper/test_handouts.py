"""Slips, letters and the poster: in both languages, on as many pages as they should be, and honest about choice."""

from collections.abc import Sequence

import pytest
from lxml import etree

from fieldwork.entry.codes import new_code, new_link_token
from modes.paper import handouts
from modes.paper.handouts import FROM_THE_WEB, Handout, Kind, Way
from modes.web.words import Words
from surveys.questionnaire import Audience
from surveys.readability import hard_to_read
from surveys.text import Language

AUDIENCES: tuple[Audience, ...] = ("children", "parents", "victims")
BOTH: tuple[Language, ...] = ("en", "cy")
URL = "https://survey.example.org"


def printed(
    kind: Kind, number: int = 1, audience: Audience = "children", languages: Sequence[Language] = BOTH
) -> Handout:
    ways = [
        Way(f"K7P-{place}", new_code(), "" if kind == "slips" else f"{URL}/l/{new_link_token()}")
        for place in range(1, number + 1)
    ]
    said = {language: Words(language, audience) for language in languages}
    return handouts.handout(kind, "Sheet K7P", URL, ways, audience, said)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("languages", [("en",), ("en", "cy"), ("cy", "en")])
def test_a_letter_is_one_page_and_a_poster_too(audience: Audience, languages: tuple[Language, ...]) -> None:
    assert len(handouts.pictures(printed("letters", 3, audience, languages))) == 3
    assert len(handouts.pictures(printed("poster", 1, audience, languages))) == 1


@pytest.mark.parametrize(("number", "pages"), [(1, 1), (8, 1), (9, 2), (40, 5)])
def test_eight_slips_are_on_a_page(number: int, pages: int) -> None:
    assert len(handouts.pictures(printed("slips", number))) == pages


@pytest.mark.parametrize("kind", ["slips", "letters", "poster"])
def test_every_handout_is_a_pdf_that_a_screen_reader_can_read(kind: Kind) -> None:
    pdf = handouts.pdf(printed(kind))
    assert pdf.startswith(b"%PDF-")
    assert b"/MarkInfo" in pdf
    assert b"pdfuaid:part" in pdf or b"<pdfuaid:part>" in pdf


def test_what_is_printed_is_data_and_never_a_command() -> None:
    way = Way('#panic("no")', "$x^2$ #read('/etc/passwd')", "")
    said = {language: Words(language, "children") for language in BOTH}
    one = handouts.handout("slips", "#import", URL, [way], "children", said)
    assert len(handouts.pictures(one)) == 1


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("kind", ["letters", "poster"])
def test_each_says_in_both_languages_that_one_may_say_no(kind: Kind, audience: Audience) -> None:
    for said, no in zip(printed(kind, 1, audience).languages, ("You can say no", "ddweud na"), strict=True):
        assert no in said["choice"]
    assert "You can say no" in printed("slips", 1, audience).languages[0]["you_choose"]


def test_what_is_said_of_choice_and_answers_is_what_the_web_says() -> None:
    (said, _) = printed("letters").languages
    of_web = Words("en", "children")
    assert {key: said[key] for key in FROM_THE_WEB} == {key: of_web(f"start.{key}") for key in FROM_THE_WEB}


@pytest.mark.req("C7")
def test_the_words_for_children_can_be_read_at_nine() -> None:
    (said, _) = printed("letters").languages
    ours = {key: words for key, words in said.items() if key != "language"}
    hard = {
        key: why for key, words in ours.items() if (why := hard_to_read(words.replace("survey.example.org", "here")))
    }
    assert hard == {}


@pytest.mark.req("C8")
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_word_is_there_in_welsh_and_is_not_the_english(audience: Audience) -> None:
    english, welsh = printed("letters", 1, audience).languages
    assert english.keys() == welsh.keys()
    assert [key for key in english if english[key] == welsh[key]] == []


def test_the_square_of_a_link_has_its_quiet_border_and_no_style_of_its_own() -> None:
    drawn = etree.fromstring(handouts.square(f"{URL}/l/{new_link_token()}"))
    assert drawn.get("viewBox", "").split()[2] == drawn.get("viewBox", "").split()[3]
    assert not drawn.xpath("//*[@style]")
    (path,) = drawn.xpath("//*[local-name()='path']")
    assert path.get("d", "").startswith("M4 4.5")
