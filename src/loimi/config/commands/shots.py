"""Save screenshots of the demo's pages."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

SUMMARY = "save screenshots of the demo's pages: 360 and 1280 px, light and dark"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder, the pages, and as whom and in which language they are seen."""
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="such as / or /styleguide/; default: each page"
    )
    parser.add_argument("--language", choices=["fi", "en", "sv"], default="fi")
    parser.add_argument(
        "--as", dest="person", metavar="NAME", help="part of an invented person's name"
    )
    parser.add_argument("--widths", type=int, nargs="+", default=[360, 1280], metavar="PX")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 5, 21))


def run(options: argparse.Namespace) -> int:
    """Start a demo, walk its pages with the system's Chromium, save what it shows."""
    from tests.support import browser, house

    options.folder.mkdir(parents=True, exist_ok=True)
    with house.demo(today=options.today) as address, browser.chromium() as chromium:
        for path in options.paths or house.pages(address):
            for theme in ("light", "dark"):
                for width in options.widths:
                    with browser.page(
                        chromium, address, width=width, theme=theme,
                        language=options.language, person=options.person,
                    ) as page:  # fmt: skip
                        page.goto(address + path)
                        name = path.strip("/").replace("/", "-") or "front"
                        target = options.folder / f"{name}-{width}-{theme}.png"
                        page.screenshot(path=target, full_page=True)
                        print(target)
    return 0
