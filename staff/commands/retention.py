"""`flask retention ...`: delete what is kept no longer, and do deletions again after a backup was put back."""

from datetime import UTC, datetime
from typing import TextIO

import click
from flask import current_app

from fieldwork.keeping import restoring
from fieldwork.keeping.forgetting import forget_what_is_due
from fieldwork.office import audit
from fieldwork.office.audit import TERMINAL
from fieldwork.retention_table import table
from staff.commands.plain import Plain, database, plural


@click.group(cls=Plain)
def retention() -> None:
    """What is deleted, and when: see `flask retention show`."""


@retention.command("show")
def show() -> None:
    """What is kept, for how long, and after what."""
    for kept in table().values():
        click.echo(f"{kept.in_words:>10} after {kept.after}:\n             {kept.what}")


@retention.command("run")
@click.option("--dry-run", is_flag=True, help="Say what would be deleted, and delete nothing.")
def run(*, dry_run: bool) -> None:
    """Delete what is due, and let no copy of it stay in the files. To be run every hour; the worker does."""
    found = database()
    with found.transaction() as session:
        counts = forget_what_is_due(session, datetime.now(UTC))
        if dry_run:
            session.rollback()
        elif any(counts.values()):
            told = ", ".join(f"{row} {count}" for row, count in counts.items() if count)
            audit.record(session, "ran_retention", TERMINAL, about=told)
    if not dry_run:
        found.tidy()
    click.echo("Would be deleted:" if dry_run else "Deleted:")
    for row, count in counts.items():
        click.echo(f"  {count:>6}  {table()[row].what}")


@retention.command("ledger")
def ledger() -> None:
    """Print what must outlive this database. Keep it on another machine, each hour, beside `flask audit head`."""
    with database().reading() as session:
        for line in restoring.ledger(session):
            click.echo(line)


@retention.command("reapply")
@click.argument("ledger", type=click.File(encoding="utf-8"))
def reapply(ledger: TextIO) -> None:
    """After a backup was put back: do again what people had asked for since. Before anybody is served or texted."""
    found = database()
    with found.transaction() as session:
        done = restoring.do_again(session, ledger, current_app.extensions["keys"], TERMINAL)
    found.tidy()
    click.echo(
        f"Done again: {plural(done.stops, 'STOP')}, {plural(done.contacts, 'contact')} erased, "
        f"{plural(done.waves, 'wave')} closed, {plural(done.accounts, 'account')} closed."
    )


COMMANDS = (retention,)
