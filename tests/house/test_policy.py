"""The content policy is on every answer, whoever gives it."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import httpx
import pytest

from loimi.config.process import headers
from tests.support import house

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def ask(
    address: str, method: str, path: str, headers: dict[str, str] | None = None
) -> http.client.HTTPResponse:
    """Ask as any program can, also what no browser would."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    connection.putrequest(method, path, skip_host=bool(headers and "Host" in headers))
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_every_answer_carries_the_policy(address: str) -> None:
    asked = [("GET", where, None) for where in house.addresses()]
    asked += [
        ("HEAD", "/", None),
        ("POST", "/", None),
        ("PUT", "/styleguide/", None),
        ("GET", "/healthz", None),
        ("GET", "/readyz", None),
        ("GET", "/live", None),
        ("GET", "/static/no-such.css", None),
        ("GET", "/static/../secret", None),
        ("GET", "/no-such-page/", None),
        ("GET", "/styleguide", None),
        ("GET", "/", {"Host": "elsewhere.example"}),
        ("GET", "/?%ff=%00", None),
        ("POST", "/appearance/", {"Content-Length": "99999999999"}),
    ]
    found = {(method, path): ask(address, method, path, more) for method, path, more in asked}
    policies = {
        place: answer.getheader("Content-Security-Policy") for place, answer in found.items()
    }
    assert {place: policy for place, policy in policies.items() if policy != POLICY} == {}
    assert {place: it.status for place, it in found.items() if it.status >= 500} == {}


def test_no_cache_on_the_way_keeps_a_page(address: str) -> None:
    kept = {
        where: ask(address, "GET", where).getheader("Cache-Control")
        for where in [*house.addresses(), "/no-such-page/"]
    }
    own = "max-age=0, no-cache, no-store, must-revalidate, private"
    assert set(kept.values()) == {"private, no-cache", own}
    assert [where for where, control in kept.items() if control == own] == ["/service-worker.js"]


@pytest.mark.anyio
async def test_a_view_cannot_loosen_the_policy() -> None:
    async def loose(scope, receive, send) -> None:
        own = [(b"content-security-policy", b"default-src *"), (b"x-frame-options", b"ALLOWALL")]
        await send({"type": "http.response.start", "status": 200, "headers": own})
        await send({"type": "http.response.body", "body": b""})

    guarded = httpx.ASGITransport(headers.Headers(loose, is_secure=False))
    async with httpx.AsyncClient(transport=guarded, base_url="http://localhost") as client:
        answer = await client.get("/")
    assert answer.headers.get_list("content-security-policy") == [POLICY]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
