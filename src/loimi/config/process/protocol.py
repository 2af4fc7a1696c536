"""uvicorn's HTTP/1.1, with a time limit for heads and our headers on its own refusals."""

from __future__ import annotations

import asyncio

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from loimi.config.process import headers

# Once a request has begun (or a connection is made), its head must be there within this.
LONGEST_HEAD = 20.0


class Protocol(HttpToolsProtocol):
    """Closes connections that never come to the point; answers what is not HTTP."""

    head_late: asyncio.TimerHandle | None = None
    answering: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        super().connection_lost(exc)
        # uvicorn tells the newest request only; with several on one wire an older one is answered.
        if self.answering and not self.answering.response_complete:
            self.answering.disconnected = True
            self.answering.message_event.set()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self.answering = cycle
        super()._start_asgi_task(cycle, app)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head_is_there()
        self._expect_head()

    def on_headers_complete(self) -> None:
        self._head_is_there()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP, with the headers of every answer."""
        lines = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(msg)).encode()),
            (b"connection", b"close"),
            *headers.every(is_secure=False),
        ]
        head = b"".join(name + b": " + value + b"\r\n" for name, value in lines)
        self.transport.write(b"HTTP/1.1 400 Bad Request\r\n" + head + b"\r\n" + msg.encode())
        self.transport.close()

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: anyone may ask for an upgrade, and gets the plain answer."""

    def _expect_head(self) -> None:
        self.head_late = self.loop.call_later(LONGEST_HEAD, self.transport.close)

    def _head_is_there(self) -> None:
        if self.head_late:
            self.head_late.cancel()
