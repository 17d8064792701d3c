"""`flask concerns`: texts that a person must look at. To be read at once when a notice comes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from fieldwork.concerns import OpenConcern, close_concern, open_concerns
from fieldwork.database import Session
from fieldwork.faults import NotFound
from fieldwork.models.concerns import ConcernKind
from fieldwork.reaching import reach
from staff.commands.plain import Plain, database, keys

LONDON = ZoneInfo("Europe/London")
SHOWN_OF_KEY = 8
KINDS: dict[ConcernKind, str] = {
    "words": "words that worry",
    "help": "asked for help",
    "picture": "a picture, not opened",
    "stop_with_words": "STOP, and more words",
}


@click.group(cls=Plain)
def concerns() -> None:
    """Texts that a person must look at. Until a concern is closed, nothing erases the way to reach who wrote it."""


@concerns.command("list")
def list_all() -> None:
    """Every open concern, the latest first: when, where, from whom (by the last three digits), and the words."""
    with database().reading() as session:
        found = open_concerns(session, keys())
    if not found:
        click.echo("No concern is open.")
    for each in found:
        click.echo(f"{_short(each)}  {each.raised.astimezone(LONDON):%A %d %B %Y, %H:%M}  {each.wave}")
        spoken = {"en": "English", "cy": "Welsh", None: "language not chosen"}[each.language]
        click.echo(f"  From   {each.number or 'a number that is erased'} ({each.age or 'age not known'}, {spoken})")
        click.echo(f"  What   {KINDS[each.kind]}; {each.people_told} of 2 people told")
        click.echo(f"  Says   {each.words or '-'}")


@concerns.command()
@click.argument("concern")
def close(concern: str) -> None:
    """Say that CONCERN (its first letters, as listed) has been seen to. Its words are deleted for good."""
    found = database()
    with found.transaction() as session:
        closed = _named(session, concern)
        close_concern(session, closed.id, datetime.now(UTC))
    found.tidy()
    click.echo(f"{_short(closed)} is closed, and its words are deleted.")


@concerns.command("reach")
@click.argument("concern")
@click.option("--by", "asked_by", required=True, help="Your name.")
@click.option("--why", "reason", required=True, help="Why this person has to be reached.")
def reach_one(concern: str, asked_by: str, reason: str) -> None:
    """Show the number of who wrote CONCERN, to call them. Who asked for it, why and when is kept."""
    with database().transaction() as session:
        number = reach(session, keys(), _named(session, concern).id, asked_by, reason, datetime.now(UTC))
    click.echo(number)
    click.echo("It is kept that you asked. Think of who else may see that phone, or hear it ring.", err=True)


def _named(session: Session, beginning: str) -> OpenConcern:
    matching = [each for each in open_concerns(session, keys()) if str(each.id).startswith(beginning.lower())]
    if len(matching) != 1:
        fault = "several open concerns begin like this." if matching else "no such concern is open."
        raise NotFound(beginning, fault, "See which are: flask concerns list.")
    return matching[0]


def _short(concern: OpenConcern) -> str:
    return str(concern.id)[:SHOWN_OF_KEY]


COMMANDS = (concerns,)
