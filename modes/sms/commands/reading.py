"""`flask texts read`: how replies are read."""

import json
import sys
from typing import assert_never

import click

from modes.sms.replies import Outcome, Reading, understand
from surveys.answers import Chosen, NoAnswer, Number, Verbatim
from surveys.loading import NoSuchQuestionnaire, definition
from surveys.problems import BrokenDefinition, did_you_mean, listed
from surveys.questionnaire import Question, Questionnaire
from surveys.text import LANGUAGES

LINE_ENDS = {ord(end): json.dumps(end)[1:-1] for end in "\x85\u2028\u2029"}  # to some programs these end a line of JSON

IN_EITHER = "Of the conversation. It changes nothing: words of both languages are read in either."


@click.command()
@click.argument("questionnaire_id", metavar="QUESTIONNAIRE")
@click.argument("question_id", metavar="QUESTION")
@click.option("--language", type=click.Choice(LANGUAGES), expose_value=False, help=IN_EITHER)
def read(questionnaire_id: str, question_id: str) -> None:
    """Read replies to QUESTION from standard input, one a line, and print how each is read, as JSON, one a line."""
    question = _question(questionnaire_id, question_id)
    told = sys.stdout.buffer
    for number, line in enumerate(sys.stdin.buffer, start=1):
        text = _decoded(line.removesuffix(b"\n").removesuffix(b"\r"), number)
        facts = facts_of(text, understand(text, question=question))
        told.write(json.dumps(facts, ensure_ascii=False).translate(LINE_ENDS).encode() + b"\n")
        told.flush()


def _question(questionnaire_id: str, question_id: str) -> Question:
    try:
        questionnaire: Questionnaire = definition(questionnaire_id)
    except (NoSuchQuestionnaire, BrokenDefinition) as error:
        raise click.ClickException(str(error)) from error
    found = questionnaire.by_id.get(question_id)
    if found is None:
        known = questionnaire.by_id
        remedy = did_you_mean(question_id, known, f"There are {listed(known)}.")
        raise click.ClickException(f'The questionnaire "{questionnaire.id}" has no question "{question_id}". {remedy}')
    return found


def _decoded(line: bytes, number: int) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"Line {number} is not UTF-8 text (byte {error.start + 1} of it). Save the replies as UTF-8."
        raise click.ClickException(message) from error


def facts_of(text: str, reading: Reading) -> dict[str, object]:
    """How the text was read: only what there is to tell. `concern` says whether a duty officer is told."""
    facts: dict[str, object] = {"text": text, "outcome": reading.outcome.value, **_answer(reading)}
    if reading.comment is not None:
        facts["comment"] = reading.comment
    stopped_with_words = reading.outcome is Outcome.STOP and reading.comment is not None
    by_outcome = reading.outcome in {Outcome.HELP, Outcome.MEDIA}
    facts["concern"] = reading.concern is not None or by_outcome or stopped_with_words
    return facts


def _answer(reading: Reading) -> dict[str, object]:
    match reading.answer:
        case Chosen(codes):
            return {"codes": list(codes)}
        case Number(value):
            return {"value": value}
        case Verbatim() | NoAnswer() | None:
            return {}
        case _:
            assert_never(reading.answer)


READING = (read,)
