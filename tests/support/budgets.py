"""What a page may cost: queries and bytes."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

QUERIES_MOST = 12
PAGE_MOST = 60_000
FRAGMENT_MOST = 10_000
# A page, the way to sign in, a door that only takes forms.
MAY_ANSWER = {200, 302, 405}
ASSET = re.compile(r"""<(?:link|script|img|source)\b[^>]*?\b(?:href|src)="([^"#]+)""")
NO_ASSET = re.compile(r"""<link\b[^>]*rel="(?:alternate|canonical|author|license)"[^>]*>""")
IMPORT = re.compile(r"""(?:import|from)\s*["'](\.[^"']+)["']""")


@dataclass(frozen=True)
class Weight:
    """Compressed bytes of a page and of each thing that it loads."""

    page: int
    assets: dict[str, int]

    @property
    def whole(self) -> int:
        return self.page + sum(self.assets.values())


def weigh(client: Client, url: str) -> Weight | None:
    """Weigh a page as a browser with an empty cache loads it; None when it is no page."""
    answer = client.get(url)
    if answer.status_code not in MAY_ANSWER:
        raise AssertionError(f"{url} answers {answer.status_code}: give it an example")
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return None
    text = answer.content.decode()
    waiting = [urljoin(url, found) for found in ASSET.findall(NO_ASSET.sub("", text))]
    assets: dict[str, int] = {}
    while waiting:
        asset = waiting.pop()
        if asset in assets or asset.startswith("data:"):
            continue
        body = _asset(client, asset)
        assets[asset] = _packed(body)
        if asset.endswith(".js"):
            waiting += [urljoin(asset, found) for found in IMPORT.findall(body.decode())]
    return Weight(_packed(answer.content), assets)


def _asset(client: Client, url: str) -> bytes:
    if url.startswith(settings.STATIC_URL):
        return Path(str(finders.find(url.removeprefix(settings.STATIC_URL)))).read_bytes()
    return bytes(client.get(url).content)


def _packed(body: bytes) -> int:
    return len(gzip.compress(body))


def weigh_fragment(client: Client, url: str) -> int | None:
    """Ask as htmx does; return the packed bytes, or None where a whole page comes anyway."""
    answer = client.get(url, headers={"HX-Request": "true"})
    is_page = b"<html" in answer.content or answer.status_code != 200
    return None if is_page or b"<" not in answer.content else _packed(answer.content)


def too_heavy(weights: dict[str, int], most: int) -> list[str]:
    """List what weighs more than it may."""
    return [
        f"{place}: {size} bytes, {most} at most" for place, size in weights.items() if size > most
    ]


def too_many(counts: dict[str, int]) -> list[str]:
    """List pages that make more queries than they may."""
    return [
        f"{place}: {count} queries, {QUERIES_MOST} at most"
        for place, count in counts.items()
        if count > QUERIES_MOST
    ]


def queries(client: Client, url: str) -> list[str]:
    """Return the queries that a page makes."""
    with CaptureQueriesContext(connection) as made:
        client.get(url)
    return [query["sql"] for query in made.captured_queries]


def queries_while_growing(client: Client, url: str, grow: Callable[[], object]) -> tuple[int, int]:
    """Return how many queries a page makes with one and with three of what `grow` adds."""
    grow()
    one = len(queries(client, url))
    grow()
    grow()
    return one, len(queries(client, url))
