"""Kill the outbox in the middle of its work, many times, and count what became of each promise.

`./loimi prove crash`: real workers on a real database, killed with -9 at random instants and
sometimes frozen until their leases have run out. In the end each promise must be done, none
that was acknowledged may be missing, and none may be done twice where that can be known: in
the database never, outside only with the same key. A control that breaks a rule must be caught.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.drills import _crash_work as work

ROOT = Path(__file__).resolve().parents[2]
FREEZES = 0.08  # share of the trials that freeze a process instead of killing it


def main(words: list[str]) -> int:
    """Run the drill on each database in a process of its own; return 1 when a promise is broken."""
    from tests.support import postgres

    options = _parser().parse_args(words)
    if options.stage:
        return Stage(options).run()
    status = 0
    if options.database != "postgresql":
        status |= _stage(words)
    if options.database != "sqlite":
        if not postgres.server():
            print("NOT RUN: PostgreSQL does not answer (LOIMI_TEST_POSTGRES)")
            return 1
        with postgres.database(f"loimi_crash_{os.getpid()}") as url:
            status |= _stage(words, DATABASE_URL=url)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./loimi prove crash", description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--control", choices=work.CONTROLS, help="break this rule; must be caught")
    parser.add_argument("--stage", action="store_true", help=argparse.SUPPRESS)
    return parser


def _stage(words: list[str], **more: str) -> int:
    with tempfile.TemporaryDirectory(prefix="loimi-crash-") as folder:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        environment = kept | {"LOIMI_DATA": folder, "PYTHONPATH": paths} | more
        command = [sys.executable, "-m", "tests.drills.crash", *words, "--stage"]
        return subprocess.call(command, cwd=ROOT, env=environment)


def _fork(work: Callable[[], None]) -> int:
    process = os.fork()
    if process:
        return process
    try:
        work()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a forked process must never return into the drill
        os.write(2, f"{sys.exc_info()[1]!r}\n".encode())
    os._exit(1)


class Stage:
    """One run of the drill on one database."""

    def __init__(self, options: argparse.Namespace) -> None:
        from loimi.config import start

        self.options = options
        self.is_sqlite = not start.with_data().database_url
        self.name = "SQLite" if self.is_sqlite else "PostgreSQL"
        self.random = random.Random(options.seed)
        self.board = work.Board()
        self.acknowledged = Path(os.environ["LOIMI_DATA"]) / "acknowledged"
        self.acknowledged.touch()
        self.receiver = work.Receiver()
        self.port = self.receiver.server_address[1]
        self.processes: dict[int, int] = {}
        self.generation = 0
        self.hits: Counter[str] = Counter()
        self.killed = self.trials_hit = self.frozen = 0

    def run(self) -> int:
        """Prepare, break, repair, verify, report."""
        begun = time.monotonic()
        self._prepare()
        receiver = _fork(self.receiver.serve_forever)
        try:
            for _ in range(self.options.trials):
                self._trial()
            self._finish()
            deliveries = json.loads(work.ask(self.port, "report"))
        finally:
            for process in [receiver, *self.processes.values()]:
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
        figures, faults = work.verify(self.acknowledged.read_text().split(), deliveries)
        least = self.options.trials // 2
        if self.trials_hit < least:
            faults.append(f"only {self.trials_hit} trials hit work in progress, {least} wanted")
        self._report(figures, faults, time.monotonic() - begun)
        return int(bool(faults))

    def _prepare(self) -> None:
        from django.core.management import call_command
        from django.db import connection, connections

        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE drill_ledger (number integer, part integer)")
        work.register(self.board, self.port, self.options.control)
        connections.close_all()  # a connection must not live through a fork

    def _trial(self) -> None:
        for place in range(1 if self.is_sqlite else 2):
            if place not in self.processes:
                self.generation += 1
                self.processes[place] = _fork(lambda place=place: self._serve(place, place == 0))
        self._wait_until_busy()
        time.sleep(self.random.uniform(0, 0.25))
        places = sorted(self.processes)
        if self.random.random() < (0.5 if self.options.control == "fence" else FREEZES):
            return self._freeze(self.random.choice(places))
        victims = self.random.choice([places, *[[place] for place in places]])
        for place in victims:
            os.kill(self.processes[place], signal.SIGKILL)
        hits = []
        for place in victims:
            os.waitpid(self.processes.pop(place), 0)
            hits += self.board.wipe(place)
        self.killed += len(victims)
        self.hits.update(hits)
        self.trials_hit += bool(hits)
        return None

    def _wait_until_busy(self) -> None:
        deadline = time.monotonic() + 20
        while not any(self.board.slots[:]) and time.monotonic() < deadline:
            time.sleep(0.002)

    def _freeze(self, place: int) -> None:
        """Stop a process until others may have taken over, then let it go on."""
        hits = [
            slot
            for slot in self.board.slots[place * work.THREADS : (place + 1) * work.THREADS]
            if slot
        ]
        os.kill(self.processes[place], signal.SIGSTOP)
        time.sleep(work.LEASE.total_seconds() + 0.3)
        os.kill(self.processes[place], signal.SIGCONT)
        self.frozen += 1
        self.trials_hit += bool(hits)

    def _serve(self, place: int, is_producing: bool) -> None:
        from loimi.outbox.worker import Worker

        over = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: over.set())
        self.board.take(place)
        worker = Worker(threads=work.THREADS, lease=work.LEASE, longest_sleep=0.1)
        worker.start()
        if is_producing:
            work.produce(self.generation, self.acknowledged, over)
        over.wait()
        assert worker.stop(timeout=8)

    def _finish(self) -> None:
        """Let one process end the rest, and end it as one should."""
        from django.db import connections

        from loimi.outbox.models import Promise

        for process in self.processes.values():
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        self.processes = {0: _fork(lambda: self._serve(0, is_producing=False))}
        mine = Promise.objects.open().filter(kind__startswith="drill.")
        deadline = time.monotonic() + 120
        while mine.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        connections.close_all()
        process = self.processes.pop(0)
        os.kill(process, signal.SIGTERM)
        assert os.waitpid(process, 0)[1] == 0, "the last worker did not end cleanly"

    def _report(self, figures: dict[str, int], faults: list[str], seconds: float) -> None:
        hits = ", ".join(f"{count} {kind}" for kind, count in sorted(self.hits.items()))
        print(f"{self.name}: {self.options.trials} trials in {seconds:.0f} s", end="")
        print(f" (seed {self.options.seed})")
        print(f"  {self.killed} processes killed, {self.frozen} frozen past their leases;")
        print(f"  {self.trials_hit} trials hit work in progress (cut short: {hits})")
        print("\n".join(f"  {count:6} {name}" for name, count in figures.items()))
        print(
            "\n".join(f"  BROKEN: {fault}" for fault in faults) or "  Every promise was kept once."
        )
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
