"""Check everything that can be checked without running it."""

from __future__ import annotations

import argparse
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable

from loimi.config import start, texts
from loimi.config.commands import docs
from loimi.config.commands.checks import sizes, templates

SUMMARY = "check style, types, floors, templates, sizes, translations and docs"
ROOT = texts.SOURCE.parents[1]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `--fix`."""
    parser.add_argument("--fix", action="store_true", help="mend the style first")


def run(options: argparse.Namespace) -> int:
    """Run each check, all of them also when one fails."""
    start.without_data()
    if options.fix:
        _tool("ruff", "check", "--fix", "--quiet", ".")
        _tool("ruff", "format", "--quiet", ".")
    checks: list[tuple[str, Callable[[], Iterable[str]]]] = [
        ("style", lambda: _tool("ruff", "check", "--quiet", ".")),
        ("form", lambda: _tool("ruff", "format", "--check", "--quiet", ".")),
        ("types", lambda: _tool("mypy", "--no-error-summary", "src/loimi")),
        ("floors", lambda: _tool("importlinter.cli", "lint")),
        ("migrations", migrations),
        ("templates", templates.faults),
        ("sizes", lambda: sizes.faults(ROOT)),
        ("translations", translations),
        ("docs", docs.faults),
    ]
    failed = [name for name, check in checks if not _report(name, list(check()))]
    print(sizes.summary(ROOT))
    print(f"Not right yet: {', '.join(failed)}." if failed else "All is well.")
    return int(bool(failed))


def _report(name: str, faults: list[str]) -> bool:
    print(f"{'  ' if not faults else '✗ '}{name}", flush=True)
    for fault in faults:
        print(f"    {fault}")
    return not faults


def _tool(module: str, *words: str) -> list[str]:
    run = [sys.executable, "-m", module, *words]
    if module == "importlinter.cli":
        run = [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
        ]
    ended = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    if not ended.returncode:
        return []
    return (ended.stdout + ended.stderr).strip().splitlines() or [f"{module} failed"]


def migrations() -> list[str]:
    """List models that have changed without a migration."""
    from django.core.management import call_command

    try:
        with warnings.catch_warnings():
            # There is no database here to compare with, and none is needed.
            warnings.simplefilter("ignore", RuntimeWarning)
            call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    except SystemExit:
        return ["a model changed without a migration: ./loimi manage makemigrations"]
    return []


def translations() -> list[str]:
    """List the texts that lack a language, in every room that marks any."""
    rooms = [path for path in sorted(texts.SOURCE.iterdir()) if path.is_dir()]
    lacking = [fault for room in rooms for fault in texts.missing(room)]
    return lacking + texts.quarrels(rooms) + [it for room in rooms for it in texts.unmarked(room)]
