import socket

import pytest

from tests.network import ReachedOut, is_this_machine


def test_another_machine_is_not_looked_up() -> None:
    with pytest.raises(ReachedOut, match=r"example\.org is another machine"):
        socket.create_connection(("example.org", 80))


def test_another_machine_is_not_connected_to_by_its_address() -> None:
    with socket.socket() as caller, pytest.raises(ReachedOut):
        caller.connect(("192.0.2.1", 80))


def test_this_machine_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as caller:
        assert caller.getpeername() == server.getsockname()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_this_machine(host)


@pytest.mark.parametrize("host", ["example.org", "10.0.0.1", "localhost.example.org", "2001:db8::1"])
def test_everything_else_is_not(host: str) -> None:
    assert not is_this_machine(host)
