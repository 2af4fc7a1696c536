"""Samples for the front page and the style guide: invented people and what they have woven."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from loimi.weave import Band
from loimi.workspace.queries import bands, pictures
from loimi.workspace.queries.bands import AINO, EERO, LONG_NAME, NOORA, PEOPLE, SAMIR, held, wall

__all__ = ["guide", "wall"]


def guide() -> dict[str, Any]:
    """Give the style guide its samples."""
    return _people() | _bands() | _pictures()


def _people() -> dict[str, Any]:
    return {
        "people": [{"id": key, "name": name} for key, name in PEOPLE],
        "aino": AINO,
        "eero": EERO,
        "noora": NOORA,
        "samir": SAMIR,
        "long_name": LONG_NAME,
        "numbers": Paginator(range(160), 20).page(3),
    }


def _bands() -> dict[str, Any]:
    group = (SAMIR, "venla-137", "otso-396")
    rows = bands.board()
    marks = (
        (0.0, _("Start")),
        (bands.TODAY, _("today")),
        (0.62, _("midpoint")),
        (1.0, _("closing")),
    )
    return {
        "wide": Band((EERO,), (AINO,), held(4, 1), 10, "active", "booked"),
        "group": Band((NOORA,), group, held(3), 8, "active", "booked"),
        "bands": bands.bands(),
        "board": rows,
        "board_length": max(row.it.length for row in rows),
        "scale_words": marks,
    }


def _pictures() -> dict[str, Any]:
    mat = pictures.carpet()
    return {
        "profile": pictures.quality_profile(),
        "clock": pictures.year(),
        "carpet": mat,
        "zones": mat.zones,
        "call": pictures.CALL,
        "way": pictures.WAY,
        "meeting_on": pictures.MEETING_ON,
        "midpoint_on": pictures.MIDPOINT_ON,
        "milestones": pictures.milestones(),
        "moves": pictures.moves(),
        "dyes": pictures.dyes(),
    }
