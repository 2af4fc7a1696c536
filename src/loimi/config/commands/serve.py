"""Run the whole thing: pages, files, jobs, one process, one data folder."""

from __future__ import annotations

import argparse

from loimi.config.process import server

SUMMARY = "run it for real: one process, one data folder"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take where to listen, and where the data is."""
    server.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until a signal comes."""
    return server.serve(options)
