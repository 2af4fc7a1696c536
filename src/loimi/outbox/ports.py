"""What other rooms bring: the kinds of promises, each a function marked `@task`."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

Function = TypeVar("Function", bound=Callable[..., None])


class Later(Exception):
    """Raised by a task that is not done yet though nothing failed; not counted as an attempt.

    What an atomic task has written is taken back; steps that are finished stay.
    Without `due_at` it goes on as soon as a worker is free.
    """

    def __init__(self, due_at: datetime | None = None) -> None:
        super().__init__(due_at)
        self.due_at = due_at


class GiveUp(Exception):
    """Raised by a task that no further attempt can mend; the reason is kept, so it names nobody."""


class LeaseLost(Exception):
    """Another worker holds the promise by now; nothing more may be written for it."""


class UnknownKind(LookupError):
    """No task is registered under this name."""


class Run(Protocol):
    """One run of a promise, as its task sees it."""

    @property
    def key(self) -> str:
        """A text that stays the same over all runs, so that a receiver can tell a repeat."""
        ...

    @property
    def state(self) -> dict[str, Any]:
        """What the last step of this or an earlier run has kept: where to go on."""
        ...

    @property
    def now(self) -> datetime:
        """The time; it moves on during long work."""
        ...

    @property
    def stopping(self) -> bool:
        """Whether the worker is about to end: long work raises `Later()` between two steps."""
        ...

    def step(
        self, *, done: int | None = None, total: int | None = None, **state: Any
    ) -> AbstractContextManager[None]:
        """Open the transaction of one step; it also keeps progress and state and renews the lease.

        Raise LeaseLost when another worker has taken over; then nothing of the step stays.
        """
        ...


@dataclass(frozen=True)
class Task:
    """How promises of one kind are kept."""

    kind: str
    function: Callable[..., None]
    key: str | None
    atomic: bool
    retries: int
    lease: timedelta | None
    nightly: bool

    def check(self, payload: dict[str, Any]) -> None:
        """Raise TypeError when the function cannot take this payload."""
        inspect.signature(self.function).bind(None, **payload)


_tasks: dict[str, Task] = {}


def task(
    kind: str,
    *,
    key: str | None,
    atomic: bool = True,
    retries: int = 20,
    lease: timedelta | None = None,
    nightly: bool = False,
) -> Callable[[Function], Function]:
    """Register `(run, **payload)` as what keeps promises of this kind; its name is `room.verb`.

    `key` is what whoever it is promised for must hold, or None when it is the house's own work.
    `atomic`: the function and the mark that it is done are one transaction, so its effects
    happen exactly once. It holds SQLite's only place for writing, so it is short and calls no
    network. Otherwise the function runs outside a transaction, writes in `run.step()` and may
    be run again from its last step. It is given up after `retries` runs without progress.
    `lease` is the longest that a step may take. A `nightly` task has no payload.
    """

    def register(function: Function) -> Function:
        if kind in _tasks:
            raise ValueError(f"Two tasks are called {kind}.")
        _tasks[kind] = Task(kind, function, key, atomic, retries, lease, nightly)
        return function

    return register


def all_tasks() -> dict[str, Task]:
    """Return every task by its kind."""
    return dict(sorted(_tasks.items()))


def task_of(kind: str) -> Task:
    """Return one task; raise UnknownKind when no room has it."""
    try:
        return _tasks[kind]
    except KeyError:
        raise UnknownKind(f"No task is called {kind!r}; is its module imported?") from None


class Bell:
    """Wakes the sleeping workers of this process; a ring between look and sleep is not lost."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self.count = 0

    def ring(self) -> None:
        """Wake everyone who waits."""
        with self._rung:
            self.count += 1
            self._rung.notify_all()

    def wait(self, heard: int, seconds: float) -> None:
        """Sleep until it rings once more than `heard` times, or for so many seconds."""
        with self._rung:
            self._rung.wait_for(lambda: self.count != heard, seconds)


bell = Bell()
