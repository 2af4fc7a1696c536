"""Run the tests: all with coverage and on both databases, or a part in seconds."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from loimi.config import folder, texts

HANDS_ON = True  # every word goes on as it is
SUMMARY = "run the tests; with PATH... only those, in seconds"
ROOT = texts.SOURCE.parents[1]
# What a second run on PostgreSQL can show: everything but the browser and the drills.
ON_POSTGRES = ["-m", "not browser and not drill", "src"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take paths; anything else goes to pytest."""
    parser.usage = "./loimi test [PATH...] [pytest's own options]"
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="PATH")


def run(options: argparse.Namespace) -> int:
    """Run what was asked for and say loudly what was left out."""
    texts.compile_changed()
    with tempfile.TemporaryDirectory(prefix="loimi-test-") as scratch:
        if options.words:
            return _pytest(Path(scratch), options.words)
        return _everything(Path(scratch))


def _everything(scratch: Path) -> int:
    from tests.support import browser, floors, postgres

    with postgres.found() as url:
        status = _pytest(scratch, [], measured=True)
        if url:
            print("\nThe same on PostgreSQL:", flush=True)
            second = _pytest(scratch, ON_POSTGRES, measured=True, DATABASE_URL=url)
            status = status or second
    lacking = [
        name
        for name, is_there in (("PostgreSQL", url), ("Chromium", browser.path()))
        if not is_there
    ]
    return status or floors.check(ROOT, lacking=lacking)


def _pytest(scratch: Path, words: list[str], *, measured: bool = False, **more: str) -> int:
    data = Path(tempfile.mkdtemp(dir=scratch))
    folder.prepare(data)
    own = ("LOIMI_", "DATABASE_URL", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    asked = {name: os.environ[name] for name in TEST_VARIABLES if name in os.environ}
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = kept | asked | {"LOIMI_DATA": str(data), "PYTHONPATH": paths} | more
    runner = ["coverage", "run", "-m", "pytest"] if measured else ["pytest"]
    return subprocess.call([sys.executable, "-m", *runner, *words], cwd=ROOT, env=environment)


# What may steer a test run from outside: see docs/how-to/develop.md.
TEST_VARIABLES = ("LOIMI_REQUIRE", "LOIMI_TEST_POSTGRES")
