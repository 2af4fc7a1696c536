"""Starts Django for a command: the data folder first, then the settings, then the texts."""

from __future__ import annotations

import os
import sys

from loimi.config import environment, folder


def django(settings: str = "loimi.config.settings") -> environment.Environment:
    """Prepare the data folder and set Django up; leave with one line when a setting is bad."""
    try:
        found = environment.read()
    except environment.BadSetting as wrong:
        sys.exit(str(wrong))
    folder.prepare(found.data.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    from loimi.config import texts

    texts.compile_changed()
    import django

    django.setup()
    return found
