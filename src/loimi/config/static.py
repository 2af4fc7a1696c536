"""Static files: named by their content, packed once at start, sent by Starlette."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

STAMP = "collected.txt"
# htmx 2 and its extensions lie beside htmx 4 in `django_htmx`. No page of ours uses them, and what
# one of their comments imports is nowhere.
UNUSED = ["*-2.js", "*-2.min.js"]


class NamedByContent(CompressedManifestStaticFilesStorage):
    """Rewrites the addresses inside style sheets and modules to the named files."""

    support_js_module_import_aggregation = True
    keep_only_hashed_files = True


def collect_changed() -> bool:
    """Collect the static files when one of them has changed; tell whether that was so.

    Older versions stay, because pages that are open still ask for them.
    """
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / STAMP
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    # Written last, so that a collection cut short is begun again.
    stamp.write_text(wanted)
    return True


def _fingerprint() -> str:
    found = "\n".join(sorted(_sources()))
    return hashlib.sha256(found.encode()).hexdigest()


def _sources() -> Iterator[str]:
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for name, storage in finder.list(UNUSED):
            state = Path(storage.path(name)).stat()
            yield f"{name} {storage.path(name)} {state.st_size} {state.st_mtime_ns}"
