"""Tending the outbox: what a starting worker does, nights, clearing away, trying again."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max

from loimi.outbox import ports, queries
from loimi.outbox.actions.making import promise, ring_on_commit
from loimi.outbox.models import Promise
from loimi.outbox.ports import Later, Run, task

logger = logging.getLogger(__name__)

KEPT = timedelta(days=30)
NIGHT = time(2, tzinfo=UTC)
BATCH = 200


@transaction.atomic
def begin(*, now: datetime, is_alone: bool) -> None:
    """Prepare the outbox for a worker that starts; `is_alone` when there is no other one."""
    if is_alone:
        # Only a killed process leaves leases behind; there is nobody to wait for.
        Promise.objects.open().filter(locked_until__isnull=False).update(locked_until=None)
    promise_night(now=now)
    for kind, count in queries.unknown_kinds().items():
        logger.warning("No code here keeps %d promises of kind %s; they are left", count, kind)


@transaction.atomic
def promise_night(*, now: datetime) -> None:
    """Promise each nightly task for the coming night, once."""
    night = datetime.combine(now.astimezone(UTC), NIGHT)
    night += timedelta(days=night <= now)
    for kind, known in ports.all_tasks().items():
        if known.nightly:
            promise(kind, now=now, due_at=night, key=night.date().isoformat())


@transaction.atomic
def revive(*, now: datetime, kind: str | None = None) -> int:
    """Try again what was given up, of one kind or of all; return how many."""
    given_up = Promise.objects.filter(given_up_at__isnull=False)
    ring_on_commit()
    chosen = given_up.filter(kind=kind) if kind else given_up
    return chosen.update(given_up_at=None, attempts=0, due_at=now)


@task("outbox.tidy", key=None, atomic=False, nightly=True)
def tidy(run: Run) -> None:
    """Clear away what was done long ago, a little at a time, and promise the next night."""
    promise_night(now=run.now)
    old = Promise.objects.filter(done_at__lt=run.now - KEPT).order_by("pk")
    while last := old.filter(pk__gt=run.state.get("last", 0))[:BATCH].aggregate(Max("pk"))[
        "pk__max"
    ]:
        with run.step(last=last):
            old.filter(pk__lte=last).delete()
        if run.stopping:
            raise Later
