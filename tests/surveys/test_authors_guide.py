"""What docs/questionnaires.md shows an author works as it stands, and leaves nothing out."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from pydantic import TypeAdapter

from surveys import questionnaire
from surveys.conditions import GRAMMAR, Condition
from surveys.loading import load
from surveys.problems import BrokenDefinition
from surveys.questionnaire import Category, Picture, Questionnaire, Section
from surveys.text import NAMES

GUIDE = (Path(__file__).parents[2] / "docs" / "questionnaires.md").read_text(encoding="utf-8")
EXAMPLE = next(block for block in re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL) if "[[sections]]" in block)
CONDITIONS = re.findall(r"^\| `(ask_if = .+?)` \|", GUIDE, re.MULTILINE)


def test_the_example_is_a_questionnaire_that_makes_sense(tmp_path: Path) -> None:
    path = tmp_path / "my-questionnaire.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    assert [page.id for page in load(path).pages] == ["afraid", "afraid_what", "helped"]


def test_the_example_of_a_problem_is_what_the_check_says(tmp_path: Path) -> None:
    path = tmp_path / "my-questionnaire.toml"
    path.write_text(EXAMPLE.replace('question = "afraid"', 'question = "afriad"'), encoding="utf-8")
    with pytest.raises(BrokenDefinition) as broken:
        load(path)
    assert str(broken.value) in GUIDE


def test_every_kind_of_condition_is_shown_and_can_be_read() -> None:
    read: TypeAdapter[Condition] = TypeAdapter(Condition)
    for each in CONDITIONS:
        read.validate_python(tomllib.loads(each)["ask_if"])
    assert {word for word in GRAMMAR if any(f" {word} =" in each for each in CONDITIONS)} == set(GRAMMAR)


KINDS = (Questionnaire, Section, Category, *get_args(questionnaire.Question))
WORDS = {
    *(key for kind in KINDS for key in kind.model_fields),
    *(get_args(kind.model_fields["type"].annotation)[0] for kind in get_args(questionnaire.Question)),
    *(*get_args(Picture), *get_args(questionnaire.Audience), *NAMES),
}


def test_every_key_and_every_name_is_told() -> None:
    assert {
        word for word in WORDS if not re.search(rf'`["{{]?(\[\[)?(sections\.)?{word}(\]\])?["}}]?`', GUIDE)
    } == set()
