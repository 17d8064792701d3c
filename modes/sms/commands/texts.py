"""`flask texts`: sending them, reading them, and what became of them."""

import click

from modes.sms.commands.looking import LOOKING
from modes.sms.commands.reading import READING
from modes.sms.commands.sending import SENDING
from staff.commands.plain import Plain


@click.group(cls=Plain)
def texts() -> None:
    """The texts of a wave."""


for command in (*SENDING, *READING, *LOOKING):
    texts.add_command(command)

COMMANDS = (texts,)
