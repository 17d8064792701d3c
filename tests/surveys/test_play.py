"""The same questionnaire, asked in a terminal."""

from collections.abc import Callable

from surveys.answers import Chosen, NoAnswer, Silence, Verbatim
from surveys.conditions import AnyOf
from surveys.interview import Interview
from surveys.play import play
from surveys.questionnaire import MultipleChoice, OpenEnded, Questionnaire, Section, SingleChoice
from surveys.text import Language
from tests.surveys.strategies import NAMES, WORDS, categories

AFRAID = SingleChoice(id="afraid", type="single_choice", wording=WORDS, categories=categories(alone=False))
NEEDS = MultipleChoice(id="needs", type="multiple_choice", wording=WORDS, categories=categories(alone=True))
WHY = OpenEnded(
    id="why",
    type="open_ended",
    wording=WORDS,
    consent=WORDS,
    base_label=WORDS,
    ask_if=AnyOf(question="afraid", any_of=("yes",)),
)
QUESTIONNAIRE = Questionnaire(
    id="three",
    version=1,
    audience="children",
    title=WORDS,
    source="Made up.",
    welsh="awaiting_translator",
    sections=(Section(id="all", title=WORDS, pages=(AFRAID, NEEDS, WHY)),),
)


def typing(*lines: str) -> Callable[[], str]:
    waiting = iter(lines)
    return lambda: next(waiting)


def played(*lines: str, language: Language = "en") -> tuple[Interview, str]:
    said: list[str] = []
    interview = play(QUESTIONNAIRE, NAMES, language, typing(*lines), said.append)
    return interview, "\n".join(said)


def test_categories_are_picked_by_number_or_by_code() -> None:
    interview, _ = played("1", "no 1", "They shouted.")
    assert interview.answers == {
        "afraid": Chosen(("yes",)),
        "needs": Chosen(("yes", "no")),
        "why": Verbatim("They shouted."),
    }


def test_a_question_off_the_route_is_not_asked() -> None:
    interview, _ = played("2", "4")
    assert interview.answers == {"afraid": Chosen(("no",)), "needs": Chosen(("none",))}


def test_nothing_typed_is_a_skip() -> None:
    interview, _ = played("", "")
    assert interview.answers == {"afraid": NoAnswer(Silence.SKIPPED), "needs": NoAnswer(Silence.SKIPPED)}


def test_going_back_replaces_the_answer() -> None:
    interview, _ = played("1", "<", "2", "1")
    assert interview.answers["afraid"] == Chosen(("no",))


def test_what_is_no_answer_is_told_in_the_language_of_the_interview_and_asked_again() -> None:
    interview, said = played("9", "2", "1", language="cy")
    assert "Dydyn ni ddim yn adnabod yr ateb hwnnw." in said
    assert interview.answers["afraid"] == Chosen(("no",))
