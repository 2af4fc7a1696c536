"""Starts Django for a command: the data folder first, then the settings, then the texts."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from loimi.config import environment, folder, texts

SETTINGS = "loimi.config.settings"
DEMO_MARK = "demo"


def with_data(settings: str = SETTINGS) -> environment.Environment:
    """Prepare the data folder and set Django up; leave with one line when a setting is bad."""
    try:
        found = environment.read()
    except environment.BadSetting as wrong:
        sys.exit(str(wrong))
    data = found.data.resolve()
    if settings == SETTINGS and (data / DEMO_MARK).exists():
        sys.exit(f"{data} holds a demo, which anyone may enter. Choose another folder with --data.")
    # What is made from here on, the database too, is for this user alone.
    os.umask(0o077)
    folder.prepare(data)
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
    try:
        texts.compile_changed()
    except OSError as wrong:
        who = "run ./loimi doctor once as the owner of this folder"
        sys.exit(f"Cannot write the translations, {wrong.filename}: {who}.")
    import django

    django.setup()
