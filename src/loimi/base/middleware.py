"""What happens to every request before its view."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template.loader import render_to_string

Next = Callable[[HttpRequest], HttpResponseBase]
REFUSALS = {405: "not_allowed", 408: "too_slow", 413: "too_large", 507: "no_room"}


def refused_requests(answer: Next) -> Next:
    """Answer what was refused at the entrance (too large) or by its method with a page of ours."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        scope = request.META.get("asgi.scope") or {}
        if status := scope.get("loimi.refused"):
            return HttpResponse(_page(request, status), status=status)
        given = answer(request)
        if isinstance(given, HttpResponseNotAllowed) and not given.content:
            given.content = _page(request, given.status_code)
        return given

    return answered


def kept_by_nobody_else(answer: Next) -> Next:
    """Let no cache on the way keep a page, and a browser ask again before it shows one it has.

    Not `no-store`: with it browsers forget what was typed when one goes back.
    """

    def answered(request: HttpRequest) -> HttpResponseBase:
        given = answer(request)
        if not given.has_header("Cache-Control"):
            given.headers["Cache-Control"] = "private, no-cache"
        return given

    return answered


def _page(request: HttpRequest, status: int) -> str:
    words = {"request": request, "limit": settings.ENVIRONMENT.upload_limit}
    return render_to_string(f"base/errors/{REFUSALS[status]}.html", words)
