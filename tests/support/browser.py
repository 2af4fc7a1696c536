"""The system's Chromium, told to leave the network alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, Page, Request, sync_playwright

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def path() -> str:
    """Return where the system's browser is, or nothing."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser of the system."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path(), args=QUIET)
        try:
            yield started
        finally:
            started.close()


@contextmanager
def page(
    started: Browser,
    address: str,
    *,
    width: int = 1280,
    theme: Literal["light", "dark"] = "light",
    language: str = "fi",
    person: str | None = None,
    scripts: bool = True,
    policy: bool = True,
) -> Iterator[Page]:
    """Open a page as one visitor sees it; fail at the end if it complained or left this machine."""
    context = started.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=theme,
        locale=language,
        java_script_enabled=scripts,
        bypass_csp=not policy,
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    complaints: list[str] = []
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    opened.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" else None
    )
    opened.on("pageerror", lambda wrong: complaints.append(str(wrong)))
    opened.on("request", lambda request: complaints.extend(_foreign(request, address)))
    try:
        if person:
            enter(opened, address, person)
            context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        yield opened
    finally:
        context.close()
    expected = [
        text for text in complaints if not text.startswith("Failed to load resource: the server")
    ]
    assert expected == []


def enter(opened: Page, address: str, person: str) -> None:
    """Enter the demo as an invented person."""
    opened.goto(address + "/")
    opened.get_by_role("button", name=person).click()
    opened.wait_for_load_state()


def _foreign(request: Request, address: str) -> list[str]:
    own = request.url.startswith((address, "data:", "blob:"))
    return [] if own else [f"reached out to {request.url}"]
