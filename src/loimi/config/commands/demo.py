"""Run a demo: invented people, a folder of its own, entering as any of them."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from loimi.config import start

SUMMARY = "run it with invented people, to look around"
SETTINGS = "loimi.config.demo.settings"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take where it listens, and what makes its people and its day."""
    parser.add_argument("--host", help="address to listen on")
    parser.add_argument("--port", type=int, help="port to listen on")
    parser.add_argument(
        "--data", type=Path, help="keep the demo in this folder; else it is forgotten"
    )
    parser.add_argument("--seed", type=int, default=1, help="another number, other invented lives")
    parser.add_argument(
        "--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day on which it begins"
    )


def run(options: argparse.Namespace) -> int:
    """Fill a demo folder and serve it; one that nobody named is removed at the end."""
    folder = options.data or Path(tempfile.mkdtemp(prefix="loimi-demo-"))
    if (folder / "secret").exists() and not (folder / start.DEMO_MARK).exists():
        sys.exit(
            f"{folder} holds an installation that is no demo. Choose another folder with --data."
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / start.DEMO_MARK).touch()
    # A demo never touches a real database, whatever this machine has set.
    os.environ.pop("DATABASE_URL", None)
    os.environ["LOIMI_DATA"] = str(folder)
    from loimi.config.process import server

    def fill() -> None:
        from django.conf import settings
        from django.utils import timezone

        from loimi.config.demo import clock, samples

        zone = settings.ENVIRONMENT.time_zone
        now = clock.begin(options.today, zone) if options.today else timezone.now()
        samples.fill(seed=options.seed, now=now)
        kept = f"kept in {folder}" if options.data else "forgotten when you stop it (Ctrl-C)"
        print(f"This is a demo with invented people. It is {kept}.", flush=True)

    def forget() -> None:
        if not options.data:
            shutil.rmtree(folder, ignore_errors=True)

    return server.serve(options, settings=SETTINGS, before=fill, after=forget)
