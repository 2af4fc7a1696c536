"""Pages that any site needs: language and theme, errors, what shows without a connection."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from loimi.base.doors import public


@public
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the visitor's language and theme."""
    return HttpResponse(status=204)


def bad_request(request: HttpRequest, exception: Any) -> HttpResponse:
    return HttpResponse(status=400)


def refused(request: HttpRequest, exception: Any) -> HttpResponse:
    return HttpResponse(status=403)


def missing(request: HttpRequest, exception: Any) -> HttpResponse:
    return HttpResponse(status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(status=403)
