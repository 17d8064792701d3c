"""`flask paper`: booklets to print."""

from pathlib import Path
from typing import get_args

import click
from flask import current_app

from fieldwork import waves
from fieldwork.entry import serials
from fieldwork.office import audit
from fieldwork.office.audit import TERMINAL
from modes.paper import printing
from modes.paper.typesetting import Print
from staff.commands.plain import Plain, database, pepper, plural
from staff.paper.around import booklet_of
from surveys.text import LANGUAGES, Language

PDF, HTML = ".pdf", ".html"


@click.group(cls=Plain)
def paper() -> None:
    """Booklets on paper, from the same questionnaire as the web and the texts."""


@paper.command()
@click.argument("wave")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--large", is_flag=True, help="Large print: 18 point and more.")
@click.option("--copies", type=click.IntRange(0, serials.MOST_AT_ONCE), default=0, help="So many, each with a number.")
@click.option(
    "--out", "out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="name.pdf or name.html"
)
def booklet(wave: str, language: Language, large: bool, copies: int, out: Path) -> None:  # noqa: FBT001 - click hands it over
    """Write the booklet of WAVE to a file. Without --copies it has a line on which to write its number."""
    if out.suffix not in {PDF, HTML}:
        raise click.ClickException(f"{out}: name the file .pdf or .html.")
    found = database()
    with found.transaction() as session:
        there = waves.find_wave(session, wave)
        asked = waves.asked_in(session, there.id)
        given = serials.give(session, there, language, copies, pepper()) if copies else list(printing.BY_HAND)
        if copies:
            about = f"{wave}: {plural(copies, 'booklet')}"
            audit.record(session, "gave_serials", TERMINAL, inspection_id=there.inspection_id, about=about)
    printed = booklet_of(asked, language, current_app.extensions["settings"].public_url)
    size = get_args(Print)[large]
    content = (
        printing.pdf(printed, given, size=size)
        if out.suffix == PDF
        else printing.html(printed, given, size=size, styles=_styles()).encode()
    )
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{out}: cannot be written ({error.strerror}).") from error
    click.echo(f"{out}: {plural(len(given), 'booklet')}, {len(content):,} bytes.")


def _styles() -> str:
    """The style sheet of booklets, as it was last built."""
    built: str = current_app.jinja_env.globals["asset"]("paper.css")  # type: ignore[operator]  # a function of ours
    return (Path(current_app.root_path) / built.lstrip("/")).read_text(encoding="utf-8")


COMMANDS = (paper,)
