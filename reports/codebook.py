"""The codebook: what every code in the data means, who was asked, and why an answer may be empty."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from reports.evidence import SILENCES
from surveys.questionnaire import (
    Audience,
    Category,
    MultipleChoice,
    OpenEnded,
    Question,
    Questionnaire,
    Scale,
    SingleChoice,
)
from surveys.text import LANGUAGES, Names, Text

KINDS = {
    "single_choice": "one category",
    "multiple_choice": "categories, as many as apply",
    "scale": "a whole number",
    "open_ended": "words",
}


@dataclass(frozen=True)
class Code:
    """A code in the data, and what it stands for."""

    code: str
    label: Text
    marks: str


@dataclass(frozen=True)
class Asked:
    """One question: how it is asked, of whom, and what its answers look like in the data."""

    question: str
    kind: str
    wording: Text
    ask_if: str  # the condition as JSON; empty where everyone is asked
    base: Text | None
    codes: tuple[Code, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Codebook:
    """What every code of one questionnaire means."""

    questionnaire: str
    version: int
    audience: Audience
    title: Text
    source: str
    questions: tuple[Asked, ...]
    silences: tuple[Code, ...]


def codebook_of(questionnaire: Questionnaire, names: Names) -> Codebook:
    """The codebook, every wording and label in both languages."""
    return Codebook(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        audience=questionnaire.audience,
        title=_named(questionnaire.title, names),
        source=questionnaire.source,
        questions=tuple(_asked(question, names) for question in questionnaire.questions),
        silences=tuple(Code(str(reason), words, "") for reason, words in SILENCES.items()),
    )


def _asked(question: Question, names: Names) -> Asked:
    condition = question.ask_if.model_dump(by_alias=True, exclude_none=True) if question.ask_if else None
    return Asked(
        question=question.id,
        kind=KINDS[question.type],
        wording=_named(question.wording, names),
        ask_if=json.dumps(condition, ensure_ascii=False) if condition else "",
        base=_named(question.base_label, names) if question.base_label else None,
        codes=tuple(_codes(question, names)),
        notes=tuple(_notes(question, names)),
    )


def _codes(question: Question, names: Names) -> Iterator[Code]:
    if isinstance(question, SingleChoice | MultipleChoice):
        for category in question.categories:
            yield Code(category.code, _named(category.label, names), _marks(category))


def _notes(question: Question, names: Names) -> Iterator[str]:
    match question:
        case Scale():
            yield f"{question.minimum} is {_in_both(_named(question.low_label, names))}"
            yield f"{question.maximum} is {_in_both(_named(question.high_label, names))}"
        case OpenEnded():
            yield f"At most {question.max_length:,} characters; kept with whether they may be printed."
        case _:
            return


def _marks(category: Category) -> str:
    marks = ("" if category.in_base else "not counted in the base", "stands alone" if category.exclusive else "")
    return ", ".join(filter(None, marks))


def _named(text: Text, names: Names) -> Text:
    return Text(en=names.piped(text, "en"), cy=names.piped(text, "cy"))


def _in_both(text: Text) -> str:
    return " | ".join(text.in_language(language) for language in LANGUAGES)


# --- In Markdown ---


def codebook(questionnaire: Questionnaire, names: Names) -> str:
    """The codebook in Markdown."""
    book = codebook_of(questionnaire, names)
    what = f"Questionnaire `{book.questionnaire}`, version {book.version}, audience: {book.audience}."
    blocks = [
        f"# {_in_both(book.title)}",
        f"{what} {book.source}",
        *("\n".join(_question_lines(question)) for question in book.questions),
        "\n".join(_silence_lines(book)),
    ]
    return "\n\n".join(blocks) + "\n"


def _question_lines(asked: Asked) -> Iterator[str]:
    yield f"## `{asked.question}`: {asked.kind}\n"
    yield from (f"- {asked.wording.in_language(language)}" for language in LANGUAGES)
    yield f"- Asked if `{asked.ask_if}`" if asked.ask_if else "- Asked of everyone."
    if asked.base:
        yield f"- Base: {_in_both(asked.base)}"
    if asked.codes:
        yield from ("\n| code | English | Cymraeg | |", "|---|---|---|---|")
        yield from (f"| `{each.code}` | {each.label.en} | {each.label.cy} | {each.marks} |" for each in asked.codes)
    yield from (f"- {note}" for note in asked.notes)


def _silence_lines(book: Codebook) -> Iterator[str]:
    yield "## Empty answers\n"
    yield from ("| code | English | Cymraeg |", "|---|---|---|")
    yield from (f"| `{each.code}` | {each.label.en} | {each.label.cy} |" for each in book.silences)
