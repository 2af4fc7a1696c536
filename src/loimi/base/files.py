"""Files to people: a view says which one, the process sends it without holding a thread."""

from __future__ import annotations

import secrets
from pathlib import Path, PurePath
from urllib.parse import quote, unquote

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# Tells the process to send a file in place of the empty body. It never leaves the process.
MARKER = "X-Loimi-File"
# Only code in this process knows it, so a view that repeats someone's header cannot send a file.
_TOKEN = secrets.token_hex(16)

# What a file is called decides, never what is in it. Nothing here can run in a browser; any
# other name is sent as bytes.
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gif": "image/gif",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".txt": "text/plain; charset=utf-8",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
BYTES = "application/octet-stream"


def send(path: Path, *, name: str, inline: bool = False) -> HttpResponse:
    """Answer with a file of the data folder; `inline` shows it where a browser can.

    The answer has no body yet: the process puts the file in its place, with ranges and ETag.
    In tests with Django's client, `asked_for(response)` tells which file was meant.
    """
    kind = TYPES.get(PurePath(name).suffix.lower(), BYTES)
    answer = HttpResponse(content_type=kind)
    as_attachment = not inline or kind == BYTES
    named = content_disposition_header(as_attachment, PurePath(name).name)
    answer["Content-Disposition"] = named or "inline"
    # A browser may keep it, but asks each time whether its reader may still see it.
    answer["Cache-Control"] = "private, no-cache"
    answer[MARKER] = f"{_TOKEN}:{quote(str(path))}"
    return answer


def asked_for(response: HttpResponse) -> Path | None:
    """Return the file that a view's answer asks for, if any."""
    return read_marker(response.get(MARKER, ""))


def read_marker(marker: str) -> Path | None:
    """Return the path in a marker, or None when it was not made here."""
    token, _, path = marker.partition(":")
    if not secrets.compare_digest(token.encode(), _TOKEN.encode()):
        return None
    return Path(unquote(path))
