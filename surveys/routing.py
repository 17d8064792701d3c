"""Which questions a respondent is asked. Routing filters: it neither jumps nor deletes."""

from collections.abc import Mapping

from surveys.answers import Answer
from surveys.conditions import holds
from surveys.questionnaire import Information, Page, Question, Questionnaire


def pages_on_route(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> tuple[Page, ...]:
    """The pages shown to someone who has given these answers, in one forward pass.

    A condition sees only answers that are themselves on the route, so a stale answer cannot steer.
    """
    seen: dict[str, Answer] = {}
    route_so_far: list[Page] = []
    for page in questionnaire.pages:
        if page.ask_if is not None and not holds(page.ask_if, seen):
            continue
        route_so_far.append(page)
        if page.id in answers:
            seen[page.id] = answers[page.id]
    return tuple(route_so_far)


def route(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
    """The questions asked of someone who has given these answers, in order."""
    return tuple(page for page in pages_on_route(questionnaire, answers) if not isinstance(page, Information))


def next_question(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> Question | None:
    """The first question on the route that has had no answer, not even a skip; none at the end of the interview."""
    return next((question for question in route(questionnaire, answers) if question.id not in answers), None)
