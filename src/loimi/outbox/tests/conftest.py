"""Kinds of promises that live as long as one test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from loimi.outbox import actions, ports
from loimi.outbox.models import Promise

NOW = datetime(2026, 5, 21, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kinds() -> Iterator[dict[str, ports.Task]]:
    """Know only the room's own kinds; take what a test registers out again."""
    kept = dict(ports._tasks)
    for kind in [kind for kind in kept if not kind.startswith("outbox.")]:
        del ports._tasks[kind]
    yield ports._tasks
    ports._tasks.clear()
    ports._tasks.update(kept)


def claimed(now: datetime = NOW, **more: Any) -> actions.Claim:
    """Claim the first due promise, which must be there."""
    held = actions.claim(now=now, lease=actions.SOON, **more)
    assert held is not None
    return held


def only() -> Promise:
    """Return the only promise there is."""
    return Promise.objects.get()
