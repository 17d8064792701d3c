"""No test reaches beyond this machine: trying to is an error at the place that tries."""

import sys
from ipaddress import ip_address
from typing import Any


class ReachedOut(Exception):
    """A test tried to reach another machine. Hand it a fake instead."""


def stay_on_this_machine() -> None:
    """From now on, in this process, only loopback addresses and local sockets can be looked up or connected to."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    match event, arguments:
        case "socket.connect" | "socket.sendto", (_, (str() as host, *_)):
            pass
        case "socket.getaddrinfo", (str() as host, *_):
            pass
        case _:
            return
    if not is_this_machine(host):
        raise ReachedOut(f"{event}: {host} is another machine; tests do without it")


def is_this_machine(host: str) -> bool:
    """Whether a name or an address is this machine's own."""
    if host in {"", "localhost"}:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
