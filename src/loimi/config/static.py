"""Static files: named by their content, packed once at start, sent by Starlette."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):
    """Rewrites the addresses inside style sheets and modules to the named files."""

    support_js_module_import_aggregation = True
    keep_only_hashed_files = True
