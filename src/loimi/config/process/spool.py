"""Requests are read whole before a thread is taken, so that a slow sender holds none.

What is too large, too slow or finds no room is refused: Django answers it without its body,
with the reason in `environ["asgi.scope"]["loimi.refused"]` (413, 408 or 507).
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

IN_MEMORY = 256 * 1024
GRACE = 10.0
# An upload may be ahead of its least rate, but not rest on it for longer than this.
LONGEST_PAUSE = 30.0
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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _has_body(scope):
            await self.app(scope, receive, send)
            return
        async with _body(self.folder) as body:
            try:
                length = await self._take_in(scope, receive, body)
            except Gone:
                return
            except Refused as refused:
                await self._refuse(refused.status, scope, receive, send)
                return
            headers = [*_without(FRAMING, scope), (b"content-length", str(length).encode())]
            await self.app({**scope, "headers": headers, "loimi.body": body}, receive, send)

    async def _take_in(self, scope: Scope, receive: Receive, body: Body) -> int:
        if _announced(scope) > self.limit:
            raise Refused(413)
        started, length, more = asyncio.get_running_loop().time(), 0, True
        while more:
            message = await self._next(receive, started, length)
            if message["type"] == "http.disconnect":
                raise Gone
            chunk = message.get("body", b"")
            more = message.get("more_body", False)
            length += len(chunk)
            if length > self.limit:
                raise Refused(413)
            await _keep(body, chunk, is_on_disk=length > IN_MEMORY, is_last=not more)
        return length

    async def _next(self, receive: Receive, started: float, length: int) -> Message:
        late_at = None
        if self.rate:
            late_at = min(
                started + max(GRACE, length / self.rate),
                asyncio.get_running_loop().time() + LONGEST_PAUSE,
            )
        try:
            async with asyncio.timeout_at(late_at):
                return await receive()
        except TimeoutError:
            raise Refused(408) from None

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


@asynccontextmanager
async def _body(folder: Path) -> AsyncIterator[Body]:
    body: Body = SpooledTemporaryFile(IN_MEMORY, dir=str(folder))  # noqa: SIM115 - closed below
    try:
        yield body
    finally:
        # On a full disk closing writes once more, and fails once more.
        with suppress(OSError):
            body.close()


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


async def _keep(body: Body, chunk: bytes, *, is_on_disk: bool, is_last: bool) -> None:
    def keep() -> None:
        body.write(chunk)
        if is_last:
            body.seek(0)

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


async def _throw_away(receive: Receive) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER):
            while (await receive()).get("more_body", False):
                await asyncio.sleep(0)  # so that the time limit is seen however fast it comes
