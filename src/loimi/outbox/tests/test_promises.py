"""Making promises: in their transaction, once by key, with a bell on commit."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections, transaction

from loimi.base import keys
from loimi.outbox import actions, ports
from loimi.outbox.models import Promise
from loimi.outbox.ports import Run, task
from loimi.outbox.tests.conftest import NOW


@pytest.fixture(autouse=True)
def _greet() -> None:
    @task("hall.greet", key=None)
    def greet(run: Run, person: int, *, twice: bool = False) -> None:
        """Do nothing."""


@pytest.mark.django_db
def test_a_promise_is_a_row_that_is_due_at_once() -> None:
    made = actions.promise("hall.greet", payload={"person": 7}, now=NOW)
    kept = Promise.objects.get()
    assert kept == made
    assert (kept.kind, kept.payload, kept.key, kept.due_at) == (
        "hall.greet",
        {"person": 7},
        None,
        NOW,
    )
    assert (kept.claims, kept.attempts, kept.locked_until, kept.created_at) == (0, 0, None, NOW)
    assert str(kept) == f"hall.greet {kept.pk}"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_promised() -> None:
    with pytest.raises(actions.NoTransaction):
        actions.promise("hall.greet", payload={"person": 7}, now=NOW)
    assert Promise.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "payload", "error"),
    [
        ("hall.wave", {}, ports.UnknownKind),
        ("hall.greet", {}, TypeError),
        ("hall.greet", {"person": 7, "name": "Aino"}, TypeError),
        ("hall.greet", {"person": object()}, TypeError),
        ("hall.greet", {"person": float("nan")}, ValueError),
        ("hall.greet", {"person": "aino@kaarna.example"}, ValueError),
        ("hall.greet", {"person": [{"name": "Aino Ketola"}]}, ValueError),
    ],
)
def test_what_no_task_could_keep_is_refused(
    kind: str, payload: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        actions.promise(kind, payload=payload, now=NOW)
    assert Promise.objects.count() == 0


@pytest.mark.django_db
def test_plain_names_and_numbers_may_be_promised_but_no_address_as_key() -> None:
    payload = {
        "person": {"ids": [1, None], "file": "imports/7.csv", "on": "2026-05-21T09:00+03:00"}
    }
    actions.promise("hall.greet", payload=payload, key="letters.2026-05", now=NOW)
    with pytest.raises(ValueError, match="promised with words"):
        actions.promise("hall.greet", payload={"person": 1}, key="aino@kaarna.example", now=NOW)
    assert Promise.objects.get().payload == payload


@pytest.mark.django_db
def test_a_task_with_a_key_is_promised_only_for_who_holds_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keys, "_keys", {})
    keys.key("hall.open", "Opens.")(lambda person, subject: (person, subject) == ("alice", "door"))

    @task("hall.open", key="hall.open")
    def open_hall(run: Run) -> None:
        """Do nothing."""

    for by, about in (("bob", "door"), ("alice", "window"), (None, "door")):
        with pytest.raises(PermissionDenied):
            actions.promise("hall.open", now=NOW, by=by, about=about)
    actions.promise("hall.open", now=NOW, by="alice", about="door")
    assert Promise.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_is_one_promise_and_the_first_word_counts() -> None:
    first = actions.promise("hall.greet", payload={"person": 7}, key="7", now=NOW)
    again = actions.promise(
        "hall.greet", payload={"person": 8}, key="7", now=NOW, due_at=NOW + timedelta(days=1)
    )
    assert (again.pk, again.payload, again.due_at) == (first.pk, {"person": 7}, NOW)
    actions.promise("hall.greet", payload={"person": 7}, now=NOW)
    actions.promise("hall.greet", payload={"person": 7}, now=NOW)
    assert Promise.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_transactions_with_the_same_key_meet_in_one_promise() -> None:
    made: list[int] = []
    together = threading.Barrier(2)

    def promise_it() -> None:
        try:
            together.wait(5)
            for number in range(20):
                with transaction.atomic():
                    row = actions.promise(
                        "hall.greet", payload={"person": number}, key=str(number), now=NOW
                    )
                made.append(row.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=promise_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(made) == sorted([*Promise.objects.values_list("pk", flat=True)] * 2)
    assert len(set(made)) == 20


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_promised() -> None:
    heard = ports.bell.count
    with transaction.atomic():
        actions.promise("hall.greet", payload={"person": 7}, now=NOW)
        transaction.set_rollback(True)
    assert (Promise.objects.count(), ports.bell.count) == (0, heard)


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_once_a_transaction_and_only_for_what_is_due_soon() -> None:
    heard = ports.bell.count
    with transaction.atomic():
        for _ in range(3):
            actions.promise("hall.greet", payload={"person": 7}, now=NOW)
        assert ports.bell.count == heard
    assert ports.bell.count == heard + 1
    with transaction.atomic():
        late = NOW + actions.SOON + timedelta(seconds=1)
        actions.promise("hall.greet", payload={"person": 7}, now=NOW, due_at=late)
    assert ports.bell.count == heard + 1


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_taken_back_takes_no_other_bell_with_it() -> None:
    heard = ports.bell.count
    with transaction.atomic():
        with transaction.atomic():
            actions.promise("hall.greet", payload={"person": 7}, now=NOW)
            transaction.set_rollback(True)
        actions.promise("hall.greet", payload={"person": 8}, now=NOW)
    assert (Promise.objects.count(), ports.bell.count) == (1, heard + 1)


def test_a_ring_between_look_and_sleep_is_not_lost() -> None:
    bell = ports.Bell()
    heard = bell.count
    bell.ring()
    bell.wait(heard, 60)  # returns at once, or the test lasts a minute
    assert bell.count == heard + 1


def test_a_kind_is_registered_once() -> None:
    with pytest.raises(ValueError, match=r"Two tasks are called hall\.greet"):
        task("hall.greet", key=None)(lambda run: None)
    assert sorted(ports.all_tasks()) == ["hall.greet", "outbox.tidy"]


@pytest.mark.django_db
def test_a_promise_ends_once_and_nobody_holds_it_then() -> None:
    row = actions.promise("hall.greet", payload={"person": 7}, now=NOW)
    for wrong in (
        {"done_at": NOW, "given_up_at": NOW},
        {"done_at": NOW, "locked_until": NOW},
        {"given_up_at": NOW, "locked_until": NOW},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Promise.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.django_db
def test_looking_for_work_reads_only_what_is_open() -> None:
    due = Promise.objects.due(NOW).free(NOW).filter(kind__in=ports.all_tasks())
    plan = due.order_by("due_at", "id")[:1]
    if connection.vendor == "sqlite":
        assert "outbox_promise_open" in plan.explain()
