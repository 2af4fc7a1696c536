"""What a worker finds when it starts."""

from __future__ import annotations

import pytest

from loimi.outbox import actions, ports, worker
from loimi.outbox.models import Promise
from loimi.outbox.ports import Run, task
from loimi.outbox.tests.conftest import NOW, claimed

pytestmark = pytest.mark.django_db


def test_an_unknown_kind_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    Promise.objects.create(kind="hall.newer", due_at=NOW, created_at=NOW)
    assert worker.run_due(now=NOW) == 0
    actions.begin(now=NOW, is_alone=True)
    assert caplog.messages == ["No code here keeps 1 promises of kind hall.newer; they are left"]
    assert Promise.objects.get(kind="hall.newer").attempts == 0


def test_only_a_worker_that_is_alone_frees_what_a_killed_one_held(
    kinds: dict[str, ports.Task],
) -> None:
    kinds.clear()

    @task("hall.greet", key=None)
    def greet(run: Run) -> None:
        """Do nothing."""

    actions.promise("hall.greet", now=NOW)
    claimed()
    actions.begin(now=NOW, is_alone=False)
    assert actions.claim(now=NOW, lease=worker.LEASE) is None
    actions.begin(now=NOW, is_alone=True)
    assert claimed().row.claims == 2
