"""The front page, today for those who are in, how mentoring goes, and the style guide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from loimi.base.doors import public
from loimi.workspace import queries
from loimi.workspace.forms import SampleForm


@public
def front(request: HttpRequest) -> HttpResponse:
    """Say what this place is; whoever has signed in sees what is theirs today."""
    if request.user.is_authenticated:
        first_name = (str(request.user).split() or [""])[0]
        words = {"today": timezone.localdate(), "first_name": first_name}
        return render(request, "workspace/today.html", words)
    return render(request, "workspace/front.html", {"wall": queries.wall()})


@public
def about(request: HttpRequest) -> HttpResponse:
    """Say how mentoring goes and who does what in it."""
    return render(request, "workspace/about.html")


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states; the form validates and keeps nothing."""
    is_post = request.method == "POST"
    form = SampleForm(request.POST, request.FILES) if is_post else SampleForm()
    is_sent = is_post and form.is_valid()
    words = {"form": SampleForm() if is_sent else form, "is_sent": is_sent}
    status = 422 if form.errors else 200
    if request.headers.get("HX-Request"):
        return render(request, "workspace/guide/form.html#sample-form", words, status=status)
    words |= queries.guide()
    return render(request, "workspace/styleguide.html", words, status=status)
