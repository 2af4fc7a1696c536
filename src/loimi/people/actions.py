"""Writes about people."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.db import transaction

from loimi.outbox.ports import Run, task
from loimi.people.models import Person


@transaction.atomic
def open_account(*, name: str, email: str, language: str, now: datetime) -> Person:
    """Open an account without a password."""
    person = Person(name=name, email=email, language=language, joined_at=now)
    person.set_unusable_password()
    person.save()
    return person


@task("people.forget_sessions", key=None, atomic=False, nightly=True)
def forget_sessions(run: Run) -> None:
    """Clear away the sessions that have run out."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
