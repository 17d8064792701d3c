"""`flask waves`: open, close, list."""

import click
from flask import current_app

from fieldwork import inspections, responses
from fieldwork import waves as kept
from fieldwork.models.inspections import Wave
from staff.commands.plain import Plain, database, plural
from surveys.loading import NoSuchQuestionnaire, definition
from surveys.problems import BrokenDefinition
from surveys.questionnaire import Questionnaire


@click.group(cls=Plain)
def waves() -> None:
    """The waves: an inspection's fieldwork with one questionnaire."""


@waves.command("open")
@click.argument("inspection")
@click.argument("questionnaire")
@click.option("--invited", type=click.IntRange(min=0), help="How many people are invited, where it is not by codes.")
def open_one(inspection: str, questionnaire: str, invited: int | None) -> None:
    """Open a wave: INSPECTION asks QUESTIONNAIRE, as it is today and for good."""
    asks = _definition(questionnaire)
    with database().transaction() as session:
        wave = kept.open_wave(session, inspections.find(session, inspection), asks, invited)
    click.echo(f"{wave.name} is open. Next: flask codes make {wave.name} NUMBER")


def _definition(questionnaire: str) -> Questionnaire:
    try:
        return definition(questionnaire)
    except (NoSuchQuestionnaire, BrokenDefinition) as error:
        raise click.ClickException(str(error)) from error


@waves.command()
@click.argument("wave")
def close(wave: str) -> None:
    """Close WAVE (leeds-2011/children-2010): its codes and all answers not sent are deleted."""
    found = database()
    with found.transaction() as session:
        kept.close_wave(session, kept.find_wave(session, wave), keys=current_app.extensions["keys"])
    found.tidy()
    click.echo(f"{wave} is closed.")


@waves.command("list")
@click.argument("inspection", required=False)
def list_all(inspection: str | None) -> None:
    """Every wave, or those of INSPECTION: its dates, how many were invited and how many answered."""
    with database().reading() as session:
        of = inspections.find(session, inspection) if inspection else None
        for wave in kept.all_waves(session, of):
            click.echo(_line(wave, responses.count(session, wave)))


def _line(wave: Wave, answered: int) -> str:
    dates = f"{wave.opened:%d %b %Y} to {f'{wave.closed:%d %b %Y}' if wave.closed else 'now'}"
    invited = "invited not known" if wave.number_invited is None else f"{wave.number_invited:,} invited"
    return f"{wave.name:<40} {dates:<28} {invited}, {plural(answered, 'response')}"


COMMANDS = (waves,)
