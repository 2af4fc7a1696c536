"""Files and static files, asked for as a visitor asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ours
from django.test import Client

from loimi.base import files
from loimi.config import asgi, static
from loimi.config.tests import test_process as site

SECRET = ours.DATA / "secret"


@pytest.fixture
def ask(settings: Any) -> site.Ask:
    settings.ROOT_URLCONF = site.__name__
    return site.asker(asgi.application)


@pytest.fixture
def kept() -> Iterator[Path]:
    place = ours.DATA / "files" / "kept.bin"
    place.write_bytes(bytes(range(256)) * 1000)
    yield place
    place.unlink()


def test_files_are_sent_with_all_that_the_view_said(ask, kept):
    found = ask("/download/?path=kept.bin")
    assert found.content == kept.read_bytes()
    assert found.headers["content-type"] == "application/pdf"
    assert found.headers["content-disposition"] == (
        "attachment; filename*=utf-8''Ty%C3%B6%20%E2%80%9D1%E2%80%9D.pdf"
    )
    assert found.headers["content-length"] == "256000"
    assert found.headers["cache-control"] == "private, no-cache"
    assert found.headers["accept-ranges"] == "bytes"
    assert [line.partition(";")[0] for line in found.headers.get_list("set-cookie")] == [
        "one=1",
        "two=2",
    ]
    assert files.MARKER.lower() not in found.headers
    assert ask("/download/?path=kept.bin", "HEAD").headers["content-length"] == "256000"


def test_parts_of_files_and_unchanged_files(ask, kept):
    tag = ask("/download/?path=kept.bin").headers["etag"]
    part = ask("/download/?path=kept.bin", headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, bytes(range(10, 20)))
    assert part.headers["content-range"] == "bytes 10-19/256000"
    same = ask("/download/?path=kept.bin", headers={"if-none-match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert "content-disposition" not in same.headers
    assert same.headers["etag"] == tag
    kept.write_bytes(b"changed")
    assert ask("/download/?path=kept.bin", headers={"if-none-match": tag}).content == b"changed"


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ("../secret", 500),
        ("../loimi.sqlite3", 500),
        ("../sessions/one", 500),
        ("..", 500),
        ("../..", 500),
        ("/etc/passwd", 500),
        ("link", 500),
        ("missing", 404),
        ("../files/folder", 404),
    ],
)
def test_nothing_else_is_ever_sent(ask, caplog, wanted, status):
    folder = ours.DATA / "files"
    (folder / "folder").mkdir(exist_ok=True)
    (folder / "link").unlink(missing_ok=True)
    (folder / "link").symlink_to("/etc/passwd")
    assert ask(f"/download/?path={wanted}").status_code == status
    assert "A view asked for a file that is not" in caplog.text


def test_no_visitor_can_make_the_marker(ask, caplog):
    for wish in (str(SECRET), f":{SECRET}", "", f"x:{ours.DATA}/files/kept.bin", "ä:b"):
        assert ask("/forged/", headers={"wish": wish.encode()}).status_code == 500
    sent = {files.MARKER: f"{files._TOKEN}:{ours.DATA}/files/kept.bin"}
    assert ask("/loose/", headers=sent).text == "loose"


def test_the_test_client_sees_what_was_asked_for(settings):
    settings.ROOT_URLCONF = site.__name__
    found = Client().get("/download/?path=kept.bin")
    assert files.asked_for(found) == ours.DATA / "files" / "kept.bin"
    assert found["Content-Disposition"].startswith("attachment; ")


@pytest.fixture
def collected(settings: Any) -> None:
    """Collect the static files as `serve` does; the other tests do without."""
    kind = {"BACKEND": "loimi.config.static.NamedByContent"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": kind}
    static.collect_changed()


def named(suffix: str) -> str:
    manifest = json.loads((Path(ours.STATIC_ROOT) / "staticfiles.json").read_text())
    return next(name for name in manifest["paths"].values() if name.endswith(suffix))


def test_static_files_go_packed_to_those_who_take_it(ask, collected):
    address = f"/static/{named('.js')}"
    packed = ask(address, headers={"accept-encoding": "br, gzip;q=0.5"})
    plain = ask(address, headers={"accept-encoding": "gzip;q=0, identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    for found in (packed, plain):
        assert found.headers["vary"] == "accept-encoding"
        assert found.headers["content-type"] == "text/javascript; charset=utf-8"
        assert found.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_static_files_that_a_browser_has_are_not_sent_again(ask, collected):
    address = f"/static/{named('.css')}"
    gzip = {"accept-encoding": "gzip"}
    tag = ask(address, headers=gzip).headers["etag"]
    same = ask(address, headers={**gzip, "if-none-match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_nothing_but_named_static_files_is_sent(ask, collected):
    name = named(".css")
    plain = name.replace(name.split(".")[-2] + ".", "")
    for wrong in (
        plain,
        f"{name}.gz",
        "staticfiles.json",
        static.STAMP,
        "",
        "../secret",
        "%2e%2e/secret",
    ):
        assert ask(f"/static/{wrong}").status_code == 404
    assert ask(f"/static/{name}", "POST").status_code == 405
    assert (Path(ours.STATIC_ROOT) / f"{name}.gz").exists()


def test_static_files_are_collected_only_when_changed(collected):
    stamp = Path(ours.STATIC_ROOT) / static.STAMP
    assert static.collect_changed() is False
    stamp.write_text("older")
    assert static.collect_changed() is True
    assert static.collect_changed() is False
