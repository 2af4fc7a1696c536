"""What rooms add to every page: places in the menu."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


def signed_in(person: Any) -> bool:
    """Let those see it who have signed in."""
    return bool(person.is_authenticated)


@dataclass(frozen=True)
class Badge:
    """A small number beside a place, and what it counts: "3", "3 unread messages"."""

    count: int
    sentence: str | Promise


@dataclass(frozen=True)
class NavItem:
    """A place in the menu, registered in `AppConfig.ready()`; the smallest `order` comes first."""

    label: str | Promise
    url_name: str
    seen_by: Callable[[Any], bool] = signed_in
    badge: Callable[[Any], Badge | None] | None = None
    order: int = 100


@dataclass(frozen=True)
class Place:
    """A menu item as one page shows it; `current` is what aria-current says, "" elsewhere."""

    label: str | Promise
    url: str
    current: str
    badge: Badge | None


_items: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add a place to the menu; a second one with the same address takes its place."""
    _items[item.url_name] = item


def places(request: HttpRequest) -> Iterator[Place]:
    """Give the menu of the one who asks, in order."""
    person = getattr(request, "user", None)
    if person is None:
        return
    for item in sorted(_items.values(), key=lambda item: item.order):
        if item.seen_by(person):
            url = reverse(item.url_name)
            badge = item.badge(person) if item.badge else None
            yield Place(item.label, url, _current(request.path, url), badge)


def _current(path: str, url: str) -> str:
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
