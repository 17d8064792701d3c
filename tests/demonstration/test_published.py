"""Each fact that a report printed, held against our sentence: the same fact, or a listed reason why ours differs.

A fact is a number or a bound, so that what is compared is what was said and not how it was put.
"""

import json
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from demonstration.loading import load
from demonstration.records import records
from tests.application import settings_for

FACTS = tomllib.loads((Path(__file__).parent / "published.toml").read_text(encoding="utf-8"))["facts"]
AUDIENCES = {"children": "children", "victims": "victims", "text": "children"}
Fact = dict[str, Any]
Finding = dict[str, Any]


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with the demonstration in it."""
    folder = tmp_path_factory.mktemp("demonstration")
    app = create_app(settings_for(f"sqlite:///{folder}/perspective.sqlite3"))
    app.extensions["database"].upgrade()
    for record in records():
        with app.extensions["database"].transaction() as session:
            load(session, record)
    yield app
    app.extensions["database"].engine.dispose()


@pytest.fixture(scope="module")
def perspectives(demonstration: Flask) -> dict[str, Any]:
    """Each inspection's perspective, as other programs get it."""
    slugs = [record.inspection.slug for record in records()]
    return {slug: json.loads(printed(demonstration, slug, "json")) for slug in slugs}


def printed(app: Flask, slug: str, layout: str, language: str = "en") -> str:
    """What `flask perspective` prints."""
    result = app.test_cli_runner().invoke(args=["perspective", slug, "--format", layout, "--language", language])
    assert result.exit_code == 0, result.output
    return result.output


def findings_on(fact: Fact, perspectives: dict[str, Any]) -> list[Finding]:
    """What our sentences claim about the question of the fact, with its categories or threshold."""
    slug, questionnaire = fact["wave"].split("/")
    audience = AUDIENCES[questionnaire.split("-")[0]]
    sections = [each for each in perspectives[slug]["audiences"] if each["audience"] == audience]
    claimed = [finding for section in sections for bullet in section["bullets"] for finding in bullet["findings"]]
    return [finding for finding in claimed if is_about(finding, fact)]


def is_about(finding: Finding, fact: Fact) -> bool:
    if finding["question"] != fact["question"]:
        return False
    if "mean" in fact["says"]:
        return bool(finding["measure"] == "mean")
    if "threshold" in fact:
        return bool(finding["value"] == fact["threshold"])
    return set(finding["categories"]) == set(fact["categories"])


def holds(says: dict[str, Any], finding: Finding) -> bool:
    """True where the finding bears out everything that the fact says."""
    return all(bears_out(name, expected, finding) for name, expected in says.items())


def bears_out(name: str, expected: Any, finding: Finding) -> bool:
    """True where one thing that the fact says is so."""
    numerator, base = finding["numerator"], finding["base"]
    share = Fraction(numerator, base)
    match name:
        case "exactly" | "over" | "under" | "at_least":
            bound = Fraction(expected)
            within = {
                "exactly": share == bound,
                "over": share > bound,
                "under": share < bound,
                "at_least": share >= bound,
            }
            return within[name]
        case _:
            told = {
                "all": numerator == base,
                "count": numerator,
                "base": base,
                "exceptions": base - numerator,
                "percent": (200 * numerator + base) // (2 * base),
                "mean": finding["value"],
            }
            return bool(told[name] == expected)


@pytest.mark.parametrize("fact", [each for each in FACTS if "differs" not in each], ids=lambda fact: fact["id"])
def test_our_sentence_says_what_the_report_printed(fact: Fact, perspectives: dict[str, Any]) -> None:
    found = findings_on(fact, perspectives)
    assert found, f"no sentence of ours is about {fact['question']} {fact['categories']}"
    assert any(holds(fact["says"], finding) for finding in found), found


@pytest.mark.parametrize("fact", [each for each in FACTS if "differs" in each], ids=lambda fact: fact["id"])
def test_where_ours_differs_no_sentence_of_ours_makes_the_claim(fact: Fact, perspectives: dict[str, Any]) -> None:
    found = findings_on(fact, perspectives)
    assert fact["differs"].endswith(".")
    assert not any(fact["says"] and holds(fact["says"], finding) for finding in found)


def test_the_comparison_sees_a_wrong_fact() -> None:
    finding = {"numerator": 42, "base": 51, "value": None}
    assert holds({"count": 42, "base": 51, "percent": 82}, finding)
    assert not any(holds(wrong, finding) for wrong in ({"count": 43}, {"percent": 83}, {"all": True}, {"over": "5/6"}))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_says_that_its_responses_are_reconstructed(demonstration: Flask, language: str) -> None:
    word = {"en": "reconstructed", "cy": "hail-greu"}[language]
    for record in records():
        assert (word in printed(demonstration, record.inspection.slug, "text", language)) is bool(record.waves)


def test_an_inspection_that_asked_nobody_says_so(demonstration: Flask, perspectives: dict[str, Any]) -> None:
    assert perspectives["hertfordshire-2013"]["audiences"] == []
    assert "no survey" in printed(demonstration, "hertfordshire-2013", "text").lower()
