"""Any mixture of promising, keeping, failing, killing and stealing, against a small model."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from loimi.outbox import actions
from loimi.outbox.models import Promise
from loimi.outbox.ports import GiveUp, Later, Run, task
from loimi.outbox.tests.conftest import NOW

RETRIES = 3
LEASE = timedelta(minutes=1)


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Expected:
    """What the model knows of one promise."""

    due_at: datetime
    order: int
    attempts: int = 0
    claims: int = 0
    held_until: datetime | None = None
    ended: str = ""

    def is_due(self, now: datetime) -> bool:
        is_free = self.held_until is None or self.held_until <= now
        return not self.ended and self.due_at <= now and is_free


class Outbox(RuleBasedStateMachine):
    """The room on the one side, a few lines on the other."""

    def __init__(self) -> None:
        super().__init__()
        Promise.objects.all().delete()
        self.now = NOW
        self.expected: dict[int, Expected] = {}
        self.keys: dict[str, int] = {}
        self.effects: Counter[int] = Counter()
        self.lost: list[tuple[actions.Claim, int]] = []

    @rule(key=st.sampled_from([None, "a", "b"]), minutes=st.integers(-5, 5))
    def promise(self, key: str | None, minutes: int) -> None:
        due_at = self.now + timedelta(minutes=minutes)
        row = actions.promise("hall.model", key=key, now=self.now, due_at=due_at)
        if key in self.keys:
            assert row.pk == self.keys[key]
            return
        self.expected[row.pk] = Expected(due_at, row.pk)
        if key is not None:
            self.keys[key] = row.pk

    @rule(seconds=st.sampled_from([1, 30, 60, 600, 6 * 3600]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(outcome=st.sampled_from(["done", "done", "fail", "later", "give up", "killed", "slow"]))
    def work(self, outcome: str) -> None:
        known = self._claimed_in_model()
        held = actions.claim(now=self.now, lease=LEASE)
        assert (held and held.row.pk) == known
        if held is None or known is None:
            return
        if outcome == "slow":
            self.lost.append((held, self.expected[known].claims))
            return
        OUTCOME.append(outcome)
        try:
            actions.perform(held)
        except Killed:
            return
        self._ended_in_model(known, outcome)

    @rule()
    def slow_one_comes_back(self) -> None:
        """A run that may have lost its lease goes on: it counts only if nobody took over."""
        if not self.lost:
            return
        held, claims = self.lost.pop()
        OUTCOME.append("done")
        actions.perform(held)
        OUTCOME.clear()
        expected = self.expected[held.row.pk]
        if expected.claims == claims and not expected.ended:
            self._ended_in_model(held.row.pk, "done")

    def _claimed_in_model(self) -> int | None:
        due = [pk for pk, one in self.expected.items() if one.is_due(self.now)]
        for pk in sorted(due, key=lambda pk: (self.expected[pk].due_at, pk)):
            one = self.expected[pk]
            if one.attempts < RETRIES:
                one.attempts += 1
                one.claims += 1
                one.held_until = self.now + LEASE
                return pk
            one.ended = "given up"
        return None

    def _ended_in_model(self, pk: int, outcome: str) -> None:
        one = self.expected[pk]
        one.held_until = None
        if outcome == "done":
            one.ended = "done"
            self.effects[pk] += 1
        elif outcome == "give up" or (outcome == "fail" and one.attempts >= RETRIES):
            one.ended = "given up"
        elif outcome == "later":
            one.attempts -= 1
            one.due_at = self.now + timedelta(minutes=2)
        else:
            one.due_at = self.now + actions.pause_after(one.attempts, pk)

    @invariant()
    def both_agree(self) -> None:
        rows = Promise.objects.filter(kind="hall.model")
        assert {row.pk: (row.claims, row.attempts, _end_of(row)) for row in rows} == {
            pk: (one.claims, one.attempts, one.ended) for pk, one in self.expected.items()
        }
        effects = Promise.objects.filter(kind="effect").values_list("progress_done", flat=True)
        assert Counter(effects) == self.effects


OUTCOME: list[str] = []


def _end_of(row: Promise) -> str:
    return "done" if row.done_at else "given up" if row.given_up_at else ""


def _keep(run: Run) -> None:
    assert isinstance(run, actions.Claim)
    Promise.objects.create(
        kind="effect", progress_done=run.row.pk, due_at=run.now, created_at=run.now
    )
    outcome = OUTCOME.pop()
    if outcome == "done":
        return
    raise {
        "fail": ValueError(),
        "later": Later(run.now + timedelta(minutes=2)),
        "give up": GiveUp("no"),
        "killed": Killed(),
    }[outcome]


@pytest.mark.django_db
def test_the_outbox_agrees_with_its_model() -> None:
    task("hall.model", key=None, retries=RETRIES)(_keep)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Outbox,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
