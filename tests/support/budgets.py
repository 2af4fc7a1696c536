"""What a page may cost: queries and bytes."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

QUERIES_MOST = 12
PAGE_MOST = 60_000
FRAGMENT_MOST = 10_000
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


def weigh(url: str) -> Weight:
    """Load a page as a browser with an empty cache would."""
    size, text = _load(url)
    waiting = [urljoin(url, found) for found in ASSET.findall(NO_ASSET.sub("", text))]
    assets: dict[str, int] = {}
    while waiting:
        asset = waiting.pop()
        if asset in assets or asset.startswith("data:"):
            continue
        assets[asset], source = _load(asset)
        if asset.endswith(".js"):
            waiting += [urljoin(asset, found) for found in IMPORT.findall(source)]
    return Weight(size, assets)


def _load(url: str, **headers: str) -> tuple[int, str]:
    import gzip

    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", **headers})
    with urllib.request.urlopen(request, timeout=20) as answer:
        body = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    return len(body), (gzip.decompress(body) if packed else body).decode("utf-8", "replace")


def weigh_fragment(url: str) -> int | None:
    """Ask as htmx does; return the compressed bytes, or None where a whole page comes anyway."""
    size, text = _load(url, **{"HX-Request": "true"})
    return None if "<html" in text else size


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
