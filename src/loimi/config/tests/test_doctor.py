"""The doctor: looks at a real installation, changes nothing, says how to mend it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from loimi.config import folder
from loimi.config.commands import doctor
from loimi.outbox.models import Promise
from tests.support import house, postgres


def loimi(*words: str, **more: str) -> tuple[int, list[str]]:
    ended = subprocess.run(
        [sys.executable, "-m", "loimi", *words],
        env=house.environment(**more),
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, (ended.stdout + ended.stderr).splitlines()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = folder.prepare(tmp_path_factory.mktemp("doctor") / "data")
    status, _lines = loimi("manage", "migrate", "-v0", LOIMI_DATA=str(data))
    assert status == 0
    os.chmod(data / "loimi.sqlite3", 0o600)  # noqa: PTH101 - as it is made
    return data


@pytest.fixture
def opened(installed: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(installed / "loimi.sqlite3", isolation_level=None)
    yield connection
    connection.close()


def test_a_whole_installation_is_well(installed: Path) -> None:
    assert loimi("doctor", "--data", str(installed)) == (
        0,
        ["  folder", "  database", "  promises"],
    )


def test_no_installation_is_told_what_makes_one(tmp_path: Path) -> None:
    assert loimi("doctor", "--data", str(tmp_path)) == (
        1,
        [f"✗ folder: {tmp_path} holds no installation yet. ./loimi serve makes one."],
    )
    folder.prepare(tmp_path)
    status, lines = loimi("doctor", "--data", str(tmp_path))
    assert (status, lines[1:]) == (
        1,
        ["✗ database", "    There is no database yet. ./loimi serve makes one.", "  promises"],
    )


def test_a_bad_setting_is_said(tmp_path: Path) -> None:
    assert loimi("doctor", LOIMI_PORT="x", LOIMI_DATA=str(tmp_path)) == (
        1,
        ["✗ settings: LOIMI_PORT: 'x' is not a whole number."],
    )


def test_a_folder_that_others_can_read_is_found(installed: Path) -> None:
    installed.chmod(0o755)
    status, lines = loimi("doctor", "--data", str(installed))
    installed.chmod(0o700)
    assert (status, lines[:2]) == (
        1,
        [
            "✗ folder",
            f"    {installed} can be read by others on this machine: chmod -R go-rwx {installed}",
        ],
    )


@pytest.mark.django_db
def test_promises_that_were_not_kept_are_found() -> None:
    assert list(doctor._promises()) == []
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    for kind, given_up_at in (
        ("outbox.tidy", None),
        ("outbox.tidy", long_ago),
        ("rooms.of_tomorrow", None),
    ):
        Promise.objects.create(
            kind=kind, due_at=long_ago, created_at=long_ago, given_up_at=given_up_at
        )
    assert list(doctor._promises()) == [
        "Promises given up: 1. The log tells why. Is the cause mended? ./loimi doctor --again",
        "Promises that only another version of Loimi knows: 1 of kind rooms.of_tomorrow.",
        "Promises that are late: 2. Does a worker run?",
    ]
    assert list(doctor._again()) == []
    assert list(doctor._promises()) == [
        "Promises that only another version of Loimi knows: 1 of kind rooms.of_tomorrow.",
        "Promises that are late: 2. Does a worker run?",
    ]


def test_trying_again_needs_a_database(installed: Path) -> None:
    assert loimi("doctor", "--again", "--data", str(installed)) == (
        0,
        ["  folder", "  database", "  0 promises will be tried again.", "  again", "  promises"],
    )


def test_waiting_migrations_are_found(installed: Path, opened: sqlite3.Connection) -> None:
    opened.execute("CREATE TABLE kept AS SELECT * FROM django_migrations WHERE app = 'sessions'")
    opened.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    status, lines = loimi("doctor", "--data", str(installed))
    opened.execute("INSERT INTO django_migrations SELECT * FROM kept")
    opened.execute("DROP TABLE kept")
    assert (status, lines[1:3]) == (
        1,
        ["✗ database", "    1 migrations are waiting. ./loimi serve does them when it starts."],
    )


def test_a_folder_with_an_odd_name_is_looked_at_itself(installed: Path, tmp_path: Path) -> None:
    odd = tmp_path / "a#b?c"
    shutil.copytree(installed, odd)
    assert loimi("doctor", "--data", str(odd)) == (0, ["  folder", "  database", "  promises"])
    assert list(tmp_path.iterdir()) == [odd]


def test_a_damaged_database_is_found(installed: Path, tmp_path: Path) -> None:
    data = folder.prepare(tmp_path / "damaged")
    whole = bytearray((installed / "loimi.sqlite3").read_bytes())
    for page in range(8, len(whole) // 4096):
        whole[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    (data / "loimi.sqlite3").write_bytes(whole)
    status, lines = loimi("doctor", "--data", str(data))
    assert (status, "✗ database" in lines) == (1, True)


@pytest.mark.postgres
def test_a_postgresql_that_is_away_is_found(installed: Path) -> None:
    away = f"postgresql://postgres@127.0.0.1:{house.free_port()}/none"
    status, lines = loimi("doctor", "--data", str(installed), DATABASE_URL=away)
    assert status == 1
    assert lines[1] == "✗ database"
    assert lines[2].startswith("    The database does not answer: ")
    with postgres.database("loimi_doctor") as url:
        status, lines = loimi("doctor", "--data", str(installed), DATABASE_URL=url)
    assert (status, lines[1][:1], lines[2].split()[1]) == (1, "✗", "migrations")
