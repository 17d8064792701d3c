"""Are words found after which a person should look first, and is the person seldom called for nothing?"""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.screening.lists import TOPICS
from surveys.screening.screen import LISTS, Hit, screened
from tests.surveys.screening.measure import by_kind, everything, ordinary, phrases, share, table

pytestmark = pytest.mark.req("T7")

PAGE = Path(__file__).parents[3] / "docs/screening.md"
FOUND = tuple(phrase for phrase in everything(phrases("tuned")) if screened(phrase))
ORDINARY = (*everything(ordinary(0)), *everything(ordinary(1)))
MOST_FALSE_ALARMS = 0.10
LEAST_FOUND = 0.95

found_phrases = st.sampled_from(FOUND)
ordinary_sentences = st.sampled_from(ORDINARY)


@pytest.mark.parametrize("half", ["tuned", "held_out"])
def test_at_least_95_in_100_phrases_that_a_person_must_look_at_are_found(half: str) -> None:
    assert share(everything(phrases(half))) >= LEAST_FOUND


@pytest.mark.parametrize("half", ["tuned", "held_out"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_so_are_at_least_95_in_100_of_each_language(half: str, language: str) -> None:
    assert share(phrases(half)[language]) >= LEAST_FOUND


@pytest.mark.parametrize("half", [0, 1])
def test_at_most_10_in_100_ordinary_answers_call_a_person_for_nothing(half: int) -> None:
    assert share(everything(ordinary(half))) <= MOST_FALSE_ALARMS


def test_the_phrases_and_ordinary_answers_by_another_hand_are_told_apart() -> None:
    assert share(everything(phrases("by_another_hand", ["to_look_at"]))) >= LEAST_FOUND
    assert share(everything(phrases("by_another_hand", ["ordinary"]))) <= MOST_FALSE_ALARMS


def test_the_page_gives_the_numbers_that_are_measured() -> None:
    assert table() in PAGE.read_text(encoding="utf-8")


def test_there_are_enough_phrases_and_answers_and_none_stands_twice() -> None:
    for half in ("tuned", "held_out"):
        assert len(everything(phrases(half))) >= 300
        assert len(phrases(half)["cy"]) >= 80
    every = [*everything(phrases("tuned")), *everything(phrases("held_out")), *everything(phrases("afterwards"))]
    assert len({phrase.casefold() for phrase in every}) == len(every)
    assert len({answer.casefold() for answer in ORDINARY}) == len(ORDINARY) == 2000
    assert sum(len(ordinary(half)["cy"]) for half in (0, 1)) >= 400


def test_each_topic_has_phrases_in_both_halves() -> None:
    assert set(by_kind("tuned")) == set(by_kind("held_out")) == set(TOPICS)


@pytest.mark.parametrize(
    ("words", "topic"),
    [("STOP he is outside", "danger_now"), ("help me he is outside", "asking_for_help"),
     ("ma cyllell da fi", "threats"), ("dwi isio marw", "self_harm"), ("I was RAPED!!", "abuse"),
     ("su1c1dal", "self_harm"), ("i fink about endin it", "self_harm"),
     ("he keeps hitin me", "abuse"), ("he forcd me to sell drugs", "exploitation"),
     ("heeeeelp meeee", "asking_for_help"), ("i wnna k\u200bms", "self_harm")],
)  # fmt: skip
def test_a_hit_names_its_topics(words: str, topic: str) -> None:
    hit = screened(words)
    assert hit is not None
    assert topic in hit.topics


@pytest.mark.parametrize(
    "words",
    ["stop it was awful", "my worker helped me stop fighting", "they killed it", "scared at first but fine",
     "I used to carry a knife, now I don't", "STOP", "yes", "8", "😢", "", " \n\t", "’", "Diolch am bopeth."],
)  # fmt: skip
def test_ordinary_words_are_no_hit(words: str) -> None:
    assert screened(words) is None


def test_a_hit_names_the_version_of_both_lists() -> None:
    en, cy = (tomllib.loads(path.read_text(encoding="utf-8"))["version"] for path in LISTS)
    assert screened("i want to die") == Hit(f"en {en}, cy {cy}", ("self_harm",))


def test_topics_come_in_one_order_whatever_was_said_first() -> None:
    hit = screened("i want to die and he is outside")
    assert hit is not None
    assert hit.topics == tuple(topic for topic in TOPICS if topic in hit.topics)
    assert {"danger_now", "self_harm"} <= set(hit.topics)


@given(st.lists(st.one_of(st.characters(), st.integers(0xD800, 0xDFFF).map(chr))).map("".join))  # lone surrogates too
def test_nothing_that_can_be_typed_breaks_it(text: str) -> None:
    assert screened(text) is None or isinstance(screened(text), Hit)


@given(found_phrases, st.sampled_from([str.upper, str.title, str.casefold, str.swapcase]))
def test_capitals_do_not_matter(phrase: str, written: object) -> None:
    assert callable(written)
    assert screened(written(phrase)) == screened(phrase)


@given(found_phrases, st.sampled_from(["", "’", "‘", "`", "ʼ", "´", "＇"]))
def test_apostrophes_do_not_matter(phrase: str, apostrophe: str) -> None:
    assert screened(phrase.replace("'", apostrophe)) == screened(phrase)


@given(found_phrases, st.sampled_from([", ", "  ", " - ", " … ", "...", "\n", "!! ", " 😢 ", " 👍🏽 ", "; "]))
def test_punctuation_and_emoji_hide_nothing(phrase: str, between: str) -> None:
    assert screened(between + re.sub(r"(?<=\w) (?=\w)", between, phrase) + between) is not None


@settings(max_examples=1000)
@given(found_phrases, ordinary_sentences, st.sampled_from([". ", "! ", "? ", "\n", "... "]))
def test_an_ordinary_sentence_before_hides_nothing(phrase: str, sentence: str, end: str) -> None:
    assert screened(sentence + end + phrase) is not None


@settings(max_examples=1000)
@given(found_phrases, ordinary_sentences, st.sampled_from([". ", "! ", "? ", "\n", "... "]))
def test_an_ordinary_sentence_behind_hides_nothing(phrase: str, sentence: str, end: str) -> None:
    assert screened(phrase + end + sentence) is not None
