"""`./loimi serve` as a process of its own, on a free port of this machine."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from django.conf import settings

from loimi.config import texts

SETTINGS = """
from loimi.config.settings import *
ROOT_URLCONF = "site_urls"
"""
URLS = """
import time
from django.http import HttpResponse
from django.urls import path
from loimi.base.doors import public
from loimi.config.urls import handler404, handler500, urlpatterns

@public
def wait(request, milliseconds):
    time.sleep(milliseconds / 1000)
    return HttpResponse(f"waited, {request.META['REMOTE_ADDR']} {request.scheme}")

urlpatterns = [path("wait/<int:milliseconds>/", wait), *urlpatterns]
"""
START = """
import argparse, sys
from loimi.config.process import server
parser = argparse.ArgumentParser()
server.arguments(parser)
do = {"before": lambda: print("before"), "after": lambda: open("after", "w").close()}
sys.exit(server.serve(parser.parse_args(), settings="site_settings", **do))
"""


class Site:
    """A server process and where it answers."""

    def __init__(self, process: subprocess.Popen[str], url: str, said: str) -> None:
        self.process = process
        self.url = url
        self.said = said
        self.port = int(url.rpartition(":")[2]) if url.startswith("http://localhost:") else 0

    def connect(self, request: bytes) -> socket.socket:
        wire = socket.create_connection(("127.0.0.1", self.port), 10)
        wire.sendall(request)
        return wire

    def end(self, sign: int = signal.SIGTERM) -> tuple[int, float]:
        """Ask it to end; return its status and how long it took."""
        before = time.monotonic()
        self.process.send_signal(sign)
        return self.process.wait(20), time.monotonic() - before


Serve = Callable[..., Site]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "site_settings.py").write_text(SETTINGS)
    (tmp_path / "site_urls.py").write_text(URLS)
    return tmp_path


def start(folder: Path, *words: str, script: str = START, **more: str) -> subprocess.Popen[str]:
    kept = {
        name: it for name, it in os.environ.items() if not name.startswith(("LOIMI_", "DJ", "DA"))
    }
    paths = [str(texts.SOURCE.parent), str(folder), os.environ.get("PYTHONPATH", "")]
    mine = {
        "PYTHONPATH": os.pathsep.join(paths),
        "LOIMI_PORT": "0",
        "LOIMI_DATA": str(folder / "data"),
    }
    return subprocess.Popen(
        [sys.executable, "-c", script, *words],
        env={**kept, **mine, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
    )


@pytest.fixture
def serve(folder: Path) -> Iterator[Serve]:
    started: list[subprocess.Popen[str]] = []

    def serve(*words: str, **more: str) -> Site:
        process = start(folder, *words, **more)
        started.append(process)
        said = ""
        assert process.stdout is not None
        while "Loimi is at" not in said:
            line = process.stdout.readline()
            assert line, f"ended: {said}"
            said += line
        return Site(process, re.findall(r"at (http\S+)", said)[-1], said)

    yield serve
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def refused(folder: Path, *words: str, **more: str) -> str:
    """Start what must not start; return the one line that it says."""
    process = start(folder, *words, **more)
    said = process.communicate(timeout=60)[0].strip()
    assert process.returncode == 1
    assert "Traceback" not in said
    return str(said)


def test_serves_and_ends_cleanly(serve, folder):
    site = serve("--host", "127.0.0.1", "--data", str(folder / "other"))
    assert "before\nLoimi is at http://localhost:" in site.said
    assert (folder / "other" / "loimi.sqlite3").exists()
    for address, status in (("/healthz", 200), ("/readyz", 200), ("/", 200), ("/nowhere/", 404)):
        found = httpx.get(site.url + address)
        assert found.status_code == status, found.text
        assert "server" not in found.headers
    live = {"upgrade": "websocket", "connection": "upgrade", "sec-websocket-version": "13"}
    assert httpx.get(site.url + "/live", headers=live).status_code == 404
    status, seconds = site.end()
    assert (status, site.process.stdout.read()) == (0, "")
    assert seconds < 9
    assert (folder / "after").exists()


def test_what_is_not_http_gets_the_same_headers(serve):
    site = serve()
    for nonsense in (
        b"\x16\x03\x01\x02\x00\x01",
        b"GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\n: a\r\n\r\n",
    ):
        with site.connect(nonsense) as wire:
            answer = b"".join(iter(lambda wire=wire: wire.recv(4096), b""))
        assert answer.startswith(b"HTTP/1.1 400 "), nonsense
        assert b"content-security-policy: default-src 'none';" in answer
    for odd in (b"GET /?a=\xff HTTP/1.1", b"GET /%00 HTTP/1.1"):
        with site.connect(odd + b"\r\nHost: localhost\r\n\r\n") as wire:
            assert wire.recv(4096).startswith(b"HTTP/1.1 400 ")
    with site.connect(b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n") as wire:
        assert wire.recv(4096).startswith(b"HTTP/1.1 400 ")
    assert site.end()[0] == 0


def test_only_named_proxies_are_believed(serve):
    claims = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https"}
    plain = serve()
    assert httpx.get(f"{plain.url}/wait/1/", headers=claims).text == "waited, 127.0.0.1 http"
    plain.end()
    # Its own port again: nothing else has taken it meanwhile, and this one tells only its name.
    public = "https://mentorointi.example"
    behind = serve("--port", str(plain.port), LOIMI_PROXIES="127.0.0.1", LOIMI_URL=public)
    assert behind.url == public
    found = httpx.get(f"{plain.url}/wait/1/", headers={**claims, "host": "mentorointi.example"})
    assert found.text == "waited, 203.0.113.9 https"
    assert found.headers["strict-transport-security"] == "max-age=31536000"


def test_a_request_in_progress_is_finished(serve):
    site = serve()
    with site.connect(b"GET /wait/1500/ HTTP/1.1\r\nHost: localhost\r\n\r\n") as wire:
        time.sleep(0.3)
        status, seconds = site.end()
        assert wire.recv(4096).startswith(b"HTTP/1.1 200 ")
    assert status == 0
    assert seconds < 9


def test_nothing_that_hangs_keeps_it_longer_than_ten_seconds(serve, folder):
    site = serve()
    head = b"Host: localhost\r\n"
    hung = site.connect(b"GET /wait/60000/ HTTP/1.1\r\n" + head + b"\r\n")
    stalled = site.connect(b"POST / HTTP/1.1\r\n" + head + b"Content-Length: 1000\r\n\r\nx")
    early = site.connect(b"GET / HT")
    time.sleep(0.3)
    status, seconds = site.end()
    for wire in (hung, stalled, early):
        wire.close()
    assert (status, seconds < 10) == (0, True)
    assert (folder / "after").exists()


def test_a_taken_port_is_one_line(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refused(folder, "--port", port)
    assert said == (
        f"Cannot listen on 127.0.0.1, port {port}: Address already in use. "
        "Choose another with --port."
    )


def test_an_address_that_is_not_ours_is_one_line(folder):
    for host in ("2001:db8::1", "no.such.name.invalid"):
        assert refused(folder, "--host", host).startswith(f"Cannot listen on {host}, port 0: ")


def test_a_taken_folder_is_one_line(serve, folder):
    serve()
    assert refused(folder).startswith(f"Another Loimi runs on {folder / 'data'}.")


def test_a_bad_setting_is_one_line(folder):
    assert refused(folder, LOIMI_URL="x").startswith("LOIMI_URL: 'x' must be")


def test_a_database_that_is_away_is_one_line(folder):
    said = refused(folder, DATABASE_URL="postgresql://someone:secret@127.0.0.1:9/loimi")
    assert said.startswith("The database does not answer: ")
    assert "\n" not in said
    assert "secret" not in said


def test_the_command_serves(folder):
    script = (
        "import sys; from loimi.config.commands import main; sys.exit(main(['serve', '--help']))"
    )
    process = start(folder, script=script)
    assert "LOIMI_PORT" in process.communicate(timeout=60)[0]
    assert process.returncode == 0


@pytest.fixture
def empty_postgresql() -> Iterator[str]:
    """Give an empty database beside the one of this test run."""
    if settings.IS_SQLITE:
        pytest.skip("this run is on SQLite")
    url, name = settings.ENVIRONMENT.database_url, f"loimi_serve_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as wire:
        wire.execute(f"CREATE DATABASE {name}")
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
        wire.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_serves_on_postgresql_several_at_once(folder, serve, empty_postgresql):
    other = start(folder, "--data", str(folder / "more"), DATABASE_URL=empty_postgresql)
    site = serve(DATABASE_URL=empty_postgresql)
    assert httpx.get(f"{site.url}/readyz").text == "ready"
    assert site.end()[0] == 0
    assert other.stdout is not None
    assert [other.stdout.readline()[:12] for _ in range(2)] == ["before\n", "Loimi is at "]
    other.terminate()
    assert other.communicate(timeout=20) == ("", None)
    assert other.returncode == 0
