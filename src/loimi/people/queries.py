"""Reads of people, always scoped to the one who asks."""

from __future__ import annotations

from django.db.models import QuerySet

from loimi.people.models import Person


def sample_people() -> QuerySet[Person]:
    """List the invented people of a demo; nobody else's address ends like theirs."""
    return Person.objects.filter(email__endswith=".example", is_active=True).order_by("pk")
