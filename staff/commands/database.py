"""`flask database`: make its tables or bring them up to date; see whether it is sound."""

import click
from flask import current_app

from fieldwork.database import Database
from staff.commands import plain


@click.group(cls=plain.Plain)
def database() -> None:
    """The database that DATABASE_URL names."""


@database.command()
def upgrade() -> None:
    """Make the tables, or bring them up to date. Running it again changes nothing."""
    found: Database = current_app.extensions["database"]
    found.upgrade()
    found.check()
    click.echo("The database is up to date.")


@database.command()
def check() -> None:
    """Say whether the database is ours, whole, up to date and keeps what it is told."""
    plain.database()
    click.echo("The database is sound.")


COMMANDS = (database,)
