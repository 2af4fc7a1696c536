"""What the doctor and waiting pages read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loimi.outbox import actions, queries
from loimi.outbox.models import Promise
from loimi.outbox.ports import task
from loimi.outbox.queries import Counts, Progress, Standing
from loimi.outbox.tests.conftest import NOW, claimed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clean() -> None:
    task("hall.clean", key=None, atomic=False)(lambda run: None)


def test_progress_tells_how_a_promise_stands() -> None:
    row = actions.promise("hall.clean", key="monday", now=NOW)
    assert queries.progress(row.pk, now=NOW) == Progress(Standing.WAITING, 0, 0)
    held = claimed()
    with held.step(done=2, total=5):
        pass
    assert queries.progress(row.pk, now=NOW) == Progress(Standing.RUNNING, 2, 5)
    abandoned = queries.progress_of("hall.clean", "monday", now=NOW + actions.SOON)
    assert abandoned == Progress(Standing.WAITING, 2, 5)
    held.close()
    assert queries.progress(row.pk, now=NOW) == Progress(Standing.DONE, 2, 5)
    Promise.objects.update(done_at=None, given_up_at=NOW)
    assert queries.progress(row.pk, now=NOW) == Progress(Standing.GIVEN_UP, 2, 5)


def test_counts_tell_what_needs_a_look() -> None:
    assert queries.counts(now=NOW) == Counts(0, 0, 0, {})
    late = NOW - queries.LATE
    for due_at, ends in (
        (late, {}),
        (late + timedelta(seconds=1), {}),
        (late, {"done_at": NOW}),
        (late, {"given_up_at": NOW}),
        (late, {"locked_until": NOW + timedelta(seconds=1)}),
    ):
        Promise.objects.create(kind="hall.clean", due_at=due_at, created_at=NOW, **ends)
    Promise.objects.create(kind="hall.later", due_at=NOW, created_at=NOW)
    assert queries.counts(now=NOW) == Counts(4, 1, 1, {"hall.later": 1})


def test_the_next_time_to_wake_is_that_of_the_first_that_nobody_holds() -> None:
    assert queries.next_due_at(now=NOW) is None
    Promise.objects.create(kind="hall.later", due_at=NOW, created_at=NOW)
    for minutes in (0, 5, 9):
        actions.promise("hall.clean", now=NOW, due_at=NOW + timedelta(minutes=minutes))
    assert queries.next_due_at(now=NOW) == NOW
    claimed()
    assert queries.next_due_at(now=NOW) == NOW + timedelta(minutes=5)
