"""The foundations know no word of mentoring, and the house names nothing outside itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from loimi.config import texts

WORDS = re.compile(
    r"\b(mentor\w*|mentee\w*|actors?|programmes?|mentorship\w*|coordinator\w*)\b", re.I
)
FOUNDATIONS = ("base", "outbox", "hub")


def mentoring(sources: dict[str, str]) -> list[str]:
    """List words of mentoring with their place."""
    return [
        f"{where}: {word}" for where, source in sources.items() for word in WORDS.findall(source)
    ]


def _sources(room: str) -> dict[str, str]:
    paths = [
        path
        for path in (texts.SOURCE / room).rglob("*")
        if path.suffix in {".py", ".html", ".js", ".css"}
    ]
    return {
        str(path.relative_to(texts.SOURCE)): path.read_text(encoding="utf-8")
        for path in sorted(paths)
    }


def test_the_foundations_know_no_word_of_mentoring() -> None:
    assert [fault for room in FOUNDATIONS for fault in mentoring(_sources(room))] == []


def test_a_word_of_mentoring_is_found() -> None:
    source = {"base/a.py": "def greet(Mentor): factor = extractor", "base/b.py": "an actor's"}
    assert mentoring(source) == ["base/a.py: Mentor", "base/b.py: actor"]


def unpinned(project: dict[str, Any], name: str, lines: str) -> list[str]:
    """List what a project asks for that its list of requirements does not hold as asked."""
    asked = project["dependencies"] + project["optional-dependencies"].get(name, [])
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", lines, re.M))
    faults = []
    for wanted in map(Requirement, asked):
        version = pinned.get(canonicalize_name(wanted.name))
        if version is None:
            faults.append(f"{wanted.name} is not in requirements/{name}.txt")
        elif version not in wanted.specifier:
            faults.append(f"{wanted.name} is {version}, not {wanted.specifier}")
    return faults


@pytest.mark.parametrize("name", ["base", "test"])
def test_requirements_name_no_address_and_pin_what_is_asked_for(name: str) -> None:
    root = texts.SOURCE.parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    lines = (root / "requirements" / f"{name}.txt").read_text()
    assert re.findall(r"https?:|--(?:extra-)?index-url", lines) == []
    assert unpinned(project, name, lines) == []
    assert [it for it in lines.split("\n") if re.match(r"[a-z]", it) and "==" not in it] == []
    assert all("--hash=sha256:" in it for it in re.split(r"^(?=[a-z])", lines, flags=re.M)[1:])


def test_what_is_not_pinned_as_asked_is_found() -> None:
    project = {
        "dependencies": ["warp>=2", "Weft_Yarn"],
        "optional-dependencies": {"test": ["reed>=40"]},
    }
    assert unpinned(project, "test", "warp==1.9 \\\nweft-yarn==1\n") == [
        "warp is 1.9, not >=2",
        "reed is not in requirements/test.txt",
    ]


def test_the_door_of_the_command_matches_the_commands() -> None:
    from loimi.config.commands import COMMANDS

    script = Path(texts.SOURCE.parents[1] / "loimi").read_text()
    named = set(re.findall(r"^    ([\w |]+)\) wanted=test", script, re.M)[0].split(" | "))
    assert named - set(COMMANDS) == set()
