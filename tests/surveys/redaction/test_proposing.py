"""Does the helper find what tells who somebody is? And does taking it out leave everything else as it was?"""

import re
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveys.redaction.listed import ListedName
from surveys.redaction.marks import INSTEAD, KINDS, Mark, apart, redacted
from surveys.redaction.patterns import plain
from surveys.redaction.proposing import proposed
from surveys.text import LANGUAGES, Language
from tests.surveys.redaction.measure import HALVES, KNOWN_BY_FORM, NAMES, found, labelled, table

PAGE = Path(__file__).parents[3] / "docs/comments.md"
LEAST_FOUND = 0.99
KERRY = ListedName("Kerry Jones", "person", "the victim worker")

labelled_texts = st.sampled_from([text for half in HALVES for text, _ in labelled(half)])
anything = st.one_of(st.text(max_size=200), labelled_texts, st.lists(labelled_texts, max_size=3).map(" ".join))
mixed = st.builds("{} {} {}".format, st.text(max_size=30), labelled_texts, st.text(max_size=30))


def gone(text: str, *names: ListedName) -> list[str]:
    """What the helper would take out."""
    return [text[mark.start : mark.end] for mark in proposed(text, names)]


@pytest.mark.req("T13")
@pytest.mark.parametrize("kind", KNOWN_BY_FORM)
def test_at_least_99_in_100_of_what_is_known_by_its_form_are_found(kind: str) -> None:
    hits, there = (sum(numbers) for numbers in zip(*(found(half)[kind] for half in HALVES), strict=True))
    assert hits / there >= LEAST_FOUND


@pytest.mark.req("T13")
def test_the_set_has_1000_texts_and_every_kind_in_both_halves() -> None:
    texts = [text for half in HALVES for text, _ in labelled(half)]
    assert len(texts) == 1000
    assert len({text.casefold() for text in texts}) >= 995
    for half in HALVES:
        assert len(labelled(half)) == 500
        assert all(found(half)[kind][1] >= 20 for kind in (*KNOWN_BY_FORM, *NAMES))


@pytest.mark.req("T13")
def test_the_page_gives_the_numbers_that_are_measured() -> None:
    assert table() in PAGE.read_text(encoding="utf-8")


@given(anything)
def test_nothing_that_is_marked_stands_in_the_redacted_text(text: str) -> None:
    marks = proposed(text)
    left = [text[one.end : other.start] for one, other in _pairs(text, marks)]
    written = redacted(text, marks)
    assert re.fullmatch(r"\[[^\[\]]*\]".join(map(re.escape, left)), written), "what is not marked stays; what is, goes"


def _pairs(text: str, marks: tuple[Mark, ...]) -> list[tuple[Mark, Mark]]:
    ends = [Mark(0, 0, "person"), *marks, Mark(len(text), len(text), "person")]
    return list(pairwise(ends))


@given(st.text(alphabet="ab ŵ😀e\u0301", max_size=40), st.data())
def test_marked_spans_are_gone_whatever_letters_stand_around_them(around: str, data: st.DataObject) -> None:
    secrets = ["Zx-" + str(number) for number in range(data.draw(st.integers(1, 4)))]
    text, marks = "", []
    for secret in secrets:
        text += around
        marks.append(Mark(len(text), len(text) + len(secret), data.draw(st.sampled_from(KINDS))))
        text += secret
    written = redacted(text, data.draw(st.permutations(marks)))
    assert not any(secret in written for secret in secrets)
    assert re.sub(r"\[[^\]]*\]", "", written) == around * len(secrets)


@given(anything, st.sampled_from(LANGUAGES))
@example("You SAM@EXAMPLE.CO.UK last was Young", "en")
@example("DL1.5JX Big", "cy")
def test_a_text_that_was_redacted_has_nothing_more_to_take_out(text: str, language: Language) -> None:
    once = redacted(text, proposed(text), language)
    assert redacted(once, proposed(once), language) == once


@given(mixed)
def test_marks_are_apart_in_order_and_within_the_text(text: str) -> None:
    marks = proposed(text)
    assert apart(marks) == marks
    for one, other in pairwise(marks):
        assert one.end <= other.start
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)


@given(st.text(max_size=300))
def test_every_letter_stays_at_its_place(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.lists(st.builds(Mark, st.integers(0, 30), st.integers(0, 30), st.sampled_from(KINDS)), max_size=8))
def test_marks_that_overlap_become_one_that_covers_them_all(marks: list[Mark]) -> None:
    before = {place for mark in marks for place in range(mark.start, mark.end)}
    after = [place for mark in apart(marks) for place in range(mark.start, mark.end)]
    assert sorted(before) == after


@pytest.mark.parametrize("mark", [Mark(-1, 2, "person"), Mark(0, 4, "person")])
def test_a_mark_outside_the_text_is_an_error(mark: Mark) -> None:
    with pytest.raises(ValueError, match="no place"):
        redacted("Sam", [mark])


def test_the_house_writes_who_in_square_brackets_with_a_capital_where_a_sentence_begins() -> None:
    text = "Kerry listened. kerry jones rang and JONES too.\nKerry!"
    assert redacted(text, proposed(text, [KERRY])) == (
        "[The victim worker] listened. [The victim worker] rang and [the victim worker] too.\n[The victim worker]!"
    )


def test_in_welsh_the_house_writes_welsh() -> None:
    text = "Diolch i Rhys, 07700 900123"
    assert redacted(text, proposed(text), "cy") == "Diolch i [person], [rhif ffôn]"


def test_every_kind_has_its_words_in_both_languages() -> None:
    assert set(INSTEAD) == set(KINDS)
    assert len({words.en for words in INSTEAD.values()}) == len(KINDS)


def test_a_persons_name_is_found_in_parts_a_school_only_as_a_whole() -> None:
    school = ListedName("Carr Mill", "school")
    assert gone("ask jones at carr  mill about the mill", KERRY, school) == ["jones", "carr  mill"]


@pytest.mark.parametrize("written", ["Siân", "sian", "SIÂN", "Sian's", "siaan", "SIAN"])
def test_accents_capitals_and_stretched_letters_hide_no_listed_name(written: str) -> None:
    assert gone(f"ask {written} about it", ListedName("Siân", "person"))


@pytest.mark.parametrize("written", ["sams", "samosa", "flotsam"])
def test_a_listed_name_is_a_word_of_its_own(written: str) -> None:
    assert gone(f"we had {written} there", ListedName("Sam", "person")) == []


@pytest.mark.parametrize("name", ["", "...", "(", "a.*b", "[x]", "\\"])
def test_a_listed_name_is_never_a_pattern(name: str) -> None:
    assert gone("we had lunch there (once)", ListedName(name, "person")) == []


def test_what_the_house_wrote_is_not_taken_out_again_but_what_others_put_in_brackets_is() -> None:
    assert gone("[The victim worker] rang [07700 900123]", KERRY) == ["07700 900123"]


@pytest.mark.parametrize(
    "text",
    [
        "8/10",
        "4/5 stars",
        "10 out of 10",
        "I may go 2 more times",
        "the 1st worker and the 2nd one",
        "at 4.30pm",
        "I was in year 9",
        "PS5",
        "3 hours a week",
        "They should listen. And be on time. Maths is hard.",
        "IT WAS GOOD AND THEY LISTENED",
        "I will hope for the best in May",
    ],
)
def test_ordinary_words_and_numbers_stay(text: str) -> None:
    assert gone(text) == []


@pytest.mark.parametrize(
    "text",
    ["a" * 10_000, "0" * 10_000, "o" * 10_000, "A" * 10_000, "@" * 10_000, "1 " * 5_000, "Ab " * 3_000, "a.b-" * 2_500],
)
def test_a_long_text_of_any_kind_is_looked_through_in_a_second_or_two(text: str) -> None:
    started = perf_counter()
    proposed(text, [KERRY])
    assert perf_counter() - started < 5
