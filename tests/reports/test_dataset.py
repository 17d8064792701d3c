"""Who was asked, who answered, and why not: decided by the route that asked."""

from hypothesis import given
from hypothesis import strategies as st

from reports.dataset import WORDS, tall
from reports.frequencies import Frequencies
from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.interview import Interview, Response
from surveys.loading import definition
from surveys.questionnaire import MultipleChoice, Questionnaire, SingleChoice
from surveys.routing import route
from tests.reports.made_up import PLANNED, asking, drawn, seeds
from tests.surveys.strategies import answered

CHILDREN = definition("children-2012")


def response(**answers: Answer) -> Response:
    return Response(answers, "web", "en", "2012-02")


def of(*responses: Response) -> Frequencies:
    return Frequencies(CHILDREN, responses)


def test_a_question_not_asked_is_not_in_the_base() -> None:
    helped = of(response(afraid=Chosen(("no",))), response(afraid=Chosen(("yes",)), afraid_helped=Chosen(("yes",))))
    assert (helped["afraid_helped"].asked, helped["afraid_helped"].base) == (1, 1)
    assert helped["afraid_helped"].silences == {Silence.NOT_ASKED: 1}


def test_a_question_not_answered_was_asked() -> None:
    knows = of(response(knows_plan=NoAnswer(Silence.SKIPPED)), response(knows_plan=Chosen(("yes",))))["knows_plan"]
    assert (knows.asked, knows.base, knows.silent) == (2, 1, 1)


def test_an_answer_off_the_route_is_ignored() -> None:
    stale = of(response(afraid=Chosen(("no",)), afraid_helped=Chosen(("yes",))))["afraid_helped"]
    assert (stale.asked, stale.counts["yes"]) == (0, 0)


def test_a_stale_answer_steers_nobody() -> None:
    """Off the route by two steps: what is asked after it must not be asked because of it."""
    stale = of(response(knows_plan=Chosen(("no",)), plan_copy=Chosen(("yes",))))
    assert stale["plan_copy"].asked == stale["plan_reviewed"].asked == 0


def test_nothing_kept_for_a_question_that_was_asked_is_a_silence() -> None:
    assert of(response())["knows_why"].silences == {Silence.NOT_REACHED: 1}
    not_asked = response(knows_why=NoAnswer(Silence.NOT_ASKED))  # whatever an import says: the route did ask
    assert of(not_asked)["knows_why"].asked == 1


def test_an_empty_choice_is_no_answer() -> None:
    assert of(response(helped_with=Chosen(())))["helped_with"].base == 0


def test_words_are_there_but_not_in_the_table() -> None:
    table = tall(CHILDREN, [response(helped_with_more=Verbatim("My name is Sam."))])
    assert table.loc[table["question"] == "helped_with_more", "said"].tolist() == [WORDS]


def test_no_responses_are_no_rows() -> None:
    assert tall(CHILDREN, []).empty
    assert all(frequency.base == frequency.asked == 0 for frequency in of().values())


def test_someone_who_ticks_three_is_one_person_in_the_base() -> None:
    helped = of(
        response(helped_with=Chosen(("health", "housing", "less_stressed"))), response(helped_with=Chosen(("health",)))
    )
    assert helped["helped_with"].base == 2
    assert helped["helped_with"].counts["health"] == 2
    assert helped.choosing("helped_with", ("housing", "less_stressed")) == 1
    assert helped.choosing("helped_with", ("health", "housing")) == 2
    assert helped.choosing("helped_with", ("none", "not_sure")) == 0


def test_a_category_that_does_not_count_is_out_of_the_base() -> None:
    victims = Frequencies(
        definition("victims-2009"),
        [response(safety_attended=Chosen((code,))) for code in ("yes", "yes", "no", "no_concern", "no_concern")],
    )["safety_attended"]
    assert (victims.asked, victims.base, victims.left_out) == (5, 3, 2)
    assert victims.counts["no_concern"] == 2


def test_of_several_choices_only_those_that_count_bring_someone_into_the_base() -> None:
    question = CHILDREN.by_id["helped_with"]
    assert isinstance(question, MultipleChoice)
    categories = tuple(each.model_copy(update={"in_base": each.code != "none"}) for each in question.categories)
    alone = asking(CHILDREN, question.model_copy(update={"categories": categories}))
    counted = Frequencies(alone, [response(helped_with=Chosen((code,))) for code in ("none", "health")])["helped_with"]
    assert (counted.base, counted.left_out) == (1, 1)


def test_a_number_is_counted_as_itself() -> None:
    rating = of(response(rating_0_to_100=Number(70)), response(rating_0_to_100=Number(100)))["rating_0_to_100"]
    assert rating.counts == {"70": 1, "100": 1}
    assert rating.spread.at_least(70) == 2


@given(answered())
def test_the_route_decides_who_was_asked(given_answers: tuple[Questionnaire, dict[str, Answer]]) -> None:
    questionnaire, answers = given_answers
    counted = Frequencies(
        questionnaire, [Response(Interview(questionnaire, answers).finished(), "web", "en", "2026-11")]
    )
    asked = {question.id for question in route(questionnaire, answers)}
    assert {question_id for question_id, frequency in counted.items() if frequency.asked} == asked


@given(st.lists(answered(), min_size=2, max_size=6))
def test_whoever_comes_together__each_is_asked_what_their_own_route_asks(
    several: list[tuple[Questionnaire, dict[str, Answer]]],
) -> None:
    questionnaire = several[0][0]
    own = [{key: value for key, value in answers.items() if key in questionnaire.by_id} for _, answers in several]
    fitting = [answers for answers in own if all(_fits(questionnaire, *each) for each in answers.items())]
    counted = Frequencies(questionnaire, [response(**answers) for answers in fitting])
    for question in questionnaire.questions:
        assert counted[question.id].asked == sum(question in route(questionnaire, answers) for answers in fitting)


def _fits(questionnaire: Questionnaire, question_id: str, answer: Answer) -> bool:
    """Another questionnaire's answer is one to this question too."""
    question = questionnaire.by_id[question_id]
    is_choice = isinstance(question, SingleChoice | MultipleChoice)
    return isinstance(answer, NoAnswer) or isinstance(answer, Chosen) is is_choice


@given(st.sampled_from(PLANNED), st.integers(0, 60), seeds)
def test_everyone_is_asked_or_not__and_everyone_asked_answers_or_not(name: str, number: int, seed: int) -> None:
    questionnaire = definition(name)
    for frequency in Frequencies(questionnaire, drawn(questionnaire, number, seed)).values():
        assert frequency.asked + frequency.silences.get(Silence.NOT_ASKED, 0) == number
        assert frequency.base + frequency.left_out + frequency.silent == frequency.asked
        if isinstance(frequency.question, SingleChoice):
            assert sum(frequency.counts.values()) == frequency.base + frequency.left_out
        assert all(0 <= count <= frequency.asked for count in frequency.counts.values())
