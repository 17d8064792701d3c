"""`flask comments watch`: is anything unread that somebody wrote, and for how long?"""

from datetime import UTC, datetime

import click

from fieldwork.database import Database
from fieldwork.reading import reading_clock
from fieldwork.reading.reading_clock import Ageing
from staff.commands.plain import Plain, database
from staff.comments.words import waited


@click.group(cls=Plain)
def comments() -> None:
    """What respondents wrote in their own words. It is read in the office."""


@comments.command()
def watch() -> None:
    """Say what is unread, and fail where a comment may have waited for more than a working day: for a watchdog."""
    ageing = look(database())
    for each in ageing:
        click.echo(f"{each.wave}: {waited(each)}")
    if not ageing:
        click.echo("Every comment has been read.")
    if alarm := reading_clock.alarm(ageing):
        raise click.ClickException(alarm)


def look(found: Database) -> list[Ageing]:
    """What is unread; where all is read, that is kept, so that the clocks of comments begin there."""
    with found.transaction() as session:
        return reading_clock.look(session, datetime.now(UTC))


COMMANDS = (comments,)
