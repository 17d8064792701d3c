"""`flask talk`: who wants to talk to someone. To be read every working day for as long as a wave is open."""

from zoneinfo import ZoneInfo

import click

from fieldwork.concerns import waiting
from staff.commands.plain import Plain, database

LONDON = ZoneInfo("Europe/London")


@click.group(cls=Plain)
def talk() -> None:
    """People who want to talk to someone. What they say is joined to no answer."""


@talk.command("list")
def list_all() -> None:
    """Everybody who asked, the latest first: when, where, what to call them, how to reach them, their words."""
    with database().reading() as session:
        asked = waiting(session)
    if not asked:
        click.echo("Nobody has asked to talk to someone.")
    for each in asked:
        when = f"{each.asked.astimezone(LONDON):%A %d %B %Y, %H:%M}"
        click.echo(
            f"{when}  {each.inspection or 'inspection not known'}  ({'Welsh' if each.language == 'cy' else 'English'})"
        )
        for label, told in (("Name", each.name), ("Reach", each.way_to_reach), ("Says", each.words)):
            click.echo(f"  {label:<6} {told or '-'}")


COMMANDS = (talk,)
