"""Axe finds nothing on any page; a run takes two variants, `./loimi prove access` all."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser

from tests.drills import access
from tests.support import browser

pytestmark = pytest.mark.browser

# Two of the variants a run, opposite ones: another pair each minute.
TURN = int(time.time() // 60) % len(access.VARIANTS)
OPPOSITE = (TURN + len(access.VARIANTS) // 2 + 1) % len(access.VARIANTS)


@pytest.mark.parametrize("number", [TURN, OPPOSITE])
def test_no_page_has_a_barrier(chromium: Browser, address: str, number: int) -> None:
    variant = access.VARIANTS[number]
    assert access.barriers(chromium, address, variant, access.paths(address)) == []


def test_a_barrier_is_found(chromium: Browser, address: str) -> None:
    with browser.page(chromium, address) as page:
        page.goto(address)
        page.evaluate("document.querySelector('h1').remove(); document.body.append(new Image())")
        assert [fault.split(":")[0] for fault in access.on(page)] == [
            "image-alt",
            "page-has-heading-one",
            "region",
        ]
