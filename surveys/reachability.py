"""Can a condition ever hold, and can a question ever be reached? Found by trying every answer that makes a difference.

Only the answers that conditions can tell apart are tried: each code that is named, one that is not, each side of a
number, and silence. The search stops, and gives the question the benefit of the doubt, after `MOST_TRIES` interviews.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, count, product

from surveys.answers import Answer, Chosen, Number, Verbatim
from surveys.conditions import AtLeast, Comparison, Condition, codes_compared, comparisons, holds
from surveys.questionnaire import (
    Category,
    MultipleChoice,
    OpenEnded,
    Page,
    Question,
    Questionnaire,
    Scale,
    SingleChoice,
)

MOST_TRIES = 50_000


def can_ever_hold(questionnaire: Questionnaire, condition: Condition) -> bool:
    """True where some set of answers meets the condition, whoever is asked what."""
    asked = sorted({comparison.question for comparison in comparisons(condition)})
    choices = [_telling_answers(questionnaire.by_id[each], list(comparisons(condition))) for each in asked]
    for number, combination in enumerate(product(*choices)):
        said = {name: answer for name, answer in zip(asked, combination, strict=True) if answer}
        if number > MOST_TRIES or holds(condition, said):
            return True
    return False


def can_be_reached(questionnaire: Questionnaire, page: Page) -> bool:
    """True where some interview comes to the page."""
    steering = _steering(questionnaire, page)
    compared = [each for one in (*steering, page) if one.ask_if is not None for each in comparisons(one.ask_if)]
    tries = count()
    return _reaches(page, list(steering), compared, {}, tries)


def _reaches(
    page: Page, steering: Sequence[Question], compared: list[Comparison], seen: dict[str, Answer], tries: Iterator[int]
) -> bool:
    """Walk the steering questions in order, branching over what could be said to each that is asked."""
    if not steering:
        return next(tries) > MOST_TRIES or page.ask_if is None or holds(page.ask_if, seen)
    first, *rest = steering
    if first.ask_if is not None and not holds(first.ask_if, seen):
        return _reaches(page, rest, compared, seen, tries)
    return any(
        _reaches(page, rest, compared, {**seen, first.id: said} if said else seen, tries)
        for said in _telling_answers(first, compared)
    )


def _steering(questionnaire: Questionnaire, page: Page) -> tuple[Question, ...]:
    """The questions whose answers decide, directly or through others, whether the page is shown, in order."""
    found: set[str] = set()
    waiting = [page]
    while waiting:
        condition = waiting.pop().ask_if
        if condition is None:
            continue
        new = {comparison.question for comparison in comparisons(condition)} - found
        found |= new
        waiting += [questionnaire.by_id[each] for each in new if each in questionnaire.by_id]
    return tuple(question for question in questionnaire.questions if question.id in found)


def _telling_answers(question: Question, compared: Sequence[Comparison]) -> list[Answer | None]:
    about = [comparison for comparison in compared if comparison.question == question.id]
    match question:
        case SingleChoice() | MultipleChoice():
            return [None, *_telling_choices(question, about)]
        case Scale():
            ends = {question.minimum, question.maximum}
            edges = {edge for each in about if isinstance(each, AtLeast) for edge in (each.at_least - 1, each.at_least)}
            inside = sorted(edge for edge in edges | ends if question.minimum <= edge <= question.maximum)
            return [None, *map(Number, inside)]
        case OpenEnded():
            return [None, Verbatim("words")]


def _telling_choices(question: SingleChoice | MultipleChoice, about: Sequence[Comparison]) -> Iterator[Chosen]:
    named = set(chain.from_iterable(map(codes_compared, about)))
    other = next((category for category in question.categories if category.code not in named), None)
    told_apart = [category for category in question.categories if category.code in named or category is other]
    most = 1 if isinstance(question, SingleChoice) else len(told_apart)
    for size in range(1, most + 1):
        for chosen in combinations(told_apart, size):
            if size == 1 or not any(category.exclusive for category in chosen):
                yield _as_chosen(chosen)


def _as_chosen(categories: Sequence[Category]) -> Chosen:
    return Chosen(tuple(category.code for category in categories))
