"""`flask concerns`: what a person must look at, at the terminal. To be read at once when a notice comes."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import click
from flask import current_app

from fieldwork import inspections
from fieldwork.database import Session
from fieldwork.faults import NotFound
from fieldwork.office.audit import Who
from fieldwork.safeguarding import concern_queue, concern_reading, concern_steps, concerns, reaching
from fieldwork.safeguarding.concern_queue import Waiting
from fieldwork.safeguarding.concern_reading import Opened
from fieldwork.sealing import Keys
from staff.commands.plain import Plain, database, keys
from staff.concerns.words import as_it_stands, how_raised, outcome_of, spoken, what_it_is

LONDON = ZoneInfo("Europe/London")
SHOWN_OF_KEY = 8
EVERYWHERE = None

by = click.option("--by", "name", required=True, help="Your name. It is kept with what you do.")


@click.group("concerns", cls=Plain)
def group() -> None:
    """What a person must look at: texts, comments, and people who want to talk to someone."""


@group.command("list")
@click.option("--closed", is_flag=True, help="Those that are closed.")
def list_all(closed: bool) -> None:  # noqa: FBT001 - click hands options over by name
    """What waits, the most urgent first: when it came, where, and how it stands. Nothing of what was written."""
    with database().reading() as session:
        found = concern_queue.queue(session, EVERYWHERE, _now(), closed=closed)
    if not found:
        click.echo("No concern is closed." if closed else "No concern is open.")
    for each in found:
        click.echo(f"{_short(each.id)}  {_when(each.raised)}  {each.wave or each.slug or 'inspection not known'}")
        click.echo(f"  {what_it_is(each)}. {as_it_stands(each)}")


@group.command()
@click.argument("concern")
@by
def read(concern: str, name: str) -> None:
    """Show what was written in CONCERN (its first letters, as listed), and what was done. That you read it is kept."""
    with database().transaction() as session:
        key = _named(session, concern)
        found = concern_reading.read(session, _keys(), key, EVERYWHERE, Who(None, name), _now())
    _print(found)


def _print(found: Opened) -> None:
    there = found.waiting
    click.echo(f"{_short(there.id)}  {_when(there.raised)}  {there.wave or there.slug or 'inspection not known'}")
    lines = {
        "What": f"{what_it_is(there)}. {as_it_stands(there)}",
        "From": f"{found.number} ({found.age}, {spoken(found.language)})" if found.number else "",
        "Name": found.name,
        "Reach": found.way_to_reach,
        "Says": found.words or "-",
    }
    for label, words in lines.items():
        if words:
            click.echo(f"  {label:<6} {words}")
    for step in found.steps:
        click.echo(f"  {_when(step.when)}  {step.who} {outcome_of(step)}")


@group.command()
@click.argument("concern")
@by
def acknowledge(concern: str, name: str) -> None:
    """You have looked at CONCERN and see to it. Nobody else is told any more."""
    with database().transaction() as session:
        key = _named(session, concern)
        concern_steps.acknowledge(session, key, Who(None, name), _now())
    click.echo(f"{_short(key)} is acknowledged by {name}.")


@group.command()
@click.argument("concern")
@click.option("--to", "to_whom", required=True, help="To whom it was referred.")
@click.option("--why", required=True, help="Why.")
@by
def refer(concern: str, to_whom: str, why: str, name: str) -> None:
    """Write down that you referred CONCERN. They have one working day to answer."""
    with database().transaction() as session:
        key = _named(session, concern)
        concern_steps.refer(session, key, Who(None, name), _now(), to_whom=to_whom, why=why)
    click.echo(f"{_short(key)} is referred.")


@group.command()
@click.argument("concern")
@click.option("--outcome", required=True, help="What they answered.")
@by
def answered(concern: str, outcome: str, name: str) -> None:
    """Write down what was answered to the referral of CONCERN."""
    with database().transaction() as session:
        key = _named(session, concern)
        concern_steps.answered(session, key, Who(None, name), _now(), outcome=outcome)
    click.echo(f"{_short(key)}: the answer is written down.")


@group.command()
@click.argument("concern")
@click.option("--outcome", required=True, help="What came of it.")
@by
def close(concern: str, outcome: str, name: str) -> None:
    """Say that CONCERN has been seen to. Its words are deleted for good; what was done stays."""
    found = database()
    with found.transaction() as session:
        key = _named(session, concern)
        concern_steps.close(session, key, Who(None, name), _now(), outcome=outcome)
    found.tidy()
    click.echo(f"{_short(key)} is closed, and its words are deleted.")


@group.command()
@click.argument("concern")
@click.option("--why", required=True, help="Why it is not over after all.")
@by
def reopen(concern: str, why: str, name: str) -> None:
    """Take up CONCERN again that was closed. What was deleted stays deleted."""
    with database().transaction() as session:
        key = _named(session, concern, closed=True)
        concern_steps.reopen(session, key, Who(None, name), _now(), why=why)
    click.echo(f"{_short(key)} is open again.")


@group.command("reach")
@click.argument("concern")
@click.option("--why", "reason", required=True, help="Why this person has to be reached.")
@by
def reach_one(concern: str, reason: str, name: str) -> None:
    """Show the number of who wrote CONCERN, to call them. Who asked for it, why and when is kept."""
    with database().transaction() as session:
        key = _named(session, concern)
        number = reaching.reach(session, keys(), key, Who(None, name), reason, _now())
    click.echo(number)
    click.echo("It is kept that you asked. Think of who else may see that phone, or hear it ring.", err=True)


@group.command()
@click.argument("inspection")
@by
def practise(inspection: str, name: str) -> None:
    """Raise a practice concern for INSPECTION, to see how long it takes until somebody acknowledges it."""
    with database().transaction() as session:
        there = inspections.find(session, inspection)
        key = concerns.raise_practice(session, there.id, Who(None, name), _now())
    click.echo(f"{_short(key)} is a practice. {how_raised('practice')}")


def _named(session: Session, beginning: str, *, closed: bool = False) -> UUID:
    found = concern_queue.queue(session, EVERYWHERE, _now(), closed=closed)
    if not closed:
        found += [each for each in concern_queue.practices(session, EVERYWHERE, _now()) if each.state == "new"]
    matching = [each for each in found if _begins(each, beginning)]
    if len(matching) != 1:
        state = "closed" if closed else "open"
        fault = f"several {state} concerns begin like this." if matching else f"no such concern is {state}."
        raise NotFound(beginning, fault, f"See which are: flask concerns list{' --closed' if closed else ''}.")
    return matching[0].id


def _begins(concern: Waiting, beginning: str) -> bool:
    return str(concern.id).startswith(beginning.lower())


def _keys() -> Keys | None:
    found: Keys | None = current_app.extensions["keys"]
    return found


def _now() -> datetime:
    now: datetime = current_app.extensions["clock"]()
    return now


def _short(key: UUID) -> str:
    return str(key)[:SHOWN_OF_KEY]


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%A %d %B %Y, %H:%M}"


COMMANDS = (group,)
