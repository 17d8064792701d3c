"""What the commands share: faults told in a line, and the database they work on."""

from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from fieldwork.database import Database
from fieldwork.faults import Busy, Fault, Refused
from fieldwork.sealing import Keys

TRY_AGAIN = "The database was busy, or its disk is full. Not all that was asked for is done: try again."


class Plain(AppGroup):
    """A group of commands that tell a fault with its place and remedy, and exit with 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Fault as fault:
            raise click.ClickException(str(fault)) from fault
        except Busy as busy:
            raise click.ClickException(TRY_AGAIN) from busy


def database() -> Database:
    """The database, once it is known to be ours and sound.

    Raises:
        WrongDatabase: it is not.
    """
    found: Database = current_app.extensions["database"]
    found.check()
    return found


def pepper() -> bytes:
    """What codes, links and serial numbers are hashed with."""
    found: bytes = current_app.extensions["pepper"]
    return found


def keys() -> Keys:
    """What contacts and texts are sealed with.

    Raises:
        Refused: the settings have no keys.
    """
    found: Keys | None = current_app.extensions["keys"]
    if found is None:
        remedy = "Set both as config/example.env says."
        raise Refused("CONTACT_KEY, SUPPRESSION_KEY", "are not set, so nobody can be texted.", remedy)
    return found


def plural(count: int, one: str, several: str = "") -> str:
    """The count with its noun: `1 code`, `2 codes`."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"
