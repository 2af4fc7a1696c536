"""Keeping promises: both manners of task, failures, leases and what killing leaves behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loimi.outbox import actions, worker
from loimi.outbox.models import Promise
from loimi.outbox.ports import GiveUp, Later, LeaseLost, Run, task
from loimi.outbox.tests.conftest import NOW, claimed, only

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


class Killed(BaseException):
    """The process is gone: nothing catches this, nothing is written down."""


def effects() -> list[str]:
    """List the effects of the tasks below, which are rows that nobody keeps."""
    return sorted(Promise.objects.filter(kind="effect").values_list("key", flat=True))


def cause(name: str) -> None:
    Promise.objects.create(kind="effect", key=name, due_at=LATER, created_at=NOW)


def kept() -> Promise:
    return Promise.objects.exclude(kind="effect").get()


def test_an_atomic_task_is_done_in_one_transaction_with_its_mark() -> None:
    @task("hall.greet", key=None)
    def greet(run: Run, person: int) -> None:
        cause(f"greeted {person} {run.now:%H:%M}")

    actions.promise("hall.greet", payload={"person": 7}, now=NOW)
    assert worker.run_due(now=LATER) == 1
    assert effects() == ["greeted 7 10:00"]
    row = kept()
    assert (row.done_at, row.locked_until, row.claims, row.attempts) == (LATER, None, 1, 1)
    assert worker.run_due(now=LATER) == 0


def test_killed_in_the_middle_an_atomic_task_has_no_effect_until_it_is_whole() -> None:
    alive = []

    @task("hall.greet", key=None)
    def greet(run: Run) -> None:
        cause("greeted")
        if not alive:
            raise Killed

    actions.promise("hall.greet", now=NOW)
    held = claimed()
    with pytest.raises(Killed):
        actions.perform(held)
    assert (effects(), kept().done_at) == ([], None)
    assert actions.claim(now=NOW, lease=worker.LEASE) is None  # the lease runs
    alive.append(1)
    assert worker.run_due(now=NOW + actions.SOON) == 1
    assert (effects(), kept().claims) == (["greeted"], 2)


def test_promises_are_kept_in_the_order_they_are_due() -> None:
    order = []

    @task("hall.greet", key=None)
    def greet(run: Run, person: int) -> None:
        order.append(person)

    for person, minutes in ((1, 3), (2, 1), (3, 2), (4, 1), (5, 61)):
        due_at = NOW + timedelta(minutes=minutes)
        actions.promise("hall.greet", payload={"person": person}, now=NOW, due_at=due_at)
    assert (worker.run_due(now=LATER), order) == (4, [2, 4, 3, 1])


@pytest.mark.parametrize(
    "failure", [ValueError("aino.ketola@kaarna.example is unknown"), SystemExit(1)]
)
def test_a_failure_rolls_back_and_comes_again_with_growing_pauses(
    failure: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    @task("hall.greet", key=None, retries=3)
    def greet(run: Run) -> None:
        cause("greeted")
        raise failure

    actions.promise("hall.greet", now=NOW)
    now, pauses = NOW, []
    for _ in range(3):
        assert worker.run_due(now=now) == 1
        assert worker.run_due(now=now) == 0
        row = kept()
        pauses.append(row.due_at - now)
        now = row.due_at
    assert effects() == []
    assert pauses == [
        actions.pause_after(1, row.pk),
        actions.pause_after(2, row.pk),
        timedelta(0),
    ]
    assert (row.given_up_at, row.done_at, row.locked_until, row.attempts) == (now, None, None, 3)
    assert row.last_error.startswith(f"{type(failure).__name__} at test_runs.py:")
    assert "kaarna" not in row.last_error
    assert "kaarna" not in caplog.text
    assert caplog.text.count(type(failure).__name__) >= 3


def test_pauses_double_to_six_hours_and_part_what_failed_together() -> None:
    pauses = [actions.pause_after(attempts, 1).total_seconds() for attempts in range(1, 40)]
    assert [pause // 10 for pause in pauses[:2]] == [1, 2]
    for attempts, pause in enumerate(pauses):
        least = min(10 * 2**attempts, 6 * 3600)
        assert least <= pause <= least * 1.25
    assert len({actions.pause_after(1, number) for number in range(100)}) > 90


def test_later_is_no_failed_attempt_and_keeps_its_time() -> None:
    wanted: list[Later] = [Later(LATER), Later(), Later(NOW)]

    @task("hall.greet", key=None, retries=1)
    def greet(run: Run) -> None:
        cause("greeted")
        if wanted:
            raise wanted.pop(0)

    actions.promise("hall.greet", now=NOW)
    soon = actions.SHORTEST_PAUSE
    for now, due_at in ((NOW, LATER), (LATER, LATER + soon), (LATER + soon, LATER + 2 * soon)):
        assert worker.run_due(now=now) == 1
        row = kept()
        assert (row.due_at, row.attempts, row.locked_until) == (due_at, 0, None)
    assert (worker.run_due(now=LATER + 2 * soon), effects(), kept().claims) == (1, ["greeted"], 4)


def test_a_task_may_give_up_at_once_with_its_reason(caplog: pytest.LogCaptureFixture) -> None:
    @task("hall.greet", key=None)
    def greet(run: Run) -> None:
        raise GiveUp("the hall is gone" * 100)

    actions.promise("hall.greet", now=NOW)
    assert (worker.run_due(now=NOW), worker.run_due(now=LATER)) == (1, 0)
    row = only()
    assert (row.given_up_at, row.last_error) == (NOW, ("the hall is gone" * 100)[:200])
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert actions.revive(now=LATER, kind="hall.wave") == 0
    assert actions.revive(now=LATER) == 1
    assert (only().given_up_at, only().attempts, only().due_at) == (None, 0, LATER)


def test_what_kills_its_worker_each_time_is_given_up_in_the_end() -> None:
    @task("hall.greet", key=None, retries=3, lease=timedelta(seconds=1))
    def greet(run: Run) -> None:
        raise Killed

    @task("hall.wave", key=None)
    def wave(run: Run) -> None:
        cause("waved")

    actions.promise("hall.greet", now=NOW)
    for second in range(3):
        with pytest.raises(Killed):
            worker.run_due(now=NOW + timedelta(seconds=second))
    actions.promise("hall.wave", now=NOW)
    assert worker.run_due(now=LATER) == 1
    row = Promise.objects.get(kind="hall.greet")
    assert (row.given_up_at, row.claims) == (LATER, 3)
    assert (row.last_error, effects()) == ("no run of it came to an end", ["waved"])


def test_long_work_goes_on_from_its_last_step() -> None:
    lives = [2, 1, 9]  # how many steps each process lives

    @task("hall.clean", key=None, atomic=False)
    def clean(run: Run, rooms: int) -> None:
        left = lives.pop(0)
        for room in range(run.state.get("next", 0), rooms):
            with run.step(done=room + 1, total=rooms, next=room + 1):
                cause(f"cleaned {room} {run.state['next'] if room else 0}")
                left -= 1
                if left < 0:
                    raise Killed

    actions.promise("hall.clean", payload={"rooms": 5}, now=NOW)
    for number, steps in ((0, 2), (1, 3)):
        with pytest.raises(Killed):
            worker.run_due(now=NOW + number * worker.LEASE)
        row = kept()
        assert (row.progress_done, row.progress_total, row.state) == (steps, 5, {"next": steps})
    assert worker.run_due(now=NOW + 3 * worker.LEASE) == 1
    assert effects() == [f"cleaned {room} {room}" for room in range(5)]
    assert (kept().progress_done, kept().attempts) == (5, 1)


def test_progress_forgives_earlier_failures_and_a_renewed_lease_does_not() -> None:
    @task("hall.clean", key=None, atomic=False)
    def clean(run: Run) -> None:
        """Stepped through by hand."""

    actions.promise("hall.clean", now=NOW)
    for number in range(3):
        held = claimed(NOW + number * actions.SOON)
    with held.step():
        pass
    assert (kept().attempts, kept().claims) == (3, 3)
    assert kept().locked_until == NOW + 3 * actions.SOON
    with held.step(done=1):
        pass
    assert (kept().attempts, kept().claims) == (1, 3)
    with pytest.raises(ZeroDivisionError), held.step(done=2, total=9, next=2):
        1 / 0  # noqa: B018
    assert (held.state, held.row.progress_done, kept().progress_done) == ({}, 1, 1)


def test_who_has_lost_the_lease_can_no_longer_write(caplog: pytest.LogCaptureFixture) -> None:
    stolen = []

    @task("hall.clean", key=None, atomic=False)
    def clean(run: Run) -> None:
        if not stolen:
            stolen.append(claimed(NOW + actions.SOON))
        with run.step(done=1):
            cause("cleaned")

    @task("hall.greet", key=None)
    def greet(run: Run) -> None:
        cause("greeted")

    actions.promise("hall.clean", now=NOW)
    actions.perform(claimed())
    assert (effects(), caplog.messages) == (
        [],
        [f"Another worker has taken over: {kept()}"],
    )
    actions.perform(stolen[0])
    assert (effects(), kept().done_at) == (["cleaned"], NOW + actions.SOON)

    actions.promise("hall.greet", now=NOW)
    slow = claimed()
    actions.perform(claimed(NOW + actions.SOON))
    actions.perform(slow)
    assert effects() == ["cleaned", "greeted"]
    with pytest.raises(LeaseLost):
        slow.close()


def test_the_end_of_a_run_that_lost_its_lease_is_not_written_down() -> None:
    errors: list[Exception] = [Later(), GiveUp("no"), ValueError("no")]

    @task("hall.clean", key=None, atomic=False)
    def clean(run: Run) -> None:
        claimed(run.now + actions.SOON)
        raise errors.pop()

    actions.promise("hall.clean", now=NOW)
    now = NOW
    while errors:
        actions.perform(claimed(now))
        now += 2 * actions.SOON
    row = kept()
    assert (row.claims, row.given_up_at, row.due_at, row.last_error) == (6, None, NOW, "")


def test_an_atomic_task_has_no_steps() -> None:
    @task("hall.greet", key=None)
    def greet(run: Run) -> None:
        with run.step():
            pass

    actions.promise("hall.greet", now=NOW)
    assert worker.run_due(now=NOW) == 1
    assert kept().last_error.startswith("RuntimeError at keeping.py:")


def test_the_key_of_a_run_stays_the_same_and_is_its_own() -> None:
    keys = []

    @task("hall.greet", key=None, atomic=False)
    def greet(run: Run) -> None:
        keys.append(run.key)
        if len(keys) == 1:
            raise Killed

    first = actions.promise("hall.greet", now=NOW)
    with pytest.raises(Killed):
        worker.run_due(now=NOW)
    second = actions.promise("hall.greet", now=LATER)
    assert worker.run_due(now=LATER) == 2
    assert keys == [f"hall.greet.{first.pk}.1779354000000000"] * 2 + [
        f"hall.greet.{second.pk}.1779357600000000"
    ]
