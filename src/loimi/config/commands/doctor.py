"""Look at an installation and say how to mend what is wrong."""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

SUMMARY = "look at this installation and say how to mend what is wrong"
ROOM_LEAST = 500_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the data folder."""
    parser.add_argument("--data", type=Path, help="the data folder, if not the usual one")
    parser.add_argument("--again", action="store_true", help="try given-up promises again")


def run(options: argparse.Namespace) -> int:
    """Print what is well and what is not; change nothing."""
    if options.data:
        os.environ["LOIMI_DATA"] = str(options.data)
    from loimi.config import environment

    try:
        found = environment.read()
    except environment.BadSetting as wrong:
        print(f"✗ settings: {wrong}")
        return 1
    data = found.data.resolve()
    if not (data / "secret").exists():
        print(f"✗ folder: {data} holds no installation yet. ./loimi serve makes one.")
        return 1
    looks: list[tuple[str, Callable[[], Iterator[str]]]] = [
        ("folder", lambda: _folder(data)),
        ("database", lambda: _database(data, found.database_url)),
        ("promises", _promises),
    ]
    if options.again:
        looks.insert(2, ("again", _again))
    faulty = [name for name, look in looks if _look(name, look)]
    return int(bool(faulty))


def _look(name: str, look: Callable[[], Iterator[str]]) -> bool:
    faults = list(look())
    print(f"{'✗' if faults else ' '} {name}" + "".join(f"\n    {fault}" for fault in faults))
    return bool(faults)


def _folder(data: Path) -> Iterator[str]:
    for path in (data, data / "secret"):
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{path} can be read by others on this machine: chmod -R go-rwx {data}"
    if not os.access(data, os.W_OK):
        yield f"{data} cannot be written to by this user."
    if (free := shutil.disk_usage(data).free) < ROOM_LEAST:
        yield f"Only {free // 1_000_000} MB are free on the disk of {data}."


def _database(data: Path, url: str) -> Iterator[str]:
    from loimi.config import start

    if not url and not (data / "loimi.sqlite3").exists():
        yield "There is no database yet. ./loimi serve makes one."
        return
    start.with_data()
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as wrong:
        yield f"The database does not answer: {str(wrong).splitlines()[0]}"
        return
    if waiting:
        yield f"{len(waiting)} migrations are waiting. ./loimi serve does them when it starts."
    if not url:
        yield from _whole(data / "loimi.sqlite3")


def _whole(path: Path) -> Iterator[str]:
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as opened:
        said = [row[0] for row in opened.execute("PRAGMA quick_check")]
    opened.close()
    if said != ["ok"]:
        yield f"The database is damaged; bring back a backup. It says: {said[0]}"


def _again() -> Iterator[str]:
    from django.apps import apps
    from django.utils import timezone

    if not apps.ready:
        return
    from loimi.outbox import actions

    print(f"  {actions.revive(now=timezone.now())} promises will be tried again.")
    yield from ()


def _promises() -> Iterator[str]:
    from django.apps import apps
    from django.db import DatabaseError
    from django.utils import timezone

    if not apps.ready:
        return
    from loimi.outbox import queries

    try:
        found = queries.counts(now=timezone.now())
    except DatabaseError:
        return
    if found.given_up:
        yield (
            f"Promises given up: {found.given_up}. The log tells why. "
            "Is the cause mended? ./loimi doctor --again"
        )
    for kind, count in found.unknown.items():
        yield f"Promises that only another version of Loimi knows: {count} of kind {kind}."
    if found.late:
        yield f"Promises that are late: {found.late}. Does a worker run?"
