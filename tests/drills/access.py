"""Axe on every page, in every language, theme and width: `./loimi prove access`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.support import browser, house

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Variant:
    """One way of seeing every page."""

    language: str
    theme: Literal["light", "dark"]
    width: int
    person: str | None


VARIANTS = [
    Variant(*values)
    for values in product(
        ("fi", "sv", "en"), ("light", "dark"), (320, 768, 1280), (None, "Aino Ketola")
    )
]


def barriers(started: Browser, address: str, variant: Variant, paths: list[str]) -> list[str]:
    """List what axe finds on these pages, and what is wider than the window."""
    found: list[str] = []
    with browser.page(
        started, address, width=variant.width, theme=variant.theme,
        language=variant.language, person=variant.person,
    ) as page:  # fmt: skip
        for path in paths:
            page.goto(address + path)
            found += [f"{variant} {path}: {fault}" for fault in on(page)]
    return found


def on(page: Page) -> list[str]:
    """List the barriers of the page that is open."""
    result = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    found = [
        f"{it['id']}: {it['help']} ({', '.join(node['html'][:90] for node in it['nodes'][:3])})"
        for it in result.response["violations"]
    ]
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [*found, f"{wide} px wider than the window"] if wide > 0 else found


def paths(address: str) -> list[str]:
    """List the pages, and the ways a page can be missing."""
    return [*house.pages(address), "/no-such-page/"]


def main(words: list[str]) -> int:
    """Prove every variant; print what is found."""
    count, found = 0, []
    with house.demo() as address, browser.chromium() as started:
        every = paths(address)
        for variant in VARIANTS:
            found += barriers(started, address, variant, every)
            count += len(every)
            print(f"{count} pages seen, {len(found)} barriers: {variant}", flush=True)
    print("\n".join(found) or f"No barrier on {len(every)} pages in {len(VARIANTS)} variants.")
    return int(bool(found))
