"""The words of a booklet: whole in both languages, used, plain, and promising nothing that is not kept."""

import re
import tomllib
from pathlib import Path

import pytest

from modes.paper.words import FILE, catalogue
from surveys.readability import LONGEST_SENTENCE, OLDEST_GRADE, grade, hard_to_read
from tests.modes.web.test_words import DETAIL, ENGLISH, READERS

ROOT = Path(__file__).parents[3]
USED = re.compile(r"""["']((?:booklet|ask|only|end)\.[a-z_]+)["']""")


def test_every_entry_is_in_both_languages_with_the_same_parts_and_details() -> None:
    for key, entry in catalogue().items():
        assert entry.en, key
        for welsh in filter(None, (entry.cy, entry.ti)):
            assert sorted(DETAIL.findall(welsh)) == sorted(DETAIL.findall(entry.en)), key
            assert [len(part.splitlines()) for part in welsh.split("\n\n")] == [
                len(part.splitlines()) for part in entry.en.split("\n\n")
            ], key
            assert {word.lower() for word in re.findall(r"[\w']+", welsh)} & ENGLISH == set(), key


def test_welsh_for_a_child_says_ti_and_welsh_for_adults_says_chi() -> None:
    for key, entry in catalogue().items():
        to_a_child = entry.ti or (entry.cy if key.endswith(".children") else "")
        assert not re.search(r"\b(chi|eich|Ticiwch|Rhowch|Dywedwch)\b", to_a_child), key
        to_adults = "" if key.endswith(".children") else entry.cy
        assert not re.search(r"\b(ti|dy|Ticia|Rho|Dweda)\b", to_adults), key


def test_the_welsh_says_whether_a_translator_has_signed_it() -> None:
    assert tomllib.loads(FILE.read_text(encoding="utf-8"))["welsh"] in {"awaiting_translator", "signed_by_translator"}


def test_no_entry_is_unused_and_none_is_missing() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "modes" / "paper").glob("*.py"))
    used = set(USED.findall(sources)) | {"booklet.serial", "booklet.no_serial", "booklet.page"}
    compared = {
        f"only.{no}{kind}"
        for no in ("", "not_")
        for kind in ("chose", "chose_none", "chose_all", "answered", "at_least")
    }
    used = {key for key in used if not key.endswith(("_", ".typ"))}
    shared = {key.rpartition(".")[0] if key.rpartition(".")[2] in READERS else key for key in catalogue()}
    assert shared == used | compared


@pytest.mark.req("C7")
def test_what_children_read_is_plain_and_for_readers_of_nine() -> None:
    for key, entry in catalogue().items():
        if not key.startswith("only.") and not key.endswith(".adults"):
            assert f"{LONGEST_SENTENCE} is the most" not in (hard_to_read(entry.en) or ""), key
    passages = [
        entry.en for key, entry in catalogue().items() if key in {"booklet.how", "booklet.answers.children", "end.body"}
    ]
    assert grade("\n".join(passages)) <= OLDEST_GRADE


@pytest.mark.parametrize("forbidden", [r"confidential|secret\b|anonymous|we promise", r"cyfrinach|dienw|rydym yn addo"])
def test_nothing_is_promised_that_nobody_can_keep(forbidden: str) -> None:
    for key, entry in catalogue().items():
        assert not re.search(forbidden, f"{entry.en} {entry.cy} {entry.ti}", re.IGNORECASE), key
