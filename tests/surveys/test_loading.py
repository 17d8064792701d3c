"""A definition that does not make sense is told so, with the place, the fault and the remedy."""

from pathlib import Path

import pytest

from surveys.loading import DEFINITIONS, NoSuchQuestionnaire, definition, load
from surveys.problems import BrokenDefinition

BROKEN = sorted((Path(__file__).parent / "broken_definitions").glob("*.toml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_definition_says_what_its_first_line_says(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    with pytest.raises(BrokenDefinition) as broken:
        load(path)
    assert str(broken.value) == expected


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "two.toml"
    names = ("ask_if_looks_ahead", "welsh_is_english")
    first, second = ((BROKEN[0].parent / f"{name}.toml").read_text(encoding="utf-8") for name in names)
    renamed = second[second.index("[[sections.pages]]") :].replace('"afraid"', '"worried"')
    path.write_text(first + renamed, encoding="utf-8")
    with pytest.raises(BrokenDefinition) as broken:
        load(path)
    assert [problem.place for problem in broken.value.problems] == ['question "helped"', 'question "worried"']


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(BrokenDefinition, match=r"nowhere\.toml, file: No such file or directory"):
        load(Path("nowhere.toml"))


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes("title = 'Tŷ'".encode("utf-16"))
    with pytest.raises(BrokenDefinition, match="not UTF-8 text"):
        load(path)


NESTED = "[" * 5000 + "]" * 5000


@pytest.mark.parametrize("written", [f"title = {NESTED}", "title = " + "{a=" * 3000 + "1" + "}" * 3000])
def test_a_file_that_is_nested_too_deeply_is_told(written: str, tmp_path: Path) -> None:
    path = tmp_path / "deep.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(BrokenDefinition, match=r"deep\.toml, file: it is nested too deeply"):
        load(path)


def test_a_condition_that_is_nested_too_deeply_is_told(tmp_path: Path) -> None:
    path = tmp_path / "deep.toml"
    good = (BROKEN[0].parent / "ask_if_looks_ahead.toml").read_text(encoding="utf-8")
    deep = "{ not = " * 400 + '{ question = "afraid", any_of = ["yes"] }' + " }" * 400
    path.write_text(good.replace('{ question = "afraid", any_of = ["yes"] }', deep), encoding="utf-8")
    with pytest.raises(BrokenDefinition):
        load(path)


def test_a_byte_order_mark_at_the_start_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "marked.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (DEFINITIONS / "text-2019.toml").read_bytes())
    assert load(path) == definition("text-2019")


def test_an_unknown_questionnaire_gets_the_nearest_one() -> None:
    with pytest.raises(NoSuchQuestionnaire, match='Did you mean "children-2012"'):
        definition("childrne-2012")
