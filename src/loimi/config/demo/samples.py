"""The invented people of the demo, the same for the same seed and day."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from loimi.people import actions, queries

NAMES = (
    ("Aino Ketola", "fi"), ("Eero Salmi", "fi"), ("Mirja Tuomi", "fi"), ("Noora Lindqvist", "sv"),
    ("Samir Haddad", "en"), ("Venla Rautio", "fi"), ("Otso Kallio", "fi"), ("Liisa Forsman", "sv"),
    ("Thuy Nguyen", "en"), ("Maximilian Alexander von Hohenstein-Lappeteläinen", "en"),
)  # fmt: skip


def fill(*, seed: int, now: datetime) -> None:
    """Fill an empty demo; one that was filled before is left as it is."""
    if queries.sample_people().exists():
        return
    chance = Random(seed)  # noqa: S311 - invented people, not secrets
    for name, language in NAMES:
        address = ".".join(name.lower().replace("ä", "a").split()[:: len(name.split()) - 1])
        actions.open_account(
            name=name,
            email=f"{address}@kaarna.example",
            language=language,
            now=now - timedelta(days=chance.randint(10, 200), minutes=chance.randint(0, 600)),
        )
