"""`flask texts to-read`, `correct`, `paused`, `resume`: what a person does about texts that a machine has read."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext

from fieldwork import waves
from fieldwork.faults import NotFound, Refused
from fieldwork.numbers.phone_numbers import masked
from fieldwork.texting import conversations, corrections
from modes.sms import conversing
from modes.sms.going_on import Links
from staff.commands.plain import database, keys, plural
from surveys.answers import Answer, Chosen, NoAnswer, Number, Silence, Verbatim
from surveys.reading import InvalidAnswer, read_answer

LETTERS = 8  # of a key, which is what one types


@click.command("to-read")
@click.argument("wave")
@with_appcontext
def to_read(wave: str) -> None:
    """Words that came by text in WAVE and that a person has to read, with how they were read. It names nobody."""
    with database().reading() as session:
        found = corrections.to_read(session, waves.find_wave(session, wave), keys())
    for each in found:
        read = f"read as {_in_words(each.read_as)}" if each.read_as else "no answer"
        corrected = f", corrected by {each.corrected_by} to {_in_words(each.corrected_as)}" if each.corrected_as else ""
        click.echo(f"{_short(each.id)}  {each.question_id or '-'}  {read}{corrected}")
        click.echo(f"          {' '.join(each.words.split())}")
    click.echo(f"{plural(len(found), 'text')}. To correct one: flask texts correct --help")


@click.command()
@click.argument("wave")
@click.argument("text")
@click.argument("answer", nargs=-1)
@click.option("--nothing", is_flag=True, help="What they wrote says no answer.")
@click.option("--by", "who", required=True, help="Your name.")
@with_appcontext
def correct(wave: str, text: str, answer: tuple[str, ...], nothing: bool, who: str) -> None:  # noqa: FBT001 - click hands options over by name
    """Put ANSWER (a code, several, a number, or words) in the place of what TEXT (its first letters) was read as.

    Their words, the machine's reading and yours are kept beside each other.
    """
    if nothing == bool(answer):
        raise click.UsageError("Give either the answer that they gave, or --nothing.")
    with database().transaction() as session:
        there = waves.find_wave(session, wave)
        read = corrections.to_read(session, there, keys())
        found = next(each for each in read if each.id == _only(text, [each.id for each in read], "text"))
        question = waves.asked_in(session, there.id).questionnaire.by_id.get(found.question_id or "")
        if question is None:
            raise Refused(text, "is about no question.", "There is nothing to correct.")
        try:
            said = NoAnswer(Silence.NOT_UNDERSTOOD) if nothing else read_answer(question, answer)
        except InvalidAnswer as fault:
            raise Refused(question.id, fault.message("en"), "See what it takes: flask questionnaires show.") from fault
        corrections.correct(session, found.id, said, who, _now().date())
    click.echo(f"{_short(found.id)} is corrected to {_in_words(said)}.")


@click.command()
@click.argument("wave")
@with_appcontext
def paused(wave: str) -> None:
    """Conversations of WAVE that are paused until a person has looked: by the last three digits of the number."""
    with database().reading() as session:
        found = conversations.paused(session, waves.find_wave(session, wave), keys())
    for talk_id, number in found:
        click.echo(f"{_short(talk_id)}  {masked(number)}")
    click.echo(f"{plural(len(found), 'conversation')}. To let one go on: flask texts resume {wave} ...")


@click.command()
@click.argument("wave")
@click.argument("conversation")
@with_appcontext
def resume(wave: str, conversation: str) -> None:
    """Ask the next question of CONVERSATION (its first letters), which was paused until a person had looked."""
    found, known = database(), current_app.extensions
    with found.reading() as session:
        there = [talk_id for talk_id, _ in conversations.paused(session, waves.find_wave(session, wave), keys())]
    talk_id = _only(conversation, there, "paused conversation")
    conversing.resume(found, keys(), talk_id, _now(), Links(known["settings"].public_url, known["pepper"]))
    click.echo(f"{_short(talk_id)} goes on.")


def _only(beginning: str, keys_there: Iterable[UUID], what: str) -> UUID:
    """The one key that begins so.

    Raises:
        NotFound: there is none, or several.
    """
    matching = [key for key in keys_there if beginning and str(key).startswith(beginning.lower())]
    if len(matching) != 1:
        fault = f"{len(matching) or 'no'} {what}{'s begin' if matching else ' begins'} so."
        raise NotFound(beginning, fault, "Type its letters as they are listed, and more of them if need be.")
    return matching[0]


def _in_words(answer: Answer | None) -> str:
    match answer:
        case Chosen(codes):
            return ", ".join(codes)
        case Number(value):
            return str(value)
        case Verbatim():
            return "their own words"
        case NoAnswer() | None:
            return "no answer"
        case _:
            assert_never(answer)


def _short(key: UUID) -> str:
    return str(key)[:LETTERS]


def _now() -> datetime:
    now: datetime = current_app.extensions["clock"]()
    return now


LOOKING = (to_read, correct, paused, resume)
