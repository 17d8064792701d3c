"""Offensive words are hidden until somebody asks to see them, and nothing is lost by that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.redaction.offensive import stretches


def hidden(text: str) -> list[str]:
    return [each.text for each in stretches(text) if each.hidden]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FUCKING brilliant", ["FUCKING"]),
        ("f**k off", ["f**k"]),
        ("he's a dickhead and a prick.", ["dickhead", "prick"]),
        ("bastads", ["bastads"]),
        ("Ffwcin lol", ["Ffwcin"]),
    ],
)
def test_words_of_the_list_are_hidden_in_all_their_forms(text: str, words: list[str]) -> None:
    assert hidden(text) == words


@pytest.mark.parametrize(
    "text", ["Scunthorpe", "cocktails", "Dick's cousin Richard", "analysis", "prickly", "passage", "tithe"]
)
def test_words_that_only_look_like_it_are_not(text: str) -> None:
    assert hidden(text) == []


@given(st.text(max_size=200))
def test_put_together_the_stretches_are_the_text(text: str) -> None:
    assert "".join(each.text for each in stretches(text)) == text
