"""The worker with real threads on a real database."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from loimi.outbox import actions
from loimi.outbox.models import Promise
from loimi.outbox.ports import Later, Run, bell, task
from loimi.outbox.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20.0  # for a busy machine; what is waited for comes in milliseconds
ASLEEP = 60.0


@contextmanager
def working(**more: Any) -> Iterator[Worker]:
    worker = Worker(**({"threads": 1, "longest_sleep": ASLEEP} | more))
    worker.start()
    try:
        yield worker
    finally:
        assert worker.stop(timeout=PATIENCE)


def promise(kind: str, count: int = 1, **more: Any) -> None:
    with transaction.atomic():
        for _ in range(count):
            actions.promise(kind, now=timezone.now(), **more)


def eventually(condition: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def asleep() -> bool:
    """Tell whether the worker has found nothing more to do."""
    return bell._rung._waiters.__len__() > 0  # type: ignore[attr-defined]


@pytest.fixture
def greeted() -> threading.Event:
    event = threading.Event()

    @task("hall.greet", key=None, atomic=False)
    def greet(run: Run) -> None:
        event.set()

    return event


def test_a_commit_wakes_the_sleeping_worker(greeted: threading.Event) -> None:
    with working():
        eventually(asleep)
        begun = time.monotonic()
        promise("hall.greet")
        assert greeted.wait(PATIENCE)
        assert time.monotonic() - begun < ASLEEP / 2
    assert Promise.objects.filter(kind="hall.greet", done_at__isnull=False).count() == 1


def test_a_worker_wakes_by_itself_when_the_next_promise_is_due(greeted: threading.Event) -> None:
    with working():
        promise("hall.greet", due_at=timezone.now() + timedelta(seconds=0.2))
        assert greeted.wait(PATIENCE)


def test_a_worker_promises_the_night_and_frees_leases_once(greeted: threading.Event) -> None:
    promise("hall.greet")
    held = actions.claim(now=timezone.now(), lease=timedelta(seconds=0.1))
    assert held is not None
    with working(longest_sleep=0.05):
        assert greeted.wait(PATIENCE)
        eventually(lambda: Promise.objects.filter(kind="outbox.tidy").count() == 1)


def test_several_workers_do_each_promise_once() -> None:
    done: list[int] = []

    @task("hall.count", key=None)
    def count(run: Run, number: int) -> None:
        Promise.objects.create(
            kind="effect", due_at=run.now, created_at=run.now, payload={"number": number}
        )
        done.append(number)

    with working(threads=2) as first, working(threads=2, longest_sleep=0.1) as second:
        # On SQLite a worker that begins frees what others hold, since there are no others.
        eventually(lambda: first._has_begun and second._has_begun)
        for number in range(60):
            promise("hall.count", payload={"number": number})
        eventually(lambda: len(done) >= 60)
    effects = Promise.objects.filter(kind="effect").values_list("payload__number", flat=True)
    assert (sorted(effects), sorted(done)) == (list(range(60)), list(range(60)))
    assert set(Promise.objects.filter(kind="hall.count").values_list("claims", flat=True)) == {1}


def test_two_claims_at_once_never_get_the_same_promise(greeted: threading.Event) -> None:
    promise("hall.greet", 40)
    got: list[int] = []
    together = threading.Barrier(3)

    def claim_all() -> None:
        try:
            together.wait(PATIENCE)
            now = timezone.now()
            while held := actions.claim(now=now, lease=timedelta(minutes=1)):
                got.append(held.row.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=claim_all) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(got) == sorted(Promise.objects.values_list("pk", flat=True))


def test_long_work_stops_between_two_steps_and_no_attempt_is_lost() -> None:
    begun = threading.Event()

    @task("hall.clean", key=None, atomic=False)
    def clean(run: Run) -> None:
        while not run.stopping:
            with run.step(done=run.state.get("rooms", 0) + 1, rooms=run.state.get("rooms", 0) + 1):
                begun.set()
        raise Later

    with working():
        promise("hall.clean")
        assert begun.wait(PATIENCE)
    row = Promise.objects.get(kind="hall.clean")
    assert (row.done_at, row.locked_until, row.attempts, row.claims) == (None, None, 0, 1)
    assert row.state == {"rooms": row.progress_done}


def test_stopping_does_not_wait_for_ever() -> None:
    begun, over = threading.Event(), threading.Event()

    @task("hall.clean", key=None, atomic=False)
    def clean(run: Run) -> None:
        begun.set()
        over.wait(PATIENCE)

    worker = Worker(threads=1, longest_sleep=ASLEEP)
    worker.start()
    promise("hall.clean")
    assert begun.wait(PATIENCE)
    assert not worker.stop(timeout=0.01)
    over.set()
    assert worker.stop(timeout=PATIENCE)


def _rename(old: str, new: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {old} RENAME TO {new}")


def test_a_database_that_fails_is_reported_once_and_survived(
    greeted: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "loimi")
    promise("hall.greet", due_at=timezone.now() + timedelta(seconds=0.3))
    _rename("outbox_promise", "away")
    try:
        with working() as worker:
            eventually(lambda: worker._troubles > 1)
            assert not greeted.is_set()
            _rename("away", "outbox_promise")
            bell.ring()
            assert greeted.wait(PATIENCE)
            eventually(lambda: not worker._troubles)
    finally:
        if "away" in connection.introspection.table_names():
            _rename("away", "outbox_promise")
    assert [message for message in caplog.messages if "outbox" in message.lower()] == [
        "The outbox cannot work; it goes on trying",
        "The outbox goes on",
    ]


def _elsewhere() -> psycopg.Connection:
    parameters = connection.get_connection_params()
    wanted = ("dbname", "user", "host", "port", "password")
    return psycopg.connect(
        **{name: parameters[name] for name in wanted if name in parameters}, autocommit=True
    )


PROMISE_ELSEWHERE = """
    INSERT INTO outbox_promise (kind, payload, due_at, claims, attempts, last_error, state,
                                progress_done, progress_total, created_at)
    VALUES ('hall.greet', '{}', now(), 0, 0, '', '{}', 0, 0, now())
"""
CUT = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one process")
def test_another_process_wakes_the_worker_also_after_its_connections_were_cut(
    greeted: threading.Event,
) -> None:
    with working(), _elsewhere() as other:
        eventually(asleep)
        for _ in range(2):
            eventually(lambda: _listeners(other) == 1)
            other.execute(PROMISE_ELSEWHERE)
            begun = time.monotonic()
            other.execute("SELECT pg_notify(%s, '')", [actions.CHANNEL])
            assert greeted.wait(PATIENCE)
            assert time.monotonic() - begun < ASLEEP / 2
            greeted.clear()
            connection.close()
            other.execute(CUT)


def _listeners(other: psycopg.Connection) -> int:
    found = other.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND query LIKE 'LISTEN%' AND state = 'idle'"
    ).fetchone()
    assert found is not None
    return int(found[0])
