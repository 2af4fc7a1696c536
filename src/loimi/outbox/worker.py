"""The worker: keeps what is due, sleeps until more is, and ends without leaving a mess."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, cast

from django.db import close_old_connections, connection, connections
from django.utils import timezone

from loimi.outbox import actions, queries
from loimi.outbox.ports import bell

if TYPE_CHECKING:
    import psycopg

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
CROWDED = 0.02  # something is due, but others are at it
FIRST_REST = 0.5
LONGEST_REST = 30.0
EAR = 1.0  # how long it listens at a stretch, so how late it may notice that it must end
LISTEN: Final = f"LISTEN {actions.CHANNEL}"


def run_due(*, now: datetime) -> int:
    """Do everything that is due, in this thread, as if it were `now`; return how many runs.

    For tests and journeys. What fails is due again later, so each promise runs once.
    """
    runs = 0
    while held := actions.claim(now=now, lease=LEASE):
        actions.perform(held)
        runs += 1
    return runs


class Worker:
    """Keeps promises in some threads until it is stopped. SQLite has one worker at a time.

    `longest_sleep` is how late it may notice, at worst, what came due without a bell: another
    process's promise while nobody listens, or a dead worker's.
    """

    def __init__(
        self,
        *,
        threads: int = 2,
        lease: timedelta = LEASE,
        longest_sleep: float = actions.SOON.total_seconds(),
    ) -> None:
        self._lease = lease
        self._longest_sleep = longest_sleep
        self._stopping = threading.Event()
        self._one_at_a_time = threading.Lock()
        self._has_begun = False
        self._troubles = 0
        jobs = [self._work] * threads + [self._listen] * (connection.vendor == "postgresql")
        # A thread that does not end in time must not keep the process alive: its lease runs out.
        self._threads = [
            threading.Thread(target=job, name=f"outbox-{number}", daemon=True)
            for number, job in enumerate(jobs)
        ]

    def start(self) -> None:
        """Begin to work; return at once, whether or not the database answers."""
        for thread in self._threads:
            thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether every one of its threads still works."""
        return all(thread.is_alive() for thread in self._threads)

    def stop(self, timeout: float = 8.0) -> bool:
        """Finish what is in hand and end; tell whether everything ended in time."""
        self._stopping.set()
        bell.ring()
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        try:
            while True:
                heard = bell.count
                if self._stopping.is_set():
                    return
                bell.wait(heard, self._try_once())
        finally:
            connections.close_all()

    def _try_once(self) -> float:
        """Do one promise and return how long to sleep, whatever happens to the database."""
        close_old_connections()
        try:
            self._begin_once()
            seconds = self._do_one()
        except Exception as error:  # noqa: BLE001 - a worker that ends keeps no promise
            return self._rest(error)
        if self._troubles:
            self._troubles = 0
            logger.info("The outbox goes on")
        return seconds

    def _begin_once(self) -> None:
        with self._one_at_a_time:
            if not self._has_begun:
                actions.begin(now=timezone.now(), is_alone=connection.vendor == "sqlite")
                self._has_begun = True

    def _do_one(self) -> float:
        # Looked at before it is claimed: on SQLite a claim waits for the only place for writing.
        now = timezone.now()
        due_at = queries.next_due_at(now=now)
        if due_at and due_at <= now and (held := self._claim(now)):
            actions.perform(held)
            return 0.0
        seconds = (due_at - now).total_seconds() if due_at else self._longest_sleep
        return min(max(seconds, CROWDED), self._longest_sleep)

    def _claim(self, now: datetime) -> actions.Claim | None:
        return actions.claim(
            now=now, lease=self._lease, clock=timezone.now, stopping=self._stopping.is_set
        )

    def _rest(self, error: Exception) -> float:
        """Say once that something is wrong, and return a pause that grows."""
        if not self._troubles:
            logger.error("The outbox cannot work; it goes on trying", exc_info=error)
        self._troubles += 1
        connection.close()
        return float(min(FIRST_REST * 2 ** min(self._troubles, 10), LONGEST_REST))

    def _listen(self) -> None:
        """Ring when another process has committed a promise; otherwise workers go by the clock."""
        try:
            while not self._stopping.is_set():
                try:
                    self._listen_while_connected()
                except Exception:  # noqa: BLE001 - the workers say what is wrong
                    connection.close()
                    self._stopping.wait(FIRST_REST)
        finally:
            connections.close_all()

    def _listen_while_connected(self) -> None:
        connection.ensure_connection()
        wire = cast("psycopg.Connection", connection.connection)
        wire.execute(LISTEN)
        bell.ring()  # for what was promised while nobody listened
        while not self._stopping.is_set():
            for _ in wire.notifies(timeout=EAR):
                bell.ring()
            wire.execute(LISTEN)  # again, to notice a connection that is gone
