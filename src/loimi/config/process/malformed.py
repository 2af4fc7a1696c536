"""Addresses that no browser makes are refused here, so that they never become an error inside."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class Malformed:
    """Answers 400 to an address that is not text."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_text(scope):
            refusal = PlainTextResponse("Bad request", 400, {"connection": "close"})
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_text(scope: Scope) -> bool:
    """Tell whether path and query are what URLs may hold: ASCII, the path UTF-8, no NUL."""
    query: bytes = scope["query_string"]
    path: bytes = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    if not query.isascii() or b"\0" in query or b"%00" in query:
        return False
    try:
        return "\0" not in unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return False
