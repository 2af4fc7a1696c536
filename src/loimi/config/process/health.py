"""What a watchdog or balancer asks: is the process up, and is it ready for visitors."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from starlette.requests import Request
from starlette.responses import PlainTextResponse

LONGEST_CHECK = 3.0
# One thread: while a check hangs, the next ones are late too, instead of hanging beside it.
_checks = ThreadPoolExecutor(1, thread_name_prefix="ready")


async def is_up(_request: Request) -> PlainTextResponse:
    """Say that the process answers; touch nothing."""
    return PlainTextResponse("ok")


async def is_ready(request: Request) -> PlainTextResponse:
    """Say that visitors can come, or what is missing."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(LONGEST_CHECK):
            missing = await loop.run_in_executor(_checks, _missing_in_database)
    except TimeoutError:
        missing = ["the database does not answer in time"]
    if settings.ENVIRONMENT.workers and not _works(request):
        missing.append("the worker does not run")
    if missing:
        return PlainTextResponse("\n".join(missing), 503, {"retry-after": "5"})
    return PlainTextResponse("ready")


def _missing_in_database() -> list[str]:
    connection.close_if_unusable_or_obsolete()
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except Error:
        connection.close()
        return ["the database does not answer"]
    waiting = [name for name in _last_migrations() if name not in applied]
    return ["migrations are not applied"] if waiting else []


@cache
def _last_migrations() -> list[tuple[str, str]]:
    return list(MigrationLoader(None).graph.leaf_nodes())


def _works(request: Request) -> bool:
    worker = getattr(request.state, "worker", None)
    return worker is not None and bool(worker.is_alive)
