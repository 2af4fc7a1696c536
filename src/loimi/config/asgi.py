"""The application that uvicorn runs: what bypasses Django, and Django behind its spool."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import anyio.to_thread
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from starlette.applications import Starlette
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loimi.config.settings")
THREADS = 4
_pages = get_wsgi_application()

from loimi.config.process import health, static  # noqa: E402 - they need Django set up
from loimi.config.process.files import Files  # noqa: E402
from loimi.config.process.headers import Headers  # noqa: E402
from loimi.config.process.malformed import Malformed  # noqa: E402
from loimi.config.process.spool import Spool, from_spool  # noqa: E402


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[dict[str, Any]]:
    """Run the outbox worker as long as the process."""
    if not settings.ENVIRONMENT.workers:
        yield {}
        return
    from loimi.outbox.worker import Worker

    worker = Worker(threads=settings.ENVIRONMENT.workers)
    worker.start()
    yield {"worker": worker}
    await anyio.to_thread.run_sync(worker.stop)


async def live(socket: WebSocket) -> None:
    """Refuse: the live socket comes with conversations."""
    await socket.close()


def django() -> ASGIApp:
    """Put Django behind what keeps slow visitors from its threads."""
    environment = settings.ENVIRONMENT
    # A queue without limit: the thread is free as soon as Django has finished, not the visitor.
    threads: Any = WSGIMiddleware(cast(Any, from_spool(_pages)), THREADS, send_queue_size=0)
    limit, rate = environment.upload_limit * 1_000_000, environment.upload_rate
    spool = Spool(threads, folder=settings.DATA / "spool", limit=limit, rate=rate)
    return Files(spool, folder=settings.DATA)


_inside = Starlette(
    routes=[
        Route("/healthz", health.is_up),
        Route("/readyz", health.is_ready),
        WebSocketRoute("/live", live),
        Mount("/static", static.ContentNamed(directory=settings.STATIC_ROOT, check_dir=False)),
        Mount("/", django()),
    ],
    lifespan=lifespan,
)
application = Headers(Malformed(_inside), is_secure=settings.ENVIRONMENT.is_secure)
