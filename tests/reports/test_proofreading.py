"""Whoever checks the sentences must be able to find a wrong one: each kind of fault, planted."""

from typing import Any

import pytest

from reports.findings import Finding
from reports.people import People
from reports.runs import Run
from surveys.text import Language, Text
from tests.reports.proofreading import faults, numbers_in, one_bullet

PEOPLE = People(Text(en="child", cy="plentyn"), Text(en="children", cy="plant"))


def finding(numerator: int, base: int, **more: Any) -> Finding:
    same: dict[str, Any] = {
        "question": "afraid",
        "measure": "share",
        "statement": Text(en="felt afraid", cy="eu bod yn ofnus"),
        "people": PEOPLE,
        "categories": ("yes",),
    }
    return Finding(**same, numerator=numerator, base=base, asked=base, respondents=base, **more)


SEVENTY_FOUR = finding(74, 92)


def runs_of(words: str) -> list[Run]:
    """The words in runs, parted by `|`; what stands in square brackets is of the finding."""
    return [Run(run.strip("[]"), SEVENTY_FOUR if run.startswith("[") else None) for run in words.split("|")]


@pytest.mark.parametrize(
    ("language", "words", "fault"),
    [
        ("en", "Over three-quarters| of the children (|[80%, 73 of 92]|) felt so.", "73"),
        ("en", "Over three-quarters| (|[81%, 74 of 92]|) felt so.", "81"),
        ("en", "Almost three-quarters| (|[80%, 74 of 92]|) felt so.", "not true"),
        ("en", "Almost all| felt so.", "no count"),
        ("en", "[74 of the 92]| felt so.", "opens with digits"),
        ("en", "[Many of the 92]| felt so.", "vague"),
        ("en", "A significant proportion felt so.", "vague"),
        ("en", "[All except two of the 92]| felt so.", "2 in"),
        ("en", "[Seventy-five of the ninety-two]| felt so.", "75"),
        ("en", "Seventy-four| felt so.", "74 in"),
        ("en", "[Seventy-four of the ninety-two]| felt so", "no full stop"),
        ("en", "[Seventy-four of the ninety-two]| felt so, .", "loose end"),
        ("cy", "Dywedodd |dros ddwy ran o dair| (|[80%, 74 o 92]|) hynny.", "not true"),
        ("cy", "Dywedodd |[pob un ond dau o'r 92]| hynny.", "2 in"),
        ("cy", "Dywedodd llawer| hynny.", "vague"),
        ("cy", "[74 o'r 92]| oedd yn ofnus.", "opens with digits"),
    ],
)
def test_a_planted_fault_is_found(language: Language, words: str, fault: str) -> None:
    told = faults(one_bullet(SEVENTY_FOUR, *runs_of(words)), language)
    assert any(fault in each for each in told), told


def test_a_right_sentence_has_no_fault() -> None:
    runs = (
        Run("Over three-quarters"),
        Run(" of the children ("),
        Run("80%, 74 of 92", SEVENTY_FOUR),
        Run(") felt afraid."),
    )
    assert faults(one_bullet(SEVENTY_FOUR, *runs), "en") == []


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "Twenty-two of the one hundred and fifty-four", [22, 154]),
        ("en", "All except three of the 22, and the other three said “one or two”", [3, 3, 22]),
        ("en", "Over two-thirds (1,200 of 1,600)", [1200, 1600]),
        ("cy", "pob un ond tri o'r 22", [3, 22]),
        ("cy", "ni ddywedodd yr un o'r saith", [7]),
        ("cy", "dros ddwy ran o dair (38 o 47)", [38, 47]),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(language: Language, text: str, numbers: list[int]) -> None:
    assert sorted(numbers_in(text, language)) == sorted(map(float, numbers))
