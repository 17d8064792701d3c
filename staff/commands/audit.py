"""`flask audit ...`: is the record of who did what whole?"""

from pathlib import Path

import click

from fieldwork.office import audit as entries
from fieldwork.office.audit import Head
from staff.commands.plain import Plain, database, plural


@click.group(cls=Plain)
def audit() -> None:
    """Who did what, when and why: entries that are only added, each bound to the one before."""


@audit.command("head")
def head() -> None:
    """Print where the audit ends. Kept on another machine each hour, it shows later whether anything was changed."""
    with database().reading() as session:
        click.echo(entries.head(session))


@audit.command("verify")
@click.option(
    "--heads",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of heads kept elsewhere, one a line.",
)
def verify(heads: Path | None) -> None:
    """Check every entry against the one before it, and against heads kept elsewhere; exit with 1 if any is wrong."""
    anchors = (
        [Head.read(line) for line in heads.read_text(encoding="utf-8").splitlines() if line.strip()] if heads else []
    )
    with database().reading() as session:
        found = list(entries.faults(session, anchors))
        last = entries.head(session)
    for fault in found:
        click.echo(fault)
    if found:
        remedy = "Keep this database as it is, and find out who had access."
        raise click.ClickException(f"{plural(len(found), 'fault')} in the audit. {remedy}")
    beside = f", and agrees with {plural(len(anchors), 'head')} kept elsewhere" if anchors else ""
    click.echo(f"The audit is whole: {plural(last.number, 'entry', 'entries')}{beside}.")


COMMANDS = (audit,)
