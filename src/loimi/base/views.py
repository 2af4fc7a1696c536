"""Pages that any site needs: language and theme, errors, what shows without a connection."""

from __future__ import annotations

from hashlib import blake2s
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from loimi.base.doors import public
from loimi.base.templatetags.look import STYLES, THEME_COOKIE, THEMES


@public
@csrf_exempt  # two harmless cookies: a page that has grown old may still change its language
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the visitor's language and theme, and show the same page again."""
    answer = HttpResponseRedirect(_way_back(request))
    language, theme = request.POST.get("language"), request.POST.get("theme")
    if language in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, language)
    if theme in THEMES:
        _keep(answer, THEME_COOKIE, theme)
    return answer


def _way_back(request: HttpRequest) -> str:
    page = request.POST.get("next", "")
    hosts, safe = {request.get_host()}, request.is_secure()
    return page if url_has_allowed_host_and_scheme(page, hosts, require_https=safe) else "/"


def _keep(answer: HttpResponse, name: str, choice: str) -> None:
    answer.set_cookie(
        name,
        choice,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def bad_request(request: HttpRequest, exception: Any) -> HttpResponse:
    """Say that the request was not understood."""
    return _bare(request, "bad_request", 400)


def refused(request: HttpRequest, exception: Any) -> HttpResponse:
    """Say that the visitor holds no key to this page."""
    return render(request, "base/errors/refused.html", {"layout": "base/page.html"}, status=403)


def missing(request: HttpRequest, exception: Any) -> HttpResponse:
    """Say that there is no such page; somebody else's page looks the same."""
    return render(request, "base/errors/missing.html", {"layout": "base/page.html"}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, without anything that may be broken."""
    return _bare(request, "broken", 500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say how to send the form again without losing what was typed."""
    answer = _bare(request, "form_expired", 403)
    answer["Loimi-Form"] = "expired"  # tells our own script why, apart from other refusals
    return answer


@public
def offline(request: HttpRequest) -> HttpResponse:
    """Show what the browser keeps for the time without a connection; nothing personal."""
    return _bare(request, "offline", 200)


@public
@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the script that shows the offline page; it changes when that page does."""
    kept = [static(name) for name in (*STYLES, "base/back.js")]
    page = render_to_string("base/errors/offline.html", {"request": request})
    words = {"version": blake2s(page.encode(), digest_size=8).hexdigest(), "kept": kept}
    script = render_to_string("base/service-worker.js", words)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@public
def manifest(request: HttpRequest) -> HttpResponse:
    """Tell a device how to keep Loimi among its programs."""
    icon = {"src": static("base/icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    words = {
        "name": "Loimi",
        "short_name": "Loimi",
        "lang": translation.get_language(),
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#f4f2ec",
        "theme_color": "#fdfcf9",
        "icons": [icon],
    }
    return JsonResponse(words, content_type="application/manifest+json")


def _bare(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """Draw a page that needs neither database nor session nor what others add to pages."""
    with translation.override(translation.get_language_from_request(request)):
        page = render_to_string(f"base/errors/{name}.html", {"request": request})
        answer = HttpResponse(page, status=status)
        answer["Content-Language"] = translation.get_language()
    return answer
