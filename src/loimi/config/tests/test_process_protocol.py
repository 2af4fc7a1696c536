"""The protocol on real connections: late heads, and several requests on one wire."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest
import uvicorn
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from loimi.config.process import protocol

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
HEAD = b"GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    async def endless():
        while True:
            yield b"x" * 65_536
            await asyncio.sleep(0)

    endlessly = scope["path"] == "/endless"
    answer: Response = StreamingResponse(endless()) if endlessly else PlainTextResponse("page")
    await answer(scope, receive, send)


def talk(say: Talk) -> None:
    """Let `say` talk to a server that uses the protocol."""

    async def once() -> None:
        config = uvicorn.Config(application, log_config=None, ws="none")
        config.load()
        state = ServerState()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: protocol.Protocol(config, state, {}), "127.0.0.1", 0
        )
        async with server, asyncio.timeout(20):
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            await say(reader, writer)
            writer.transport.abort()
            while state.tasks:
                await asyncio.sleep(0.01)

    asyncio.run(once())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "LONGEST_HEAD", 0.2)


def test_a_head_that_never_comes_ends_the_connection(impatient):
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.read() == b""

    talk(say)


def test_a_head_that_drips_ends_the_connection_also_the_second_one(impatient):
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD % b"")
        assert (await reader.readuntil(b"page")).startswith(b"HTTP/1.1 200 OK")
        await asyncio.sleep(0.3)  # resting between requests is no fault
        writer.write(HEAD % b"")
        await reader.readuntil(b"page")
        writer.write(b"GET / HTTP/1.1\r\nA: ")
        for _ in range(5):
            await asyncio.sleep(0.1)
            writer.write(b"a")
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await reader.readexactly(1)

    talk(say)


def test_who_leaves_with_more_requests_waiting_ends_the_one_in_progress(caplog):
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD % b"endless" + HEAD % b"" + HEAD % b"")
        await reader.readuntil(b"xxx")

    with caplog.at_level(logging.WARNING):
        talk(say)
    assert caplog.records == []
