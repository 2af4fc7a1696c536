"""The real process on a free port of this machine, for journeys and drills."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def environment(**more: str) -> dict[str, str]:
    """Return an environment for a child that may only talk to this machine."""
    own = ("LOIMI_", "DATABASE_URL", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    guard = ROOT / "tests" / "support" / "guard"
    paths = os.pathsep.join(map(str, [guard, ROOT / "src", ROOT]))
    return kept | {"PYTHONPATH": paths} | more


@contextmanager
def process(
    *words: str, ready: str, timeout: float = 60, **more: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `./loimi WORDS` until the block ends; wait for `ready` to answer first."""
    with tempfile.TemporaryFile() as output:
        run = [sys.executable, "-m", "loimi", *words]
        child = subprocess.Popen(
            run, cwd=ROOT, env=environment(**more), stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait(child, ready, timeout, output)
            yield child
        finally:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _wait(child: subprocess.Popen[bytes], ready: str, timeout: float, output: IO[bytes]) -> None:
    end = time.monotonic() + timeout
    while time.monotonic() < end and child.poll() is None:
        try:
            urllib.request.urlopen(ready, timeout=2).close()
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
        else:
            return
    output.seek(0)
    raise AssertionError(f"The server did not answer: {output.read().decode(errors='replace')}")


@contextmanager
def demo(*, today: date = date(2026, 5, 21), seed: int = 1) -> Iterator[str]:
    """Run a demo in a folder of its own; give its address."""
    port = free_port()
    address = f"http://localhost:{port}"
    with tempfile.TemporaryDirectory(prefix="loimi-demo-") as folder:
        words = ["demo", "--port", str(port), "--data", f"{folder}/demo"]
        words += ["--today", today.isoformat(), "--seed", str(seed)]
        with process(*words, ready=f"{address}/readyz"):
            yield address


def addresses() -> list[str]:
    """List the addresses of the house that need no number: each can be asked as it is."""
    from loimi.config import start

    start.without_data()
    from loimi.config.commands.docs import house

    return sorted({where for where, _name, _view in house.routes() if "<" not in where})


def pages(address: str) -> list[str]:
    """List those that answer a visitor with a page."""
    return [where for where in addresses() if _is_page(address + where)]


def _is_page(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bool(answer.headers.get_content_type() == "text/html")
    except urllib.error.HTTPError:
        return False
