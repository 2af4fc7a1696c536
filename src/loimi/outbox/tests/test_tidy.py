"""Nights: what was done long ago is cleared away, and the next night is promised."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from loimi.outbox import actions, worker
from loimi.outbox.models import Promise
from loimi.outbox.ports import Later, task
from loimi.outbox.tests.conftest import NOW, claimed, only

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 5, 22, 2, tzinfo=UTC)


def _done(count: int, at: datetime) -> list[Promise]:
    rows = [Promise(kind="outbox.tidy", due_at=at, created_at=at, done_at=at) for _ in range(count)]
    return Promise.objects.bulk_create(rows)


def test_each_night_is_promised_once() -> None:
    for now in (NOW, NOW + timedelta(hours=3), NIGHT - timedelta(seconds=1)):
        actions.promise_night(now=now)
    assert (only().kind, only().key, only().due_at) == ("outbox.tidy", "2026-05-22", NIGHT)
    actions.promise_night(now=NIGHT)
    assert sorted(Promise.objects.values_list("key", "due_at")) == [
        ("2026-05-22", NIGHT),
        ("2026-05-23", NIGHT + timedelta(days=1)),
    ]


def test_other_rooms_may_have_nightly_work() -> None:
    task("hall.sweep", key=None, nightly=True)(lambda run: None)
    task("hall.greet", key=None)(lambda run: None)
    actions.promise_night(now=NOW)
    assert sorted(Promise.objects.values_list("kind", flat=True)) == ["hall.sweep", "outbox.tidy"]


def test_tidying_clears_away_what_was_done_over_thirty_days_ago() -> None:
    old = _done(450, NIGHT - timedelta(days=31))
    _done(3, NIGHT - timedelta(days=29))
    Promise.objects.filter(pk=old[0].pk).update(done_at=None, given_up_at=NOW)
    actions.promise_night(now=NOW)
    assert worker.run_due(now=NIGHT) == 1
    tidied = Promise.objects.get(key="2026-05-22")
    assert (Promise.objects.count(), tidied.done_at) == (3 + 1 + 2, NIGHT)
    assert tidied.state == {"last": old[-1].pk}
    assert Promise.objects.get(key="2026-05-23").due_at == NIGHT + timedelta(days=1)


def test_tidying_stops_between_two_batches_and_goes_on_later() -> None:
    _done(450, NIGHT - timedelta(days=31))
    actions.promise_night(now=NOW)
    for left in (250, 50, 0):
        held = claimed(NIGHT, stopping=lambda: True)
        actions.perform(held)
        assert Promise.objects.filter(done_at__lt=NOW).count() == left
        assert (held.row.attempts, Promise.objects.get(pk=held.row.pk).attempts) == (1, 0)
        Promise.objects.filter(pk=held.row.pk).update(due_at=NIGHT)
    assert worker.run_due(now=NIGHT) == 1
    assert Later().due_at is None
