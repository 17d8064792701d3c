"""The section as text, Markdown, JSON and HTML."""

import json
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.perspective import Occasion, Perspective, perspective
from reports.rendering.form import PerspectiveJson
from reports.rendering.page import page_of
from reports.rendering.plain import as_markdown, as_text
from reports.rendering.structured import as_json, schema
from surveys.loading import definition
from surveys.text import LANGUAGES, Language, Text
from tests.reports.made_up import PLANNED, drawn, seeds, sizes, wave

ROOT = Path(__file__).parents[2]
PAGES = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined)
NOTE = Text(en="Reconstructed <by hand> & [roughly].", cy="Wedi'i ail-greu <â llaw> & [yn fras].")


def made(number: int = 40, seed: int = 1, language: Language = "en") -> Perspective:
    """The section of an inspection that asked children and victims."""
    waves = [wave(name, drawn(definition(name), number, seed), 60) for name in ("children-2012", "victims-2009")]
    return perspective(Occasion("essex-2012", "Essex", "cci", NOTE), waves, language)


def as_html(section: Perspective) -> str:
    return PAGES.get_template("reports/perspective.html").render(page=page_of(section))


class Doors(HTMLParser):
    """The elements of a page that open something, and those that can be opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.ids: Counter[str] = Counter()
        self.numbers: list[str] = []
        self.words: list[str] = []
        self.inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_attributes = dict(attrs)
        self.inside.append(f"{tag}.{given_attributes.get('class')}")
        if found := given_attributes.get("id"):
            self.ids[found] += 1
        if found := given_attributes.get("popovertarget"):
            self.opened.append(found)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and not self.inside.pop().startswith(f"{tag}."):
            pass

    def handle_data(self, data: str) -> None:
        if "p.govuk-body app-sentence" in self.inside:
            self.words.append(data)
        if self.inside and self.inside[-1] == "button.app-number":
            self.numbers.append(data)


@given(st.integers(0, 100), seeds, st.sampled_from(LANGUAGES))
def test_every_number_opens_evidence_that_is_there(number: int, seed: int, language: Language) -> None:
    section = made(number, seed, language)
    doors = Doors(as_html(section))
    assert set(doors.opened) <= set(doors.ids)
    assert max(doors.ids.values(), default=1) == 1
    runs = [run for each in section.audiences for bullet in each.bullets for run in bullet.runs]
    assert doors.numbers == [run.text for run in runs if run.finding]
    assert "".join(doors.words) == "".join(bullet.text for each in section.audiences for bullet in each.bullets)


def test_evidence_has_the_wording_the_count_the_base_and_who_was_left_out() -> None:
    page = as_html(made())
    for words in ("Did the YOS pay attention to your safety?", "Counted", "Number", "Base", "Asked, but no answer"):
        assert words in page
    assert "I had no worries about my safety: " in page
    assert "mean " in page


def test_evidence_of_a_complement_says_what_is_not_counted() -> None:
    waves = [wave("children", drawn(definition("children"), 40, 1))]
    page = as_html(perspective(Occasion("nowhere-2026", "Nowhere", "today"), waves))
    assert "anything but “None of these” or “I&#39;m not sure”" in page


@pytest.mark.parametrize(("language", "words"), [("en", "Where these numbers come from"), ("cy", "O ble y daw")])
def test_the_same_evidence_stands_under_the_bullet(language: Language, words: str) -> None:
    section = made(language=language)
    assert as_html(section).count(words) == sum(len(each.bullets) for each in section.audiences)


def test_what_comes_from_outside_is_escaped() -> None:
    assert "Reconstructed &lt;by hand&gt; &amp; [roughly]." in as_html(made())
    assert r"Reconstructed \<by hand\> & \[roughly\]." in as_markdown(made())


def test_a_page_has_no_script_and_no_style_of_its_own() -> None:
    page = as_html(made())
    assert not any(each in page for each in ("<script", "style=", "onclick", "http:", "https:"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_keeps_to_its_width_and_has_every_bullet(language: Language) -> None:
    section = made(language=language)
    text = as_text(section)
    assert max(map(len, text.splitlines())) <= 100
    flowing = " ".join(text.split())
    for bullet in (bullet for each in section.audiences for bullet in each.bullets):
        assert " ".join(f"• {bullet.text}".split()) in flowing


def test_markdown_has_a_heading_for_each_audience_and_an_item_for_each_bullet() -> None:
    lines = as_markdown(made()).splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        *("# Service users' perspective: Essex", "## Children and young people", "## Victims")
    ]
    assert sum(line.startswith("- ") for line in lines) == sum(len(each.bullets) for each in made().audiences)


def test_an_inspection_without_a_survey_is_told_in_every_layout() -> None:
    nothing = perspective(Occasion("hertfordshire-2013", "Hertfordshire", "sqs"), [])
    for layout in (as_text, as_markdown, as_html, as_json):
        assert "There was no survey" in layout(nothing)
    assert json.loads(as_json(nothing))["audiences"] == []


@pytest.mark.parametrize("number", [0, 5])
def test_nobody_answered_is_told_in_every_layout(number: int) -> None:
    silent = perspective(
        Occasion("essex-2012", "Essex", "cci"),
        [wave("children-2012", drawn(definition("children-2012"), number, 1, 1.0))],
    )
    words = "Nobody answered the questions" if number else "No child or young person completed"
    for layout in (as_text, as_markdown, as_html, as_json):
        assert words in layout(silent)


@given(st.sampled_from(PLANNED), sizes, seeds, st.sampled_from(LANGUAGES))
def test_the_json_is_as_promised(name: str, number: int, seed: int, language: Language) -> None:
    section = perspective(
        Occasion("nowhere-2026", "Nowhere", "today"), [wave(name, drawn(definition(name), number, seed))], language
    )
    read = PerspectiveJson.model_validate_json(as_json(section), strict=True)
    for promised, bullet in zip(read.audiences[0].bullets, section.audiences[0].bullets, strict=True):
        assert promised.text == bullet.text
        for finding in promised.findings:
            assert finding.base + finding.silent + finding.left_out == finding.asked
            assert finding.numerator + finding.exceptions == finding.base


def test_the_schema_in_the_repository_is_the_one_that_holds() -> None:
    assert (ROOT / "reports" / "perspective.schema.json").read_text(encoding="utf-8") == schema()


def test_the_documented_keys_are_the_keys() -> None:
    page = (ROOT / "docs" / "perspective-json.md").read_text(encoding="utf-8")
    shown = json.loads(page.partition("```json")[2].partition("```")[0])
    audience = shown["audiences"][0]
    real = json.loads(as_json(made()))
    assert list(shown) == list(real)
    assert list(audience) == list(real["audiences"][0])
    assert list(audience["bullets"][0]["findings"][0]) == list(real["audiences"][0]["bullets"][0]["findings"][0])
    for key in audience["bullets"][0]["findings"][0]:
        assert f"`{key}`" in page
