"""Serves: takes the port and the folder, brings everything up to date, runs, ends in time."""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

import uvicorn
from django.db.backends.base.base import BaseDatabaseWrapper

from loimi.config import environment, folder, start, static
from loimi.config.process.crowd import Crowd, allow_many
from loimi.config.process.protocol import Protocol

logger = logging.getLogger(__name__)

APPLICATION = "loimi.config.asgi:application"
# After the signal: requests in progress and promises in hand may take this long, then their
# connections are cut; what still hangs ends with the process. Together within ten seconds.
FINISH = 6.0
GONE = 8.5
LAST_WORK = 1.0
# A visitor who reads nothing for so long is cut off. Systems tell of reading by the megabyte.
STALLED = 120
TICKS = 10  # uvicorn's, in a second
# Longer than the proxies in front keep theirs, so that none writes into a closed connection.
KEEP_ALIVE = 75
MIGRATING = 5_640_464  # PostgreSQL wants a number for its lock; this is ours


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take where to listen, and where the data is; each wins over its variable."""
    parser.add_argument("--host", help="address to listen on (LOIMI_HOST)")
    parser.add_argument("--port", type=int, help="port to listen on (LOIMI_PORT)")
    parser.add_argument("--data", type=Path, help="folder of this installation (LOIMI_DATA)")


def serve(
    options: argparse.Namespace,
    *,
    settings: str = start.SETTINGS,
    before: Callable[[], None] | None = None,
    after: Callable[[], None] | None = None,
) -> int:
    """Serve until a signal comes; `before` runs when the database is up to date.

    `after` runs at the end, whatever ends it; when something hangs it may run twice, for a second
    at most. Leaves with one line when the port or the folder is taken, or the database is away.
    """
    after = after or _nothing
    for name in ("host", "port", "data"):
        if (value := getattr(options, name)) is not None:
            os.environ[f"LOIMI_{name.upper()}"] = str(value)
    try:
        with _reserved_port() as listener:
            found = start.with_data(settings)
            with _held_folder(found):
                _bring_up_to_date(found)
                (before or _nothing)()
                run(found, listener, after)
    finally:
        after()
    return 0


def _nothing() -> None:
    """Be what runs before and after when nobody asks for more."""


@contextmanager
def _reserved_port() -> Iterator[socket.socket]:
    """Bind first, so that a taken port is known before anything is changed."""
    try:
        found = environment.read()
    except environment.BadSetting as wrong:
        sys.exit(str(wrong))
    family = socket.AF_INET6 if ":" in found.host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((found.host, found.port))
        except OSError as wrong:
            where = f"{found.host}, port {found.port}"
            sys.exit(f"Cannot listen on {where}: {wrong.strerror}. Choose another with --port.")
        # Port 0 asks for any that is free; the address that people open needs the real one.
        os.environ["LOIMI_PORT"] = str(listener.getsockname()[1])
        yield listener


@contextmanager
def _held_folder(found: environment.Environment) -> Iterator[None]:
    """Keep a second server off an SQLite file; PostgreSQL takes several."""
    if found.database_url:
        yield
        return
    try:
        held = folder.take(found.data.resolve())
    except folder.FolderTaken as taken:
        sys.exit(str(taken))
    try:
        yield
    finally:
        os.close(held)


def _bring_up_to_date(found: environment.Environment) -> None:
    from django.core.management import call_command
    from django.db import OperationalError, connection, connections

    with _starting(found.data.resolve()):
        static.collect_changed()
        if connection.vendor == "sqlite":
            _clear_spool()
        try:
            with _alone(connection):
                call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as away:
            reason = str(away).strip().partition("\n")[0]
            sys.exit(f"The database does not answer: {reason}")
        finally:
            connections.close_all()


@contextmanager
def _starting(data: Path) -> Iterator[None]:
    """Let one of several servers on a folder prepare it at a time."""
    with (data / "starting").open("w") as turn:
        # Given back when the file closes, also when this process dies.
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _clear_spool() -> None:
    """Remove what uploads left behind in a killed process; with SQLite nobody else has any."""
    from django.conf import settings

    for left in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir():
        left.unlink(missing_ok=True)


@contextmanager
def _alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let one of several servers migrate at a time, whatever folder each of them has."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Given back when the connection closes, also when this process dies.
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
    yield


def run(
    found: environment.Environment,
    listener: socket.socket,
    after: Callable[[], None] = _nothing,
) -> None:
    """Run the application on a bound socket until a signal comes."""
    config = uvicorn.Config(
        APPLICATION,
        http=Protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(found.proxies),
        forwarded_allow_ips=list(found.proxies),
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=int(FINISH) + 1,
    )
    Server(config, found.public_url, after).run([listener])


class Server(uvicorn.Server):
    """Says when it answers; ends in time whatever a thread or a visitor does."""

    def __init__(self, config: uvicorn.Config, url: str, after: Callable[[], None]) -> None:
        super().__init__(config)
        self.url = url
        self.after = after
        self.server_state = Crowd(allow_many())

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(f"Loimi is at {self.url}", flush=True)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        with super().capture_signals():
            yield
            # Else uvicorn raises them again, and an orderly end would look like a killed process.
            self._captured_signals.clear()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if not self.should_exit:
            # A thread of its own, so that not even a loop that hangs can stop it.
            last = threading.Timer(GONE, _leave, [self.after])
            last.daemon = True
            last.start()
        super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        if counter % (STALLED * TICKS) == 0:
            for connection in list(self.server_state.connections):
                if isinstance(connection, Protocol):
                    connection.cut_if_stalled()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if worker := self.lifespan.state.get("worker"):
            worker.stop(0.0)  # begins to end while requests finish; the lifespan waits for it
        cut = asyncio.get_running_loop().call_later(FINISH, self._cut)
        await super().shutdown(sockets)
        cut.cancel()

    def _cut(self) -> None:
        """Cut the connections that are left: stalled uploads, slow downloads, hung views."""
        for connection in list(self.server_state.connections):
            connection.transport.abort()


def _leave(after: Callable[[], None]) -> None:
    logger.warning("Something hangs and is left behind")
    last = threading.Thread(target=after, daemon=True)
    last.start()
    last.join(LAST_WORK)
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    os._exit(0)
