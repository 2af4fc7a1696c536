"""Fifty threads write to SQLite, with the write gate and without it, in turn.

Each transaction reads a row, inserts one and counts on one row that all of them want; then its
thread rests for 5 ms. Durable as in production: a commit is on the disk before it is told.

    ./loimi bench writes [--threads 50] [--seconds 8] [--rounds 2]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import django
from django.conf import settings
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from loimi.config import databases

VARIANTS = {"no gate": "django.db.backends.sqlite3", "gate": "loimi.base.sqlite"}
TABLES = (
    "CREATE TABLE conversation (id integer PRIMARY KEY, messages integer NOT NULL)",
    "CREATE TABLE message (id integer PRIMARY KEY, conversation integer, text text)",
    "INSERT INTO conversation VALUES (1, 0)",
)


@dataclass
class Round:
    """What one variant did in one round: times in milliseconds."""

    seconds: float
    times: list[float] = field(default_factory=list)
    locked: int = 0

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def line(self, name: str) -> str:
        at = statistics.quantiles(self.times, n=100)
        return (
            f"{name:8} {self.rate:8.0f} ok/s {self.locked:6} locked   "
            f"p50 {at[49]:7.1f}   p99 {at[98]:7.1f}   max {max(self.times):7.1f} ms"
        )


def main(words: list[str]) -> int:
    """Print both variants in turn, and their ratio; fail when a gated write was locked out."""
    parser = argparse.ArgumentParser(prog="./loimi bench writes")
    parser.add_argument("--threads", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args(words)
    if not settings.configured:
        settings.configure()
        django.setup()
    rates: dict[str, list[float]] = {name: [] for name in VARIANTS}
    locked = 0
    for _ in range(options.rounds):
        for name, engine in VARIANTS.items():
            done = measure(engine, options.threads, options.seconds)
            print(done.line(name), flush=True)
            rates[name].append(done.rate)
            locked += done.locked if name == "gate" else 0
    ratios = [gated / plain for gated, plain in zip(rates["gate"], rates["no gate"], strict=True)]
    print("gate / no gate: " + ", ".join(f"{ratio:.2f}" for ratio in ratios))
    return int(locked > 0)


def measure(engine: str, threads: int, seconds: float) -> Round:
    """Let the threads write for some seconds to a fresh file."""
    with tempfile.TemporaryDirectory(prefix="loimi-bench-") as folder:
        wanted = databases.connection("", Path(folder)) | {"ENGINE": engine}
        connections = ConnectionHandler({"default": wanted})
        with connections["default"].cursor() as cursor:
            for statement in TABLES:
                cursor.execute(statement)
        done = Round(seconds)
        end = time.monotonic() + seconds
        writers = [
            threading.Thread(target=write, args=(connections, end, done)) for _ in range(threads)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        check(connections["default"], done)
        connections["default"].close()
    return done


def write(connections: ConnectionHandler, end: float, done: Round) -> None:
    """Write, rest, and again until the end."""
    connection = connections["default"]
    while time.monotonic() < end:
        before = time.perf_counter()
        try:
            write_once(connection)
            done.times.append((time.perf_counter() - before) * 1000)
        except OperationalError:
            done.locked += 1
            connection.close()
        time.sleep(0.005)
    connection.close()


def write_once(connection: BaseDatabaseWrapper) -> None:
    """Do what `transaction.atomic` does, on a connection of the bench's own."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT messages FROM conversation WHERE id = 1")
        (number,) = cursor.fetchone()
        cursor.execute("INSERT INTO message (conversation, text) VALUES (1, %s)", [f"No. {number}"])
        cursor.execute("UPDATE conversation SET messages = %s WHERE id = 1", [number + 1])
    connection.commit()
    connection.set_autocommit(True)


def check(connection: BaseDatabaseWrapper, done: Round) -> None:
    """See that every acknowledged write is there, and none twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT messages, (SELECT count(*) FROM message) FROM conversation")
        if cursor.fetchone() != (len(done.times), len(done.times)):
            raise SystemExit("Some writes were lost")
