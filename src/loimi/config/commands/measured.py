"""What `bench` and `prove` share: each name is a module of tests/ with `main(words)`."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from loimi.config import texts

ROOT = texts.SOURCE.parents[1]


def names(folder: str) -> list[str]:
    """List what can be run: the modules that are no tests themselves."""
    found = (ROOT / "tests" / folder).glob("*.py")
    return sorted(path.stem for path in found if _has_main(path))


def _has_main(path: Path) -> bool:
    return not path.stem.startswith(("_", "test_")) and "\ndef main(" in path.read_text()


def arguments(parser: argparse.ArgumentParser, folder: str) -> None:
    """Take a name and its own words."""
    parser.add_argument(
        "name", choices=names(folder), metavar="NAME", help=", ".join(names(folder))
    )
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="...")


def run(options: argparse.Namespace, folder: str) -> int:
    """Run one of them in this process, the texts compiled."""
    texts.compile_changed()
    return int(import_module(f"tests.{folder}.{options.name}").main(options.words) or 0)
