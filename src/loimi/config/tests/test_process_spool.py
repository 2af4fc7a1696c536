"""The spool alone: slow senders, senders that leave, a full disk."""

from __future__ import annotations

import asyncio
import resource
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from loimi.config.process import spool


class Inside:
    """What Django would see."""

    def __init__(self) -> None:
        self.scope: Scope = {}
        self.body = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        if scope.get("loimi.body"):
            self.body = scope["loimi.body"].read()
        else:
            assert (await receive())["body"] == b""
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})


def ask(folder: Path, receive: Callable[[], Awaitable[Message]], **limits: int) -> Any:
    """Post what `receive` gives; return what was inside and what was answered."""
    inside, sent = Inside(), []

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [
        (b"transfer-encoding", b"chunked"),
        (b"content-type", b"text/plain"),
        (b"content-encoding", b"identity"),
        (b"cookie", b"a=b"),
    ]
    scope = {"type": "http", "method": "POST", "headers": headers}
    chosen = {"limit": 10_000_000, "rate": 1000, **limits}
    asyncio.run(spool.Spool(inside, folder=folder, **chosen)(scope, receive, send))
    return inside, sent


def giving(*chunks: bytes | float) -> Callable[[], Awaitable[Message]]:
    """Give these chunks; a number is a pause in seconds, the end a silence."""
    left = list(chunks)

    async def receive() -> Message:
        while left:
            chunk = left.pop(0)
            if isinstance(chunk, bytes):
                return {"type": "http.request", "body": chunk, "more_body": bool(left)}
            await asyncio.sleep(chunk)
        return await asyncio.Event().wait()  # type: ignore[return-value]

    return receive


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "GRACE", 0.2)
    monkeypatch.setattr(spool, "LINGER", 0.05)


@pytest.mark.parametrize("size", [0, 10, spool.IN_MEMORY, spool.IN_MEMORY + 1, 3_000_000])
def test_a_body_goes_in_whole_with_its_length(tmp_path, size):
    inside, sent = ask(tmp_path, giving(b"x" * (size // 2), b"x" * (size - size // 2)))
    assert inside.body == b"x" * size
    assert inside.scope["headers"] == [
        (b"content-type", b"text/plain"),
        (b"content-encoding", b"identity"),
        (b"cookie", b"a=b"),
        (b"content-length", str(size).encode()),
    ]
    assert inside.scope["loimi.body"].closed
    assert sent[0]["status"] == 200
    assert list(tmp_path.iterdir()) == []


def test_a_stalled_sender_is_refused_after_the_grace(tmp_path, impatient):
    inside, sent = ask(tmp_path, giving(b"x", 60.0))
    assert inside.scope["loimi.refused"] == 408
    assert inside.scope["headers"] == [(b"cookie", b"a=b")]
    assert inside.scope["method"] == "POST"
    assert (sent[0]["status"], sent[0]["headers"]) == (408, [(b"connection", b"close")])
    assert b"".join(message.get("body", b"") for message in sent) == b"page"
    assert sent[-1] == {"type": "http.response.body", "body": b""}


def test_a_steady_sender_may_take_longer_than_the_grace(tmp_path, impatient):
    inside, _ = ask(tmp_path, giving(*[b"x" * 100, 0.06] * 8, b""))
    assert inside.body == b"x" * 800


def test_a_sender_below_the_least_rate_is_refused(tmp_path, impatient):
    inside, _ = ask(tmp_path, giving(*[b"x" * 10, 0.06] * 8, b""))
    assert inside.scope["loimi.refused"] == 408
    inside, _ = ask(tmp_path, giving(*[b"x" * 10, 0.06] * 8, b""), rate=0)
    assert inside.body == b"x" * 80


@pytest.mark.parametrize("rest", [[60.0], [*[b"x", 0.04] * 50, b""]])
def test_what_came_quickly_buys_no_time(tmp_path, impatient, monkeypatch, rest):
    monkeypatch.setattr(spool, "LONGEST_PAUSE", 0.2)
    inside, _ = ask(tmp_path, giving(b"x" * 1_000_000, *rest))
    assert inside.scope["loimi.refused"] == 408


def test_the_more_is_held_the_quicker_the_rest_must_come(tmp_path, impatient, monkeypatch):
    monkeypatch.setattr(spool, "LONGEST_PAUSE", 0.2)
    monkeypatch.setattr(spool, "LONGEST_UPLOAD", 1.0)
    inside, _ = ask(tmp_path, giving(b"x" * 1_000_000, *[b"x" * 2000, 0.04] * 50, b""))
    assert inside.scope["loimi.refused"] == 408
    inside, _ = ask(tmp_path, giving(b"x" * 1000, *[b"x" * 2000, 0.04] * 10, b""))
    assert len(inside.body) == 21_000


def test_all_uploads_share_one_budget_but_forms_always_pass(tmp_path, impatient):
    large = b"x" * 100_000

    async def status(one: spool.Spool, *chunks: bytes | float) -> int:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "headers": [(b"transfer-encoding", b"chunked")]}
        await one(scope, giving(*chunks), send)
        return int(sent[0]["status"])

    async def crowd() -> list[int]:
        one = spool.Spool(Inside(), folder=tmp_path, limit=len(large), rate=10_000_000)
        holding = [asyncio.create_task(status(one, large, 60.0)) for _ in range(spool.AT_ONCE)]
        await asyncio.sleep(0.1)
        among = [await status(one, large, b""), await status(one, b"x" * 1000, b"")]
        assert await asyncio.gather(*holding) == [408] * spool.AT_ONCE
        return [*among, await status(one, large, b""), one.held]

    assert asyncio.run(crowd()) == [507, 200, 200, 0]


def test_the_last_free_space_is_never_eaten(tmp_path, impatient, monkeypatch):
    free = shutil.disk_usage(tmp_path).free
    monkeypatch.setattr(spool, "RESERVE", free + 1_000_000_000)
    inside, sent = ask(tmp_path, giving(b"x" * 100_000, b"y"))
    assert (inside.scope["loimi.refused"], sent[0]["status"]) == (507, 507)
    inside, _ = ask(tmp_path, giving(b"x" * 1000, b"y"))
    assert inside.body == b"x" * 1000 + b"y"


def test_a_sender_that_leaves_ends_it(tmp_path):
    async def leave() -> Message:
        return {"type": "http.disconnect"}

    inside, sent = ask(tmp_path, leave)
    assert (inside.scope, sent) == ({}, [])


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file of this process may grow beyond what is kept in memory."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (spool.IN_MEMORY, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [spool.IN_MEMORY + 1, 2 * spool.IN_MEMORY, 3_000_000])
def test_a_full_disk_refuses_what_memory_does_not_hold(tmp_path, full_disk, impatient, size):
    inside, sent = ask(tmp_path, giving(b"x" * size, b"y"))
    assert inside.scope["loimi.refused"] == 507
    assert sent[0]["status"] == 507
    inside, _ = ask(tmp_path, giving(b"x" * 1000, b"y"))
    assert inside.body == b"x" * 1000 + b"y"


def test_any_other_fault_of_the_disk_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        ask(tmp_path / "missing", giving(b"x" * 1_000_000, b"y"))
