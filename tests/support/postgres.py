"""A PostgreSQL server for tests: the one that answers, one of our own, or none."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.support.house import free_port

USUAL = "postgresql://postgres@127.0.0.1:5432/postgres"


def server() -> str:
    """Return the address of a server that answers, or nothing."""
    url = os.environ.get("LOIMI_TEST_POSTGRES", USUAL)
    return url if _answers(url) else ""


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=3, autocommit=True).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def found() -> Iterator[str]:
    """Give the server that answers, else a private one where it is installed, else nothing."""
    if (url := server()) or not (programs := _programs()):
        yield url
        return
    with private(programs) as url:
        os.environ["LOIMI_TEST_POSTGRES"] = url
        yield url


def _programs() -> Path | None:
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda it: int(it.parent.name)
    )
    on_path = shutil.which("initdb")
    return installed[-1] if installed else Path(on_path).parent if on_path else None


@contextmanager
def private(programs: Path) -> Iterator[str]:
    """Run a server in a temporary folder until the block ends."""
    # PostgreSQL refuses to run as root, so root lends it to the user that its package made.
    user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="loimi-postgres-") as name:
        if user:
            shutil.chown(name, "postgres", "postgres")
        data, port = Path(name) / "data", free_port()
        make = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=name, **user)  # type: ignore[call-overload]
        run = [programs / "postgres", "-D", data, "-p", str(port), "-k", name, "-h", "127.0.0.1"]
        with (Path(name) / "log").open("wb") as log:
            child = subprocess.Popen(run, stdout=log, stderr=log, cwd=name, **user)  # type: ignore[call-overload]
        try:
            yield _wait(f"postgresql://postgres@127.0.0.1:{port}/postgres", Path(name) / "log")
        finally:
            child.send_signal(signal.SIGINT)
            child.wait(30)


def _wait(url: str, log: Path) -> str:
    end = time.monotonic() + 30
    while not _answers(url):
        if time.monotonic() > end:
            raise AssertionError(f"The private PostgreSQL did not answer: {log.read_text()}")
        time.sleep(0.2)
    return url


@contextmanager
def database(name: str) -> Iterator[str]:
    """Make a database for one test, dropped when it ends."""
    url = server()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield url.rsplit("/", 1)[0] + f"/{name}"
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
