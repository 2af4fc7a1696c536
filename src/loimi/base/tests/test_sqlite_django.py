"""Django's own habits on the gated database: hooks, iterators, migrations, test cases."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest
from django.db import connection, connections, models, transaction
from django.test import TestCase

from loimi.base.sqlite.base import DatabaseWrapper
from loimi.base.tests import test_sqlite
from loimi.base.tests.test_sqlite import ALIAS, Thing, in_thread, is_free, names, run

gated = test_sqlite.gated  # the fixture


def test_on_commit_may_write_again(gated):
    with transaction.atomic(using=ALIAS, durable=True):
        transaction.on_commit(
            lambda: run(gated(), "INSERT INTO thing (name) VALUES ('after')"), using=ALIAS
        )
        run(gated(), "INSERT INTO thing (name) VALUES ('in')")
    assert names(gated()) == ["in", "after"]
    assert is_free(gated)
    durable = transaction.atomic(using=ALIAS, durable=True)
    with transaction.atomic(using=ALIAS), pytest.raises(RuntimeError):
        durable.__enter__()
    assert is_free(gated)


def test_writing_while_iterating_meets_no_old_snapshot(gated):
    run(gated(), "INSERT INTO thing (name) VALUES ('a'), ('b'), ('c')")
    seen = []
    for thing in Thing.objects.using(ALIAS).order_by("id").iterator(chunk_size=1):
        in_thread(lambda: run(gated(), "UPDATE thing SET name = upper(name)"))
        Thing.objects.using(ALIAS).filter(pk=thing.pk).update(name=f"seen {thing.pk}")
        seen.append(thing.name)
    assert seen == ["a", "b", "c"]


def test_the_schema_editor_works_atomic_or_not(gated):
    wider = models.CharField(max_length=40, unique=True)
    wider.set_attributes_from_name("name")
    wider.model = Thing
    run(gated(), "DROP TABLE thing")
    for atomic in (True, False):
        with gated().schema_editor(atomic=atomic) as editor:
            editor.create_model(Thing)
        assert is_free(gated)
        with gated().schema_editor(atomic=atomic) as editor:
            editor.alter_field(Thing, Thing._meta.get_field("name"), wider)
            editor.delete_model(Thing)
        assert is_free(gated)


def test_another_process_is_waited_for_as_sqlite_does(gated, tmp_path):
    script = (
        "import sqlite3, sys, time\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('BEGIN IMMEDIATE'); print('in', flush=True); time.sleep(0.5)\n"
        "c.execute(\"INSERT INTO thing (name) VALUES ('theirs')\"); c.execute('COMMIT')\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "gated.sqlite3")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "in\n"
        run(gated(), "INSERT INTO thing (name) VALUES ('ours')")
    assert names(gated()) == ["theirs", "ours"]


def test_databases_in_memory_have_a_gate_each(django_db_blocker):
    complete = connections.configure_settings(
        {"default": {}, "memory": {"ENGINE": "loimi.base.sqlite", "NAME": ":memory:"}}
    )["memory"]
    with django_db_blocker.unblock():
        one, other = DatabaseWrapper(complete, "memory"), DatabaseWrapper(complete, "memory")
        for wrapper in (one, other):
            run(wrapper, "BEGIN IMMEDIATE")
        assert one.gate is not other.gate
        for wrapper in (one, other):
            run(wrapper, "ROLLBACK")
            wrapper.connection.close()


def test_the_named_transaction_mode_is_kept(gated, tmp_path):
    gated().ensure_connection()
    assert gated().transaction_mode == "IMMEDIATE"
    assert gated().patience == 20.0
    gated().settings_dict["OPTIONS"]["transaction_mode"] = "exclusive"
    gated().close()
    gated().connect()
    assert gated().transaction_mode == "EXCLUSIVE"
    with sqlite3.connect(tmp_path / "gated.sqlite3") as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    plain.close()


class InDjangosTestCase(TestCase):
    def test_the_default_database_is_gated_where_it_is_sqlite(self):
        if connection.vendor != "sqlite":
            self.skipTest("another database")
        wrapper = connections["default"]
        assert isinstance(wrapper, DatabaseWrapper)
        assert wrapper.ticket is not None
        with transaction.atomic():
            assert wrapper.ticket is not None
        assert wrapper.ticket is not None
