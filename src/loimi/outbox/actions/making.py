"""Making promises, and the bell that tells of them."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from loimi.base import keys
from loimi.outbox import ports
from loimi.outbox.models import Promise
from loimi.outbox.ports import bell

# Names of rooms, forms and languages, dates, paths of files; nothing that a person wrote.
PLAIN = re.compile(r"[A-Za-z0-9_.:+/-]{0,200}")
CHANNEL: Final = "loimi_outbox"
SOON = timedelta(seconds=5)  # a worker sleeps no longer, so what is due later needs no bell


class NoTransaction(RuntimeError):
    """A promise is made outside a transaction, so it could be lost without what it is for."""


def promise(
    kind: str,
    *,
    now: datetime,
    payload: dict[str, Any] | None = None,
    due_at: datetime | None = None,
    key: str | None = None,
    by: Any = None,
    about: Any = None,
) -> Promise:
    """Promise that something will be done, in the transaction of what it is for.

    The payload holds ids, never what they stand for: who has been erased must not live on
    here. The same kind and key make one promise however often they are promised, even after
    it is done, until it is cleared away. Where the task has a key, `by` must hold it for `about`.
    """
    given = payload or {}
    _check(kind, given, key)
    _check_key(kind, by, about)
    row = Promise(kind=kind, payload=given, key=key, due_at=due_at or now, created_at=now)
    if key is None:
        row.save(force_insert=True)
    else:
        row = _made_once(row)
    if row.due_at <= now + SOON:
        ring_on_commit()
    return row


def _check(kind: str, payload: dict[str, Any], key: str | None) -> None:
    ports.task_of(kind).check(payload)
    json.dumps(payload, allow_nan=False)
    if not (_names_nobody(payload) and _names_nobody(key)):
        raise ValueError(f"{kind} is promised with words. Give numbers of rows and plain names.")
    if not connection.in_atomic_block:
        raise NoTransaction(f"{kind} is promised outside transaction.atomic().")


def _names_nobody(value: Any) -> bool:
    """Tell whether it holds only numbers and plain names: no address, no sentence."""
    if isinstance(value, dict):
        return all(map(_names_nobody, value.values()))
    if isinstance(value, list):
        return all(map(_names_nobody, value))
    return not isinstance(value, str) or PLAIN.fullmatch(value) is not None


def _check_key(kind: str, by: Any, about: Any) -> None:
    needed = ports.task_of(kind).key
    if needed is not None and (by is None or not keys.opens(needed, by, about)):
        raise PermissionDenied(f"{kind} needs {needed}.")


def _made_once(row: Promise) -> Promise:
    same = Promise.objects.filter(kind=row.kind, key=row.key)
    # Read first: an insert would wait for a worker that is at the same promise right now.
    if found := same.first():
        return found
    # Waits for another transaction with the same key instead of failing because of it.
    Promise.objects.bulk_create([row], ignore_conflicts=True)
    return same.get()


def ring_on_commit() -> None:
    """Wake the workers when the transaction is committed, once for all its promises."""
    held = set(connection.savepoint_ids)
    # One that hangs on a savepoint we are not in may be taken back without ours.
    if not any(hook[1] is ring and hook[0] <= held for hook in connection.run_on_commit):
        transaction.on_commit(ring, robust=True)


def ring() -> None:
    """Wake the workers of this process and, where several share a database, of the others.

    Not in the promise's own transaction: PostgreSQL lets only one transaction that notifies
    commit at a time.
    """
    bell.ring()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
