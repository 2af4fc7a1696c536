"""The demo's own day, so that its pages look the same whenever they are opened."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone


def begin(today: date, zone: ZoneInfo) -> datetime:
    """Let the demo begin at nine in the morning of `today`; return that moment.

    Everything in Loimi asks `django.utils.timezone.now`, so this is the one place to move.
    """
    start = datetime.combine(today, time(9), tzinfo=zone).astimezone(UTC)
    shift = start - datetime.now(UTC)
    timezone.now = lambda: datetime.now(UTC) + shift
    return start
