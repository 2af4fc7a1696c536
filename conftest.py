"""What every test meets: only this machine, and a loud word about what could not run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support import browser, house, postgres

NEEDED = {
    "browser": ("Chromium", "apt install chromium"),
    "postgres": ("PostgreSQL", "apt install postgresql, or set LOIMI_TEST_POSTGRES"),
}
REQUIRED = set(os.environ.get("LOIMI_REQUIRE", "").split(",")) - {""}


def _has(need: str) -> bool:
    return bool(browser.path() if need == "browser" else postgres.server())


def pytest_configure(config: pytest.Config) -> None:
    """Let pages name static files as they are: only a server that starts gathers them."""
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run, unless it is required."""
    # The browser keeps an event loop running, beside which no test could run its own.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    left_out: dict[str, int] = {}
    for need, (name, how) in NEEDED.items():
        marked = [item for item in items if item.get_closest_marker(need)]
        if not marked or _has(need):
            continue
        if need in REQUIRED:
            raise pytest.UsageError(f"{name} is required here and was not found: {how}")
        left_out[need] = len(marked)
        for item in marked:
            item.add_marker(pytest.mark.skip(reason=f"{name} not found: {how}"))
    config.stash[LEFT_OUT] = left_out


LEFT_OUT: pytest.StashKey[dict[str, int]] = pytest.StashKey()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was left out."""
    for need, count in terminalreporter.config.stash.get(LEFT_OUT, {}).items():
        name, how = NEEDED[need]
        line = f"NOT RUN: {count} tests need {name} ({how})"
        terminalreporter.write_sep("!", line, red=True, bold=True)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Run one demo for all who only look; give its address."""
    with house.demo() as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the browser; each journey opens its own window."""
    with browser.chromium() as started:
        yield started
