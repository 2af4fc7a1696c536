"""The crash drill in its quick form, and the controls that it must catch."""

from __future__ import annotations

import pytest

from tests.drills import crash

pytestmark = pytest.mark.drill
QUICK = ["--trials", "10"]


def test_kill_9_breaks_no_promise_on_sqlite(capfd: pytest.CaptureFixture[str]) -> None:
    assert crash.main([*QUICK, "--database", "sqlite"]) == 0
    assert "Every promise was kept once." in capfd.readouterr().out


@pytest.mark.postgres
def test_kill_9_breaks_no_promise_on_postgresql(capfd: pytest.CaptureFixture[str]) -> None:
    assert crash.main([*QUICK, "--database", "postgresql"]) == 0
    assert "Every promise was kept once." in capfd.readouterr().out


def test_the_drill_notices_an_effect_outside_the_transaction_of_its_mark(
    capfd: pytest.CaptureFixture[str],
) -> None:
    # Enough kills that one falls into the gap, however busy the machine is.
    words = ["--trials", "30", "--database", "sqlite", "--control", "transaction"]
    assert crash.main(words) == 1
    assert "done twice, such as" in capfd.readouterr().out
