"""The work that the crash drill interrupts, and how it tells whether each promise was kept once."""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import random
import socket
import socketserver
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

KINDS = ("ledger", "steps", "outside")
STEPS = 6
THREADS = 2
LEASE = timedelta(seconds=0.7)
BACKLOG = 25
CONTROLS = ("transaction", "fence")


class Board:
    """Memory shared by all processes: which thread is inside which kind of work."""

    def __init__(self) -> None:
        self.slots = mmap.mmap(-1, 64)

    @contextlib.contextmanager
    def inside(self, kind: str) -> Iterator[None]:
        """Show that this thread is in the middle of something."""
        slot = self.first + int(threading.current_thread().name.rsplit("-", 1)[1])
        self.slots[slot] = KINDS.index(kind) + 1
        try:
            yield
        finally:
            self.slots[slot] = 0

    def take(self, process: int) -> None:
        """Use the slots of one process."""
        self.first = process * THREADS

    def wipe(self, process: int) -> list[str]:
        """Return what a process that is gone was in the middle of."""
        places = range(process * THREADS, (process + 1) * THREADS)
        found = [KINDS[self.slots[place] - 1] for place in places if self.slots[place]]
        for place in places:
            self.slots[place] = 0
        return found


class Receiver(socketserver.ThreadingTCPServer):
    """Someone outside: takes lines `key number`, and knows a repeat by its key."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Delivery)
        self.deliveries: list[tuple[str, int]] = []


class Delivery(socketserver.StreamRequestHandler):
    """One connection to the receiver."""

    server: Receiver

    def handle(self) -> None:
        words = self.rfile.readline().decode().split()
        if words == ["report"]:
            self.wfile.write(json.dumps(self.server.deliveries).encode())
        elif len(words) == 2:
            self.server.deliveries.append((words[0], int(words[1])))
            self.wfile.write(b"taken\n")


def ask(port: int, line: str) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(f"{line}\n".encode())
        with wire.makefile("rb") as answer:
            return answer.read()


def register(board: Board, port: int, control: str | None) -> None:
    """Register the three kinds of work, or break a rule on purpose."""
    from django.db import connection, transaction

    from loimi.outbox import actions, models
    from loimi.outbox.ports import Run, task

    def note(number: int, part: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO drill_ledger VALUES (%s, %s)", [number, part])

    @task("drill.ledger", key=None, atomic=control != "transaction")
    def ledger(run: Run, number: int) -> None:
        with board.inside("ledger"):
            with transaction.atomic():
                for part in range(2):
                    note(number, part)
                    time.sleep(0.005)
            # Long enough that some kill falls between the effect and its mark.
            time.sleep(0.25 if control == "transaction" else 0)

    @task("drill.steps", key=None, atomic=False)
    def steps(run: Run, number: int) -> None:
        with board.inside("steps"):
            for part in range(run.state.get("next", 0), STEPS):
                with run.step(done=part + 1, total=STEPS, next=part + 1):
                    note(number, part)
                    time.sleep(0.001)
                time.sleep(0.002)

    @task("drill.outside", key=None, atomic=False)
    def outside(run: Run, number: int) -> None:
        with board.inside("outside"):
            assert ask(port, f"{run.key} {number}") == b"taken\n"
            time.sleep(0.012)

    def write(self: Any, **changes: Any) -> None:
        models.Promise.objects.filter(pk=self.row.pk).update(**changes)

    if control == "fence":
        actions.Claim.write = write  # type: ignore[method-assign]


def produce(generation: int, path: Path, over: threading.Event) -> None:
    """Promise without end; acknowledge each on the disk once its transaction is committed."""
    from django.db import transaction
    from django.utils import timezone

    from loimi.outbox import actions
    from loimi.outbox.models import Promise

    chance = random.Random(generation)
    number = generation * 100_000
    file = os.open(path, os.O_WRONLY | os.O_APPEND)
    while not over.is_set():
        if Promise.objects.open().count() > BACKLOG:
            time.sleep(0.01)
            continue
        made = range(number, number := number + chance.randint(1, 4))
        with transaction.atomic():
            for one in made:
                kind, now = f"drill.{KINDS[one % 3]}", timezone.now()
                for _ in range(chance.choice([1, 1, 2])):  # a client may ask twice
                    actions.promise(kind, payload={"number": one}, key=str(one), now=now)
            is_dropped = chance.random() < 0.1
            transaction.set_rollback(is_dropped)
        if not is_dropped:
            os.write(file, "".join(f"{one}\n" for one in made).encode())
            os.fsync(file)


def verify(
    acknowledged: list[str], deliveries: list[list[Any]]
) -> tuple[dict[str, int], list[str]]:
    """Compare what was acknowledged, stored, done and delivered; return figures and faults."""
    from django.db import connection

    from loimi.outbox.models import Promise

    rows = list(Promise.objects.filter(kind__startswith="drill.").order_by("pk"))
    stored = {row.payload["number"]: row for row in rows}
    parts: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, part FROM drill_ledger")
        for number, part in cursor.fetchall():
            parts[number].append(part)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            sound = cursor.fetchone()[0] == "ok"
        else:
            sound = True
    keys: dict[int, set[str]] = defaultdict(set)
    for key, number in deliveries:
        keys[number].add(key)
    wanted = {"drill.ledger": [0, 1], "drill.steps": list(range(STEPS)), "drill.outside": []}
    wrong: dict[str, list[int]] = {
        "stored more than once": [0] * (len(rows) - len(stored)),
        "acknowledged and lost": sorted(set(map(int, acknowledged)) - set(stored)),
        "not done": [number for number, row in stored.items() if not row.done_at],
        "done twice": [n for n, found in parts.items() if len(found) > len(set(found))],
        "done in part": [n for n, row in stored.items() if not {*wanted[row.kind]} <= {*parts[n]}],
        "done, never promised": sorted((set(parts) | set(keys)) - set(stored)),
        "not delivered": [
            n for n, row in stored.items() if row.kind == "drill.outside" and not keys[n]
        ],
        "delivered under two keys": [n for n, found in keys.items() if len(found) > 1],
        "database not sound": [] if sound else [0],
    }
    figures = {
        "promises acknowledged": len(acknowledged),
        "promises stored": len(rows),
        "promises done": sum(bool(row.done_at) for row in rows),
        "runs that were cut short or taken over": sum(row.claims for row in rows) - len(rows),
        "deliveries outside": len(deliveries),
        "of these repeats, each told by its key": len(deliveries) - len({d[0] for d in deliveries}),
    }
    return figures, [f"{len(f)} {name}, such as {f[:3]}" for name, f in wrong.items() if f]
