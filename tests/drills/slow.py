"""Slow visitors hold nobody up: stalled uploads, slow downloads, a large upload, and the end.

A real server on a free port. While 20 uploads stall and 20 downloads trickle, pages must answer
as before; a large upload must pass in flat memory; then SIGTERM must finish a request in
progress and end the process within ten seconds.

    ./loimi prove slow [--visitors 20] [--megabytes 200]
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = """
import argparse, sys
from loimi.config.process import server
parser = argparse.ArgumentParser()
server.arguments(parser)
sys.exit(server.serve(parser.parse_args(), settings="tests.drills.slow_settings"))
"""
HEAD = "Host: localhost\r\nAccept-Encoding: identity\r\n"
PAGES = 200
CHUNK = b"x" * 65_536


@dataclass
class Found:
    """What the drill measured: milliseconds, megabytes, seconds."""

    usual: list[float]
    during: list[float]
    memory: tuple[float, float, float]
    finished: bool
    status: int
    seconds: float

    def lines(self) -> list[str]:
        """Say it in words."""
        usual, usual_95 = at(self.usual, 50), at(self.usual, 95)
        during, during_95 = at(self.during, 50), at(self.during, 95)
        before, peak, after = self.memory
        ended = "ended well" if self.finished else "WAS CUT"
        return [
            f"pages alone            p50 {usual:6.1f}   p95 {usual_95:6.1f} ms",
            f"pages among the slow   p50 {during:6.1f}   p95 {during_95:6.1f} ms",
            f"ratio                  p50 {during / usual:6.2f}   p95 {during_95 / usual_95:6.2f}",
            f"memory of the server   {before:.0f} MB, at most {peak:.0f} MB, then {after:.0f} MB",
            f"a request in progress  {ended} at SIGTERM",
            f"the process            gone after {self.seconds:.1f} s with status {self.status}",
        ]

    def faults(self) -> list[str]:
        """List what is wrong; generous, as machines are busy."""
        p95 = at(self.during, 95)
        checks = {
            f"pages took {p95:.0f} ms": p95 < max(250, 10 * at(self.usual, 95)),
            "memory grew": self.memory[1] - self.memory[0] < 40,
            "a request in progress was cut": self.finished,
            f"it took {self.seconds:.1f} s to end": self.seconds < 10,
            f"its status was {self.status}": self.status == 0,
        }
        return [fault for fault, is_right in checks.items() if not is_right]


def main(words: list[str]) -> int:
    """Print what was measured; fail when slow visitors hold others up."""
    parser = argparse.ArgumentParser(prog="./loimi prove slow")
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--megabytes", type=int, default=200)
    options = parser.parse_args(words)
    found = drill(options.visitors, options.megabytes)
    print("\n".join([*found.lines(), *found.faults()]))
    return int(bool(found.faults()))


def drill(visitors: int, megabytes: int) -> Found:
    """Do it all once."""
    with tempfile.TemporaryDirectory(prefix="loimi-slow-") as name:
        data = Path(name)
        (data / "files").mkdir()
        with (data / "files" / "large.bin").open("wb") as large:
            large.truncate(64_000_000)
        with running(data) as (process, port):
            pages(port, 20)  # the first ones fill caches
            usual = pages(port, PAGES)
            with ExitStack() as wires:
                slow_down(wires, port, visitors, static_file(data))
                during = pages(port, PAGES)
                memory = upload(port, process.pid, megabytes)
                return Found(usual, during, memory, *end(process, port))


@contextmanager
def running(data: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a server on this folder; end it whatever happens."""
    own = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "LOIMI_PORT": "0"}
    limits = {"LOIMI_DATA": str(data), "LOIMI_UPLOAD_LIMIT": "1000", "DATABASE_URL": ""}
    process = subprocess.Popen(
        [sys.executable, "-c", START],
        env={**os.environ, **own, **limits},
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r":(\d+)$", line.strip())
        if not found:
            raise SystemExit(f"The server did not start: {line}")
        yield process, int(found[1])
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def pages(port: int, count: int) -> list[float]:
    """Open the front page again and again; return how long each took."""
    took = []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(count):
        before = time.perf_counter()
        connection.request("GET", "/")
        answer = connection.getresponse()
        answer.read()
        took.append((time.perf_counter() - before) * 1000)
        if answer.status != 200:
            raise SystemExit(f"A page answered {answer.status}")
    connection.close()
    return took


def static_file(data: Path) -> str:
    """Name a large static file; its address repeats until it fills the wire."""
    manifest = json.loads((data / "static" / "staticfiles.json").read_text())
    names = (data / "static" / name for name in manifest["paths"].values())
    return max(names, key=lambda path: path.stat().st_size).relative_to(data).as_posix()


def slow_down(wires: ExitStack, port: int, visitors: int, static: str) -> None:
    """Begin uploads that stall, and downloads that nobody reads."""
    upload = f"POST /upload/ HTTP/1.1\r\n{HEAD}Content-Length: 1000000\r\n\r\n" + "x" * 20_000
    download = f"GET /download/ HTTP/1.1\r\n{HEAD}\r\n"
    # Many requests on one wire: their answers are more than the wire holds.
    named = f"GET /{static} HTTP/1.1\r\n{HEAD}\r\n" * 50
    for number in range(visitors):
        for request in (upload, download if number % 2 else named):
            wire = wires.enter_context(socket.socket())
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            wire.connect(("127.0.0.1", port))
            wire.sendall(request.encode())
    time.sleep(1)


def upload(port: int, process: int, megabytes: int) -> tuple[float, float, float]:
    """Send a large body; return the server's memory before, at most and after."""
    before = memory(process)
    measured = [before]
    with watched(lambda: measured.append(memory(process))):
        count = megabytes * 1_000_000 // len(CHUNK)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        length = {"Content-Length": str(count * len(CHUNK))}
        connection.request("POST", "/upload/", (CHUNK for _ in range(count)), length)
        answer = connection.getresponse().read()
        connection.close()
    if answer != str(count * len(CHUNK)).encode():
        raise SystemExit(f"The upload arrived as {answer!r}")
    return before, max(measured), memory(process)


@contextmanager
def watched(look: Callable[[], None]) -> Iterator[None]:
    """Look every 20 ms while the block runs."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            look()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def memory(process: int) -> float:
    """Return the resident memory of a process in megabytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def end(process: subprocess.Popen[str], port: int) -> tuple[bool, int, float]:
    """Send SIGTERM while a request is in progress; return how both ended."""
    with socket.create_connection(("127.0.0.1", port), 30) as wire:
        wire.sendall(f"GET /wait/ HTTP/1.1\r\n{HEAD}\r\n".encode())
        time.sleep(0.3)
        before = time.monotonic()
        process.send_signal(signal.SIGTERM)
        answer = b"".join(iter(lambda: wire.recv(65_536), b""))
    status = process.wait(30)
    return answer.endswith(b"waited"), status, time.monotonic() - before


def at(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]
