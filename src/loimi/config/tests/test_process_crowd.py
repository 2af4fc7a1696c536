"""Many connections: who gives way, who is cut, how many the system bears."""

from __future__ import annotations

import asyncio
import logging
import resource
from collections.abc import Iterator

import pytest

from loimi.config.process import crowd, protocol
from loimi.config.tests.test_process_protocol import HEAD, Wire, serving


async def page(wire: Wire) -> bytes:
    wire[1].write(HEAD % b"")
    return await wire[0].readuntil(b"page")


def test_who_rests_longest_gives_way_and_who_works_never(caplog):
    async def once() -> None:
        kept = crowd.Crowd(most=3)
        async with serving(kept) as connect:
            wires = [await connect() for _ in range(3)]
            working, resting, newest = wires
            working[1].write(HEAD % b"endless")
            await working[0].readuntil(b"xxx")
            await page(newest)
            await page(resting)
            other = await connect()
            assert await newest[0].read() == b""
            await page(other)
            await page(resting)
            await connect()
            assert await other[0].read() == b""
            await page(resting)
            assert await working[0].readuntil(b"xxx")

    with caplog.at_level(logging.WARNING):
        asyncio.run(once())
    assert caplog.messages == ["All 3 connections are taken: those that rest give way"]


def test_when_all_work_the_newcomer_has_to_go():
    async def once() -> None:
        kept = crowd.Crowd(most=1)
        async with serving(kept) as connect:
            working = await connect()
            working[1].write(HEAD % b"endless")
            await working[0].readuntil(b"xxx")
            assert await (await connect())[0].read() == b""
            assert await working[0].readuntil(b"xxx")
            working[1].transport.abort()
            while kept.connections:
                await asyncio.sleep(0.01)
            assert await page(await connect())
            assert len(kept.resting) == 1
        assert not kept.resting

    asyncio.run(once())


def test_who_reads_nothing_is_cut_but_not_who_reads():
    async def once() -> None:
        kept = crowd.Crowd()

        def look() -> None:
            for connection in list(kept.connections):
                assert isinstance(connection, protocol.Protocol)
                connection.cut_if_stalled()

        async with serving(kept) as connect:
            reading = await connect()
            stalled = await connect()
            for wire in (reading, stalled):
                wire[1].write(HEAD % b"endless")
            await asyncio.sleep(0.5)
            look()
            assert len(kept.connections) == 2
            for _ in range(200):
                await reading[0].readexactly(100_000)
            look()
            await asyncio.sleep(0.1)
            assert len(kept.connections) == 1
            assert await reading[0].readexactly(100_000)

    asyncio.run(once())


@pytest.fixture
def own_limit() -> Iterator[int]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_limit_of_open_files_is_raised_as_far_as_it_helps(own_limit):
    enough = crowd.OWN + crowd.EACH * crowd.MOST
    reached = enough if own_limit == resource.RLIM_INFINITY else min(own_limit, enough)
    resource.setrlimit(resource.RLIMIT_NOFILE, (300, own_limit))
    most = crowd.allow_many()
    assert most == (reached - crowd.OWN) // crowd.EACH
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (reached, own_limit)
    resource.setrlimit(resource.RLIMIT_NOFILE, (own_limit, own_limit))
    assert crowd.allow_many() == most
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (own_limit, own_limit)
