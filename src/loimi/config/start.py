"""Starts Django for a command: the data folder first, then the settings, then the texts."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from loimi.config import environment, folder, texts

SETTINGS = "loimi.config.settings"


def with_data(settings: str = SETTINGS) -> environment.Environment:
    """Prepare the data folder and set Django up; leave with one line when a setting is bad."""
    try:
        found = environment.read()
    except environment.BadSetting as wrong:
        sys.exit(str(wrong))
    folder.prepare(found.data.resolve())
    _set_up(settings)
    return found


def without_data() -> None:
    """Set Django up for a command that reads no one's data."""
    for name in [name for name in os.environ if name.startswith(("LOIMI_", "DATABASE_URL"))]:
        del os.environ[name]
    os.environ["LOIMI_DATA"] = str(Path(tempfile.gettempdir()) / "loimi-without-data")
    _set_up(SETTINGS)


def _set_up(settings: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    texts.compile_changed()
    import django

    django.setup()
