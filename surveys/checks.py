"""Does a questionnaire make sense? Every problem at once, with its place, its fault and its remedy."""

from collections import Counter
from collections.abc import Iterable, Iterator

from surveys.conditions import AtLeast, Comparison, codes_compared, comparisons
from surveys.problems import Problem, did_you_mean, listed
from surveys.questionnaire import (
    Category,
    Information,
    MultipleChoice,
    OpenEnded,
    Page,
    Questionnaire,
    Scale,
    SingleChoice,
)
from surveys.reachability import can_be_reached, can_ever_hold
from surveys.readability import hard_to_read
from surveys.text import NAMES, Text

COLUMNS = ("serial", "mode", "language")  # of the file that paper is keyed into, beside one for each question
KEYWORDS = frozenset(
    {
        *("stop", "stopall", "unsubscribe", "end", "quit", "cancel", "revoke", "optout", "start", "unstop", "help"),
        *("info", "skip", "wrong", "stopio", "cymorth", "dechrau", "hepgor"),
    }
)  # one-word texts that mean something to us or to the provider, in either language

Found = Iterator[tuple[str, str, str]]


def problems_in(questionnaire: Questionnaire, file: str) -> list[Problem]:
    """All that is wrong with the sense of the questionnaire, in the order of its questions."""
    found = [*_about_all(questionnaire)]
    for page in questionnaire.pages:
        found += ((_place(page), fault, remedy) for fault, remedy in _about_page(questionnaire, page))
    return [Problem(file, *problem) for problem in found]


def _place(page: Page) -> str:
    return f'question "{page.id}"'


def _about_all(questionnaire: Questionnaire) -> Found:
    for kind, ids in (
        ("section", [section.id for section in questionnaire.sections]),
        ("question", [page.id for page in questionnaire.pages]),
    ):
        for twin in _twins(ids):
            yield f'{kind} "{twin}"', "the id is used more than once", "Give each its own id."
    helped = questionnaire.helped_question
    if helped is not None and helped not in questionnaire.by_id:
        remedy = did_you_mean(helped, questionnaire.by_id, "Name a question of this questionnaire.")
        yield "helped_question", f'"{helped}" is no question', remedy
    for place, text in (
        ("title", questionnaire.title),
        *((f'section "{s.id}"', s.title) for s in questionnaire.sections),
    ):
        for fault, remedy in _about_text(text):
            yield place, fault, remedy


def _twins(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _about_page(questionnaire: Questionnaire, page: Page) -> Iterator[tuple[str, str]]:
    yield from _about_type(page)
    yield from _about_words(page)
    yield from _about_base(page)
    yield from _about_condition(questionnaire, page)


def _about_type(page: Page) -> Iterator[tuple[str, str]]:
    if page.id in COLUMNS or page.id.endswith("_may_quote"):
        yield f'"{page.id}" is a column of its own in the file of responses', "Choose another id."
    match page:
        case SingleChoice() | MultipleChoice():
            yield from _about_categories(page.categories, several=isinstance(page, MultipleChoice))
        case Scale() if page.minimum >= page.maximum:
            yield f"the scale goes from {page.minimum} to {page.maximum}", "Make the minimum smaller than the maximum."
        case Scale() | OpenEnded() | Information():
            pass


def _about_categories(categories: tuple[Category, ...], *, several: bool) -> Iterator[tuple[str, str]]:
    for twin in _twins(category.code for category in categories):
        yield f'the code "{twin}" is used more than once', "Give each category its own code."
    for twin in _twins(category.label.en.casefold() for category in categories):
        yield f"the label “{twin}” is used more than once", "Give each category words of its own."
    for category in categories:
        shown = (category.code, category.label.en, category.label.cy)
        keyword = next((word for word in shown if word.casefold() in KEYWORDS), None)
        if keyword:
            yield f'category "{category.code}": "{keyword}" is also a text keyword', "Choose another word."
        if category.exclusive and not several:
            yield f'category "{category.code}": exclusive says nothing in a single choice', "Take it out."
    if all(category.exclusive or not category.in_base for category in categories):
        yield "no category can be counted", "Let one of them be in the base and not exclusive."


def _about_words(page: Page) -> Iterator[tuple[str, str]]:
    for text in _texts(page):
        yield from _about_text(text)
    for read in _read_together(page):
        hard = hard_to_read(read)
        if hard:
            yield hard, f"Use shorter words and sentences in “{read}”."


def _texts(page: Page) -> Iterator[Text]:
    parts = [page.wording, page.hint, page.spoken, page.easy_read, page.sms_wording, page.base_label]
    match page:
        case SingleChoice() | MultipleChoice():
            for category in page.categories:
                parts += [category.label, category.spoken, category.sms_label]
        case Scale():
            parts += [page.low_label, page.high_label]
        case OpenEnded():
            parts += [page.consent]
        case Information():
            pass
    return (part for part in parts if part is not None)


def _read_together(page: Page) -> Iterator[str]:
    yield " ".join(part.en for part in (page.wording, page.hint) if part is not None)
    if page.easy_read is not None:
        yield page.easy_read.en
    if isinstance(page, OpenEnded):
        yield page.consent.en


def _about_text(text: Text) -> Iterator[tuple[str, str]]:
    if not text.en or not text.cy:
        yield f"the {'Welsh' if text.en else 'English'} of “{text.en or text.cy}” is empty", "Write it."
    elif text.en == text.cy and any(letter.isalpha() for letter in text.en):
        yield f"“{text.en}” is not translated", "Write the Welsh."
    try:
        unknown = text.pipes() - set(NAMES)
    except ValueError:
        yield f"“{text.en}” has a brace that does not close", "Write names as {service}."
        return
    for name in sorted(unknown):
        yield (
            f'"{{{name}}}" is not a name an inspection gives',
            did_you_mean(name, NAMES, f"There are {listed(NAMES)}."),
        )


def _about_base(page: Page) -> Iterator[tuple[str, str]]:
    if isinstance(page, Information) or page.base_label is not None:
        return
    if page.ask_if is not None:
        yield (
            "it is not asked of all and has no base label",
            'Say who is asked: base_label = { en = "those who ...", cy = "..." }.',
        )
    elif isinstance(page, SingleChoice | MultipleChoice) and not all(category.in_base for category in page.categories):
        remedy = 'Say who is counted: base_label = { en = "those who ...", cy = "..." }.'
        yield "some categories are not in the base and it has no base label", remedy


def _about_condition(questionnaire: Questionnaire, page: Page) -> Iterator[tuple[str, str]]:
    if page.ask_if is None:
        return
    faults = [fault for each in comparisons(page.ask_if) for fault in _about_comparison(questionnaire, page, each)]
    yield from faults
    if faults:
        return
    if not can_ever_hold(questionnaire, page.ask_if):
        yield "its ask_if can never hold", "Ask for answers that one person can give."
    elif not can_be_reached(questionnaire, page):
        yield "nobody can reach it", "Its ask_if contradicts the ask_if of a question that it names."


def _about_comparison(questionnaire: Questionnaire, page: Page, comparison: Comparison) -> Iterator[tuple[str, str]]:
    name, ids = comparison.question, [each.id for each in questionnaire.pages]
    earlier = ids[: ids.index(page.id)]
    question = questionnaire.by_id.get(name)
    if name in ids and name not in earlier:
        yield f'ask_if names "{name}", which is not asked before it', "Move one of the two."
    elif question is None:
        asked_before = [each for each in earlier if each in questionnaire.by_id]
        remedy = did_you_mean(name, asked_before, f"Earlier questions are {listed(asked_before) or 'none'}.")
        yield f'ask_if names "{name}", which no earlier question has', remedy
    elif isinstance(comparison, AtLeast) and not isinstance(question, Scale):
        yield f'ask_if compares "{name}" with a number, and it is no scale', "Compare its categories with any_of."
    else:
        known = [c.code for c in question.categories] if isinstance(question, SingleChoice | MultipleChoice) else []
        for code in codes_compared(comparison):
            if code not in known:
                remedy = did_you_mean(code, known, f"Its categories are {listed(known) or 'none'}.")
                yield f'ask_if names the category "{code}", which "{name}" does not have', remedy
