"""The commands for those who work on the house, run as they run them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from loimi.config import texts
from loimi.config.commands import check, measured
from loimi.config.commands.checks import templates
from tests.support import house

ROOT = texts.SOURCE.parents[1]


def loimi(*words: str) -> tuple[int, str]:
    run = [sys.executable, "-m", "loimi", *words]
    ended = subprocess.run(
        run, cwd=ROOT, env=house.environment(), capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout + ended.stderr


def contents(*patterns: str) -> dict[Path, bytes]:
    return {path: path.read_bytes() for pattern in patterns for path in ROOT.glob(pattern)}


def test_the_checks_find_nothing() -> None:
    status, said = loimi("check")
    assert (status, said.splitlines()[-1]) == (0, "All is well."), said


def test_a_check_that_fails_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("import os\n")
    lines = check._tool("ruff", "check", "--isolated", "--quiet", str(bad))
    assert lines[0] == "F401 [*] `os` imported but unused"
    assert check._report("style", lines[:1]) is False
    assert check._report("types", []) is True
    assert capsys.readouterr().out == ("✗ style\n    F401 [*] `os` imported but unused\n  types\n")


def test_every_template_of_the_house_is_sound() -> None:
    assert templates.faults() == []


def test_texts_and_docs_are_up_to_date_and_stay_so() -> None:
    places = ("src/loimi/*/locale/*/LC_MESSAGES/*.po", "docs/reference/*.md")
    before = contents(*places)
    assert loimi("texts") == (0, "Every text has its Finnish and its Swedish.\n")
    status, said = loimi("docs")
    assert (status, said.split()[:2]) == (0, ["6", "pages"])
    assert contents(*places) == before


def test_a_part_of_the_tests_runs_by_its_path() -> None:
    part = "src/loimi/config/tests/test_folder.py"
    status, said = loimi("test", part, "-q")
    assert status == 0, said
    assert "4 passed" in said
    status, said = loimi("test", "-q", "-k", "no_such_test", part)
    assert status == 5, said


def test_a_drill_is_told_apart_by_its_name() -> None:
    assert set(measured.names("drills")) == {"access", "crash", "slow"}
    status, said = loimi("prove", "weather")
    assert (status, "invalid choice: 'weather'" in said) == (2, True)
    for kind, name in (("prove", "crash"), ("bench", "writes")):
        status, said = loimi(kind, name, "--help")
        assert (status, "usage" in said.lower()) == (0, True), said


@pytest.mark.browser
def test_shots_show_the_page_that_was_asked_for(tmp_path: Path) -> None:
    asked = ["/", "/styleguide/", "--widths", "400", "--language", "sv", "--as", "Aino"]
    status, said = loimi("shots", str(tmp_path), *asked)
    assert status == 0, said
    sizes = {path.name: int.from_bytes(path.read_bytes()[16:20]) for path in tmp_path.iterdir()}
    names = [
        f"{name}-400-{theme}.png" for name in ("front", "styleguide") for theme in ("light", "dark")
    ]
    assert sizes == dict.fromkeys(names, 400)
    pictures = {path.read_bytes() for path in tmp_path.iterdir()}
    assert len(pictures) == 4


def test_a_demo_that_nobody_named_is_forgotten(tmp_path: Path) -> None:
    port = house.free_port()
    ready = f"http://localhost:{port}/readyz"
    with house.process("demo", "--port", str(port), ready=ready, TMPDIR=str(tmp_path)):
        assert [path.name[:11] for path in tmp_path.iterdir()] == ["loimi-demo-"]
    assert list(tmp_path.iterdir()) == []
