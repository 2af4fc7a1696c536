"""Enter the demo as one of its invented people, and leave."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from loimi.base.doors import public
from loimi.people import queries


@public
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign the visitor in as the invented person they picked."""
    if not settings.IS_DEMO:
        raise Http404
    number = request.POST.get("person", "")
    person = get_object_or_404(
        queries.sample_people(), pk=int(number) if number.isascii() and number.isdigit() else 0
    )
    auth.login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = redirect("workspace:front")
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        person.language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Be a visitor again."""
    auth.logout(request)
    return redirect("workspace:front")
