"""`flask retention run`: delete what is kept no longer. To be run every hour."""

from datetime import UTC, datetime

import click

from fieldwork.retention import UNSENT_HOURS, forget_unsent
from staff.commands.plain import Plain, database, plural


@click.group(cls=Plain)
def retention() -> None:
    """What is deleted, and when."""


@retention.command(
    help=f"Delete answers not sent {UNSENT_HOURS} hours after their last page, and those of closed waves."
)
def run() -> None:
    """Delete what is due, and let no copy of it stay in the files."""
    found = database()
    with found.transaction() as session:
        forgotten = forget_unsent(session, datetime.now(UTC))
    found.tidy()
    click.echo(f"Deleted: {plural(forgotten.drafts, 'interview')} not sent, {plural(forgotten.codes, 'code')}.")


COMMANDS = (retention,)
