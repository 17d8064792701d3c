"""`flask texts phone`: be a phone of the practice telephone, in the terminal."""

import click
from flask import current_app
from flask.cli import with_appcontext

from telephone.terminal import NobodyThere, converse


@click.command("phone")
@click.argument("number")
@with_appcontext
def phone(number: str) -> None:
    """Be the phone of that NUMBER, such as 07700900123, at the practice telephone that ./run starts."""
    settings = current_app.extensions["settings"]
    if not settings.practice_telephone:
        raise click.ClickException("TWILIO_API_URL leads to no practice telephone. Leave it to ./run to set it.")
    be_a_phone(settings.twilio_api_url, number)


def be_a_phone(url: str, number: str) -> None:
    """Converse in this terminal.

    Raises:
        ClickException: nothing is served there, or the number is none.
    """
    try:
        converse(url, number, ask=lambda: input("> "), say=click.echo)
    except (NobodyThere, ValueError) as fault:
        raise click.ClickException(str(fault)) from fault


COMMANDS = (phone,)
