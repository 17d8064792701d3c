"""The impossible is impossible: over any data, no bullet says what the data do not, in either language."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.findings import Finding
from reports.perspective import AudienceSection, perspective
from reports.pooling import Fieldwork
from reports.rendering.structured import as_json
from reports.shapes import BASE_FOR_PERCENTAGES, BASE_FOR_PHRASES
from surveys.answers import NoAnswer, Silence
from surveys.interview import Response
from surveys.text import LANGUAGES, Language
from tests.reports.made_up import PLANNED, drawn, occasion_of, seeds, sizes, wave
from tests.reports.proofreading import faults, numbers_in, sentences

silence = st.sampled_from([0.0, 0.05, 0.4, 0.95])
questionnaires = st.sampled_from(PLANNED)
languages = st.sampled_from(LANGUAGES)


def section(fieldwork: Fieldwork, language: Language = "en") -> AudienceSection:
    """What one audience said."""
    return perspective(occasion_of(fieldwork.questionnaire.id), [fieldwork], language).audiences[0]


def made(
    questionnaire_id: str, number: int, seed: int = 1, silent: float = 0.1, language: Language = "en"
) -> AudienceSection:
    """The section on a wave that never was."""
    fieldwork = wave(questionnaire_id, [])
    return section(wave(questionnaire_id, drawn(fieldwork.questionnaire, number, seed, silent)), language)


@given(questionnaire_id=questionnaires, number=sizes, seed=seeds, silent=silence, language=languages)
@example(questionnaire_id="children-2012", number=1, seed=1, silent=0.0, language="en")
@example(questionnaire_id="children-2012", number=2, seed=3, silent=0.0, language="cy")
@example(questionnaire_id="children-2012", number=154, seed=1, silent=0.05, language="en")
def test_no_bullet_says_what_the_data_do_not(
    questionnaire_id: str, number: int, seed: int, silent: float, language: Language
) -> None:
    for bullet in made(questionnaire_id, number, seed, silent, language).bullets:
        assert faults(bullet, language) == [], bullet.text


@given(questionnaire_id=questionnaires, number=sizes, seed=seeds, silent=silence)
def test_both_languages_claim_the_same(questionnaire_id: str, number: int, seed: int, silent: float) -> None:
    english, welsh = (made(questionnaire_id, number, seed, silent, language) for language in LANGUAGES)
    assert [bullet.findings for bullet in english.bullets] == [bullet.findings for bullet in welsh.bullets]


@given(questionnaire_id=questionnaires, number=sizes, seed=seeds, language=languages)
def test_a_bullet_has_one_to_four_findings_and_prints_each(
    questionnaire_id: str, number: int, seed: int, language: Language
) -> None:
    for bullet in made(questionnaire_id, number, seed, language=language).bullets:
        assert 1 <= len(bullet.findings) <= 4
        printed = {id(run.finding) for run in bullet.runs if run.finding}
        assert printed >= {id(finding) for finding in bullet.findings if finding.base > 1}


@given(questionnaire_id=questionnaires, number=sizes, seed=seeds, silent=silence)
def test_a_base_that_is_not_everyone_is_said_in_words(
    questionnaire_id: str, number: int, seed: int, silent: float
) -> None:
    told = made(questionnaire_id, number, seed, silent)
    for bullet in told.bullets:
        before: Finding | None = None
        for finding in bullet.findings:
            again = before is not None and before.question == finding.question
            if finding.base != told.respondents and not again:
                assert re.search(
                    r"\bwho\b|\bof (?:those|them|the)\b|\b[Tt]hat (?:child|parent|victim|young)|\bthey\b", bullet.text
                )
            before = finding


@given(number=st.integers(1, 250), seed=seeds, language=languages)
def test_percentages_are_for_bases_of_fifty_and_more_and_phrases_from_thirty(
    number: int, seed: int, language: Language
) -> None:
    for bullet in made("children-2012", number, seed, language=language).bullets:
        largest = max(finding.base for finding in bullet.findings)
        if largest < BASE_FOR_PERCENTAGES:
            assert "%" not in bullet.text
        if largest < BASE_FOR_PHRASES:
            assert "(" not in bullet.text


@given(questionnaire_id=questionnaires, number=sizes, seed=seeds, silent=silence, language=languages)
def test_every_number_in_the_json_text_is_one_of_its_findings(
    questionnaire_id: str, number: int, seed: int, silent: float, language: Language
) -> None:
    fieldwork = wave(questionnaire_id, [])
    responses = drawn(fieldwork.questionnaire, number, seed, silent)
    made_up = perspective(occasion_of(questionnaire_id), [wave(questionnaire_id, responses)], language)
    for audience in json.loads(as_json(made_up))["audiences"]:
        for bullet in audience["bullets"]:
            keys = ("numerator", "base", "asked", "exceptions", "percent", "value", "out_of")
            known = {float(each[key]) for each in bullet["findings"] for key in keys if each[key] is not None}
            assert set(numbers_in(bullet["text"], language)) <= known, bullet["text"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("questionnaire_id", PLANNED)
def test_nobody_answered__nothing_is_claimed(questionnaire_id: str, language: Language) -> None:
    told = made(questionnaire_id, 0, language=language)
    assert told.bullets == ()
    assert told.opening.startswith(("No ", "Ni", "Nid"))
    assert told.remark is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("questionnaire_id", PLANNED)
def test_everyone_skipped_everything__it_says_so(questionnaire_id: str, language: Language) -> None:
    fieldwork = wave(questionnaire_id, [])
    skipped = {question.id: NoAnswer(Silence.SKIPPED) for question in fieldwork.questionnaire.questions}
    told = section(wave(questionnaire_id, [Response(skipped, "web", "en", "2026-11")] * 5), language)
    assert told.bullets == ()
    assert (
        told.remark
        == {
            "en": "Nobody answered the questions that this section reports.",
            "cy": "Ni atebodd neb y cwestiynau y mae'r adran hon yn adrodd arnynt.",
        }[language]
    )
    assert told.respondents == 5


@pytest.mark.parametrize("questionnaire_id", PLANNED)
@given(seed=seeds)
def test_one_answered__the_sentences_are_about_one(questionnaire_id: str, seed: int) -> None:
    told = made(questionnaire_id, 1, seed, 0.0)
    assert told.opening.startswith("One ")
    for sentence in (each for bullet in told.bullets for each in sentences(bullet.text)):
        assert sentence.startswith(("The one ", "They ", "That ", "One "))
        assert not re.search(r"\b(none|neither|both|all (?:one|of the one)|percent|%)\b", sentence)


@given(questionnaire_id=questionnaires, number=sizes, seed=seeds)
def test_a_chain_follows_those_whom_its_first_link_counts(questionnaire_id: str, number: int, seed: int) -> None:
    for bullet in made(questionnaire_id, number, seed, 0.3).bullets:
        for link in bullet.findings:
            if link.of is not None:
                assert link.of in bullet.findings
                assert link.asked == link.base + link.silent == link.of.numerator


def test_essex_reads_as_a_chain() -> None:
    chain = next(each for each in made("children-2012", 92, 11).bullets if "contract, supervision plan" in each.text)
    first, second, third, _ = chain.findings
    assert f"Of those {first.numerator}, {second.numerator}" in chain.text or second.silent
    assert third.asked == first.numerator
