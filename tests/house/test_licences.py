"""Every dependency's licence fits EUPL-1.2, and every dependency says what it is for."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution

import pytest

from loimi.config import texts

ROOT = texts.SOURCE.parents[1]
FITTING = re.compile(r"MIT|BSD|Apache|PSF|Python Software|LGPL|Lesser|0BSD|ISC|Unlicense|MPL", re.I)
NOT_FITTING = re.compile(r"(?<!L)GPL(?!.*Lesser)|AGPL|proprietary|commercial", re.I)


def licence(name: str) -> str:
    """Return what a package says of its licence."""
    said = distribution(name).metadata
    classifiers = [it for it in said.get_all("Classifier") or [] if it.startswith("License")]
    return " ".join([said.get("License-Expression") or "", *classifiers]) or str(
        said.get("License")
    )


def misfits(licences: dict[str, str]) -> list[str]:
    """List packages whose licence does not fit ours."""
    return [
        f"{name}: {said.strip()[:60]}"
        for name, said in licences.items()
        if not FITTING.search(said) or NOT_FITTING.search(said.replace("LGPL", "Lesser"))
    ]


def test_each_licence_fits() -> None:
    lines = (ROOT / "requirements" / "base.txt").read_text()
    pinned = re.findall(r"^([a-z0-9-]+)==\S+ (?!; sys_platform == 'win32')", lines, re.M)
    assert len(pinned) > 10
    assert misfits({name: licence(name) for name in pinned}) == []


@pytest.mark.parametrize("said", ["GPL-3.0-only", "AGPL-3.0", "UNKNOWN", "Commercial"])
def test_a_licence_that_does_not_fit_is_found(said: str) -> None:
    assert misfits({"weft": said, "warp": "MIT"}) == [f"weft: {said}"]


def test_each_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    lines = text.splitlines()
    unsaid = [
        it
        for it in asked
        if not _said(lines, next(n for n, line in enumerate(lines) if f'"{it}"' in line))
    ]
    assert unsaid == []


def _said(lines: list[str], number: int) -> bool:
    while lines[number].strip().startswith('"'):
        number -= 1
    return lines[number].strip().startswith("#")
