"""How old must a reader be?"""

import pytest

from surveys.readability import grade, hard_to_read, sentences, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("plan", 1), ("afraid", 2), ("people", 2), ("something", 2), ("talked", 1), ("wanted", 2), ("special", 2),
     ("agreement", 3), ("make", 1), ("going", 2), ("the", 1), ("table", 2)],
)  # fmt: skip
def test_syllables_are_estimated_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_piped_name_counts_as_one_plain_word() -> None:
    assert grade("Did {service} help you?") == grade("Did team help you?")


def test_sentences_end_at_stops_questions_and_new_lines() -> None:
    assert sentences("You can stop. Can you?\nYes") == ["You can stop", "Can you", "Yes"]


def test_plain_words_are_not_hard_to_read() -> None:
    assert hard_to_read("Did your worker talk to you about your plan? You can say no.") is None


def test_long_words_are_hard_to_read_and_the_age_is_told() -> None:
    found = hard_to_read("Has participation materially facilitated rehabilitation?")
    assert found is not None
    assert found.startswith("the reading age is")


def test_a_long_sentence_is_hard_to_read_however_plain_its_words() -> None:
    assert hard_to_read("I go to see you " * 4) == "a sentence has 20 words, 15 is the most"


def test_nothing_to_read_is_not_hard() -> None:
    assert hard_to_read("…") is None
