"""Enter the demo as one of its invented people, and leave."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from loimi.base.doors import public
from loimi.people import queries


@public
def enter(request: HttpRequest) -> HttpResponse:
    """Sign the visitor in as the invented person they picked; an opened link enters nobody."""
    if not settings.IS_DEMO:
        raise Http404
    answer = redirect("workspace:front")
    if request.method != "POST":
        return answer
    number = request.POST.get("person", "")
    person = get_object_or_404(
        queries.sample_people(), pk=int(number) if number.isascii() and number.isdigit() else 0
    )
    auth.login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
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
def leave(request: HttpRequest) -> HttpResponse:
    """Be a visitor again; an opened link signs nobody out."""
    if request.method == "POST":
        auth.logout(request)
    return redirect("workspace:front")
