"""Random questionnaires that make sense, and random things that people do with them."""

from hypothesis import strategies as st

from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.conditions import And, AnyOf, AtLeast, Condition, NoneOf, Not, Or
from surveys.questionnaire import (
    Category,
    MultipleChoice,
    OpenEnded,
    Question,
    Questionnaire,
    Scale,
    Section,
    SingleChoice,
)
from surveys.text import Names, Text

WORDS = Text(en="Did it help?", cy="A oedd yn help?")
NAMES = Names(
    service=Text(en="YOS", cy="GTI"),
    worker=Text(en="worker", cy="gweithiwr"),
    child=Text(en="child", cy="plentyn"),
    children=Text(en="children", cy="plant"),
)
CODES = ("yes", "no", "not_sure", "none")


def categories(*, alone: bool) -> tuple[Category, ...]:
    """Four categories; the last one stands alone where asked."""
    return tuple(Category(code=code, label=WORDS, exclusive=alone and code == "none") for code in CODES)


def comparisons_with(question: Question) -> st.SearchStrategy[Condition]:
    """A comparison that the question can be put to."""
    if isinstance(question, Scale):
        return st.integers(0, 10).map(lambda edge: AtLeast(question=question.id, at_least=edge))
    codes = st.lists(st.sampled_from(CODES), min_size=1, max_size=2, unique=True).map(tuple)
    any_of = codes.map(lambda some: AnyOf(question=question.id, any_of=some))
    none_of = codes.map(lambda some: NoneOf(question=question.id, none_of=some))
    return st.one_of(any_of, none_of)


def conditions_on(earlier: list[Question]) -> st.SearchStrategy[Condition | None]:
    """A condition about earlier questions, or none."""
    comparable = [question for question in earlier if not isinstance(question, OpenEnded)]
    if not comparable:
        return st.none()
    one = st.sampled_from(comparable).flatmap(comparisons_with)
    joined = st.tuples(one, one).flatmap(
        lambda pair: st.sampled_from([And.model_validate({"and": pair}), Or.model_validate({"or": pair})])
    )
    return st.one_of(st.none(), one, joined, one.map(lambda condition: Not.model_validate({"not": condition})))


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire of one to eight questions of every type, with conditions on earlier ones."""
    asked: list[Question] = []
    for number in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(["single_choice", "multiple_choice", "scale", "open_ended"]))
        common = {"id": f"q{number}", "wording": WORDS, "ask_if": draw(conditions_on(asked)), "base_label": WORDS}
        asked.append(_question(kind, common))
    section = Section(id="all", title=WORDS, pages=tuple(asked))
    head = {"id": "random", "version": 1, "audience": "children", "title": WORDS, "source": "Random."}
    return Questionnaire.model_validate({**head, "welsh": "awaiting_translator", "sections": (section,)})


def _question(kind: str, common: dict[str, object]) -> Question:
    ends = {"minimum": 0, "maximum": 10, "low_label": WORDS, "high_label": WORDS}
    match kind:
        case "single_choice":
            return SingleChoice.model_validate({**common, "type": kind, "categories": categories(alone=False)})
        case "multiple_choice":
            return MultipleChoice.model_validate({**common, "type": kind, "categories": categories(alone=True)})
        case "scale":
            return Scale.model_validate({**common, "type": kind, **ends})
        case _:
            return OpenEnded.model_validate({**common, "type": kind, "consent": WORDS})


def answers_to(question: Question) -> st.SearchStrategy[Answer]:
    """Anything that somebody could say to the question, a skip too."""
    skip = st.just(NoAnswer(Silence.SKIPPED))
    match question:
        case SingleChoice():
            return st.one_of(st.sampled_from(CODES).map(lambda code: Chosen((code,))), skip)
        case MultipleChoice():
            several = st.lists(st.sampled_from(CODES[:-1]), min_size=1, unique=True)
            in_order = several.map(lambda codes: Chosen(tuple(sorted(codes, key=CODES.index))))
            return st.one_of(in_order, st.just(Chosen(("none",))), skip)
        case Scale():
            return st.one_of(st.integers(question.minimum, question.maximum).map(Number), skip)
        case OpenEnded():
            return st.one_of(st.builds(Verbatim, st.sampled_from(["Good.", "Da iawn."]), st.booleans()), skip)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Questionnaire, dict[str, Answer]]:
    """A questionnaire with answers to any of its questions, on the route or off it."""
    questionnaire = draw(questionnaires())
    some = draw(st.lists(st.sampled_from(questionnaire.questions), unique=True))
    return questionnaire, {question.id: draw(answers_to(question)) for question in some}
