"""Waves that never were: names, and responses drawn from a seed, for any questionnaire."""

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

from reports.perspective import Occasion
from reports.pooling import Fieldwork
from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.conditions import holds
from surveys.interview import Interview, Mode, Response
from surveys.loading import definition
from surveys.questionnaire import MultipleChoice, OpenEnded, Question, Questionnaire, Scale, Section, SingleChoice
from surveys.text import LANGUAGES, Names, Text

CHILDREN_AND_YOUNG_PEOPLE = Names(
    service=Text(en="YOS", cy="GTI"),
    worker=Text(en="YOS worker", cy="gweithiwr GTI"),
    child=Text(en="child or young person", cy="plentyn neu berson ifanc"),
    children=Text(en="children and young people", cy="plant a phobl ifanc"),
)
CHILDREN = Names(
    service=Text(en="youth justice service", cy="gwasanaeth cyfiawnder ieuenctid"),
    worker=Text(en="worker", cy="gweithiwr"),
    child=Text(en="child", cy="plentyn"),
    children=Text(en="children", cy="plant"),
)
PLANNED = (
    *("children-2009", "children-2010", "children-2012", "victims-2009"),
    *("text-2019", "text-2019-parents", "children", "parents", "victims", "victims-text"),
)


def occasion_of(questionnaire_id: str) -> Occasion:
    """An inspection under the programme of the questionnaire."""
    if questionnaire_id.startswith("text"):
        return Occasion("nowhere-2019", "Nowhere", "2018")
    if questionnaire_id[-1].isdigit():
        return Occasion("nowhere-2012", "Nowhere", "cci")
    return Occasion("nowhere-2026", "Nowhere", "today")


def names_of(questionnaire_id: str) -> Names:
    """What such an inspection calls its people."""
    return CHILDREN if occasion_of(questionnaire_id).programme == "today" else CHILDREN_AND_YOUNG_PEOPLE


def asking(questionnaire: Questionnaire, *questions: Question) -> Questionnaire:
    """The questionnaire with only these questions, as it might have been at another version."""
    section = Section.model_validate({"id": "all", "title": questionnaire.title, "pages": questions})
    fields = {name: getattr(questionnaire, name) for name in Questionnaire.model_fields}
    return Questionnaire.model_validate(fields | {"sections": (section,), "helped_question": None})


def wave(questionnaire_id: str, responses: Sequence[Response], invited: int | None = None) -> Fieldwork:
    """A wave of a shipped questionnaire that came back with these responses."""
    return Fieldwork(definition(questionnaire_id), names_of(questionnaire_id), responses, invited)


def drawn(questionnaire: Questionnaire, number: int, seed: int, silence: float = 0.1) -> list[Response]:
    """So many responses. With some seeds people agree about nearly everything, with some about nothing."""
    dice = Random(seed)  # noqa: S311 - nothing is secret here
    tilt = dice.choice([1, 2, 4, 30])
    return [_response(questionnaire, dice, silence, tilt) for _ in range(number)]


def _response(questionnaire: Questionnaire, dice: Random, silence: float, tilt: int) -> Response:
    answers: dict[str, Answer] = {}
    for question in questionnaire.questions:
        if question.ask_if is None or holds(question.ask_if, answers):
            answers[question.id] = _answer(question, dice, tilt) if dice.random() >= silence else _silence(dice)
    mode: Mode = "web" if dice.random() < 0.5 else "paper"
    month = dice.choice(["2026-10", "2026-11"])
    return Response(Interview(questionnaire, answers).finished(), mode, dice.choice(LANGUAGES), month)


def _silence(dice: Random) -> NoAnswer:
    return NoAnswer(dice.choice([Silence.SKIPPED, Silence.PREFERS_NOT_TO_SAY]))


def _answer(question: Question, dice: Random, tilt: int) -> Answer:
    match question:
        case SingleChoice():
            codes = [category.code for category in question.categories]
            return Chosen((dice.choices(codes, [tilt**-place for place in range(len(codes))])[0],))
        case MultipleChoice():
            return _several(question, dice)
        case Scale():
            return Number(dice.choice([question.maximum, dice.randint(question.minimum, question.maximum)]))
        case OpenEnded():
            return Verbatim("Da iawn.")


def _several(question: MultipleChoice, dice: Random) -> Chosen:
    together = [category.code for category in question.categories if not category.exclusive]
    alone = [category.code for category in question.categories if category.exclusive]
    ticked = tuple(code for code in together if dice.random() < 0.4)
    return Chosen(ticked or (dice.choice(alone or together),))


seeds = st.integers(0, 2**32)
sizes = st.one_of(st.integers(0, 4), st.integers(5, 60), st.sampled_from([92, 100, 154, 250]))
