"""No test and no server of a test reaches anything but this machine."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.support import house

# An address set aside for documentation: nobody is there.
ELSEWHERE = ("192.0.2.1", 80)


def test_a_test_cannot_reach_elsewhere() -> None:
    blocked = (SocketConnectBlockedError, UserWarning)
    with pytest.raises(blocked, match=r"192\.0\.2\.1"), socket.socket() as out:
        out.connect(ELSEWHERE)


def test_a_test_reaches_this_machine() -> None:
    with socket.socket() as listening, socket.socket() as out:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        out.connect(listening.getsockname())


def test_a_server_of_a_test_is_ended_when_it_reaches_elsewhere() -> None:
    reach = f"import socket; socket.create_connection({ELSEWHERE!r}, timeout=1)"
    ended = subprocess.run(
        [sys.executable, "-c", reach],
        env=house.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (97, "TRIED TO REACH 192.0.2.1\n")
