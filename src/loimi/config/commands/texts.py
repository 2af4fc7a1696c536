"""Gather the texts marked for translation into each room's catalogues."""

from __future__ import annotations

import argparse

SUMMARY = "gather the marked texts into the Finnish and Swedish catalogues"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(options: argparse.Namespace) -> int:
    """Update each room's catalogues; say what still lacks words."""
    from loimi.config import start, texts

    start.without_data()
    for path in sorted(texts.SOURCE.iterdir()):
        if path.is_dir() and len(texts.gathered(path)):
            texts.update(path)
    lacking = [fault for room in texts.rooms() for fault in texts.missing(room)]
    print("\n".join(lacking) or "Every text has its Finnish and its Swedish.")
    return int(bool(lacking))
