"""Every question, every category; and what each code means."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.codebook import codebook
from reports.rendering.tables import (
    COLUMNS,
    topline_as_csv,
    topline_as_json,
    topline_as_markdown,
    topline_as_text,
)
from reports.topline import Topline, topline
from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.interview import Response
from surveys.loading import definition
from surveys.questionnaire import MultipleChoice, SingleChoice
from surveys.text import LANGUAGES, Language
from tests.reports.made_up import CHILDREN_AND_YOUNG_PEOPLE, PLANNED, drawn, names_of, seeds


def response(**answers: Answer) -> Response:
    return Response(answers, "web", "en", "2012-02")


def of(*responses: Response, name: str = "children-2012", language: Language = "en") -> Topline:
    return topline(definition(name), CHILDREN_AND_YOUNG_PEOPLE, responses, language)


def test_a_category_has_its_count_its_base_and_its_percentage() -> None:
    told = of(response(knows_why=Chosen(("yes",))), response(knows_why=Chosen(("no",))), response()).entries[0]
    assert (told.asked, told.base, told.base_label) == (3, 2, "Children and young people")
    assert [(line.code, line.count, line.percent) for line in told.lines] == [
        ("yes", 1, 50),
        ("no", 1, 50),
        ("not_sure", 0, 0),
    ]
    assert told.silences == (("stopped before it", 1),)


def test_a_category_out_of_the_base_has_a_count_and_no_percentage() -> None:
    told = of(
        *(response(safety_attended=Chosen((code,))) for code in ("yes", "no_concern", "no_concern")),
        name="victims-2009",
    )
    line = {each.code: each for entry in told.entries if entry.question == "safety_attended" for each in entry.lines}
    assert (line["no_concern"].count, line["no_concern"].percent, line["yes"].percent) == (2, None, 100)
    assert "(not counted in the base)" in topline_as_text(told)


def test_a_scale_is_summed_up_and_told_number_by_number() -> None:
    told = of(*(response(rating_0_to_100=Number(value)) for value in (100, 70, 70, 9)))
    entry = next(each for each in told.entries if each.question == "rating_0_to_100")
    assert [(line.code, line.count) for line in entry.lines] == [("9", 1), ("70", 2), ("100", 1)]
    assert entry.spread == "mean 62.25, median 70, from 9 to 100, standard deviation 33.09"


def test_words_are_counted_and_never_printed() -> None:
    told = of(
        response(helped_with_more=Verbatim("Sam was kind.")), response(helped_with_more=NoAnswer(Silence.SKIPPED))
    )
    entry = next(each for each in told.entries if each.question == "helped_with_more")
    assert [(line.label, line.count) for line in entry.lines] == [("wrote something", 1)]
    for layout in (topline_as_text, topline_as_markdown, topline_as_csv, topline_as_json):
        assert "Sam" not in layout(told)


def test_a_question_that_nobody_was_asked_has_no_percentage() -> None:
    entry = next(each for each in of(response()).entries if each.question == "afraid_helped")
    assert (entry.asked, entry.base) == (0, 0)
    assert {line.percent for line in entry.lines} == {None}
    assert entry.base_label == "Those who had felt afraid"


@given(st.sampled_from(PLANNED), st.integers(0, 40), seeds, st.sampled_from(LANGUAGES))
def test_every_layout_tells_every_question_and_every_category(
    name: str, number: int, seed: int, language: Language
) -> None:
    questionnaire = definition(name)
    told = topline(questionnaire, names_of(name), drawn(questionnaire, number, seed), language)
    text, markdown = topline_as_text(told), topline_as_markdown(told)
    rows = list(csv.DictReader(io.StringIO(topline_as_csv(told))))
    read = json.loads(topline_as_json(told))
    assert [entry["question"] for entry in read["entries"]] == [question.id for question in questionnaire.questions]
    for question in questionnaire.questions:
        assert f"\n{question.id}: " in text
        assert question.id.replace("_", r"\_") in markdown
        if isinstance(question, SingleChoice | MultipleChoice):
            answers = [row["code"] for row in rows if row["question"] == question.id and row["kind"] == "answer"]
            assert answers == [category.code for category in question.categories]


def test_the_csv_has_its_columns_once() -> None:
    lines = topline_as_csv(of()).splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert not any(line.startswith("question,") for line in lines[1:])


@pytest.mark.parametrize("name", PLANNED)
def test_the_codebook_has_every_code_label_and_wording_in_both_languages(name: str) -> None:
    questionnaire, names = definition(name), names_of(name)
    book = codebook(questionnaire, names)
    for question in questionnaire.questions:
        assert f"## `{question.id}`" in book
        for language in LANGUAGES:
            assert names.piped(question.wording, language) in book
        if isinstance(question, SingleChoice | MultipleChoice):
            for category in question.categories:
                assert (
                    f"| `{category.code}` | {names.piped(category.label, 'en')} | {names.piped(category.label, 'cy')} |"
                    in book
                )
    for reason in Silence:
        assert f"`{reason}`" in book


def test_the_codebook_says_who_is_asked_and_what_does_not_count() -> None:
    book = codebook(definition("victims-2009"), CHILDREN_AND_YOUNG_PEOPLE)
    assert "not counted in the base" in book
    book = codebook(definition("children-2012"), CHILDREN_AND_YOUNG_PEOPLE)
    assert 'Asked if `{"question": "afraid", "any_of": ["yes"]}`' in book
    assert "stands alone" in book


def test_a_share_that_is_not_all_or_none_is_not_printed_as_one() -> None:
    most = [response(knows_why=Chosen(("yes",)))] * 249
    told = of(*most, response(knows_why=Chosen(("no",)))).entries[0]
    assert [(line.code, line.percent, line.beyond) for line in told.lines[:2]] == [("yes", 99, 1), ("no", 1, -1)]
    printed = topline_as_text(of(*most, response(knows_why=Chosen(("no",)))))
    assert ">99%" in printed
    assert "<1%" in printed
