"""The demo: its people, its clock, and that nobody enters as somebody anywhere else."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from loimi.config import folder
from loimi.config.demo import clock, samples
from loimi.people import queries
from tests.support import house

NOW = datetime(2026, 5, 21, 6, tzinfo=UTC)
as_demo = override_settings(ROOT_URLCONF="loimi.config.demo.urls", IS_DEMO=True)


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_people() -> None:
    samples.fill(seed=1, now=NOW)
    first = list(queries.sample_people().values_list("name", "email", "language", "joined_at"))
    samples.fill(seed=2, now=NOW)
    assert list(queries.sample_people().values_list("name", flat=True)) == [it[0] for it in first]
    queries.sample_people().delete()
    samples.fill(seed=1, now=NOW)
    again = list(queries.sample_people().values_list("name", "email", "language", "joined_at"))
    assert again == first
    assert first[0][:3] == ("Aino Ketola", "aino.ketola@kaarna.example", "fi")


@pytest.mark.django_db
@as_demo
def test_a_visitor_enters_as_an_invented_person_and_leaves(client: Client) -> None:
    samples.fill(seed=1, now=NOW)
    noora = queries.sample_people().get(name="Noora Lindqvist")
    answer = client.post("/demo/enter/", {"person": noora.pk})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(noora.pk)
    assert answer.cookies["django_language"].value == "sv"
    for address in ("/demo/enter/", "/demo/leave/"):
        assert client.get(address).headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(noora.pk), "an opened link changes nothing"
    client.post("/demo/leave/")
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@as_demo
@pytest.mark.parametrize("number", ["", "0", "-1", "x", "٣", "99999999"])
def test_nobody_enters_as_someone_who_is_not_there(client: Client, number: str) -> None:
    samples.fill(seed=1, now=NOW)
    assert client.post("/demo/enter/", {"person": number}).status_code == 404
    assert dict(client.session) == {}


@pytest.mark.django_db
def test_entering_as_somebody_does_not_exist_outside_the_demo(client: Client) -> None:
    samples.fill(seed=1, now=NOW)
    aino = queries.sample_people().first()
    assert aino is not None
    assert client.post("/demo/enter/", {"person": aino.pk}).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo:enter")
    with override_settings(ROOT_URLCONF="loimi.config.demo.urls"):
        assert client.post("/demo/enter/", {"person": aino.pk}).status_code == 404
    assert dict(client.session) == {}


def test_the_demos_settings_refuse_a_folder_that_is_no_demos(tmp_path: Path) -> None:
    folder.prepare(tmp_path)
    run = [sys.executable, "-c", "import loimi.config.demo.settings"]
    for mark, more, said in (
        (False, {}, "These settings are only for `./loimi demo`."),
        (True, {"DATABASE_URL": "postgresql://127.0.0.1/x"}, "These settings are only for"),
        (True, {}, ""),
    ):
        if mark:
            (tmp_path / "demo").touch()
        known = house.environment(LOIMI_DATA=str(tmp_path), **more)
        ended = subprocess.run(run, env=known, capture_output=True, text=True, check=False)
        assert (ended.returncode == 0) == (said == "")
        assert said in ended.stderr


def test_the_demo_refuses_an_installation_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    run = [sys.executable, "-m", "loimi", "demo", "--data", str(tmp_path)]
    ended = subprocess.run(
        run, env=house.environment(), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr == (
        f"{tmp_path} holds an installation that is no demo. Choose another folder with --data.\n"
    )
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize("command", ["serve", "worker", "doctor", "manage"])
def test_nothing_real_begins_in_the_folder_of_a_demo(tmp_path: Path, command: str) -> None:
    folder.prepare(tmp_path)
    (tmp_path / "demo").touch()
    (tmp_path / "loimi.sqlite3").touch()
    run = [sys.executable, "-m", "loimi", command]
    known = house.environment(LOIMI_DATA=str(tmp_path), LOIMI_PORT="0")
    ended = subprocess.run(run, env=known, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == (
        f"{tmp_path} holds a demo, which anyone may enter. Choose another folder with --data.\n"
    )


def test_the_demo_begins_at_nine_on_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", timezone.now)
    began = clock.begin(date(2026, 10, 25), ZoneInfo("Europe/Helsinki"))
    assert began == datetime(2026, 10, 25, 7, tzinfo=UTC)
    assert 0 <= (timezone.now() - began).total_seconds() < 60
