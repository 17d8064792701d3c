"""`python -m telephone` serves the practice telephone; `python -m telephone phone NUMBER` is one of its phones."""

import os
import sys
from collections.abc import Mapping
from threading import Event

import click

from telephone.account import Account
from telephone.commands import be_a_phone
from telephone.exchange import Exchange
from telephone.server import NotThisMachine, Server, parts_of

ADDRESS = "127.0.0.1:8001"
PACE = 0.4  # seconds from one status to the next, so that they can be watched
NEEDED = ("PUBLIC_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_MESSAGING_SERVICE")


@click.group(invoke_without_command=True)
@click.pass_context
def telephone(context: click.Context) -> None:
    """Serve the practice telephone at ADDRESS_OF_TELEPHONE, until it is interrupted."""
    if context.invoked_subcommand is None:
        serve(os.environ, Event())


@telephone.command()
@click.argument("number")
def phone(number: str) -> None:
    """Be the phone of that NUMBER, such as 07700900123, in this terminal."""
    be_a_phone(f"http://{os.environ.get('ADDRESS_OF_TELEPHONE') or ADDRESS}", number)


def serve(environment: Mapping[str, str], until: Event) -> None:
    """Serve what the environment says, until then.

    Raises:
        ClickException: a setting is missing or wrong, or the address is taken.
    """
    missing = [name for name in NEEDED if not environment.get(name)]
    if missing:
        raise click.ClickException(f"Set {', '.join(missing)}: as for the service. ./run does it.")
    public_url, sid, token, service = (environment[name] for name in NEEDED)
    account = Account.practising(public_url, sid=sid, token=token, service=service)
    address = environment.get("ADDRESS_OF_TELEPHONE") or ADDRESS
    try:
        host, port = parts_of(address)
        server = Server(Exchange(account, pace=PACE), host, port)
    except NotThisMachine as fault:
        raise click.ClickException(str(fault)) from fault
    except OSError as fault:
        raise click.ClickException(f"{address} cannot be used: {os.strerror(fault.errno or 0)}.") from fault
    click.echo(f"Practice telephone: {server.url}", err=True)
    try:
        until.wait()
    except KeyboardInterrupt:
        sys.exit(0)
    finally:
        server.close()


if __name__ == "__main__":
    telephone(prog_name="python -m telephone")
