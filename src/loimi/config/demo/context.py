"""What the demo adds to every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from loimi.people import queries


def people(request: HttpRequest) -> dict[str, Any]:
    """Give the invented people; they are looked up only where a page shows them."""
    return {"sample_people": SimpleLazyObject(lambda: list(queries.sample_people()))}
