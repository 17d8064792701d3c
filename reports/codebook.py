"""The codebook: what every code in the data means, who was asked, and why an answer may be empty."""

import json
from collections.abc import Iterator

from reports.evidence import SILENCES
from surveys.questionnaire import Category, MultipleChoice, OpenEnded, Question, Questionnaire, Scale, SingleChoice
from surveys.text import LANGUAGES, Names, Text

KINDS = {
    "single_choice": "one category",
    "multiple_choice": "categories, as many as apply",
    "scale": "a whole number",
    "open_ended": "words",
}


def codebook(questionnaire: Questionnaire, names: Names) -> str:
    """The codebook in Markdown, every wording and label in both languages."""
    what = f"Questionnaire `{questionnaire.id}`, version {questionnaire.version}, audience: {questionnaire.audience}."
    blocks = [
        f"# {_in_both(questionnaire.title, names)}",
        f"{what} {questionnaire.source}",
        *("\n".join(_question(question, names)) for question in questionnaire.questions),
        "\n".join(_silences()),
    ]
    return "\n\n".join(blocks) + "\n"


def _question(question: Question, names: Names) -> Iterator[str]:
    yield f"## `{question.id}`: {KINDS[question.type]}\n"
    yield from (f"- {names.piped(question.wording, language)}" for language in LANGUAGES)
    if question.ask_if is None:
        yield "- Asked of everyone."
    else:
        condition = question.ask_if.model_dump(by_alias=True, exclude_none=True)
        yield f"- Asked if `{json.dumps(condition, ensure_ascii=False)}`"
    if question.base_label:
        yield f"- Base: {_in_both(question.base_label, names)}"
    yield from _codes(question, names)


def _codes(question: Question, names: Names) -> Iterator[str]:
    match question:
        case SingleChoice() | MultipleChoice():
            yield from ("\n| code | English | Cymraeg | |", "|---|---|---|---|")
            for category in question.categories:
                label = f"{names.piped(category.label, 'en')} | {names.piped(category.label, 'cy')}"
                yield f"| `{category.code}` | {label} | {_marks(category)} |"
        case Scale():
            yield f"- {question.minimum} is {_in_both(question.low_label, names)}"
            yield f"- {question.maximum} is {_in_both(question.high_label, names)}"
        case OpenEnded():
            yield f"- At most {question.max_length:,} characters; kept with whether they may be printed."


def _marks(category: Category) -> str:
    marks = ("" if category.in_base else "not counted in the base", "stands alone" if category.exclusive else "")
    return ", ".join(filter(None, marks))


def _silences() -> Iterator[str]:
    yield "## Empty answers\n"
    yield from ("| code | English | Cymraeg |", "|---|---|---|")
    for reason, words in SILENCES.items():
        yield f"| `{reason}` | {words.en} | {words.cy} |"


def _in_both(text: Text, names: Names) -> str:
    return " | ".join(names.piped(text, language) for language in LANGUAGES)
