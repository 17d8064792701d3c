"""`flask codes make` and `flask links make`: printed once, and kept nowhere."""

import click
from flask import current_app

from fieldwork import waves
from fieldwork.entry import cases
from staff.commands.plain import Plain, database, pepper


@click.group(cls=Plain)
def codes() -> None:
    """Codes to type, one for each person invited."""


@codes.command("make")
@click.argument("wave")
@click.argument("number", type=click.IntRange(1, cases.MOST_AT_ONCE))
def make_codes(wave: str, number: int) -> None:
    """Make NUMBER codes for WAVE and print them, this once: flask codes make WAVE 30 > sheet.txt."""
    with database().transaction() as session:
        made = cases.invite_by_code(session, waves.find_wave(session, wave), number, pepper())
    click.echo("\n".join(made))


@click.group(cls=Plain)
def links() -> None:
    """Links to open, one for each person invited."""


@links.command("make")
@click.argument("wave")
@click.argument("number", type=click.IntRange(1, cases.MOST_AT_ONCE))
def make_links(wave: str, number: int) -> None:
    """Make NUMBER links for WAVE and print them, this once."""
    start = current_app.extensions["settings"].public_url
    with database().transaction() as session:
        made = cases.invite_by_link(session, waves.find_wave(session, wave), number, pepper())
    click.echo("\n".join(f"{start}/l/{token}" for token in made))


COMMANDS = (codes, links)
