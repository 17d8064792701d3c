"""A list that does not make sense is told so, with the file, the place, the fault and the remedy."""

from pathlib import Path

import pytest

from surveys.problems import BrokenDefinition
from surveys.screening.lists import TOPICS, word_list
from surveys.screening.matching import Matcher
from surveys.screening.phrases import BadPhrase, Step, Vocabulary, steps_of
from surveys.screening.screen import LISTS
from surveys.screening.words import words_and_ends

BROKEN = sorted((Path(__file__).parent / "broken_lists").glob("*.toml"))
VOCABULARY = Vocabulary(frozenset({"the", "is"}), {"dont": "not"}, {"him": frozenset({"he", "she"})})


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_list_says_what_its_first_line_says(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    with pytest.raises(BrokenDefinition) as broken:
        word_list(path)
    assert str(broken.value) == expected


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenDefinition, match=r"nowhere\.toml, file: No such file or directory"):
        word_list(tmp_path / "nowhere.toml")


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    one = (BROKEN[0].parent / "key_is_misspelt.toml").read_text(encoding="utf-8")
    path = tmp_path / "two.toml"
    path.write_text(one.replace('fear = ["help"]', "fear = []"), encoding="utf-8")
    with pytest.raises(BrokenDefinition) as broken:
        word_list(path)
    assert [problem.place for problem in broken.value.problems] == ["skiped", "topics.fear"]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_the_shipped_lists_make_sense_and_have_every_topic(path: Path) -> None:
    assert set(word_list(path).topics) == set(TOPICS)


def test_a_phrase_is_read_into_steps() -> None:
    he_or_she = frozenset({"he", "she"})
    assert steps_of("{him}|they don't is .. the hit? me", VOCABULARY) == (
        Step(he_or_she | {"they"}),
        Step(frozenset({"not"})),
        Step(frozenset({"hit"}), optional=True, after_gap=True),
        Step(frozenset({"me"})),
    )


@pytest.mark.parametrize("phrase", ["", "the", ".. he", "he ..", "he .. the", "he?", "{nobody}", "self-harm", "|"])
def test_a_phrase_that_makes_no_sense_is_refused(phrase: str) -> None:
    with pytest.raises(BadPhrase):
        steps_of(phrase, VOCABULARY)


LIST = """
version = "2026-11-21"
skipped = "the"
harmless = ["used .. carry .. knife"]
[same]
not = "dont"
[sets]
him = "he she"
[topics]
danger_now = ["{him} is? outside"]
self_harm = ["suicidal"]
abuse = ["hits .. me"]
violence = ["knife", "carry", "thief"]
threats = ["killing", "hitting"]
exploitation = ["not sell"]
fear = ["robbed"]
no_food_or_home = ["zzz"]
asking_for_help = ["help"]
"""


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    """A small list, made ready."""
    path = tmp_path_factory.mktemp("lists") / "small.toml"
    path.write_text(LIST, encoding="utf-8")
    return Matcher([word_list(path)])


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("he is outside", {"danger_now"}),
        ("he the outside", {"danger_now"}),  # a word that is left out
        ("he was outside", set()),
        ("he hits us and then me", {"abuse"}),  # four words in the gap are the most
        ("he hits us and then also me", {"abuse"}),
        ("he hits us and then also all of me", set()),
        ("he hits us. And then me", {"abuse"}),  # many people type no full stop, so none ends a phrase
        ("don't sell", {"exploitation"}),  # a word that is read as another
        ("suicdal", {"self_harm"}),  # a letter too few
        ("suicidla", {"self_harm"}),  # two letters swapped
        ("killin, kiling, k1lling, killlling", {"threats"}),
        ("heeeelp", {"asking_for_help"}),
        ("kill", set()),  # another word
        ("fief", {"violence"}),  # "f" for "th"
        ("hitin, robd", {"threats", "fear"}),  # one letter of a double with no "g"; "-d" for "-ed"
        ("i used to carry a knife", set()),  # harmless
        ("i used to carry a knife, he carries a knife", {"violence"}),  # only the harmless words are passed over
        ("i used to. I carry a knife", {"violence"}),  # a sentence ends what is harmless
        ("i used to help him carry a knife", {"asking_for_help"}),  # what stands in a gap is not passed over
    ],
)
def test_words_are_matched(words: str, topics: set[str], matcher: Matcher) -> None:
    assert matcher.topics_in(words_and_ends(words)) == topics
