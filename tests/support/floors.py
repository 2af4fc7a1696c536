"""Coverage floors: the rooms and files that must be walked whole, and the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

WHOLE_ROOMS = {"engine", "outbox", "hub"}
WHOLE_FILES = {"actions", "queries", "permissions"}
ELSEWHERE = 95.0


def check(root: Path, *, lacking: list[str]) -> int:
    """Print what lies under its floor; return 1 when something does.

    Where the machine lacks what some tests need, the floors cannot be held to; it is said.
    """
    run = [sys.executable, "-m", "coverage"]
    subprocess.run([*run, "combine", "--quiet"], cwd=root, check=True)
    subprocess.run([*run, "json", "--quiet", "-o", "coverage.json"], cwd=root, check=True)
    files: dict[str, Any] = json.loads((root / "coverage.json").read_text())["files"]
    faults = under(files)
    totals = rooms(files)
    print("\nCoverage, lines and branches:")
    print("\n".join(f"  {room:12} {share:6.2f} %" for room, share in sorted(totals.items())))
    if lacking:
        print(f"Floors were not held to: {' and '.join(lacking)} missing here.")
        return 0
    print("\n".join(faults) or "Every floor holds.")
    return int(bool(faults))


def under(files: dict[str, Any]) -> list[str]:
    """List the files and rooms that lie under their floor."""
    faults = []
    for name, found in files.items():
        if _must_be_whole(name) and found["summary"]["percent_covered"] < 100:
            lines = ", ".join(map(str, found["missing_lines"])) or "branches"
            faults.append(f"UNDER ITS FLOOR of 100 %: {name} (not walked: {lines})")
    faults += [
        f"UNDER ITS FLOOR of {ELSEWHERE:.0f} %: {room} has {share:.2f} %"
        for room, share in rooms(files).items()
        if share < ELSEWHERE
    ]
    return faults


def rooms(files: dict[str, Any]) -> dict[str, float]:
    """Return the share of lines and branches that tests walk, by room."""
    walked: dict[str, int] = defaultdict(int)
    whole: dict[str, int] = defaultdict(int)
    for name, found in files.items():
        parts = Path(name).parts
        room = parts[2] if len(parts) > 3 else "loimi"
        summary = found["summary"]
        walked[room] += summary["covered_lines"] + summary.get("covered_branches", 0)
        whole[room] += summary["num_statements"] + summary.get("num_branches", 0)
    return {room: 100 * walked[room] / whole[room] for room in whole if whole[room]}


def _must_be_whole(name: str) -> bool:
    parts = Path(name).parts
    return parts[2] in WHOLE_ROOMS or (len(parts) > 3 and Path(parts[3]).stem in WHOLE_FILES)
