"""Django on the gated database: transactions, single statements, errors, threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connections, models, transaction
from django.db.utils import DatabaseError
from django.test.utils import isolate_apps

from loimi.base.sqlite.base import READS, DatabaseWrapper
from loimi.config.databases import PRAGMAS

ALIAS = "gated"


with isolate_apps("loimi.base"):  # so that no other test meets it

    class Thing(models.Model):
        name = models.CharField(max_length=20, unique=True)

        class Meta:
            app_label = "base"
            db_table = "thing"


@pytest.fixture
def gated(tmp_path: Path, django_db_blocker: Any) -> Iterator[Callable[[], DatabaseWrapper]]:
    """Give each thread its connection to a fresh file with a table `thing`."""
    wanted = {
        "ENGINE": "loimi.base.sqlite",
        "NAME": tmp_path / "gated.sqlite3",
        "OPTIONS": {"timeout": 20, "init_command": PRAGMAS},
    }
    complete = connections.configure_settings({"default": {}, ALIAS: wanted})
    with django_db_blocker.unblock():
        connections.settings[ALIAS] = complete[ALIAS]
        mine: DatabaseWrapper = connections[ALIAS]  # type: ignore[assignment]
        run(mine, "CREATE TABLE thing (id integer primary key autoincrement, name text unique)")
        yield lambda: connections[ALIAS]  # type: ignore[return-value]
        mine.close()
        del connections[ALIAS], connections.settings[ALIAS]


def run(wrapper: DatabaseWrapper, sql: str, params: Any = None) -> list[Any]:
    with wrapper.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def names(wrapper: DatabaseWrapper) -> list[str]:
    return [name for (name,) in run(wrapper, "SELECT name FROM thing ORDER BY id")]


def in_thread(act: Callable[[], Any]) -> Any:
    def closing() -> Any:
        try:
            return act()
        finally:
            connections[ALIAS].close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(closing).result(30)


def is_free(gated: Callable[[], DatabaseWrapper]) -> bool:
    """Tell whether another thread can write at once."""

    def write() -> bool:
        gated().ensure_connection()
        gated().patience = 0.05
        try:
            run(gated(), "UPDATE thing SET name = name")
        except OperationalError as error:
            return "locked" not in str(error)
        return True

    return bool(in_thread(write))


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("SELECT 1", True),
        (" \n select 1", True),
        ("-- why\n/* and\n how */ SELECT 1", True),
        ("WITH a AS (SELECT 1) SELECT * FROM a WHERE x = 'delete'", True),
        ("WITH a AS (SELECT 1)\nINSERT INTO b SELECT * FROM a", False),
        ("WITH a AS (SELECT 1) DELETE FROM b", False),
        ("PRAGMA foreign_keys = OFF", True),
        ("ROLLBACK", True),
        ("SAVEPOINT a", True),
        ("RELEASE SAVEPOINT a", True),
        ("EXPLAIN INSERT INTO a VALUES (1)", True),
        ("SELECTED", False),
        ("BEGIN", False),
        ("BEGIN IMMEDIATE", False),
        ("INSERT INTO a VALUES (1)", False),
        ("REPLACE INTO a VALUES (1)", False),
        ("VACUUM", False),
        ("CREATE TABLE a (b)", False),
        ("", False),
    ],
)
def test_knows_what_only_reads(sql, reads):
    assert bool(READS.match(sql)) is reads


def test_a_transaction_holds_the_gate_until_its_commit(gated):
    with transaction.atomic(using=ALIAS):
        assert not is_free(gated)
        run(gated(), "INSERT INTO thing (name) VALUES ('a')")
        with transaction.atomic(using=ALIAS):
            run(gated(), "INSERT INTO thing (name) VALUES ('b')")
        assert not is_free(gated)
    assert is_free(gated)
    assert names(gated()) == ["a", "b"]


def test_an_error_inside_opens_the_gate(gated):
    @transaction.atomic(using=ALIAS)
    def fail() -> None:
        run(gated(), "INSERT INTO thing (name) VALUES ('a')")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert is_free(gated)
    assert names(gated()) == []


def test_an_error_in_a_savepoint_keeps_it_shut_and_the_rest(gated):
    with transaction.atomic(using=ALIAS):
        run(gated(), "INSERT INTO thing (name) VALUES ('a')")
        with pytest.raises(IntegrityError), transaction.atomic(using=ALIAS):
            run(gated(), "INSERT INTO thing (name) VALUES ('a')")
        assert not is_free(gated)
        run(gated(), "INSERT INTO thing (name) VALUES ('b')")
    assert is_free(gated)
    assert names(gated()) == ["a", "b"]


def test_single_statements_leave_it_open_also_when_they_fail(gated):
    run(gated(), "INSERT INTO thing (name) VALUES (%s)", ["a"])
    assert is_free(gated)
    with pytest.raises(IntegrityError):
        run(gated(), "INSERT INTO thing (name) VALUES ('a')")
    with pytest.raises(DatabaseError):
        run(gated(), "INSERT INTO nowhere VALUES (1)")
    with gated().cursor() as cursor:
        cursor.executemany("INSERT INTO thing (name) VALUES (%s)", [["b"], ["c"]])
        cursor.executescript("INSERT INTO thing (name) VALUES ('d');")
    assert is_free(gated)
    assert names(gated()) == ["a", "b", "c", "d"]


def test_returned_rows_do_not_keep_the_write_lock(gated):
    with gated().cursor() as cursor:
        cursor.execute("INSERT INTO thing (name) VALUES ('a'), ('b'), ('c') RETURNING name")
        assert is_free(gated)
        assert cursor.fetchone() == ("a",)
        assert cursor.fetchmany(1) == [("b",)]
        assert cursor.cursor.fetchmany(None) == [("c",)]
        assert cursor.fetchone() is None
        cursor.execute("UPDATE thing SET name = name || '!' RETURNING name")
        assert list(cursor) == [("a!",), ("b!",), ("c!",)]
        cursor.execute("DELETE FROM thing WHERE id > 1 RETURNING id")
        assert cursor.fetchall() == [(2,), (3,)]
        cursor.execute("SELECT name FROM thing")
        assert cursor.cursor.fetchmany(None) == [("a!",)]
        cursor.execute("SELECT name FROM thing")
        assert list(cursor) == [("a!",)]
    thing = Thing.objects.using(ALIAS).create(name="made")
    assert thing.pk == 4
    assert is_free(gated)


def test_transactions_begun_by_hand_hold_it_too(gated):
    run(gated(), "BEGIN IMMEDIATE")
    assert not is_free(gated)
    run(gated(), "COMMIT")
    assert is_free(gated)
    run(gated(), "SAVEPOINT a")
    run(gated(), "INSERT INTO thing (name) VALUES ('a')")
    assert not is_free(gated)
    run(gated(), "RELEASE SAVEPOINT a")
    assert is_free(gated)


def test_autocommit_switched_off_holds_it_from_the_first_write(gated):
    transaction.set_autocommit(False, using=ALIAS)
    assert names(gated()) == []
    assert is_free(gated)
    run(gated(), "INSERT INTO thing (name) VALUES ('a')")
    assert not is_free(gated)
    transaction.rollback(using=ALIAS)
    assert is_free(gated)
    run(gated(), "INSERT INTO thing (name) VALUES ('b')")
    transaction.set_autocommit(True, using=ALIAS)
    assert is_free(gated)
    assert names(gated()) == ["b"]


def test_reads_never_wait(gated):
    run(gated(), "INSERT INTO thing (name) VALUES ('a')")
    with transaction.atomic(using=ALIAS):
        run(gated(), "UPDATE thing SET name = 'b'")
        before = time.monotonic()
        assert in_thread(lambda: names(gated())) == ["a"]
        assert in_thread(lambda: run(gated(), "PRAGMA foreign_keys")) == [(1,)]
        assert time.monotonic() - before < 5


def test_the_wait_ends_with_the_error_that_sqlite_gives(gated):
    def impatient() -> None:
        gated().ensure_connection()
        gated().patience = 0.1
        with transaction.atomic(using=ALIAS):
            raise AssertionError

    locked = pytest.raises(OperationalError, match=r"^database is locked$")
    with transaction.atomic(using=ALIAS), locked:
        in_thread(impatient)
    assert is_free(gated)


def test_closing_by_any_path_opens_the_gate(gated):
    with transaction.atomic(using=ALIAS):
        gated().close()
        assert is_free(gated)

    @transaction.atomic(using=ALIAS)
    def close() -> None:
        gated().connection.close()
        assert is_free(gated)

    with pytest.raises(DatabaseError):
        close()
    gated().close()
    gated().connect()
    assert is_free(gated)


def test_a_thread_that_dies_inside_is_rolled_back(gated):
    kept: list[Any] = []

    def die() -> None:
        wrapper = connections[ALIAS]
        kept.append(wrapper)  # someone still holds it, so nothing is collected
        transaction.atomic(using=ALIAS).__enter__()
        run(wrapper, "INSERT INTO thing (name) VALUES ('lost')")

    thread = threading.Thread(target=die)
    thread.start()
    thread.join()
    run(gated(), "INSERT INTO thing (name) VALUES ('kept')")
    assert names(gated()) == ["kept"]
    assert kept[0].is_gone


def test_writers_come_in_turn(gated):
    """Twenty writers read, then write what they read plus one; none is lost."""
    run(gated(), "INSERT INTO thing (name) VALUES ('0')")
    ready = threading.Barrier(20)

    def write() -> int:
        ready.wait(20)
        try:
            for _ in range(10):
                with transaction.atomic(using=ALIAS):
                    ((count,),) = run(gated(), "SELECT CAST(name AS INTEGER) FROM thing")
                    run(gated(), "UPDATE thing SET name = %s", [str(count + 1)])
        finally:
            connections[ALIAS].close()
        return 10

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(lambda _: write(), range(20))) == 200
    assert names(gated()) == ["200"]
