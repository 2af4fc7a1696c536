"""Reads of promises, for the worker, the doctor and whoever waits for long work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count

from loimi.outbox import ports
from loimi.outbox.models import Promise

LATE = timedelta(minutes=5)


class Standing(StrEnum):
    """How a promise stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    GIVEN_UP = "given up"


@dataclass(frozen=True)
class Progress:
    """How far one promise is; `total` is 0 as long as nobody knows it."""

    standing: Standing
    done: int
    total: int


@dataclass(frozen=True)
class Counts:
    """How the outbox is: `late` have waited over five minutes, `unknown` no code here keeps."""

    open: int
    late: int
    given_up: int
    unknown: dict[str, int]


def progress(promise_id: int, *, now: datetime) -> Progress:
    """Tell how far a promise is."""
    return _progress(Promise.objects.get(pk=promise_id), now)


def progress_of(kind: str, key: str, *, now: datetime) -> Progress:
    """Tell how far the promise with this key is."""
    return _progress(Promise.objects.get(kind=kind, key=key), now)


def _progress(promise: Promise, now: datetime) -> Progress:
    if promise.done_at:
        standing = Standing.DONE
    elif promise.given_up_at:
        standing = Standing.GIVEN_UP
    elif promise.locked_until and promise.locked_until > now:
        standing = Standing.RUNNING
    else:
        standing = Standing.WAITING
    return Progress(standing, promise.progress_done, promise.progress_total)


def counts(*, now: datetime) -> Counts:
    """Count what is open, late, given up, and what no code here knows."""
    return Counts(
        open=Promise.objects.open().count(),
        late=Promise.objects.due(now - LATE).free(now).count(),
        given_up=Promise.objects.filter(given_up_at__isnull=False).count(),
        unknown=unknown_kinds(),
    )


def unknown_kinds() -> dict[str, int]:
    """Count the open promises of each kind that no task here keeps."""
    strange = Promise.objects.open().exclude(kind__in=ports.all_tasks())
    return dict(strange.values_list("kind").annotate(Count("pk")).order_by("kind"))


def next_due_at(*, now: datetime) -> datetime | None:
    """Return when the first promise that nobody holds is due, or None when there is none.

    What is held is not looked at: it ends by itself, or is found once its lease has run out.
    """
    known = Promise.objects.open().free(now).filter(kind__in=ports.all_tasks())
    return known.order_by("due_at", "id").values_list("due_at", flat=True).first()
