"""A questionnaire that cannot be asked by text is told so, with the place, the fault and the remedy."""

from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner

from modes.sms.checks import KEYWORDS, problems_in
from modes.sms.texts import texts
from modes.sms.wording import can_be_texted
from surveys.loading import definition, load, shipped
from surveys.questionnaire import Questionnaire
from surveys.text import Names, Text

BROKEN = sorted((Path(__file__).parent / "broken_definitions").glob("*.toml"))
GUIDE = (Path(__file__).parents[3] / "docs" / "questionnaires.md").read_text(encoding="utf-8")
BY_TEXT = {"text-2019", "text-2019-parents", "victims", "victims-2009", "victims-text"}


def told(questionnaire: Questionnaire, names: Names | None = None) -> list[str]:
    problems = problems_in(questionnaire, "some.toml", names) if names else problems_in(questionnaire, "some.toml")
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_what_cannot_be_texted_says_what_its_first_line_says(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    assert "\n".join(str(problem) for problem in problems_in(load(path), path.name)) == expected


def test_the_authors_guide_shows_what_the_check_says() -> None:
    path = BROKEN[0].parent / "welsh_letter_costs_a_part.toml"
    (problem,) = problems_in(load(path), "my-questionnaire.toml")
    assert str(problem) in GUIDE


@pytest.mark.parametrize("questionnaire_id", shipped())
def test_every_questionnaire_shipped_can_be_texted_or_does_not_try(questionnaire_id: str) -> None:
    assert told(definition(questionnaire_id)) == []
    assert can_be_texted(definition(questionnaire_id)) == (questionnaire_id in BY_TEXT)


def test_a_wording_for_texts_is_counted_at_the_last_number_it_can_have(tmp_path: Path) -> None:
    text = (BROKEN[0].parent / "english_is_two_parts.toml").read_text(encoding="utf-8")
    long = next(line for line in text.splitlines() if line.startswith("sms_wording.en"))
    fits = f'sms_wording.en = "{"a" * 139}?"'  # with "1 of 1: ", "1 Yes" and "2 No" 159 characters
    head, page = text.replace(long, fits).split("[[sections.pages]]")
    pages = [page.replace('"explained"', f'"explained_{number}"') for number in range(10)]
    path = tmp_path / "ten.toml"
    path.write_text("[[sections.pages]]".join([head, pages[0]]), encoding="utf-8")
    assert told(load(path)) == []
    path.write_text("[[sections.pages]]".join([head, *pages]), encoding="utf-8")
    problems = told(load(path))
    assert len(problems) == 1
    assert 'question "explained_9": its English text is 2 parts' in problems[0]


def test_an_inspection_s_own_names_are_counted_and_read() -> None:
    long = load(BROKEN[0].parent / "name_is_too_long.toml")
    short = Text(en="team", cy="tîm")
    assert told(long, Names(service=short, worker=short, child=short, children=short)) == []
    telling = Text(en="Youth Offending Team", cy="Tîm Troseddau Ieuenctid")
    problems = told(long, Names(service=telling, worker=short, child=short, children=short))
    assert [problem for problem in problems if "says “Offending”" in problem] == problems


def test_what_twilio_answers_itself_is_no_answer_of_a_questionnaire() -> None:
    keywords = texts().keywords
    for several in (keywords.stop, keywords.help, keywords.start):
        assert {word.casefold() for words in several.values() for word in words} <= KEYWORDS


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command_tells_what_the_definition_and_what_the_mode_has_against_it(
    cli: FlaskCliRunner, tmp_path: Path
) -> None:
    good = cli.invoke(args=["questionnaires", "check"])
    assert good.exit_code == 0, good.output
    text = (BROKEN[0].parent / "text_says_victim.toml").read_text(encoding="utf-8")
    path = tmp_path / "both.toml"
    path.write_text(text.replace('cy = "Naddo"', 'cy = ""'), encoding="utf-8")
    both = cli.invoke(args=["questionnaires", "check", str(path)])
    assert both.exit_code == 1
    assert "the Welsh of “No” is empty" in both.stderr
    assert "its English text says “victim”" in both.stderr
    assert "2 problems in 1 file(s)" in both.stderr
