"""Keep promises in a process of their own."""

from __future__ import annotations

import argparse

SUMMARY = "keep promises (mail, reminders, long work) beside serve; needs PostgreSQL"
ONLY_POSTGRESQL = "With SQLite the worker lives inside `./loimi serve`. It needs DATABASE_URL."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take how many promises it works on at a time."""
    parser.add_argument(
        "--threads",
        type=int,
        default=2,
        choices=range(1, 33),
        metavar="N",
        help="promises at a time (2)",
    )


def run(options: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT; what is in hand has eight seconds to end."""
    from loimi.config import start

    if not start.with_data().database_url:
        print(ONLY_POSTGRESQL)
        return 2
    return _work(options.threads)


def _work(threads: int) -> int:
    import logging
    import signal
    import threading

    from loimi.outbox.worker import Worker

    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    worker = Worker(threads=threads)
    worker.start()
    logging.getLogger(__name__).info("Keeping promises, %d at a time", threads)
    over.wait()
    return 0 if worker.stop(timeout=8) else 1
