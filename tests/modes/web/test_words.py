"""The catalogue of words: whole in both languages, used, plain, and promising nothing that is not kept."""

import re
import tomllib
from pathlib import Path

import lxml.html
import pytest
from flask import Flask

from modes.web.helplines import helplines
from modes.web.words import FILE, Words, catalogue
from surveys.readability import LONGEST_SENTENCE, OLDEST_GRADE, grade, hard_to_read
from surveys.text import LANGUAGES, Language
from tests.modes.web.respondent import Respondent
from tests.modes.web.samples import Field

ROOT = Path(__file__).parents[3]
READERS = {"children", "adults", "everyone"}
TEMPLATES = [each for name in ("web", "kiosk") for each in (ROOT / "templates" / name).rglob("*.html")]
SOURCES = [*(ROOT / "modes" / "web").glob("*.py"), *TEMPLATES]
USED = re.compile(r"""["']([a-z_]+\.[a-z_]+)["']""")
DETAIL = re.compile(r"\{\w+\}")

# English that would have slipped into Welsh. Words that both languages write alike are not among them.
ENGLISH = {
    "the",
    "and",
    "you",
    "your",
    "our",
    "they",
    "this",
    "that",
    "what",
    "when",
    "with",
    "from",
    "have",
    "has",
} | {"not", "is", "are", "was", "will", "can", "page", "answer", "send", "code", "who", "how", "if", "press", "survey"}


def shared(key: str) -> str:
    """The key as pages use it, without who reads."""
    head, _, last = key.rpartition(".")
    return head if last in READERS else key


def used() -> set[str]:
    return {key for source in SOURCES for key in USED.findall(source.read_text(encoding="utf-8"))}


@pytest.mark.req("C8")
def test_every_entry_is_in_both_languages() -> None:
    for key, entry in catalogue().items():
        assert entry.en, key
        assert entry.cy, key


@pytest.mark.req("C8")
def test_both_languages_have_the_same_parts_and_the_same_details() -> None:
    for key, entry in catalogue().items():
        for welsh in filter(None, (entry.cy, entry.ti)):
            assert sorted(DETAIL.findall(welsh)) == sorted(DETAIL.findall(entry.en)), key
            assert [len(part.splitlines()) for part in welsh.split("\n\n")] == [
                len(part.splitlines()) for part in entry.en.split("\n\n")
            ], key


@pytest.mark.req("C8")
def test_no_english_stands_in_the_welsh() -> None:
    for key, entry in catalogue().items():
        if key != "site.other_language":
            words = {word.lower() for text in (entry.cy, entry.ti or "") for word in re.findall(r"[\w']+", text)}
            assert words & ENGLISH == set(), key


def test_welsh_for_a_child_says_ti_and_welsh_for_adults_says_chi() -> None:
    for key, entry in catalogue().items():
        to_a_child = entry.ti or (entry.cy if key.endswith(".children") else "")
        assert not re.search(r"\b(chi|eich|i'ch|a'ch|Gallwch|Rydych|Teipiwch|Pwyswch)\b", to_a_child), key
        to_adults = "" if key.endswith(".children") else entry.cy
        assert not re.search(r"\b(ti|dy|rwyt|wyt|Pwysa|Teipia)\b", to_adults), key


def test_the_welsh_says_whether_a_translator_has_signed_it() -> None:
    assert tomllib.loads(FILE.read_text(encoding="utf-8"))["welsh"] in {"awaiting_translator", "signed_by_translator"}


def test_no_entry_is_unused_and_none_is_missing() -> None:
    assert {shared(key) for key in catalogue()} == {
        key for key in used() if key.split(".")[0] in sections() and not key.endswith(".toml")
    }


def sections() -> set[str]:
    return {key.split(".")[0] for key in catalogue()}


def test_words_that_are_not_there_are_a_fault() -> None:
    with pytest.raises(KeyError):
        Words("en")("site.nothing")


def test_words_differ_by_reader() -> None:
    children, victims = Words("en", "children"), Words("en", "victims")
    assert "help children" in children("start.who")
    assert "help children" not in victims("start.who")
    assert Words("en")("start.who") not in {children("start.who"), victims("start.who")}
    assert Words("cy", "children")("check.title") == "Gwirio dy atebion"
    assert Words("cy", "parents")("check.title") == "Gwirio eich atebion"


@pytest.mark.req("C7")
@pytest.mark.parametrize(
    "key", [key for key in catalogue() if not key.endswith(".adults") and key != "accessibility.law"]
)
def test_what_children_read_is_in_short_sentences(key: str) -> None:
    assert f"{LONGEST_SENTENCE} is the most" not in (hard_to_read(catalogue()[key].en) or "")


@pytest.mark.req("C7")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_page_that_children_read_is_for_readers_of_nine(field: Field, someone: Respondent) -> None:
    someone.open(field.open_link)
    pages = {"start": someone.page}
    pages["safe"] = someone.press()
    someone.press()
    for address in ("/", "/check", "/talk", "/talk/sent", "/privacy", "/nowhere"):
        pages[address] = someone.open(address)
    someone.open("/check")
    pages["sent"] = someone.press("submit")
    pages["already sent"] = someone.open("/check")
    for name, page in pages.items():
        sentences = [
            " ".join(each.text_content().split()) for each in page.tree.xpath("//main//p | //main//li[not(*)]")
        ]
        text = "\n".join(sentences)
        assert len(text.split()) > 10, name
        assert grade(text) <= OLDEST_GRADE, (name, grade(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_promised_that_nobody_can_keep(language: str) -> None:
    forbidden = {
        "en": r"confidential|secret\b|anonymous|we will not tell|no one will (ever )?know|we promise|we will help you",
        "cy": r"cyfrinach|dienw|ni fyddwn yn dweud wrth neb|rydym yn addo|byddwn yn eich helpu",
    }[language]
    for key, entry in catalogue().items():
        words = entry.en if language == "en" else entry.cy + (entry.ti or "")
        assert not re.search(forbidden, words, re.IGNORECASE), key


@pytest.mark.req("S11")
def test_titles_say_nothing_of_what_this_is_about() -> None:
    telling = re.compile(
        r"victim|crime|offen|court|order|youth|justice|probation|child|police|safe|dioddef|trosedd|llys", re.IGNORECASE
    )
    titles = [entry for key, entry in catalogue().items() if key.startswith("tab.") or key == "site.name"]
    assert len(titles) > 8
    assert [entry.en for entry in titles if telling.search(entry.en + entry.cy)] == []


@pytest.mark.req("S11")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_addresses_say_nothing_of_what_this_is_about(app: Flask) -> None:
    telling = re.compile(r"victim|crime|offen|court|youth|justice|probation|child|police|answer", re.IGNORECASE)
    ours = [str(rule) for rule in app.url_map.iter_rules() if rule.endpoint.startswith("web.")]
    assert len(ours) > 10
    assert [address for address in ours if telling.search(address)] == []


def test_helplines_say_when_they_were_checked_and_how_to_reach_them() -> None:
    assert helplines().last_checked.year >= 2026
    for helpline in helplines().all_of_them:
        assert helpline.call or helpline.text, helpline.name.en
        for number in (helpline.call, helpline.text.to if helpline.text else None):
            assert number is None or re.fullmatch(r"[\d ]+", number)


@pytest.mark.parametrize("audience", ["children", "parents", "victims"])
@pytest.mark.parametrize("nation", ["england", "wales"])
def test_everybody_has_somebody_to_call_day_or_night(audience: str, nation: str) -> None:
    fitting = [each for each in helplines().all_of_them if audience in each.audiences and nation in each.nations]
    assert [each for each in fitting if each.call and each.note and each.note.en.startswith("Day or night")]


@pytest.mark.req("R14")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_when_the_application_is_down_says_the_same_words(language: Language) -> None:
    page = lxml.html.parse(ROOT / "assets" / "away.html").getroot()
    (part,) = page.xpath(f"//section[@lang='{language}']")
    told = [each.text_content() for each in part]
    words = Words(language)
    keys = ("problem.title", "problem.later", "problem.kept_all", "problem.ask", "safe.danger", "helplines.heading")
    assert told[:-1] == [words(key) for key in keys]
    named = {each.name.in_language(language): each.call for each in helplines().all_of_them}
    for name, number in re.findall(r"([^:.]+): ([\d ]+)\.", told[-1]):
        assert named[name.strip()] == number
