"""Keeping promises: claiming one, doing it, and writing down how it went."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from traceback import extract_tb, format_tb
from typing import Any
from zlib import crc32

from django.db import transaction

from loimi.outbox import ports
from loimi.outbox.models import Promise
from loimi.outbox.ports import GiveUp, Later, LeaseLost, Run

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=6)
SHORTEST_PAUSE = timedelta(seconds=1)


class Claim(Run):
    """A promise in the hands of one worker. Each write fails once another has claimed it."""

    def __init__(
        self,
        row: Promise,
        *,
        lease: timedelta,
        clock: Callable[[], datetime],
        stopping: Callable[[], bool],
    ) -> None:
        self.row = row
        self.task = ports.task_of(row.kind)
        self.lease = self.task.lease or lease
        self._clock = clock
        self._stopping = stopping

    @property
    def key(self) -> str:
        """The time is in it because a restored backup may give the same number once more."""
        made = int(self.row.created_at.timestamp() * 1_000_000)
        return f"{self.row.kind}.{self.row.pk}.{made}"

    @property
    def state(self) -> dict[str, Any]:
        return dict(self.row.state)

    @property
    def now(self) -> datetime:
        return self._clock()

    @property
    def stopping(self) -> bool:
        return self._stopping()

    def begin(self, now: datetime) -> bool:
        """Take the promise and count the attempt, or give up when there were too many."""
        row = self.row
        if row.attempts >= self.task.retries:
            self.give_up("no run of it came to an end")
            return False
        row.claims += 1
        row.attempts += 1
        row.locked_until = now + self.lease
        row.save(update_fields=["claims", "attempts", "locked_until"])
        return True

    @contextmanager
    def step(
        self, *, done: int | None = None, total: int | None = None, **state: Any
    ) -> Iterator[None]:
        if self.task.atomic:
            raise RuntimeError(f"{self.row.kind} is atomic: it has no steps of its own.")
        changes = self._changes(done, total, state)
        with transaction.atomic():
            # First, so that on PostgreSQL the row is held until the step is committed.
            self.write(**changes)
            yield
        for name, value in changes.items():
            setattr(self.row, name, value)

    def _changes(
        self, done: int | None, total: int | None, state: dict[str, Any]
    ) -> dict[str, Any]:
        row = self.row
        after = {
            "progress_done": row.progress_done if done is None else done,
            "progress_total": row.progress_total if total is None else total,
            "state": row.state | state,
        }
        if any(getattr(row, name) != value for name, value in after.items()):
            after["attempts"] = 1  # who gets on has not failed, however often it was cut short
        return after | {"locked_until": self.now + self.lease}

    def write(self, **changes: Any) -> None:
        """Change the row, or raise LeaseLost when it is no longer ours."""
        mine = Promise.objects.open().filter(pk=self.row.pk, claims=self.row.claims)
        if not mine.update(**changes):
            raise LeaseLost

    def close(self) -> None:
        """Mark the promise as done."""
        self.write(done_at=self.now, locked_until=None, last_error="")

    def postpone(self, later: Later) -> None:
        """Leave the promise for later; this run was no attempt."""
        # At least a little later, so that who always says "later" does not spin.
        due_at = max(later.due_at or self.now, self.now + SHORTEST_PAUSE)
        self.write(due_at=due_at, attempts=self.row.attempts - 1, locked_until=None)

    def give_up(self, reason: str) -> None:
        """End the promise without having kept it."""
        self.write(given_up_at=self.now, locked_until=None, last_error=reason[:200])
        logger.error("Given up after %d attempts: %s: %s", self.row.attempts, self.row, reason)

    def fail(self, error: BaseException) -> None:
        """Try again after a pause, or give up when that was the last attempt."""
        reason = _place_of(error)
        if self.row.attempts >= self.task.retries:
            logger.error("The last attempt failed: %s\n%s", self.row, _trace_of(error))
            self.give_up(reason)
            return
        pause = pause_after(self.row.attempts, self.row.pk)
        self.write(due_at=self.now + pause, locked_until=None, last_error=reason)
        attempt = f"attempt {self.row.attempts} of {self.task.retries}"
        trace = _trace_of(error)
        logger.warning("Failed, %s, again in %s: %s\n%s", attempt, pause, self.row, trace)


def _place_of(error: BaseException) -> str:
    """Name an error without its text, which may quote a person."""
    last = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"[:200]


def _trace_of(error: BaseException) -> str:
    """Show the way to an error, also without its text."""
    return "".join(format_tb(error.__traceback__)) + type(error).__name__


def pause_after(attempts: int, promise_id: int) -> timedelta:
    """Return the pause after so many failures: 10 s doubling to 6 h, up to a quarter longer.

    The quarter comes from the id, so that what failed together does not come back together.
    """
    doubled: timedelta = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return doubled * (1 + crc32(f"{promise_id} {attempts}".encode()) % 1000 / 4000)


def claim(
    *,
    now: datetime,
    lease: timedelta,
    clock: Callable[[], datetime] | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> Claim | None:
    """Take the first promise that is due, or None. The attempt is counted before it begins.

    So a promise that ends its worker each time does not end workers for ever.
    """
    clock = clock or (lambda: now)
    with transaction.atomic(durable=True):
        while row := _first_due(now):
            held = Claim(row, lease=lease, clock=clock, stopping=stopping)
            if held.begin(now):
                return held
    return None


def _first_due(now: datetime) -> Promise | None:
    due = Promise.objects.due(now).free(now).filter(kind__in=ports.all_tasks())
    # On SQLite the transaction itself is the lock: there is only one that writes.
    return due.order_by("due_at", "id").select_for_update(skip_locked=True).first()


def perform(held: Claim) -> None:
    """Do what was promised and write down how it went."""
    try:
        _keep(held)
    except LeaseLost:
        logger.warning("Another worker has taken over: %s", held.row)


def _keep(held: Claim) -> None:
    try:
        if held.task.atomic:
            with transaction.atomic(durable=True):
                # First, so that on PostgreSQL nobody else begins it while this transaction lives.
                held.close()
                held.task.function(held, **held.row.payload)
        else:
            held.task.function(held, **held.row.payload)
            held.close()
    except LeaseLost:
        raise
    except Later as later:
        held.postpone(later)
    except GiveUp as reason:
        held.give_up(str(reason))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises is written down
        held.fail(error)
