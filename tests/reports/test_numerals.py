"""Numbers as words. Babel's plural rules are the second opinion on what a Welsh number does to its noun."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from reports.mutation import aspirate, soft
from reports.numerals import NoWords, and_then, counted, figure, in_words
from surveys.text import LANGUAGES, Language

WELSH_PLURAL = Locale.parse("cy").plural_form


@pytest.mark.parametrize(
    ("number", "english"),
    [
        *((0, "no"), (1, "one"), (10, "ten"), (12, "twelve"), (13, "thirteen"), (19, "nineteen"), (20, "twenty")),
        *((22, "twenty-two"), (40, "forty"), (92, "ninety-two"), (100, "one hundred")),
        *((101, "one hundred and one"), (154, "one hundred and fifty-four"), (999, "nine hundred and ninety-nine")),
        *((1000, "one thousand"), (1001, "one thousand and one"), (1100, "one thousand one hundred")),
        (14542, "fourteen thousand five hundred and forty-two"),
    ],
)
def test_english_numbers(number: int, english: str) -> None:
    assert in_words(number, "en") == english


@pytest.mark.parametrize(
    ("number", "welsh"),
    [
        *((0, "dim"), (1, "un"), (5, "pump"), (10, "deg"), (11, "un deg un"), (15, "un deg pump"), (20, "dau ddeg")),
        *((22, "dau ddeg dau"), (50, "pum deg"), (66, "chwe deg chwech"), (92, "naw deg dau"), (100, "cant")),
        *((101, "cant ac un"), (103, "cant a thri"), (105, "cant a phump"), (108, "cant ac wyth")),
        *((154, "cant pum deg pedwar"), (200, "dau gant"), (300, "tri chant"), (500, "pum cant"), (600, "chwe chant")),
        *((1000, "mil"), (2000, "dwy fil"), (3000, "tair mil"), (11000, "un deg un o filoedd")),
    ],
)
def test_welsh_numbers_are_decimal(number: int, welsh: str) -> None:
    assert in_words(number, "cy") == welsh


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_numbers_are_written_alike(language: Language) -> None:
    assert len({in_words(number, language) for number in range(6000)}) == 6000


@given(st.integers().filter(lambda number: not 0 <= number <= 999_999))
def test_what_has_no_words_says_so(number: int) -> None:
    with pytest.raises(NoWords):
        in_words(number, "en")


@given(st.integers(0, 999_999), st.sampled_from(LANGUAGES))
def test_inside_a_sentence_one_to_ten_are_words_and_the_rest_digits(number: int, language: Language) -> None:
    assert figure(number, language).replace(",", "").isdigit() is not (1 <= number <= 10)


def test_the_noun_changes_with_the_welsh_number_as_plural_rules_say() -> None:
    forms = {number: counted(number, "ci", "cŵn").split()[-1] for number in range(1, 11)}
    by_rule = {"one": "ci", "two": "gi", "few": "chi", "many": "chi", "other": "ci"}
    assert forms == {number: by_rule[WELSH_PLURAL(number)] for number in forms}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        *(
            (1, "un ferch"),
            (2, "dwy ferch"),
            (3, "tair merch"),
            (4, "pedair merch"),
            (5, "pum merch"),
            (6, "chwe merch"),
        ),
        *((10, "deg merch"), (11, "un deg un o ferched"), (22, "dau ddeg dwy o ferched")),
    ],
)
def test_feminine_nouns_have_feminine_numbers(number: int, expected: str) -> None:
    assert counted(number, "merch", "merched", "feminine") == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        *((0, "dim holiaduron"), (1, "un holiadur"), (2, "dau holiadur"), (3, "tri holiadur"), (6, "chwe holiadur")),
        *((11, "un deg un o holiaduron"), (154, "cant pum deg pedwar o holiaduron")),
    ],
)
def test_questionnaires_are_counted_in_welsh(number: int, expected: str) -> None:
    assert counted(number, "holiadur", "holiaduron") == expected


def test_llaw_keeps_its_letters_after_one() -> None:
    assert counted(1, "llaw", "llaw", "feminine") == "un llaw"


@pytest.mark.parametrize(
    ("word", "softened"),
    [
        *(("plant", "blant"), ("tad", "dad"), ("cath", "gath"), ("brawd", "frawd"), ("dioddefwyr", "ddioddefwyr")),
        *(("gofalwyr", "ofalwyr"), ("merched", "ferched"), ("llaw", "law"), ("rhieni", "rieni")),
        *(("chwaer", "chwaer"), ("ffrind", "ffrind"), ("ysgol", "ysgol"), ("Plant", "Blant"), ("", "")),
    ],
)
def test_soft_mutation(word: str, softened: str) -> None:
    assert soft(word) == softened


def test_aspirate_mutation_and_the_two_words_for_and() -> None:
    assert [aspirate(word) for word in ("plentyn", "tad", "cath", "chwaer", "mam")] == [
        *("phlentyn", "thad", "chath", "chwaer", "mam")
    ]
    assert [and_then(word) for word in ("un", "wyth", "pump", "saith")] == ["ac un", "ac wyth", "a phump", "a saith"]
