"""Writes about people."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from loimi.people.models import Person


@transaction.atomic
def open_account(*, name: str, email: str, language: str, now: datetime) -> Person:
    """Open an account without a password."""
    person = Person(name=name, email=email, language=language, joined_at=now)
    person.set_unusable_password()
    person.save()
    return person
