"""The whole application, asked as a visitor asks it, without a socket."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from django.conf import settings as ours
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import Message

from loimi.base import files
from loimi.base.doors import public
from loimi.config import asgi, urls
from loimi.config.process import headers, health

SECRET = ours.DATA / "secret"


@csrf_exempt
@public
def upload(request: HttpRequest) -> HttpResponse:
    """Say what arrived."""
    found = {name: [file.size, file.name] for name, file in request.FILES.items()}
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    return HttpResponse(
        json.dumps({"post": request.POST, "files": found, "length": length, "is": request.method})
    )


@public
def loose(request: HttpRequest) -> HttpResponse:
    """Try to loosen the policy."""
    return HttpResponse(
        "loose",
        headers={
            "Content-Security-Policy": "default-src *",
            "Server": "x",
            "Referrer-Policy": "no",
        },
    )


@public
def download(request: HttpRequest) -> HttpResponse:
    """Send the file that the test asks for."""
    answer = files.send(
        ours.DATA / "files" / request.GET["path"],
        name=request.GET.get("name", "Työ ”1”.pdf"),
        inline="inline" in request.GET,
    )
    answer.set_cookie("one", "1")
    answer.set_cookie("two", "2")
    return answer


@public
def forged(request: HttpRequest) -> HttpResponse:
    """Repeat a header that a visitor wrote."""
    return HttpResponse(headers={files.MARKER: request.headers["Wish"]})


urlpatterns = [
    path("upload/", upload),
    path("loose/", loose),
    path("download/", download),
    path("forged/", forged),
    *urls.urlpatterns,
]
handler404 = urls.handler404

Ask = Callable[..., httpx.Response]


def asker(application: Any) -> Ask:
    def ask(address: str, method: str = "GET", **more: Any) -> httpx.Response:
        async def ask_once() -> httpx.Response:
            transport = httpx.ASGITransport(application, raise_app_exceptions=False)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://localhost"
            ) as client:
                return await client.request(method, address, **more)

        return asyncio.run(ask_once())

    return ask


@pytest.fixture
def ask(settings: Any) -> Ask:
    settings.ROOT_URLCONF = __name__
    return asker(asgi.application)


@pytest.fixture
def ask_small(settings: Any) -> Ask:
    """The same where at most one megabyte is taken in."""
    settings.ROOT_URLCONF = __name__
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, upload_limit=1)
    return asker(headers.Headers(Starlette(routes=[Mount("/", asgi.django())]), is_secure=True))


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = ["/", "/healthz", "/static/nothing", "/nowhere/", "/loose/", "/?%00", "/download/"]
EVERYWHERE.append("/download/?path=../secret")


@pytest.mark.parametrize("address", EVERYWHERE)
@pytest.mark.django_db(transaction=True)
def test_every_answer_carries_the_policy_once(ask, address):
    found = ask(address).headers
    assert found.get_list("content-security-policy") == [POLICY]
    assert found.get_list("x-content-type-options") == ["nosniff"]
    assert found.get_list("referrer-policy") == ["same-origin"]
    assert found.get_list("cross-origin-opener-policy") == ["same-origin"]
    assert found.get_list("cross-origin-resource-policy") == ["same-origin"]
    assert "camera=(self), microphone=(self), display-capture=(self)" in found["permissions-policy"]
    assert "geolocation=()" in found["permissions-policy"]
    assert "server" not in found
    assert "strict-transport-security" not in found


def test_https_is_promised_only_where_it_is(ask_small):
    assert ask_small("/loose/").headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("address", ["/%00", "/%ff/", "/%ed%a0%80", "/?a=%00", "/static/%00"])
def test_addresses_that_are_no_text_are_refused(ask, address):
    assert ask(address).status_code == 400


def test_query_bytes_beyond_ascii_are_refused():
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"a=\xff", "headers": []}
    asyncio.run(asgi.application(scope, receive, send))
    assert sent[0]["status"] == 400


@pytest.mark.parametrize("path", ["/live", "/nowhere"])
def test_sockets_are_refused_for_now(path):
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": path, "query_string": b"", "headers": []}
    asyncio.run(asgi.application(scope, receive, send))
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_health_touches_nothing(ask):
    assert (ask("/healthz").status_code, ask("/healthz").text) == (200, "ok")


@pytest.mark.django_db(transaction=True)
def test_readiness_names_what_is_missing(ask, settings, monkeypatch):
    found = ask("/readyz")
    assert (found.status_code, found.text) == (503, "the worker does not run")
    assert found.headers["retry-after"] == "5"
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, workers=0)
    assert (ask("/readyz").status_code, ask("/readyz").text) == (200, "ready")
    monkeypatch.setattr(health, "_last_migrations", lambda: [("people", "9999_later")])
    assert ask("/readyz").text == "migrations are not applied"


@pytest.mark.django_db(transaction=True)
def test_readiness_names_a_database_that_is_away(ask, settings, monkeypatch):
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, workers=0)

    def away(_recorder: object) -> None:
        raise OperationalError

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", away)
    assert (ask("/readyz").status_code, ask("/readyz").text) == (
        503,
        "the database does not answer",
    )


def test_readiness_does_not_wait_for_ever(ask, settings, monkeypatch):
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, workers=0)

    def slow() -> list[str]:
        time.sleep(0.5)
        return []

    monkeypatch.setattr(health, "LONGEST_CHECK", 0.1)
    monkeypatch.setattr(health, "_missing_in_database", slow)
    assert ask("/readyz").text == "the database does not answer in time"


def test_small_and_large_bodies_arrive(ask):
    found = ask("/upload/", "POST", data={"name": "Åsa", "two": "2"}).json()
    assert found["post"] == {"name": "Åsa", "two": "2"}
    for size in (1000, 300_000, 3_000_000):
        files_sent = {"file": ("työ.bin", b"x" * size)}
        found = ask("/upload/", "POST", files=files_sent, data={"a": "1"}).json()
        assert (found["files"], found["post"]) == ({"file": [size, "työ.bin"]}, {"a": "1"})


def test_chunked_bodies_arrive_with_their_length(ask):
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"a=1&" * 50_000

    kind = {"content-type": "application/x-www-form-urlencoded"}
    found = ask("/upload/", "POST", content=chunks(), headers=kind)
    assert found.status_code == 400  # more fields than Django takes: so all of it arrived
    found = ask("/upload/", "PUT", content=chunks(), headers=kind).json()
    assert (found["length"], found["is"]) == (600_000, "PUT")
    assert ask("/upload/", "POST").json()["length"] == 0


def test_what_is_too_large_is_answered_with_a_page(ask_small):
    found = ask_small("/upload/", "POST", content=b"x" * 1_000_001)
    assert found.status_code == 413
    assert found.headers["connection"] == "close"
    assert "text/html" in found.headers["content-type"]
    assert ask_small("/upload/", "POST", content=b"x" * 1_000_000).status_code == 200


def test_what_grows_too_large_is_refused_while_it_is_read(ask_small):
    async def chunks() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 65_536

    assert ask_small("/upload/", "POST", content=chunks()).status_code == 413


@pytest.mark.parametrize("workers", [0, 1])
@pytest.mark.django_db(transaction=True)
def test_the_worker_lives_as_long_as_the_process(settings, workers):
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, workers=workers)

    async def live() -> bool:
        async with asgi.lifespan(Starlette()) as state:
            assert ("worker" in state) is bool(workers)
            return any(thread.name.startswith("outbox-") for thread in threading.enumerate())

    assert asyncio.run(live()) is bool(workers)
    assert not any(thread.name.startswith("outbox-") for thread in threading.enumerate())
