"""`flask notices`: telling people of concerns where no texts are sent, and looking whether they are told."""

import logging
import signal
import threading
from datetime import datetime

import click
from flask import current_app

from fieldwork import heartbeats
from fieldwork.faults import Busy
from fieldwork.moments import moment_of
from fieldwork.progress.tally import keep_counting
from fieldwork.safeguarding.telling import Teller, keep_telling, teller_for
from staff.commands.plain import Plain, database

LOOK_EVERY = 5.0  # seconds

logger = logging.getLogger(__name__)


@click.group(cls=Plain)
def notices() -> None:
    """Telling people of concerns. `flask texts work` does it too; where texts are sent, nothing else is needed."""


@notices.command()
def work() -> None:
    """Tell people of concerns, until it is stopped (Ctrl-C). Two of them at once do no harm."""
    try:
        teller = teller_for(database(), current_app.extensions["settings"])
    except ValueError as wrong:  # a setting
        raise click.ClickException(str(wrong)) from wrong
    stopping = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stopping.set())
    click.echo("People are told of concerns. Ctrl-C stops.", err=True)
    tell_until(stopping, teller)


def tell_until(stopping: threading.Event, teller: Teller) -> None:
    """Tell whoever has to be told, again and again; what goes wrong is a line in the log, and the next round comes."""
    while not stopping.is_set():
        try:
            keep_telling(teller, _now())
            keep_counting(teller.database, _now())
        except Busy:
            logger.warning("Telling people was put off: the database was busy.")
        except Exception as fault:  # noqa: BLE001 - the next round must come whatever went wrong in this one
            logger.critical("Telling people failed: %s.", type(fault).__name__)
        stopping.wait(LOOK_EVERY)


@notices.command()
def check() -> None:
    """Say when whoever tells people was last heard, and fail after an hour and a quarter of silence: for a watchdog."""
    with database().reading() as session:
        last, is_silent = heartbeats.last_beat(session), heartbeats.is_silent(session, _now())
    heard = "never" if last is None else f"{moment_of(last):%d %B %Y, %H:%M} UTC"
    if is_silent:
        raise click.ClickException(f"Last heard: {heard}. Start flask notices work, or look at its log.")
    click.echo(f"Last heard: {heard}.")


def _now() -> datetime:
    now: datetime = current_app.extensions["clock"]()
    return now


COMMANDS = (notices,)
