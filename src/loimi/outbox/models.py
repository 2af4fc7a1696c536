"""A promise: one row that says what will be done, and how far it is."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from loimi.base.personal import Impersonal

OPEN = Q(done_at__isnull=True, given_up_at__isnull=True)


class Promises(models.QuerySet["Promise"]):
    """Where promises stand."""

    def open(self) -> Promises:
        """Keep those that are neither done nor given up."""
        return self.filter(OPEN)

    def due(self, now: datetime) -> Promises:
        """Keep the open ones whose time has come; somebody may be at them."""
        return self.open().filter(due_at__lte=now)

    def free(self, now: datetime) -> Promises:
        """Keep those that no worker holds, or none that still lives."""
        return self.filter(Q(locked_until__isnull=True) | Q(locked_until__lte=now))


class Promise(models.Model):
    """Something that will be done, whatever happens to the process. Written with what it is for."""

    kind = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=200, null=True)  # noqa: DJ001 - many have none
    due_at = models.DateTimeField()
    # Each claim takes the next number and may write only as long as it is the last.
    claims = models.PositiveIntegerField(default=0)
    # Runs since the last progress that failed, or that nobody saw the end of.
    attempts = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, default="")
    state = models.JSONField(default=dict)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = Promises.as_manager()

    personal = Impersonal(
        "Payload and state hold numbers of rows and never what the rows say; an error is kept "
        "as its name and place, without its text, because that may quote a person."
    )

    class Meta:
        constraints = [
            # Many have no key: to a database one empty key is not like another. The key comes
            # first because SQLite would take an index by kind for finding what is due.
            models.UniqueConstraint(fields=["key", "kind"], name="outbox_promise_key"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(given_up_at__isnull=True),
                name="outbox_promise_ends_once",
            ),
            models.CheckConstraint(
                condition=OPEN | Q(locked_until__isnull=True), name="outbox_promise_held_while_open"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=OPEN, name="outbox_promise_open")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
