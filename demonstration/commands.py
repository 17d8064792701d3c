"""`flask demo` loads the demonstration once; `flask welcome` says where to go."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask, current_app

from demonstration import practice
from demonstration.loading import is_loaded, load, wave_to_try
from demonstration.records import Record, records
from fieldwork.database import Database
from fieldwork.entry import cases
from fieldwork.texting.permission import Terms

CODES_TO_TRY = 30


@click.command()
def demo() -> None:
    """Load the inspections whose reports are published, reconstructed. What is there already is left alone."""
    database: Database = current_app.extensions["database"]
    for record in records():
        with database.transaction() as session:
            if is_loaded(session, record):
                click.echo(f"{record.inspection.slug}: is there already.")
            else:
                click.echo(f"{record.inspection.slug}: {load(session, record)} responses.")
    if not _usable_codes(database):
        _make_codes(database, records())
    settings, keys = current_app.extensions["settings"], current_app.extensions["keys"]
    if settings.practice_telephone and keys:
        _practise(database, Terms(keys, practice=True, pence_per_part=settings.pence_per_part))


def _practise(database: Database, terms: Terms) -> None:
    with database.transaction() as session:
        if practice.is_there(session):
            click.echo(f"{practice.SLUG}: is there already.")
        else:
            click.echo(f"{practice.SLUG}: {practice.load(session, terms, datetime.now(UTC))} invited by text.")


def _make_codes(database: Database, loaded: list[Record]) -> None:
    with database.transaction() as session:
        wave = wave_to_try(session, loaded)
        pepper = current_app.extensions["pepper"]
        codes = [] if wave.closed else cases.invite_by_code(session, wave, CODES_TO_TRY, pepper, to_try=True)
    sheet = _sheet(current_app)
    sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.touch(mode=0o600)
    sheet.write_text("\n".join(codes) + "\n", encoding="utf-8")


def _usable_codes(database: Database) -> list[str]:
    sheet = _sheet(current_app)
    codes = sheet.read_text(encoding="utf-8").split() if sheet.exists() else []
    with database.reading() as session:
        return [code for code in codes if cases.case_of(session, code, current_app.extensions["pepper"])]


def _sheet(app: Flask) -> Path:
    """The printed sheet of the demonstration. A real inspection's codes are shown once and kept by no file of ours."""
    return Path(app.instance_path) / "demonstration-codes.txt"


@click.command()
def welcome() -> None:
    """Say where to go: the start page, a code to type, each perspective."""
    settings = current_app.extensions["settings"]
    database: Database = current_app.extensions["database"]
    codes = _usable_codes(database)
    with database.reading() as session:
        open_link = wave_to_try(session, records()).open_slug
    click.echo("\nPerspective\n")
    click.echo(f"  Answer on the web   {settings.public_url}/")
    click.echo(f"  with this code      {codes[0] if codes else 'all used: ./run flask demo makes more'}")
    click.echo(f"  or without a code   {settings.public_url}/o/{open_link}\n")
    if settings.practice_telephone:
        click.echo(f"  Answer by text      {settings.twilio_api_url}/")
        _point_to(practice.NAME, practice.SLUG)
        click.echo()
    for record in records():
        _point_to(record.inspection.name, record.inspection.slug)
    click.echo("\n  Nobody is let in yet? ./run flask people add you@example.org --name 'Your Name' --administrator")
    click.echo("  then                  ./run flask people roles you@example.org essex-2012 --role lead")
    click.echo("\nStop with Ctrl-C.\n")


def _point_to(name: str, slug: str) -> None:
    settings = current_app.extensions["settings"]
    click.echo(f"  {name:<18}  {settings.public_url}/office/inspections/{slug}/perspective")


COMMANDS = (demo, welcome)
