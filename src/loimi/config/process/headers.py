"""The headers that every answer carries, whoever gives it; nothing inside can loosen them."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Header = tuple[bytes, bytes]

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS = ", ".join(
    [
        # Video rooms use these.
        *(f"{name}=(self)" for name in ("camera", "microphone", "display-capture", "fullscreen")),
        *(
            f"{name}=()"
            for name in (
                "accelerometer", "browsing-topics", "geolocation", "gyroscope", "hid",
                "local-fonts", "magnetometer", "midi", "payment", "serial", "usb",
            )
        ),
    ]
)  # fmt: skip
YEAR = 365 * 24 * 3600
STARTS = {"http.response.start", "websocket.http.response.start"}


def every(*, is_secure: bool) -> list[Header]:
    """List the headers of every answer."""
    wanted = {
        "content-security-policy": CONTENT_POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": PERMISSIONS,
    }
    if is_secure:
        wanted["strict-transport-security"] = f"max-age={YEAR}"
    return [(name.encode(), value.encode()) for name, value in wanted.items()]


class Headers:
    """Puts the headers on, in place of any that came from inside."""

    def __init__(self, app: ASGIApp, *, is_secure: bool) -> None:
        self.app = app
        self.every = every(is_secure=is_secure)
        self.ours = {name for name, _ in self.every} | {b"server", b"strict-transport-security"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def safely(message: Message) -> None:
            if message["type"] in STARTS:
                inside = [pair for pair in message["headers"] if pair[0].lower() not in self.ours]
                message = {**message, "headers": inside + self.every}
            await send(message)

        await self.app(scope, receive, safely)
