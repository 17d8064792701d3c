"""`flask retention run`: delete what is kept no longer. To be run every hour."""

from datetime import UTC, datetime

import click

from fieldwork.retention import CONTACT_DAYS, UNSENT_HOURS, forget_unsent
from staff.commands.plain import Plain, database, plural


@click.group(cls=Plain)
def retention() -> None:
    """What is deleted, and when."""


@retention.command(
    help=f"""Delete answers not sent {UNSENT_HOURS} hours after their last page, and those of closed waves.

    Erase the contacts of a wave {CONTACT_DAYS} days after it closed."""
)
def run() -> None:
    """Delete what is due, and let no copy of it stay in the files."""
    found = database()
    with found.transaction() as session:
        forgotten = forget_unsent(session, datetime.now(UTC))
    found.tidy()
    told = f"{plural(forgotten.drafts, 'interview')} not sent, {plural(forgotten.codes, 'code')}"
    click.echo(f"Deleted: {told}, {plural(forgotten.contacts, 'contact')}, {plural(forgotten.keys, 'data key')}.")


COMMANDS = (retention,)
