"""Sends the files that views ask for, after their thread is free again."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from loimi.base import files

logger = logging.getLogger(__name__)

# Parts of the data folder that hold what no one may fetch.
SECRET_PARTS = {"sessions", "spool"}
OF_EMPTY_BODY = {"content-length", "transfer-encoding", files.MARKER.lower()}


class Files:
    """Replaces an answer that asks for a file with the file."""

    def __init__(self, app: ASGIApp, *, folder: Path) -> None:
        self.app = app
        self.folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asking: list[Message] = []

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start" and _marker(message) is not None:
                asking.append(message)
            if not asking:
                await send(message)

        await self.app(scope, receive, watch)
        if asking:
            answer = await self._answer(scope, asking[0])
            await answer(scope, receive, send)

    async def _answer(self, scope: Scope, start: Message) -> Response:
        path = files.read_marker(_marker(start) or "")
        found = await anyio.to_thread.run_sync(self._resolved, path) if path else None
        if found is None:
            logger.error("A view asked for a file that is not to be sent: %s", path)
            return PlainTextResponse("Internal Server Error", 500)
        try:
            state = await anyio.to_thread.run_sync(found.stat)
        except OSError:
            state = None
        if state is None or not stat.S_ISREG(state.st_mode):
            logger.error("A view asked for a file that is not there: %s", path)
            return PlainTextResponse("Not Found", 404)
        answer = FileResponse(found, status_code=start["status"], stat_result=state)
        return _with_headers(answer, scope, start)

    def _resolved(self, path: Path) -> Path | None:
        """Return the real path when it lies in a part of the folder that may be sent from."""
        folder, found = self.folder.resolve(), path.resolve()
        if not found.is_relative_to(folder):
            return None
        part, *rest = found.relative_to(folder).parts or ("",)
        # What lies directly in the folder is the database, the secret and the lock.
        return found if rest and part not in SECRET_PARTS else None


def _marker(start: Message) -> str | None:
    return Headers(raw=start["headers"]).get(files.MARKER)


def _with_headers(answer: Response, scope: Scope, start: Message) -> Response:
    """Keep what the view said: cookies, name, type, and whether it may be cached."""
    kept = [pair for pair in start["headers"] if pair[0].decode().lower() not in OF_EMPTY_BODY]
    for name, _ in kept:
        del answer.headers[name.decode()]
    asked = Headers(scope=scope)
    if scope["method"] in {"GET", "HEAD"} and StaticFiles().is_not_modified(answer.headers, asked):
        answer = NotModifiedResponse(answer.headers)
        kept = [pair for pair in kept if not pair[0].lower().startswith(b"content-")]
    answer.raw_headers.extend(kept)
    return answer
