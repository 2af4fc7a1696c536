"""The data folder: private, with one secret, taken by one server."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from loimi.config import folder


def test_the_folder_is_private_and_keeps_its_secret(tmp_path: Path) -> None:
    data = folder.prepare(tmp_path / "a" / "data")
    secret = (data / "secret").read_text()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [data, *data.iterdir()]}
    assert modes == {"data": 0o700, "secret": 0o600} | dict.fromkeys(folder.PARTS, 0o700)
    assert len(secret) > 60
    folder.prepare(data)
    assert (data / "secret").read_text() == secret
    assert folder.prepare(tmp_path / "b") / "secret" != secret


def test_a_folder_made_beforehand_is_made_private(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    folder.prepare(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_of_two_starts_at_once_the_first_secret_stays(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("first")
    folder._make_secret(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
    assert (tmp_path / "secret").read_text() == "first"


def test_two_servers_cannot_take_one_folder(tmp_path: Path) -> None:
    first = folder.take(tmp_path)
    with pytest.raises(folder.FolderTaken, match="Another Loimi runs on"):
        folder.take(tmp_path)
    os.close(first)
    os.close(folder.take(tmp_path))
