"""The quick form of the slow drill."""

import pytest

from tests.drills import slow


@pytest.mark.drill
def test_slow_visitors_hold_nobody_up():
    found = slow.drill(visitors=20, megabytes=60)
    assert found.faults() == [], "\n".join(found.lines())
