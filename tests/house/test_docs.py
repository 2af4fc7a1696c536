"""The documentation says what the code says."""

from __future__ import annotations

from loimi.base import keys
from loimi.config.commands import docs
from loimi.config.commands.docs import pages


def test_the_reference_is_what_the_code_says() -> None:
    assert docs.faults() == []


def test_a_key_without_a_sentence_is_found(monkeypatch) -> None:
    lonely = keys.Key("rooms.lonely", " ", lambda person, subject: False)
    monkeypatch.setitem(keys._keys, "rooms.lonely", lonely)
    assert docs.faults() == [
        "docs/reference/doors-and-keys.md is not what the code says: run ./loimi docs",
        "key rooms.lonely says no sentence about itself",
    ]
    assert "`rooms.lonely`" in pages.doors_and_keys()
