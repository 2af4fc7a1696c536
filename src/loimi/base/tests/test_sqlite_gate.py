"""The gate alone: order, time limits, and owners that vanish."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable

import pytest

from loimi.base.sqlite.gate import Gate, WaitedTooLong, gate_before


class Owner:
    """A connection as the gate sees it."""

    def __init__(self) -> None:
        self.is_gone = False
        self.abandoned = 0

    def abandon(self) -> None:
        self.abandoned += 1


def started(act: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    return thread


def until(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.002)


def test_lets_them_in_in_the_order_they_came():
    gate, owner, order = Gate(), Owner(), []
    first = gate.enter(owner, 5)

    def pass_through(number: int) -> None:
        mine = Owner()
        ticket = gate.enter(mine, 30)
        order.append(number)
        gate.leave(ticket)

    threads = []
    for number in range(40):
        threads.append(started(lambda number=number: pass_through(number)))
        until(lambda: len(gate._waiting) == number + 1)  # noqa: B023 - called at once
    gate.leave(first)
    for thread in threads:
        thread.join(10)
    assert order == list(range(40))
    assert gate._inside is None


def test_only_one_is_inside_under_pressure():
    gate, inside, worst = Gate(), [0], [0]

    def rush() -> None:
        owner = Owner()
        for _ in range(200):
            ticket = gate.enter(owner, 30)
            inside[0] += 1
            worst[0] = max(worst[0], inside[0])
            inside[0] -= 1
            gate.leave(ticket)

    threads = [started(rush) for _ in range(16)]
    for thread in threads:
        thread.join(30)
    assert (worst[0], gate._inside, len(gate._waiting)) == (1, None, 0)


def test_a_wait_ends_at_its_limit_and_frees_its_place():
    gate, owner, other = Gate(), Owner(), Owner()
    ticket = gate.enter(owner, 0)
    before = time.monotonic()
    with pytest.raises(WaitedTooLong):
        gate.enter(other, 0.3)
    assert 0.29 < time.monotonic() - before < 5
    assert len(gate._waiting) == 0
    gate.leave(ticket)
    gate.leave(ticket)
    gate.leave(gate.enter(other, 0))


def test_an_interrupted_wait_leaves_no_place_behind():
    gate, owner, other = Gate(), Owner(), Owner()
    ticket = gate.enter(owner, 0)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    gate._wait = interrupted  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        gate.enter(other, 5)
    del gate._wait
    gate.leave(ticket)
    gate.leave(gate.enter(other, 0))


def test_a_turn_that_comes_with_the_interruption_is_given_on():
    gate, owner, other = Gate(), Owner(), Owner()
    ticket = gate.enter(owner, 0)

    def interrupted(*_: object) -> None:
        gate.leave(ticket)
        raise KeyboardInterrupt

    gate._wait = interrupted  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        gate.enter(other, 5)
    assert gate._inside is None


def test_a_dead_thread_is_rolled_back_and_does_not_stop_the_others():
    gate, owner, other = Gate(), Owner(), Owner()
    started(lambda: gate.enter(owner, 5)).join()
    gate.leave(gate.enter(other, 5))
    assert owner.abandoned == 1


def test_a_thread_that_dies_while_others_wait_is_noticed():
    gate, owner, other = Gate(), Owner(), Owner()
    release, entered = threading.Event(), threading.Event()

    def hold() -> None:
        gate.enter(owner, 5)
        entered.set()
        release.wait(10)

    started(hold)
    entered.wait(10)
    waiting = started(lambda: gate.leave(gate.enter(other, 20)))
    until(lambda: len(gate._waiting) == 1)
    release.set()
    waiting.join(10)
    assert not waiting.is_alive()
    assert owner.abandoned == 1


def test_a_closed_or_forgotten_connection_does_not_stop_the_others():
    gate, closed, other = Gate(), Owner(), Owner()
    gate.enter(closed, 0)
    closed.is_gone = True
    gate.leave(gate.enter(other, 0))
    forgotten = Owner()
    gate.enter(forgotten, 0)
    del forgotten
    gc.collect()
    gate.leave(gate.enter(other, 0))


def test_a_file_has_one_gate_however_it_is_named(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    one = gate_before(tmp_path / "folder" / "a.sqlite3")
    assert one is gate_before(tmp_path / "link" / "a.sqlite3")
    assert one is not gate_before(tmp_path / "folder" / "b.sqlite3")


def test_a_forked_child_begins_with_open_gates(tmp_path):
    owner, path = Owner(), tmp_path / "a.sqlite3"
    gate_before(path).enter(owner, 0)
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        try:
            gate_before(path).enter(Owner(), 0)
        except BaseException:  # noqa: BLE001 - the exit status tells
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
