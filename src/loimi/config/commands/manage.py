"""Django's own commands, for developers."""

from __future__ import annotations

import argparse

HANDS_ON = True  # every word goes on as it is
SUMMARY = "Django's own commands, for developers: makemigrations, migrate, shell ..."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take everything as it is: Django reads it."""
    parser.add_argument("words", nargs=argparse.REMAINDER)


def run(options: argparse.Namespace) -> None:
    """Hand the words to Django."""
    from loimi.config import start

    start.with_data()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./loimi manage", *options.words])
