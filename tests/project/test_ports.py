"""Two of them never serve one port, however they come: each says so in a sentence, and the first goes on."""

import socket

import pytest

from palabre.project.ports import claimed
from palabre.project.trouble import Trouble


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


def test_a_port_on_which_nothing_listens_yet_is_claimed_once(port):
    with claimed("127.0.0.1", [port]):
        with (
            pytest.raises(Trouble, match=f"Cannot listen on 127.0.0.1:{port} .*choose another"),
            claimed("127.0.0.1", [port]),
        ):
            pass
        with pytest.raises(Trouble), claimed("127.0.0.1", [port + 1, port]):  # the live part of another
            pass
        with claimed("127.0.0.1", [port + 1]):  # which keeps nothing of what it could not have whole
            pass
    with claimed("127.0.0.1", [port]):
        pass


def test_a_port_on_which_something_listens_is_not_claimed(port):
    with socket.create_server(("127.0.0.1", port)), pytest.raises(Trouble, match="PORT="), claimed("127.0.0.1", [port]):
        pass
