"""`flask perspective`, `flask topline`, `flask codebook`: what the answers mean, printed.

Each command loads the reports itself, and pandas with them, so that no worker that serves respondents ever does.
"""

# ruff: noqa: PLC0415 - the reports are loaded by the command that needs them

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import render_template
from flask.cli import with_appcontext

from fieldwork import inspections, waves
from fieldwork.database import Session
from fieldwork.faults import Busy, Fault
from staff.commands.plain import TRY_AGAIN, database
from surveys.problems import BrokenDefinition
from surveys.text import LANGUAGES, Language

in_language = click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)


@contextmanager
def _reading() -> Iterator[Session]:
    """A look at the database; faults are told in a line."""
    from reports.plans import NoPlan

    try:
        with database().reading() as session:
            yield session
    except (Fault, NoPlan, BrokenDefinition) as fault:
        raise click.ClickException(str(fault)) from fault
    except Busy as busy:
        raise click.ClickException(TRY_AGAIN) from busy


@click.command()
@with_appcontext
@click.argument("inspection")
@click.option(
    "--format", "layout", type=click.Choice(["text", "markdown", "html", "json"]), default="text", show_default=True
)
@in_language
def perspective(inspection: str, layout: str, language: Language) -> None:
    """Print the "Service users' perspective" section of INSPECTION (essex-2012)."""
    from reports.perspective import Perspective
    from reports.rendering.page import page_of
    from reports.rendering.plain import as_markdown, as_text
    from reports.rendering.structured import as_json
    from staff.section import perspective_of

    def as_html(section: Perspective) -> str:
        return render_template("reports/perspective.html", page=page_of(section))

    layouts = {"text": as_text, "markdown": as_markdown, "html": as_html, "json": as_json}
    with _reading() as session:
        section = perspective_of(session, inspections.find(session, inspection), language)
    click.echo(layouts[layout](section), nl=False)


@click.command()
@with_appcontext
@click.argument("wave")
@click.option(
    "--format", "layout", type=click.Choice(["text", "markdown", "csv", "json"]), default="text", show_default=True
)
@in_language
def topline(wave: str, layout: str, language: Language) -> None:
    """Print every question of WAVE (essex-2012/children-2012) with its counts, bases and percentages."""
    from reports.rendering import tables
    from staff.section import topline_of

    layouts = {
        "text": tables.topline_as_text,
        "markdown": tables.topline_as_markdown,
        "csv": tables.topline_as_csv,
        "json": tables.topline_as_json,
    }
    with _reading() as session:
        found = topline_of(session, waves.find_wave(session, wave), language)
    click.echo(layouts[layout](found), nl=False)


@click.command()
@with_appcontext
@click.argument("wave")
def codebook(wave: str) -> None:
    """Print what every code in the data of WAVE means, in both languages, as Markdown."""
    from staff.section import codebook_of

    with _reading() as session:
        click.echo(codebook_of(session, waves.find_wave(session, wave)), nl=False)


COMMANDS = (perspective, topline, codebook)
