"""The data folder: made private, with its secret inside, used by one server at a time."""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import suppress
from pathlib import Path

PARTS = ("files", "sessions", "spool", "static")


class FolderTaken(Exception):
    """Another server runs on this data folder."""


def prepare(data: Path) -> Path:
    """Make the data folder with its parts and its secret, where they are missing."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(PermissionError):  # somebody else's folder: the doctor says so
        data.chmod(0o700)
    for part in PARTS:
        (data / part).mkdir(mode=0o700, exist_ok=True)
    if not (data / "secret").exists():
        _make_secret(data)
    return data


def _make_secret(data: Path) -> None:
    # Written beside and linked: a start cut short leaves no half secret, and of two starts at
    # once the first one's secret stays.
    fresh = data / f"secret.{os.getpid()}"
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as new:
        new.write(secrets.token_urlsafe(64))
    with suppress(FileExistsError):
        os.link(fresh, data / "secret")
    fresh.unlink()


def take(data: Path) -> int:
    """Hold the folder until the process ends; raise FolderTaken when another one does."""
    handle = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise FolderTaken(
            f"Another Loimi runs on {data}. Stop it first, or choose another folder with --data."
        ) from None
    return handle
