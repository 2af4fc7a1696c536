"""Ends a child process of the tests that wants to reach anything but this machine."""

import os
import sys

LOCAL = ("127.", "::1", "localhost", "0.0.0.0")


def _guard(event: str, arguments: tuple) -> None:
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not str(address[0]).startswith(LOCAL):
            os.write(2, f"TRIED TO REACH {address[0]}\n".encode())
            os._exit(97)


sys.addaudithook(_guard)
