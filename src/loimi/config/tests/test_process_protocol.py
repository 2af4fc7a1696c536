"""The protocol on real connections: late heads, and several requests on one wire."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from loimi.config.process import protocol
from loimi.config.process.crowd import Crowd

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connect = Callable[[], Awaitable[Wire]]
HEAD = b"GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    async def endless():
        while True:
            yield b"x" * 65_536
            await asyncio.sleep(0)

    answer: Response = PlainTextResponse("page")
    if scope["path"] == "/endless":
        answer = StreamingResponse(endless())
    elif scope["path"] == "/repeat":
        length = 0
        while (message := await receive())["more_body"]:
            length += len(message["body"])
        length += len(message["body"])
        names = [name.decode() for name, _ in scope["headers"]]
        answer = PlainTextResponse(json.dumps([names, length]))
    await answer(scope, receive, send)


@asynccontextmanager
async def serving(crowd: Crowd) -> AsyncIterator[Connect]:
    """Serve with the protocol; give what connects to it."""
    config = uvicorn.Config(application, log_config=None, ws="none")
    config.load()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: protocol.Protocol(config, crowd, {}), "127.0.0.1", 0)
    wires: list[Wire] = []

    async def connect() -> Wire:
        wires.append(await asyncio.open_connection(*server.sockets[0].getsockname()))
        return wires[-1]

    async with server, asyncio.timeout(20):
        yield connect
        for _, writer in wires:
            writer.transport.abort()
        while crowd.tasks or crowd.connections:
            await asyncio.sleep(0.01)


def talk(say: Talk) -> None:
    """Let `say` talk to a server that uses the protocol."""

    async def once() -> None:
        async with serving(Crowd()) as connect:
            await say(*await connect())

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


POST = b"POST /repeat HTTP/1.1\r\nTransfer-Encoding: chunked\r\n%s\r\n"


@pytest.mark.parametrize("in_one", [True, False])
def test_trailers_never_become_headers(in_one):
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(POST % b"Cookie: a=b\r\n" + b"1\r\nx\r\n")
        if not in_one:
            await asyncio.sleep(0.1)
        writer.write(b"0\r\nCookie: c=d\r\nOrigin: x\r\n\r\n")
        assert (await reader.readuntil(b"]")).endswith(b'["transfer-encoding", "cookie"]')
        assert await reader.readuntil(b"]") == b", 1]"

    talk(say)


@pytest.mark.parametrize(
    "beginning",
    [
        b"GET / HTTP/1.1\r\nA: ",
        b"GET / HTTP/1.1\r\nA: b\r\nC: ",
        b"GET /",
        b"GET / HTTP/1.1\r\nA",
        HEAD % b"" + b"\r\n" * 50_000,
        HEAD % b"" + b"GET /?",
        POST % b"" + b"1\r\nx\r\n0\r\nA: ",
        POST % b"" + b"1\r\nx\r\n5;",
    ],
)
def test_heads_and_what_is_like_them_have_a_limit(beginning):
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(beginning + b"x" * 60_000)
        await asyncio.sleep(0.1)
        writer.write(b"x" * 20_000)
        answer = await reader.read()
        assert b"HTTP/1.1 431 Request Header Fields Too Large\r\n" in answer
        assert b"content-security-policy: default-src 'none';" in answer

    talk(say)


def test_who_sends_much_too_much_still_reads_why():
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"GET / HTTP/1.1\r\nA: " + b"x" * 30_000_000)
        assert (await reader.read()).startswith(b"HTTP/1.1 431 ")
        await writer.drain()

    talk(say)


def test_large_heads_within_the_limit_and_large_bodies_pass():
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        body = b"100000\r\n" + b"x" * 0x100000 + b"\r\n0\r\n\r\n"
        for _ in range(2):
            writer.write((POST % (b"A: " + b"x" * 50_000 + b"\r\n") + body) * 2)
        for _ in range(4):
            assert (await reader.readuntil(b"]")).endswith(b'["transfer-encoding", "a"]')
            assert await reader.readuntil(b"]") == b", 1048576]"

    talk(say)


def test_a_refusal_never_stands_inside_another_answer():
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD % b"endless")
        await reader.readuntil(b"xxx")
        writer.write(b"nonsense\r\n\r\n")
        assert b"HTTP/1.1" not in await reader.read()

    talk(say)


def test_what_comes_after_an_answer_ends_in_time(impatient):
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n")
        await reader.readuntil(b"page")
        writer.write(b"x")  # the answer is given: nobody waits for the body any more
        assert await reader.read() == b""

    talk(say)
