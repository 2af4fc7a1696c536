"""The backend that Django loads: `"ENGINE": "loimi.base.sqlite"`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base, features

from loimi.base.sqlite.gate import Gate, Ticket, WaitedTooLong, gate_before

# Statements that take no write lock. What this does not know counts as a write.
READS = re.compile(
    r"(?:\s|--[^\n]*\n|/\*.*?\*/)*"
    r"(?:SELECT|VALUES|PRAGMA|EXPLAIN|SAVEPOINT|RELEASE|COMMIT|END|ROLLBACK|ATTACH|DETACH"
    r"|WITH\b(?!.*\)\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b))\b",
    re.IGNORECASE | re.DOTALL,
)


class DatabaseFeatures(features.DatabaseFeatures):
    # Rows are read at once. A half-read query holds an old snapshot, and SQLite refuses a write
    # from an old snapshot immediately ("database is locked"), whatever the timeout.
    can_use_chunked_reads = False


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds the gate exactly as long as SQLite says that a transaction is open."""

    features_class = DatabaseFeatures
    transaction_mode: str | None
    gate: Gate
    ticket: Ticket | None = None
    patience = 5.0  # SQLite's own default

    def get_connection_params(self) -> dict[str, Any]:
        """Begin each transaction as a writer, so that none has to become one half-way."""
        params: dict[str, Any] = super().get_connection_params()
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        self.patience = float(params.get("timeout", self.patience))
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Connect, and find the gate of the file; a database in memory is its connection's own."""
        self.settle()
        in_memory = self.is_in_memory_db()
        self.gate = Gate() if in_memory else gate_before(_path(conn_params["database"]))
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:  # noqa: ARG002 - Django's own
        """Return a cursor that passes the gate before it writes."""
        return self.connection.cursor(factory=partial(Cursor, wrapper=self))  # type: ignore[no-any-return]

    def enter(self) -> None:
        """Wait for the turn to write, unless it is here already."""
        if self.ticket is None:
            try:
                self.ticket = self.gate.enter(self, self.patience)
            except WaitedTooLong:
                raise sqlite3.OperationalError("database is locked") from None

    def settle(self) -> None:
        """Leave the gate when no transaction is open (any more)."""
        if self.ticket is not None and not self.is_in_transaction:
            ticket, self.ticket = self.ticket, None
            self.gate.leave(ticket)

    @property
    def is_in_transaction(self) -> bool:
        try:
            return self.connection is not None and self.connection.in_transaction
        except sqlite3.ProgrammingError:  # closed behind Django's back
            return False

    @property
    def is_gone(self) -> bool:
        """Tell whether the connection is closed, so that it can no longer end its transaction."""
        try:
            return self.connection is None or self.connection.total_changes < 0
        except sqlite3.ProgrammingError:
            return True

    def abandon(self) -> None:
        """Roll back for a thread that died, from the thread that waits for it."""
        if not self.is_gone:
            self.connection.close()

    def _commit(self) -> None:
        self._then_settle(super()._commit)  # type: ignore[misc]

    def _rollback(self) -> None:
        self._then_settle(super()._rollback)  # type: ignore[misc]

    def _close(self) -> None:
        self._then_settle(super()._close)  # type: ignore[misc]

    def _set_autocommit(self, autocommit: bool) -> None:
        self._then_settle(partial(super()._set_autocommit, autocommit))  # type: ignore[misc]

    def _then_settle(self, act: Callable[[], object]) -> None:
        try:
            act()
        finally:
            self.settle()


class Cursor(base.SQLiteCursorWrapper):
    """Passes the gate before a statement that writes."""

    def __init__(self, connection: sqlite3.Connection, wrapper: DatabaseWrapper) -> None:
        super().__init__(connection)
        self.wrapper = wrapper
        self.kept: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> Cursor:
        return self._pass(query, super().execute, query, params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Cursor:
        return self._pass(query, super().executemany, query, param_list)

    def executescript(self, script: str) -> Cursor:
        return self._pass("BEGIN", super().executescript, script)

    def _pass(self, query: str, run: Callable[..., object], *words: Any) -> Cursor:
        self.kept = None
        wrapper = self.wrapper
        if wrapper.ticket is None and READS.match(query):
            run(*words)
            return self
        wrapper.enter()
        try:
            run(*words)
            if self.description and not wrapper.is_in_transaction:
                # `RETURNING` keeps SQLite's write lock until its last row is read: read it now.
                self.kept = iter(super().fetchall())
        finally:
            wrapper.settle()
        return self

    def fetchone(self) -> Any:
        return super().fetchone() if self.kept is None else next(self.kept, None)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        size = size or self.arraysize
        if self.kept is None:
            return super().fetchmany(size)
        return [row for _, row in zip(range(size), self.kept, strict=False)]

    def fetchall(self) -> list[Any]:
        return super().fetchall() if self.kept is None else list(self.kept)

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        return super().__iter__() if self.kept is None else self.kept


def _path(database: str | Path) -> Path:
    return Path(str(database).removeprefix("file:").partition("?")[0])
