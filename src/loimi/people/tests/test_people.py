from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends import db, file

from loimi.people import actions
from loimi.people.models import Person

NOW = datetime(2026, 5, 21, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_an_account_opened_without_a_password_cannot_be_entered_by_one() -> None:
    aino = actions.open_account(
        name="Aino Ketola", email="aino@kaarna.example", language="fi", now=NOW
    )
    assert str(aino) == "Aino Ketola"
    assert (aino.joined_at, aino.has_usable_password()) == (NOW, False)
    assert Person.objects.get_by_natural_key("aino@kaarna.example") == aino


@pytest.mark.django_db
@pytest.mark.parametrize("store", [file.SessionStore, db.SessionStore])
def test_sessions_that_ran_out_are_forgotten(store, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(settings, "SESSION_ENGINE", store.__module__)
    monkeypatch.setattr(settings, "SESSION_FILE_PATH", str(tmp_path))
    monkeypatch.delattr(file.SessionStore, "_storage_path", raising=False)
    old, fresh = store(), store()
    for session, seconds in ((old, -1), (fresh, 1000)):
        session["word"] = "warp"
        session.set_expiry(seconds)
        session.save()
    actions.forget_sessions(run=None)
    monkeypatch.delattr(file.SessionStore, "_storage_path", raising=False)
    assert [session.exists(session.session_key) for session in (old, fresh)] == [False, True]
