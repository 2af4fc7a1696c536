"""Measure speed and memory: ratios against a named reference in the same run."""

from __future__ import annotations

import argparse

from loimi.config.commands import measured

SUMMARY = "measure speed and memory against a named reference"
FOLDER = "bench"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the name of a bench; the rest is its own."""
    measured.arguments(parser, FOLDER)


def run(options: argparse.Namespace) -> int:
    """Run one bench."""
    return measured.run(options, FOLDER)
