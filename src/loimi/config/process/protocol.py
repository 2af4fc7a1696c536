"""uvicorn's HTTP/1.1, with limits for heads and idlers, and our headers on its own refusals."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from loimi.config.process import headers
from loimi.config.process.crowd import Crowd

# Once a request has begun (or a connection is made), its head must be there within this.
LONGEST_HEAD = 20.0
LARGEST_HEAD = 64 * 1024
PIECE = 8 * 1024
# How long what follows a refusal is thrown away, so that its sender gets to read why.
LINGER = 2.0


class Protocol(HttpToolsProtocol):
    """Closes connections that never come to the point; answers what is not HTTP."""

    server_state: Crowd
    head_late: asyncio.TimerHandle | None = None
    answering: RequestResponseCycle | None = None
    is_in_head = True
    is_refused = False
    # Bytes in a row that are no body: heads, trailers, and what may stand between chunks.
    overhead = 0
    unread = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()
        self.server_state.rests(transport)
        self.server_state.make_room(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        self.server_state.works(self.transport)
        super().connection_lost(exc)
        # uvicorn tells the newest request only; with several on one wire an older one is answered.
        self._stop_answering()

    def data_received(self, data: bytes) -> None:
        """Read in pieces, since what the parser is given at once it also keeps at once."""
        if self.head_late is None and self.transport in self.server_state.resting:
            # Whatever this is, it has just ended the time limit for resting.
            self._expect_head()
        for start in range(0, len(data), PIECE):
            if self._is_over():
                return
            piece = data[start : start + PIECE]
            self.overhead += len(piece)
            super().data_received(piece)
            if self.overhead > LARGEST_HEAD and not self._is_over():
                too_large = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                self._refuse(too_large, too_large.phrase)

    def _is_over(self) -> bool:
        return self.is_refused or self.transport.is_closing()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self.answering = cycle
        super()._start_asgi_task(cycle, app)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.is_in_head, self.overhead = True, 0
        self._head_is_there()
        self._expect_head()
        if self.transport in self.server_state.resting:
            self.server_state.rests(self.transport)

    def on_header(self, name: bytes, value: bytes) -> None:
        # Trailers are dropped: no proxy has looked at them, and uvicorn takes them for headers.
        if self.is_in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self.is_in_head, self.overhead = False, 0
        self._head_is_there()
        self.server_state.works(self.transport)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.overhead = 0
        super().on_body(body)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.answering and self.answering.response_complete:
            self.server_state.rests(self.transport)

    def resume_writing(self) -> None:
        self.unread = 0
        super().resume_writing()

    def cut_if_stalled(self) -> None:
        """Cut the connection when its visitor has read nothing since this was last asked."""
        unread = self.transport.get_write_buffer_size()
        if unread and unread == self.unread:
            self.transport.abort()
        self.unread = unread

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP, with the headers of every answer."""
        self._refuse(HTTPStatus.BAD_REQUEST, msg)

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        lines = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(message)).encode()),
            (b"connection", b"close"),
            *headers.every(is_secure=False),
        ]
        head = b"".join(name + b": " + value + b"\r\n" for name, value in lines)
        cycle, self.is_refused = self.answering, True
        # In the midst of another answer this one would pass for a part of it.
        if not cycle or cycle.response_complete or not cycle.response_started:
            first = f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode()
            self.transport.write(first + head + b"\r\n" + message.encode())
        self._stop_answering()
        self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.close)

    def _stop_answering(self) -> None:
        if self.answering and not self.answering.response_complete:
            self.answering.disconnected = True
            self.answering.message_event.set()

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: anyone may ask for an upgrade, and gets the plain answer."""

    def _expect_head(self) -> None:
        self.head_late = self.loop.call_later(LONGEST_HEAD, self.transport.close)

    def _head_is_there(self) -> None:
        if self.head_late:
            self.head_late.cancel()
            self.head_late = None
