"""What every page knows beside its own: the menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from loimi.base import ports


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the page what the menu shows; nobody is looked up before the menu is drawn."""
    return {"menu": lambda: list(ports.places(request))}
