"""Requests are read whole before a thread is taken, so that a slow sender holds none.

What is too large, too slow or finds no room is refused: Django answers it without its body,
with the reason in `environ["asgi.scope"]["loimi.refused"]` (413, 408 or 507).
"""

from __future__ import annotations

import asyncio
import errno
import shutil
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

IN_MEMORY = 64 * 1024
# All bodies at a time may be as large as this many of the largest.
AT_ONCE = 4
# Free disk space that no upload eats: the database needs it.
RESERVE = 200_000_000
GRACE = 10.0
# What came quickly buys no more than this much rest.
LONGEST_PAUSE = 30.0
# The more a body holds, the quicker its rest must come: at a pace that brings as much in this time.
LONGEST_UPLOAD = 2 * 3600.0
# How long the rest of a refused body is thrown away, so that its sender gets to read why.
LINGER = 2.0
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FRAMING = {b"content-length", b"transfer-encoding", b"trailer", b"expect"}
OF_BODY = FRAMING | {b"content-type", b"content-encoding"}

WSGIApp = Callable[[dict[str, Any], Any], Iterable[bytes]]
Body = SpooledTemporaryFile[bytes]


class Refused(Exception):
    """The body is not taken in."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):
    """The sender went away."""


@dataclass
class Intake:
    """A body on its way in: what there is of it, and by when more must have come."""

    body: Body
    late_at: float
    length: int = 0


def from_spool(pages: WSGIApp) -> WSGIApp:
    """Let Django read the body from the file it was spooled to, without going through the loop."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = environ["asgi.scope"].get("loimi.body")
        if body is not None:
            environ["wsgi.input"] = body
        return pages(environ, start_response)

    return answer


class Spool:
    """Reads each body to memory, then to a nameless file in `folder`, and hands it on."""

    def __init__(self, app: ASGIApp, *, folder: Path, limit: int, rate: int) -> None:
        self.app = app
        self.folder = folder
        self.limit = limit
        self.rate = rate
        self.held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _has_body(scope):
            await self.app(scope, receive, send)
            return
        try:
            async with self._taken_in(scope, receive) as taken:
                length = (b"content-length", str(taken.length).encode())
                whole = {"headers": [*_without(FRAMING, scope), length], "loimi.body": taken.body}
                await self.app({**scope, **whole}, receive, send)
        except Gone:
            return
        except Refused as refused:
            await self._refuse(refused.status, scope, receive, send)

    @asynccontextmanager
    async def _taken_in(self, scope: Scope, receive: Receive) -> AsyncIterator[Intake]:
        if _announced(scope) > self.limit:
            raise Refused(413)
        body: Body = SpooledTemporaryFile(IN_MEMORY, dir=str(self.folder))  # noqa: SIM115
        intake = Intake(body, asyncio.get_running_loop().time() + GRACE)
        try:
            await self._take_in(receive, intake)
            yield intake
        finally:
            self.held -= intake.length
            # On a full disk closing writes once more, and fails once more.
            with suppress(OSError):
                body.close()

    async def _take_in(self, receive: Receive, intake: Intake) -> None:
        more = True
        while more:
            message = await self._next(receive, intake)
            if message["type"] == "http.disconnect":
                raise Gone
            chunk = message.get("body", b"")
            more = message.get("more_body", False)
            self._count(intake, len(chunk))
            await self._keep(intake, chunk, is_last=not more)

    async def _next(self, receive: Receive, intake: Intake) -> Message:
        try:
            async with asyncio.timeout_at(intake.late_at if self.rate else None):
                return await receive()
        except TimeoutError:
            raise Refused(408) from None

    def _count(self, intake: Intake, size: int) -> None:
        intake.length += size
        self.held += size
        if intake.length > self.limit:
            raise Refused(413)
        # What memory holds is always taken in: forms work also while uploads fill all the room.
        if intake.length > IN_MEMORY and self.held > AT_ONCE * self.limit:
            raise Refused(507)
        if self.rate:
            pace = max(self.rate, intake.length / LONGEST_UPLOAD)
            latest = asyncio.get_running_loop().time() + LONGEST_PAUSE
            intake.late_at = min(intake.late_at + size / pace, latest)

    async def _keep(self, intake: Intake, chunk: bytes, *, is_last: bool) -> None:
        is_on_disk = intake.length > IN_MEMORY

        def keep() -> None:
            # Django copies files out of a body: each byte that is held may need its room again.
            if is_on_disk and shutil.disk_usage(self.folder).free < RESERVE + self.held:
                raise Refused(507)
            intake.body.write(chunk)
            if is_last:
                intake.body.seek(0)

        try:
            if is_on_disk:
                # Not abandoned when cancelled: the file is closed only after the write.
                await anyio.to_thread.run_sync(keep)
            else:
                keep()
        except OSError as full:
            if full.errno in NO_ROOM:
                raise Refused(507) from full
            raise

    async def _refuse(self, status: int, scope: Scope, receive: Receive, send: Send) -> None:
        async def nothing() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def closing(message: Message) -> None:
            if message["type"] == "http.response.start":
                # The status too: a refused request must never look like one that was done.
                headers = [*message["headers"], (b"connection", b"close")]
                message = {**message, "status": status, "headers": headers}
            if message["type"] == "http.response.body" and not message.get("more_body"):
                await send({**message, "more_body": True})
                await _throw_away(receive)
                message = {"type": "http.response.body", "body": b""}
            await send(message)

        refused = {**scope, "headers": _without(OF_BODY, scope), "loimi.refused": status}
        await self.app(refused, nothing, closing)


def _has_body(scope: Scope) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
        for name, value in scope["headers"]
    )


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _without(names: set[bytes], scope: Scope) -> list[tuple[bytes, bytes]]:
    return [pair for pair in scope["headers"] if pair[0] not in names]


async def _throw_away(receive: Receive) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER):
            while (await receive()).get("more_body", False):
                await asyncio.sleep(0)  # so that the time limit is seen however fast it comes
