"""Can a questionnaire be asked by text? What is too long, what tells too much, what would be read as something else."""

import re
from collections import Counter
from collections.abc import Iterator

from modes.sms.read_back import misread_words
from modes.sms.telling import telling_words
from modes.sms.wording import MOST_PARTS, Place, Voice
from surveys import checks
from surveys.gsm import ALONE, JOINED, Encoding, UnknownLetter, count_parts
from surveys.problems import Problem
from surveys.questionnaire import Choice, Information, MultipleChoice, Page, Question, Questionnaire, SingleChoice
from surveys.text import LANGUAGES, Language, Names, Text

CALLED: dict[Language, str] = {"en": "English", "cy": "Welsh"}
LONG_NAMES = Names(
    service=Text(en="Targeted Youth Support Service", cy="Gwasanaeth Cymorth Ieuenctid wedi'i Dargedu"),
    worker=Text(en="youth justice worker", cy="gweithiwr cyfiawnder ieuenctid"),
    child=Text(en="child or young person", cy="plentyn neu berson ifanc"),
    children=Text(en="children and young people", cy="plant a phobl ifanc"),
)  # to count with before an inspection gives its own: the longest that are known
KEYWORDS = checks.KEYWORDS | {"link", "web", "dolen", "gwe", "anghywir"}
STOP_WORDS = frozenset({"stop", "stopio"})  # as the first word of a reply, whatever follows

Found = Iterator[tuple[str, str]]


def problems_in(questionnaire: Questionnaire, file: str, names: Names = LONG_NAMES) -> list[Problem]:
    """All that keeps the questionnaire from being asked by text; nothing where no page has a wording for one."""
    if all(page.sms_wording is None for page in questionnaire.pages):
        return []
    return [
        Problem(file, f'question "{page.id}"', fault, remedy)
        for page in questionnaire.pages
        for fault, remedy in dict.fromkeys(_about_page(questionnaire, page, names))
    ]


def _about_page(questionnaire: Questionnaire, page: Page, names: Names) -> Found:
    if page.sms_wording is None:
        yield "it has no sms_wording, and others have", "Write one, or take out all the others."
    if isinstance(page, Information):
        return
    for language in LANGUAGES:
        yield from _about_texts(page, _places(questionnaire, page), Voice(questionnaire, names, language))
    if isinstance(page, SingleChoice | MultipleChoice):
        told = [problem for language in LANGUAGES for problem in _about_answers(page, language)]
        yield from told or _about_replies(page)


def _places(questionnaire: Questionnaire, question: Question) -> list[Place]:
    """Every number that the question can have, with all that may have to be read just before it."""
    to_read: list[Page] = []
    for page in reversed(questionnaire.pages[: questionnaire.pages.index(question)]):
        if isinstance(page, Information):
            to_read.insert(0, page)
        elif page.ask_if is None:
            break
    last, total = questionnaire.questions.index(question) + 1, len(questionnaire.questions)
    return [Place(number, total, tuple(to_read)) for number in range(1, last + 1)]


def _about_texts(question: Question, places: list[Place], voice: Voice) -> Found:
    try:
        asked = [voice.asks(question, place) for place in places]
        asked_again = [voice.asks_again(question), voice.asks_again(question, or_skip=True)]
    except UnknownLetter as unknown:
        yield f"no phone is sure to show {unknown}", "Take it out."
        return
    called = f"its {CALLED[voice.language]} text"
    yield from _about_length(max(asked, key=_cost), voice.language, called)
    yield from _about_length(max(asked_again, key=_cost), voice.language, f"{called} when asked again")
    for word in telling_words(asked[0], voice.language):
        yield f"{called} says “{word}”", "Others may see the phone, and a text promises nothing: choose other words."


def _cost(text: str) -> tuple[int, int]:
    counted = count_parts(text)
    return counted.parts, counted.units


def _about_length(text: str, language: Language, called: str) -> Found:
    counted, most = count_parts(text), MOST_PARTS[language]
    if counted.parts <= most:
        return
    narrow, wide = (f"{_room(most, encoding)} characters" for encoding in ("GSM-7", "UCS-2"))
    guilty = _guilty(text, counted.forcing)
    if guilty and count_parts(_without(text, counted.forcing)).parts <= most:
        fault = f"{guilty} {'makes' if len(counted.forcing) == 1 else 'make'} {called} {counted.parts} parts"
        remedy = f"Use other words, or cut it from {counted.units} to {wide}."
    else:
        fault = f"{called} is {counted.parts} parts"
        remedy = f"Cut it from {counted.units} to {narrow}{f', or to {wide} with {guilty}' if guilty else ''}."
    yield f"{fault}, {most} is the most", remedy


def _room(parts: int, encoding: Encoding) -> int:
    return ALONE[encoding] if parts == 1 else parts * JOINED[encoding]


def _without(text: str, letters: tuple[str, ...]) -> str:
    return "".join("x" if letter in letters else letter for letter in text)


def _guilty(text: str, letters: tuple[str, ...]) -> str:
    """Each letter with the first word that has it: `ŵ in “siŵr”`."""
    words = [word.strip(".,:;?!()\"'") for word in text.split()]
    return " and ".join(f"{letter} in “{next(word for word in words if letter in word)}”" for letter in letters)


def _about_replies(question: Choice) -> Found:
    for category, said in misread_words(question):
        fault = f'category "{category.code}": the reply “{said}” would be read as something else'
        yield fault, "Choose words that only it has, and that mean nothing else."


def _about_answers(question: Choice, language: Language) -> Found:
    shown = [(category.sms_label or category.label).in_language(language) for category in question.categories]
    for number, (category, label) in enumerate(zip(question.categories, shown, strict=True), start=1):
        words = re.findall(r"\w+", label.casefold())
        place = f'category "{category.code}": "{label}"'
        told_elsewhere = category.sms_label is None and label.casefold() in checks.KEYWORDS
        if (" ".join(words) in KEYWORDS or words[:1] in [[word] for word in STOP_WORDS]) and not told_elsewhere:
            yield f"{place} would be read as a keyword", "Choose another word."
        if label.isdecimal() and int(label) != number:
            yield f"{place} stands beside the number {number}", "Write it in words, or move it."
    for label in (label for label, times in Counter(map(str.casefold, shown)).items() if times > 1):
        yield f"the label “{label}” is sent more than once", "Give each category words of its own."
