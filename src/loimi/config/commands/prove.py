"""Prove what a short test cannot: drills that break things on purpose."""

from __future__ import annotations

import argparse

from loimi.config.commands import measured

SUMMARY = "prove what a short test cannot, by drills that break things on purpose"
FOLDER = "drills"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the name of a drill; the rest is its own."""
    measured.arguments(parser, FOLDER)


def run(options: argparse.Namespace) -> int:
    """Run one drill."""
    return measured.run(options, FOLDER)
