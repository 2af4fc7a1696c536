"""The gate before a database file: one inside, the others in the order they came."""

from __future__ import annotations

import os
import threading
import time
import weakref
from collections import deque
from pathlib import Path
from typing import Protocol

# How often those who wait look whether the one inside is still alive.
LOOK_AGAIN = 0.25


class Owner(Protocol):
    """A connection, as the gate sees it."""

    @property
    def is_gone(self) -> bool: ...

    def abandon(self) -> None: ...


class WaitedTooLong(TimeoutError):
    """The wait was longer than the connection's timeout."""


class Ticket:
    """A place in the queue, then the right to be inside."""

    def __init__(self, owner: Owner) -> None:
        # Weak, so that a forgotten connection is collected and its transaction ends.
        self.owner = weakref.ref(owner)
        self.thread = threading.current_thread()
        self.called = threading.Lock()
        self.called.acquire()

    def is_abandoned(self) -> bool:
        """Tell whether nobody is left who could give the ticket back."""
        owner = self.owner()
        return owner is None or owner.is_gone or not self.thread.is_alive()


class Gate:
    """Lets one in at a time; who leaves calls the next by name, so nobody can push in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[Ticket] = deque()
        self._inside: Ticket | None = None

    def enter(self, owner: Owner, timeout: float) -> Ticket:
        """Wait for the turn; raise WaitedTooLong when it does not come within `timeout` seconds."""
        ticket = Ticket(owner)
        try:
            with self._lock:
                self._waiting.append(ticket)
                self._call_next()
            self._wait(ticket, time.monotonic() + timeout)
        except BaseException:  # also Ctrl+C: a place left in the queue would stop it for good
            self._withdraw(ticket)
            raise
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Let the next one in; leaving twice changes nothing."""
        with self._lock:
            if self._inside is ticket:
                self._inside = None
                self._call_next()

    def _wait(self, ticket: Ticket, deadline: float) -> None:
        while True:
            left = deadline - time.monotonic()
            if ticket.called.acquire(timeout=max(0.0, min(LOOK_AGAIN, left))):
                return
            if left <= 0:
                raise WaitedTooLong
            with self._lock:
                self._call_next()

    def _withdraw(self, ticket: Ticket) -> None:
        with self._lock:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
        self.leave(ticket)

    def _call_next(self) -> None:
        if self._inside and self._inside.is_abandoned():
            # The connection of a thread that died still holds SQLite's own lock.
            if owner := self._inside.owner():
                owner.abandon()
            self._inside = None
        if self._inside is None and self._waiting:
            self._inside = self._waiting.popleft()
            self._inside.called.release()


_gates: dict[Path, Gate] = {}
_gates_lock = threading.Lock()
# A child made by fork has none of the threads that would open the gates again.
os.register_at_fork(after_in_child=_gates.clear)


def gate_before(path: Path) -> Gate:
    """Return the one gate of a database file in this process."""
    with _gates_lock:
        return _gates.setdefault(path.resolve(), Gate())
