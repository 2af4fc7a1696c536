"""`./loimi serve` as a process of its own: few open files, other starts, the last way out."""

from __future__ import annotations

import fcntl
import select
import socket
from contextlib import ExitStack

import httpx

from loimi.config.tests import test_serve as site

folder, serve = site.folder, site.serve
FEW_FILES = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))\n"
LEAVE = """
import time
from loimi.config.process import server
def after():
    open("after", "w").close()
    time.sleep(60)
server._leave(after)
"""
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


def test_idle_connections_shut_nobody_out(serve):
    running = serve(script=FEW_FILES + site.START)
    with ExitStack() as wires:
        waiting = wires.enter_context(running.connect(GET.replace(b"healthz", b"wait/1500/")))
        for _ in range(300):
            wire = wires.enter_context(socket.create_connection(("127.0.0.1", running.port), 10))
            wire.sendall(GET)
        for address in ("/healthz", "/readyz", "/"):
            assert httpx.get(running.url + address).status_code == 200
        assert waiting.recv(4096).startswith(b"HTTP/1.1 200 ")
    assert running.end()[0] == 0
    assert running.process.stdout.read().count("connections are taken") == 1


def test_one_start_at_a_time_prepares_a_folder(serve, folder):
    data = folder / "data"
    data.mkdir(mode=0o700)
    with (data / "starting").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        waiting = site.start(folder)
        assert waiting.stdout is not None
        assert select.select([waiting.stdout], [], [], 4)[0] == []
        assert not list((data / "static").iterdir())
    assert waiting.stdout.readline() == "before\n"
    waiting.terminate()
    waiting.communicate(timeout=20)


def test_the_last_way_out_cleans_up_but_waits_for_nothing(folder):
    leaving = site.start(folder, script=LEAVE)
    said = leaving.communicate(timeout=10)[0]
    assert (leaving.returncode, (folder / "after").exists()) == (0, True)
    assert "Traceback" not in said
