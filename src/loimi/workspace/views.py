"""The front page for visitors, and the style guide for those who build."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loimi.base.doors import public


@public
def front(request: HttpRequest) -> HttpResponse:
    """Say what this place is."""
    return render(request, "workspace/front.html")


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states."""
    return render(request, "workspace/styleguide.html")
