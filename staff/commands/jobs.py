"""`flask jobs work`: run what people of the office have asked for, and what is done every hour."""

import logging
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from fieldwork.hours import LONDON
from fieldwork.keeping import closing
from fieldwork.keeping.forgetting import forget_what_is_due
from fieldwork.reading import reading_clock
from staff.commands import comments
from staff.commands.plain import Plain, database

logger = logging.getLogger(__name__)


@click.group(cls=Plain)
def jobs() -> None:
    """What takes longer than a page may: files of figures, letters, imports."""


@jobs.command()
@click.option("--at-once", type=click.IntRange(1, 8), default=2, show_default=True, help="Jobs run side by side.")
@with_appcontext
def work(at_once: int) -> None:
    """Run jobs; close waves whose last day is over, delete what is kept no longer; until it is stopped (Ctrl-C)."""
    from fieldwork.queues import queue_at  # noqa: PLC0415 - Huey is loaded by who needs it
    from staff.jobs.kinds import KINDS  # noqa: PLC0415 - as above
    from staff.jobs.working import QUEUE, Worker  # noqa: PLC0415 - as above

    database()
    settings = current_app.extensions["settings"]
    try:
        huey = queue_at(settings.queue_url, settings.secret_key, QUEUE)
    except ValueError as wrong:  # a setting
        raise click.ClickException(str(wrong)) from wrong
    kinds = {name: kind.run for name, kind in KINDS.items()}
    hourly = {"close": close_what_is_over, "forget": forget, "comments": look_at_comments}
    click.echo("Jobs are run. Ctrl-C stops, when what is under way is done.", err=True)
    Worker(current_app.extensions["office"], huey, kinds, show_sections, hourly, at_once).run()


def show_sections() -> None:
    """Make anew what the office is shown of inspections with an open wave, once an hour."""
    from staff.perspective.showing import renew  # noqa: PLC0415 - as above

    renew(current_app.extensions["database"], datetime.now(UTC))


def close_what_is_over() -> None:
    """Close every wave whose last day is over."""
    found = current_app.extensions["database"]
    with found.transaction() as session:
        closed = closing.close_due(session, datetime.now(UTC).astimezone(LONDON).date(), current_app.extensions["keys"])
    if closed:
        found.tidy()


def forget() -> None:
    """Delete what is kept no longer, and let no copy of it stay in the files."""
    found = current_app.extensions["database"]
    with found.transaction() as session:
        forget_what_is_due(session, datetime.now(UTC))
    found.tidy()


def look_at_comments() -> None:
    """Look whether every comment has been read; if one may have waited for too long, the log says so."""
    if alarm := reading_clock.alarm(comments.look(current_app.extensions["database"])):
        logger.warning("%s", alarm)


COMMANDS = (jobs,)
