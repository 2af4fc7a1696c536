"""What happens to every request before its view."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

Next = Callable[[HttpRequest], HttpResponseBase]
REFUSALS = {408: "too_slow", 413: "too_large", 507: "no_room"}


def refused_requests(answer: Next) -> Next:
    """Answer what the entrance refused (too slow, too large, no room) with a page that says so."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        scope = request.META.get("asgi.scope") or {}
        status = scope.get("loimi.refused")
        return answer(request) if status is None else _refusal(request, status)

    return answered


def _refusal(request: HttpRequest, status: int) -> HttpResponse:
    words = {"request": request, "limit": settings.ENVIRONMENT.upload_limit}
    page = render_to_string(f"base/errors/{REFUSALS[status]}.html", words)
    return HttpResponse(page, status=status)
