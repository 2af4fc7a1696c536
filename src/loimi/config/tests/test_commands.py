"""The commands: explained, found by name, refused kindly."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from loimi.config import commands, texts
from loimi.config.commands import measured
from loimi.config.commands.checks import sizes, templates

ROOT = texts.SOURCE.parents[1]


def test_each_command_is_explained_and_takes_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main([]) == 0
    explained = re.findall(r"^  (\w+) ", capsys.readouterr().out.split("Commands")[1], re.M)
    assert explained == list(commands.COMMANDS)
    for name in commands.COMMANDS:
        with pytest.raises(SystemExit) as ended:
            commands.main([name, "--help"])
        assert ended.value.code == 0


def test_the_commands_are_explained_before_anything_is_installed() -> None:
    ended = subprocess.run(
        [sys.executable, "-S", "-m", "loimi"],
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == commands.explain() + "\n"


def test_an_unknown_command_is_answered_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert commands.main(["weave"]) == 2
    assert capsys.readouterr().out.startswith("There is no command 'weave'.\n\nLoimi: ")


def test_benches_and_drills_are_found_by_their_files() -> None:
    assert measured.names("bench") == ["writes"]
    assert measured.names("drills") == ["access", "crash", "slow"]


def test_an_old_python_is_told_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)
    for tool in ("dirname", "sh"):
        found = next(Path(it, tool) for it in os.get_exec_path() if Path(it, tool).exists())
        (tmp_path / tool).symlink_to(found)
    ended = subprocess.run(
        ["/bin/sh", ROOT / "loimi"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    lines = ended.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("Loimi needs Python 3.11 or newer with venv. Debian, Ubuntu: apt")


def test_what_is_too_large_is_found(tmp_path: Path) -> None:
    room = tmp_path / "src" / "room"
    (room / "templates").mkdir(parents=True)
    (room / "static" / "room").mkdir(parents=True)
    (room / "migrations").mkdir()
    (room / "small.py").write_text("def f():\n    return 1\n" * 30)
    (room / "long.py").write_text("def long():\n" + "    x = 1\n" * 40 + "\n" * 260)
    (room / "templates" / "page.html").write_text("\n" * 121)
    (room / "static" / "room" / "a.css").write_text("\n" * 301)
    (room / "migrations" / "0001.py").write_text("\n" * 900)
    assert sizes.faults(tmp_path) == [
        "src/room/long.py: 301 lines, 300 at most",
        "src/room/static/room/a.css: 301 lines, 300 at most",
        "src/room/templates/page.html: 121 lines, 120 at most",
        "src/room/long.py:1 long: 41 lines, 40 at most",
    ]
    (room / "long.py").write_text("def long():\n" + "    x = 1\n" * 29 + "\n")
    (room / "small.py").write_text(("def f():\n" + "    x = 1\n" * 20) * 2)
    assert sizes.faults(tmp_path)[2:] == ["95 of 100 functions have up to 37 lines, 20 at most"]


STYLE = "a style attribute (the content policy drops it)"
EVENT = "an event attribute (the content policy drops it)"
SCRIPT = "a script in an attribute (the content policy drops it)"
OTHER = "something loaded from another site"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{% if %}", ["a: Unexpected end of expression in if tag."]),
        ('<p\nstyle="x">', [f"a:1: {STYLE}"]),
        ('<p title="a>b" style = "x">', [f"a:1: {STYLE}"]),
        ("<style>p {}</style>", ["a:1: styles inside the page (the content policy drops them)"]),
        ("\n<script>x()</script>", ["a:2: a script inside the page"]),
        ('<script src="{% static "x.js" %}"></script>', []),
        ('<script type="application/json">{"a": 1}</script>', []),
        ('<b onclick = "x()">', [f"a:1: {EVENT}"]),
        ('<b hx-on:click="x()">', [f"a:1: {EVENT}"]),
        ("<iframe srcdoc=x>", ["a:1: a srcdoc attribute (the content policy drops it)"]),
        ('<a href=" javascript:x()">', [f"a:1: {SCRIPT}"]),
        ("<b hx-vals='js:{}'>", [f"a:1: {SCRIPT}"]),
        ("<img src='https://elsewhere.example/a.png'>", [f"a:1: {OTHER}"]),
        ("<img src=//elsewhere.example/a.png>", [f"a:1: {OTHER}"]),
        ('<img srcset="a.png 1x, //elsewhere.example/b.png 2x">', [f"a:1: {OTHER}"]),
        ('<b hx-get="https://elsewhere.example/">', [f"a:1: {OTHER}"]),
        ('<a href="https://elsewhere.example/" hx-get="/y/">{{ name }}</a>', []),
        (
            "{{ name|safe }}\n{{ names|safeseq }}",
            ["a:1: text that is not escaped", "a:2: text that is not escaped"],
        ),
        ("{# Words #}<p>{% translate 'Hello' %} 12 ·</p>Loimi", []),
        ("\n<p>Hello {{ name }}</p>", ["a:2: words in one language only: 'Hello'"]),
        (
            "{% blocktranslate %}Hello{% endblocktranslate %}\n<b>\n you</b>",
            ["a:2: words in one language only: 'you'"],
        ),
        ('<img alt="A band">', ["a:1: words in one language only: 'band'"]),
    ],
)
def test_what_a_template_must_not_hold_is_found(source: str, found: list[str]) -> None:
    assert list(templates.of("a", source)) == found
