"""Write docs/reference from the code, so that it cannot say anything else."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from loimi.config import start, texts
from loimi.config.commands.docs import pages

SUMMARY = "write docs/reference anew from the code"
FOLDER = texts.SOURCE.parents[1] / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "commands.md": pages.commands,
    "settings.md": pages.settings,
    "doors-and-keys.md": pages.doors_and_keys,
    "promises.md": pages.promises,
    "signals-and-ports.md": pages.signals_and_ports,
    "personal-data.md": pages.personal_data,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(options: argparse.Namespace) -> int:
    """Write every page; leave alone what nobody explained."""
    start.without_data()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
    unexplained = pages.unexplained()
    print("\n".join(unexplained) or f"{len(PAGES)} pages written to {FOLDER}.")
    return int(bool(unexplained))


def faults() -> list[str]:
    """List pages that differ from the code, and what has no sentence."""
    stale = [
        f"docs/reference/{name} is not what the code says: run ./loimi docs"
        for name, page in PAGES.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != page()
    ]
    return stale + pages.unexplained()
