"""`./loimi worker`, as a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import postgres

COMMAND = [sys.executable, "-m", "loimi", "worker"]


def _start(data: Path, **more: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = kept | {"LOIMI_DATA": str(data)} | more
    return subprocess.Popen(
        COMMAND, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def test_with_sqlite_it_says_where_the_worker_lives(tmp_path: Path) -> None:
    process = _start(tmp_path)
    said = process.communicate(timeout=60)[0]
    assert (process.returncode, said.count("\n")) == (2, 1)
    assert "lives inside `./loimi serve`" in said


@pytest.mark.postgres
@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_waits_for_a_database_without_tables_and_ends_when_asked(
    tmp_path: Path, asked: signal.Signals
) -> None:
    with postgres.database(f"loimi_worker_{os.getpid()}") as url:
        process = _start(tmp_path, DATABASE_URL=url)
        assert process.stdout is not None
        said = ""
        while "it goes on trying" not in said:
            said += (line := process.stdout.readline())
            assert line, said
        process.send_signal(asked)
        rest = process.communicate(timeout=15)[0]
    assert process.returncode == 0, said + rest
    assert "Keeping promises, 2 at a time" in said + rest
