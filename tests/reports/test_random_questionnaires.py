"""Whatever is asked, of whomever, in whatever order: a plan that asks for everything says nothing that is not so."""

from hypothesis import given
from hypothesis import strategies as st

from reports.claims import Counted
from reports.frequencies import Frequencies
from reports.people import people
from reports.perspective import Bullet
from reports.phrasing import bullet, grammar
from reports.plans import PlannedBullet, PlannedFinding
from surveys.conditions import AnyOf, NoneOf
from surveys.questionnaire import Choice, MultipleChoice, OpenEnded, Question, Questionnaire, Scale, SingleChoice
from surveys.text import LANGUAGES, Language, Text
from tests.reports.made_up import CHILDREN, asking, drawn, seeds
from tests.reports.proofreading import faults
from tests.surveys.strategies import questionnaires

CLAUSE = Text(en="said that it had helped", cy="fod hyn wedi helpu")
SCORE = Text(en="rated it as {threshold} out of {highest}", cy="sgôr o {threshold} allan o {highest} iddo")
BASE = Text(en="those who came", cy="y rhai a ddaeth")
LABEL = Text(en="That helped", cy="Mae hyn wedi helpu")


def planned_on(question: Question) -> list[PlannedFinding]:
    """Every measure that the question can have, a bullet each."""
    match question:
        case SingleChoice() | MultipleChoice():
            return planned_on_choice(question)
        case Scale():
            named = {"question": question.id, "statement": SCORE}
            mean = PlannedFinding(question=question.id, measure="mean", statement=Text(en="rated it", cy="sgôr iddo"))
            at_least = PlannedFinding.model_validate({**named, "measure": "at_least", "threshold": 7})
            at_most = PlannedFinding.model_validate(
                {**named, "measure": "at_most", "threshold": 3, "only_if_occupied": True}
            )
            return [mean, at_least, PlannedFinding.model_validate({**named, "measure": "maximum"}), at_most]
        case OpenEnded():
            return []


def planned_on_choice(question: Choice) -> list[PlannedFinding]:
    codes = tuple(category.code for category in question.categories)
    share = PlannedFinding(question=question.id, categories=codes[:1], statement=CLAUSE)
    net = PlannedFinding(question=question.id, measure="net", categories=codes[:2], statement=CLAUSE)
    other = PlannedFinding(question=question.id, measure="complement", categories=codes[-1:], statement=CLAUSE)
    count = PlannedFinding(question=question.id, measure="count", categories=codes[1:2])
    if isinstance(question, SingleChoice):
        return [share, net, other, count]
    phrases = dict.fromkeys(codes[:-1], Text(en="with school", cy="gyda'r ysgol"))
    top = PlannedFinding(question=question.id, measure="top", top=2, statement=CLAUSE, phrases=phrases)
    return [share, net, other, top]


def chained_on(question: Question, questionnaire: Questionnaire) -> list[PlannedFinding]:
    """A finding on those whom the question's condition names, and one on the question as a link."""
    match question.ask_if:
        case AnyOf(question=about, any_of=codes):
            measure = "net" if len(codes) > 1 else "share"
        case NoneOf(question=about, none_of=codes):
            measure = "complement"
        case _:
            return []
    if not isinstance(question, SingleChoice | MultipleChoice) or isinstance(
        questionnaire.by_id[about], Scale | OpenEnded
    ):
        return []
    raw = {"question": about, "measure": measure, "categories": codes, "statement": CLAUSE}
    link = PlannedFinding(question=question.id, categories=(question.categories[0].code,), statement=CLAUSE, of=about)
    return [PlannedFinding.model_validate(raw), link]


def sound(questionnaire: Questionnaire) -> Questionnaire:
    """The same questions, with labels that fit a sentence."""
    return asking(questionnaire, *(_sound(question) for question in questionnaire.questions))


def _sound(question: Question) -> Question:
    changes: dict[str, object] = {"base_label": BASE if question.ask_if else None}
    if isinstance(question, SingleChoice | MultipleChoice):
        changes["categories"] = tuple(each.model_copy(update={"label": LABEL}) for each in question.categories)
    return question.model_copy(update=changes)


@given(
    questionnaires().map(sound),
    st.integers(0, 120),
    seeds,
    st.sampled_from([0.0, 0.2, 0.8]),
    st.sampled_from(LANGUAGES),
)
def test_no_plan_can_say_what_the_data_do_not(
    questionnaire: Questionnaire, number: int, seed: int, silence: float, language: Language
) -> None:
    frequencies = Frequencies(questionnaire, drawn(questionnaire, number, seed, silence))
    counted = Counted(frequencies, people("children", CHILDREN), CHILDREN)
    plans = [[each] for question in questionnaire.questions for each in planned_on(question)]
    plans += [planned_on(question)[:3] for question in questionnaire.questions]
    plans += [chained_on(question, questionnaire) for question in questionnaire.questions]
    for planned in filter(None, plans):
        if findings := counted.bullet(PlannedBullet(findings=tuple(planned))):
            told = Bullet(findings, bullet(findings, grammar(language, "cci")))
            assert faults(told, language) == [], told.text


@given(questionnaires().map(sound), st.integers(0, 60), seeds)
def test_a_net_of_everything_is_everyone_and_its_complement_nobody(
    questionnaire: Questionnaire, number: int, seed: int
) -> None:
    frequencies = Frequencies(questionnaire, drawn(questionnaire, number, seed))
    for question in questionnaire.questions:
        if isinstance(question, SingleChoice | MultipleChoice):
            everything = [category.code for category in question.categories]
            assert frequencies.choosing(question.id, everything) == frequencies[question.id].base
            assert frequencies.choosing(question.id, []) == 0
