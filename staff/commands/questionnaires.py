"""`flask questionnaires`: check, list, show, play, schema."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import assert_never

import click
from flask import current_app
from flask.cli import with_appcontext

from surveys.answers import Answer, Chosen, NoAnswer, Number, Verbatim
from surveys.conditions import Condition
from surveys.loading import DEFINITIONS, NoSuchQuestionnaire, definition, load, read, shipped
from surveys.play import play
from surveys.problems import BrokenDefinition, Problem
from surveys.questionnaire import Category, MultipleChoice, Question, Questionnaire, Scale, SingleChoice
from surveys.text import LANGUAGES, Language, Names, Text

Check = Callable[[Questionnaire, str], list[Problem]]
EXAMPLE_NAMES = Names(
    service=Text(en="youth justice service", cy="gwasanaeth cyfiawnder ieuenctid"),
    worker=Text(en="worker", cy="gweithiwr"),
    child=Text(en="child", cy="plentyn"),
    children=Text(en="children", cy="plant"),
)


@click.group()
def questionnaires() -> None:
    """The questionnaires that can be asked."""


@questionnaires.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@with_appcontext
def check(files: tuple[Path, ...]) -> None:
    """Say everything that is wrong with the FILES, or with every questionnaire shipped."""
    paths = files or tuple(sorted(DEFINITIONS.glob("*.toml")))
    problems = [problem for path in paths for problem in _problems_of(path)]
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        count = len(problems)
        raise click.ClickException(f"{count} problem{'s' if count > 1 else ''} in {len(paths)} file(s).")
    click.echo(f"{len(paths)} questionnaire{'s' if len(paths) > 1 else ''} checked, nothing wrong.")


def _problems_of(path: Path) -> list[Problem]:
    """What is wrong with its sense, and then what each mode has against it."""
    try:
        questionnaire = read(path)
    except BrokenDefinition as broken:
        return list(broken.problems)
    of_modes: tuple[Check, ...] = current_app.extensions["questionnaire_checks"]
    return [*_problems_of_sense(path), *(problem for each in of_modes for problem in each(questionnaire, path.name))]


def _problems_of_sense(path: Path) -> list[Problem]:
    try:
        load(path)
    except BrokenDefinition as broken:
        return list(broken.problems)
    return []


@questionnaires.command("list")
def list_all() -> None:
    """Id, version, audience, number of questions and title of each."""
    for each in map(_find, shipped()):
        count = len(each.questions)
        click.echo(f"{each.id:<20} v{each.version}  {each.audience:<9} {count:>3} questions  {each.title.en}")


@questionnaires.command()
@click.argument("questionnaire_id")
@click.option("--format", "layout", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(questionnaire_id: str, layout: str) -> None:
    """The questions of one: type, codes, labels, who is asked."""
    found = _find(questionnaire_id)
    if layout == "json":
        click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        return
    click.echo(f"{found.title.en} ({found.id}, version {found.version}, {found.audience})")
    for section in found.sections:
        click.echo(f"\n{section.title.en}")
        for page in section.pages:
            asked = f"ASK IF {_condition(page.ask_if)}" if page.ask_if is not None else "ASK ALL"
            click.echo(f"\n  {page.id} [{page.type}] {asked}\n  {page.wording.en}\n  {page.wording.cy}")
            for line in _answers(page) if page.type != "information" else ():
                click.echo(f"    {line}")


def _answers(question: Question) -> list[str]:
    match question:
        case SingleChoice() | MultipleChoice():
            return [
                f"{category.code:<22} {category.label.en} | {category.label.cy}{_marks(category)}"
                for category in question.categories
            ]
        case Scale():
            return [f"{question.minimum} ({question.low_label.en}) to {question.maximum} ({question.high_label.en})"]
        case _:
            return [f"words, up to {question.max_length} characters"]


def _marks(category: Category) -> str:
    marks = ("" if category.in_base else "not in the base", "stands alone" if category.exclusive else "")
    told = ", ".join(filter(None, marks))
    return f"  ({told})" if told else ""


def _condition(condition: Condition) -> str:
    return json.dumps(condition.model_dump(by_alias=True, exclude_none=True), ensure_ascii=False)


def as_json(questionnaire: Questionnaire) -> dict[str, object]:
    """The questionnaire for other programs: its head, then its questions in one list."""
    head = questionnaire.model_dump(mode="json", exclude={"sections"}, exclude_none=True)
    questions = [
        {"section": section.id, **page.model_dump(mode="json", by_alias=True, exclude_none=True)}
        for section in questionnaire.sections
        for page in section.pages
    ]
    return {**head, "questions": [each for each in questions if each["type"] != "information"], "pages": questions}


@questionnaires.command("play")
@click.argument("questionnaire_id")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def play_one(questionnaire_id: str, language: Language) -> None:
    """Be interviewed here in the terminal. Nothing is kept; the answers are printed at the end."""
    found = _find(questionnaire_id)
    try:
        interview = play(found, EXAMPLE_NAMES, language, _typed, click.echo)
    except (EOFError, click.Abort):
        click.echo("\nStopped. Nothing was kept.")
        sys.exit(1)
    click.echo("")
    for question_id, answer in interview.finished().items():
        click.echo(f"{question_id}: {_in_words(answer)}")


def _in_words(answer: Answer) -> str:
    match answer:
        case Chosen():
            return ", ".join(answer.codes)
        case Number():
            return str(answer.value)
        case Verbatim():
            return f"“{answer.text}”"
        case NoAnswer():
            return f"({answer.reason.value.replace('_', ' ')})"
        case _:
            assert_never(answer)


def _typed() -> str:
    return str(click.prompt(">", prompt_suffix=" ", default="", show_default=False))


@questionnaires.command()
def schema() -> None:
    """JSON Schema of the definition format, for editors that complete and check."""
    click.echo(json.dumps(Questionnaire.model_json_schema(), indent=2))


def _find(questionnaire_id: str) -> Questionnaire:
    try:
        return definition(questionnaire_id)
    except (NoSuchQuestionnaire, BrokenDefinition) as error:
        raise click.ClickException(str(error)) from error


COMMANDS = (questionnaires,)
