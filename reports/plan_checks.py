"""Does a plan fit its questionnaire? Every problem with its place, its fault and its remedy."""

from collections.abc import Iterator, Sequence

from reports.findings import OF_SCALE
from reports.plan_words import grammar_of, hard_words
from reports.plans import MOST_FINDINGS, THOSE, Plan, PlannedBullet, PlannedFinding
from surveys.conditions import AnyOf, NoneOf
from surveys.problems import Problem, did_you_mean, listed
from surveys.questionnaire import Choice, MultipleChoice, OpenEnded, Question, Questionnaire, Scale, SingleChoice

Found = Iterator[tuple[str, str]]


def problems_in(plan: Plan, questionnaire: Questionnaire, file: str) -> list[Problem]:
    """All that is wrong with the plan for this questionnaire, in its own order."""
    found = [Problem(file, "unreported", *fault) for fault in _about_unreported(plan, questionnaire)]
    for number, bullet in enumerate(plan.bullets, start=1):
        found += (Problem(file, f"bullet {number}", *fault) for fault in _about_bullet(bullet))
        for place, planned in enumerate(bullet.findings, start=1):
            where = f"bullet {number}, finding {place}"
            found += (Problem(file, where, *fault) for fault in about_finding(planned, bullet, questionnaire))
    return found


def _about_unreported(plan: Plan, questionnaire: Questionnaire) -> Found:
    planned = [finding for bullet in plan.bullets for finding in bullet.findings]
    told = {finding.question for finding in planned}
    for each in plan.unreported.questions:
        if each not in questionnaire.by_id:
            yield f'"{each}" is no question', did_you_mean(each, questionnaire.by_id, "Take it out.")
    for question in questionnaire.questions:
        if question.id in told:
            here = [finding for finding in planned if finding.question == question.id]
            categories = {code for finding in here for code in (*finding.categories, *finding.phrases)}
            yield from _about_silence(question, categories | _unreported(plan, question))
        elif question.id not in plan.unreported.questions and not isinstance(question, OpenEnded):
            remedy = "Plan a finding for it, or name it in unreported.questions."
            yield f'nothing is planned for the question "{question.id}"', remedy


def _unreported(plan: Plan, question: Question) -> set[str]:
    """Codes left to the topline, written `not_sure` for all questions or `afraid.no` for one."""
    return {code.removeprefix(f"{question.id}.") for code in plan.unreported.categories}


def _about_silence(question: Question, told: set[str]) -> Found:
    """What is not told of a question that is: published sections lost their unfavourable answers so."""
    if isinstance(question, SingleChoice | MultipleChoice):
        untold = [category.code for category in question.categories if category.in_base and category.code not in told]
        if untold:
            remedy = "Plan or phrase them (only_if_occupied = true), or name them in unreported.categories."
            yield f'"{question.id}" is told of, but not its {listed(untold)}', remedy


def _about_bullet(bullet: PlannedBullet) -> Found:
    count = sum(finding.top or 1 for finding in bullet.findings)
    if count > MOST_FINDINGS:
        yield f"it has up to {count} findings", f"Split it: a bullet has {MOST_FINDINGS} at most."


def about_finding(planned: PlannedFinding, bullet: PlannedBullet, questionnaire: Questionnaire) -> Found:
    """All that is wrong with one planned finding."""
    question = questionnaire.by_id.get(planned.question)
    if question is None:
        remedy = did_you_mean(planned.question, questionnaire.by_id, f'Name a question of "{questionnaire.id}".')
        yield f'the questionnaire has no question "{planned.question}"', remedy
        return
    yield from _about_measure(planned, question)
    yield from _about_statement(planned)
    yield from _about_base(planned, question)
    if planned.of is not None:
        earlier = bullet.findings[: bullet.findings.index(planned)]
        yield from _about_link(planned, question, earlier)


def fitting(bullet: PlannedBullet, questionnaire: Questionnaire) -> PlannedBullet | None:
    """The bullet without what the questionnaire, in an older version, does not ask; none if nothing is left."""
    fits = [each for each in bullet.findings if _fits(each, bullet, questionnaire)]
    return bullet.model_copy(update={"findings": tuple(fits)}) if fits else None


def _fits(planned: PlannedFinding, bullet: PlannedBullet, questionnaire: Questionnaire) -> bool:
    question = questionnaire.by_id.get(planned.question)
    if question is None or any(_about_measure(planned, question)):
        return False
    parent = next((each for each in bullet.findings if each.question == planned.of), None)
    return parent is None or (_is_asked_of_those(question, parent) and _fits(parent, bullet, questionnaire))


def _about_measure(planned: PlannedFinding, question: Question) -> Found:
    match question:
        case SingleChoice() | MultipleChoice():
            yield from _about_categories(planned, question)
        case Scale() if planned.measure in OF_SCALE:
            yield from _about_threshold(planned, question)
        case Scale():
            yield f'"{planned.measure}" is not said of a scale', f"Use one of {listed(OF_SCALE)}."
        case OpenEnded():
            yield f'"{question.id}" is answered in words, which are not counted', "Take the finding out."


def _about_categories(planned: PlannedFinding, question: Choice) -> Found:
    counted = [category.code for category in question.categories if category.in_base]
    for code in (*planned.categories, *planned.phrases):
        if code not in counted:
            remedy = did_you_mean(code, counted, f"It has {listed(counted)}.")
            yield f'"{question.id}" has no category "{code}" in its base', remedy
    match planned.measure, len(planned.categories):
        case (("at_least" | "at_most" | "maximum" | "mean"), _):
            yield f'"{planned.measure}" is said of a scale', 'Use "share", "net", "count", "complement" or "top".'
        case "top", _:
            yield from _about_top(planned, question)
        case "share", number if number != 1:
            yield f"a share is of one category, not {number}", 'Name one, or use measure = "net".'
        case "net", number if number < 2:  # noqa: PLR2004 - a net is of several
            yield f"a net is of several categories, not {number}", 'Name them, or use measure = "share".'
        case _, 0:
            yield "no category is named", "Add categories = [...]."


def _about_top(planned: PlannedFinding, question: Choice) -> Found:
    if planned.top is None:
        yield "it does not say how many", "Add top = 3."
    if not isinstance(question, MultipleChoice):
        yield f'"{question.id}" has one answer only', 'Use measure = "top" with a multiple choice.'


def _about_threshold(planned: PlannedFinding, question: Scale) -> Found:
    needs = planned.measure in {"at_least", "at_most"}
    if needs and (planned.threshold is None or not question.minimum <= planned.threshold <= question.maximum):
        remedy = f"Give one from {question.minimum} to {question.maximum}."
        yield f'"{planned.measure}" needs a threshold on the scale', remedy
    if not needs and planned.threshold is not None:
        yield f'"{planned.measure}" has no threshold', "Take it out."


def _about_statement(planned: PlannedFinding) -> Found:
    if planned.statement is None:
        if planned.measure != "count":
            yield "the statement is missing", "Add statement.en and statement.cy."
        return
    for text in (planned.statement, *planned.phrases.values()):
        yield from hard_words(text)
    yield from grammar_of(planned.statement, planned.measure)


def _about_base(planned: PlannedFinding, question: Question) -> Found:
    label = question.base_label
    if label and not (label.en.startswith(THOSE.en) and label.cy.startswith(THOSE.cy)):
        remedy = f'Begin it with "{THOSE.en}who ..." and "{THOSE.cy}oedd ..." in the questionnaire.'
        yield f'the base label of "{planned.question}" does not fit a sentence', remedy


def _about_link(planned: PlannedFinding, question: Question, earlier: Sequence[PlannedFinding]) -> Found:
    parent = next((each for each in earlier if each.question == planned.of), None)
    if parent is None:
        known = [each.question for each in earlier]
        remedy = did_you_mean(str(planned.of), known, "Put the finding on it first.")
        yield f'"of" names "{planned.of}", which is not earlier in the bullet', remedy
        return
    if not _is_asked_of_those(question, parent):
        fault = f'"{question.id}" is not asked of exactly those whom the finding on "{parent.question}" counts'
        yield fault, "Take out the link, or count the categories that its ask_if names."
    if any(each.of != planned.of for each in earlier[earlier.index(parent) + 1 :]):
        yield '"of those" would be read as those of another finding', f'Put it right after "{parent.question}".'
    if isinstance(question, SingleChoice | MultipleChoice) and not all(each.in_base for each in question.categories):
        yield f'"{question.id}" has categories that are not counted in its base', 'Take out "of".'


def _is_asked_of_those(question: Question, parent: PlannedFinding) -> bool:
    match question.ask_if:
        case AnyOf(question=asked_about, any_of=codes):
            counts = parent.measure != "complement"
        case NoneOf(question=asked_about, none_of=codes):
            counts = parent.measure == "complement"
        case _:
            return False
    return counts and asked_about == parent.question and set(codes) == set(parent.categories)
